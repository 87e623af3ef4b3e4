package desk

import (
	"cmp"
	"context"
	"path/filepath"

	"github.com/earshot-app/earshot/review"
)

// batchSize is how many recordings one transaction stores: few enough that a
// tag never waits long behind it.
const batchSize = 1000

// Imported is what an import did.
type Imported struct {
	Seen        int // recordings and problems that were looked at
	Calls       int // new in the catalogue
	Recordings  int // new in the catalogue
	Updated     int // calls of before that were corrected
	Transcripts int // new or changed
	Changes     []CallChange
	Problems    []Problem
}

// CallChange lists what an import corrected in one call.
type CallChange struct {
	UID    string
	Fields []FieldChange
}

// Problem is a file, or a line of the metadata, that was left out.
type Problem struct {
	File   string // below the folder that was looked through
	Line   int    // of the metadata, from 1; 0 for a recording
	Reason *review.Error
}

// Import looks for recordings and adds what is new. What was here is corrected
// where the metadata now says otherwise; a uid or a draw never changes. What
// cannot be read is listed and does not stop the rest. After a whole look
// through a folder, recordings that are gone from it are missing.
//
// progress, if not nil, is called with what was done so far after each thing
// that is looked at, as a slow folder may take minutes for a batch; it must
// return at once. When ctx ends, what is done stays, and the answer says so
// with [review.Cancelled].
func (d *Desk) Import(ctx context.Context, req ImportRequest, progress func(Imported)) (Imported, error) {
	salt, err := d.store.Salt(ctx)
	if err != nil {
		return Imported{}, err
	}
	in := &importing{desk: d, salt: salt, look: d.clock.Now().UnixNano(), progress: progress}
	err = d.source.Walk(ctx, req, func(f Found) error { return in.take(ctx, f) })
	if err == nil {
		err = in.flush(ctx)
	}
	if err == nil {
		err = in.sidecars(ctx, req.Paths)
	}
	if err != nil {
		if ctx.Err() != nil {
			err = review.Fail(review.Cancelled, nil).Because(err)
		}
		return in.done, err
	}
	for _, path := range req.Paths {
		root, err := filepath.Abs(path)
		if err == nil {
			err = d.store.EndLook(ctx, root, in.look)
		}
		if err != nil {
			return in.done, err
		}
	}
	return in.done, nil
}

// importing is one import under way.
type importing struct {
	desk     *Desk
	salt     string
	look     int64
	progress func(Imported)
	batch    []Entry
	done     Imported
}

func (in *importing) take(ctx context.Context, f Found) error {
	in.done.Seen++
	if in.progress != nil {
		in.progress(in.done)
	}
	if f.Problem != nil {
		in.done.Problems = append(in.done.Problems, Problem{File: f.Name, Line: f.Line, Reason: f.Problem})
		return nil
	}
	names := []review.Private{f.Meta.Agent, f.Meta.Customer}
	uid := review.UID(f.Meta.CallID, names, in.salt, f.Root, cmp.Or(f.Contact, f.Pair, f.Name))
	in.batch = append(in.batch, Entry{Found: f, UID: uid, Look: in.look})
	if len(in.batch) < batchSize {
		return nil
	}
	return in.flush(ctx)
}

func (in *importing) flush(ctx context.Context) error {
	if len(in.batch) > 0 {
		added, err := in.desk.store.AddFound(ctx, in.batch)
		if err != nil {
			return err
		}
		in.batch = in.batch[:0]
		for _, a := range added {
			in.count(a)
		}
	}
	return nil
}

func (in *importing) count(a Added) {
	if a.NewCall {
		in.done.Calls++
	}
	if a.NewFile {
		in.done.Recordings++
	}
	if len(a.Changed) > 0 {
		in.done.Updated++
		in.done.Changes = append(in.done.Changes, CallChange{UID: a.UID, Fields: a.Changed})
	}
}
