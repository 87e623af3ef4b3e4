package desk

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"github.com/earshot-app/earshot/review"
)

// An import stores so many recordings in one transaction: few enough that a tag
// never waits long behind it. One that goes on and on stores more at once, as in a
// large library each transaction touches nearly all pages of some indexes; but as
// soon as somebody does something else it makes way again.
const (
	batchSize  = 1000
	largeBatch = 8000
)

// batchSize is how many recordings the next transaction stores: a sixteenth of
// all that this import stored since somebody last did something.
func (in *importing) batchSize() int {
	if acts := in.desk.acts.Load(); acts != in.acts {
		in.acts, in.calm = acts, in.stored
	}
	return min(max(batchSize, (in.stored-in.calm)/16), largeBatch)
}

// Imported is what an import did.
type Imported struct {
	Files       int64        // of any kind that were met
	Total       int64        // that there are to meet, 0 while that is not known
	Seen        int          // recordings and problems that were looked at
	Calls       int          // new in the catalogue
	Recordings  int          // new in the catalogue
	Updated     int          // calls of before that were corrected
	Moved       int          // recordings of before that lie elsewhere now
	Merged      int          // calls that turned out to be parts of others
	RowsAlone   int          // rows of the table without a recording
	FilesAlone  int          // recordings that no row of it is about
	Gone        int          // recordings that are missing since
	Back        int          // recordings that were missing
	Transcripts int          // new or changed
	Forgotten   int          // recordings that were passed over as their calls were forgotten
	None        bool         // there is no recording, not even one that cannot be read, and no transcript of a call
	Changes     []CallChange // the first [MostTold]
	Problems    []Problem    // the first [MostTold]
	LeftOut     int          // problems in all
	Profile     string       // that names and sidecars were read by
	Metadata    string       // the table that was read, or ""
}

// MostTold is how many problems and changes an import lists: what is wrong with
// a million files must not fill the memory.
const MostTold = 50_000

// CallChange lists what an import corrected in one call.
type CallChange struct {
	UID    string
	Fields []FieldChange
}

// Problem is a file, or a line of the metadata, that was left out.
type Problem struct {
	Root   string // the folder that was looked through
	File   string // below it
	Line   int    // of the metadata, from 1; 0 for a recording
	Reason *review.Error
}

// Import looks for recordings and adds what is new, as the profile of the vendor
// reads them that is recognised unless the request names one. What was here is
// corrected where the metadata now says otherwise; a uid or a draw never changes. What
// cannot be read is listed and does not stop the rest. After a whole look
// through a folder, recordings that are gone from it are missing.
//
// progress, if not nil, is called with what was done so far after each thing
// that is looked at, as a slow folder may take minutes for a batch; it must
// return at once. When ctx ends, what is done stays, and the answer says so
// with [review.Cancelled].
func (d *Desk) Import(ctx context.Context, req ImportRequest, progress func(Imported)) (Imported, error) {
	salt, err := d.store.Salt(ctx)
	if err == nil {
		req, err = d.recognised(ctx, req)
	}
	if err != nil {
		return Imported{}, err
	}
	roots, err := located(&req)
	if err != nil {
		return Imported{}, err
	}
	if err := d.arrange(ctx, &req); err != nil {
		return Imported{}, err
	}
	in := &importing{desk: d, salt: salt, number: d.clock.Now().UnixNano(), progress: progress, root: roots[0]}
	in.done.Profile, in.done.Metadata = req.Profile, req.Metadata
	sources, err := in.prepare(ctx, &req, roots)
	if err == nil {
		err = in.knowForgotten(ctx)
	}
	if err != nil {
		return Imported{}, err
	}
	same, err := in.unchanged(ctx, sources)
	if err == nil && !same {
		err = in.through(ctx, req, sources)
	}
	if err != nil && ctx.Err() != nil {
		err = review.Fail(review.Cancelled, nil).Because(err)
	}
	return in.done, err
}

// through looks through sources, and ends what was told of them before.
func (in *importing) through(ctx context.Context, req ImportRequest, sources []LookedAt) error {
	roots := make([]string, len(sources))
	for i, s := range sources {
		roots[i] = s.Root
	}
	err := in.unsettle(ctx, sources)
	if err == nil {
		err = in.walk(ctx, req, roots)
	}
	for _, s := range sources {
		if err == nil {
			err = in.ended(ctx, s)
		}
	}
	return err
}

// walk looks at everything and stores it.
func (in *importing) walk(ctx context.Context, req ImportRequest, roots []string) error {
	counted := in.count(ctx, req.Paths)
	defer counted()
	err := in.desk.source.Walk(ctx, req, func(f Found) error { return in.take(ctx, f) })
	if err == nil {
		err = in.flush(ctx)
	}
	if err == nil {
		err = in.endTable(ctx, req)
	}
	if err == nil {
		err = in.sidecars(ctx, roots)
	}
	in.tell(func(done *Imported) { done.None = err == nil && in.look.known+done.Seen == 0 && !in.look.heard })
	return err
}

// importing is one import under way.
type importing struct {
	desk     *Desk
	salt     string
	number   int64     // of the look
	pass     bool      // over what is known
	forgets  bool      // something was forgotten
	lone     bool      // no other look is under way, or was stopped
	names    time.Time // of calls from before are not kept; zero keeps all
	words    time.Time // likewise
	rows     time.Time // likewise, of what rows tell that did not join
	divided  []string  // fields that are kept all the same
	look     looking
	root     string // the first that is looked through: its table tells of all
	batch    []Entry
	stored   int   // entries of the batches before
	acts     int64 // of the desk, so far
	calm     int   // what was stored when the last of them came
	alone    []Unjoined
	telling  sync.Mutex // progress and done: files are met while others are stored
	progress func(Imported)
	done     Imported
}

// tell changes what was done and tells it.
func (in *importing) tell(change func(*Imported)) {
	in.telling.Lock()
	defer in.telling.Unlock()
	change(&in.done)
	if in.progress != nil {
		in.progress(in.done)
	}
}

func (in *importing) take(ctx context.Context, f Found) error {
	in.tell(func(done *Imported) {
		done.Seen++
		if f.Problem != nil {
			done.leave(Problem{Root: f.Root, File: f.Name, Line: f.Line, Reason: f.Problem})
		}
	})
	if err := in.unjoin(ctx, f); err != nil {
		return err
	}
	if f.Problem != nil || f.Same && (in.pass || f.Meta.empty()) {
		return nil
	}
	names := []review.Private{f.Meta.Agent, f.Meta.Customer}
	uid := review.UID(f.Meta.CallID, names, in.salt, f.Root, cmp.Or(f.Contact, f.Meta.CallID, f.Pair, f.Name))
	in.keptNames(&f)
	in.batch = append(in.batch, Entry{Found: f, UID: uid, Look: in.number})
	if len(in.batch) < in.batchSize() {
		return nil
	}
	return in.flush(ctx)
}

// leave counts a problem and lists it among the first.
func (done *Imported) leave(p Problem) {
	done.LeftOut++
	if len(done.Problems) < MostTold {
		done.Problems = append(done.Problems, p)
	}
}

func (in *importing) flush(ctx context.Context) error {
	if len(in.batch) == 0 {
		return nil
	}
	if err := in.passOver(ctx); err != nil {
		return err
	}
	twins, err := in.twins(ctx)
	if err != nil {
		return err
	}
	in.follow(ctx, twins)
	if err := in.copies(ctx, twins); err != nil {
		return err
	}
	added, err := in.desk.store.AddFound(ctx, in.batch)
	if err == nil {
		err = in.desk.mergeFound(ctx, added)
	}
	if err != nil {
		return err
	}
	together(added)
	in.tell(func(done *Imported) {
		for i, a := range added {
			done.add(a, in.batch[i].From != "")
		}
	})
	in.stored += len(in.batch)
	clear(in.batch) // what it points to may go
	in.batch = in.batch[:0]
	return nil
}

// together tells of each call once what became of its fields: one recording after
// the other may change its length, in the end to what it was.
func together(added []Added) {
	first := map[string]int{}
	for i := range added {
		a := &added[i]
		at, again := first[a.UID]
		switch {
		case len(a.Changed) == 0:
		case again:
			added[at].Changed, a.Changed = changedOnce(added[at].Changed, a.Changed), nil
		default:
			first[a.UID] = i
		}
	}
}

// changedOnce are changes of one call and those that came after them. What is
// hidden is kept, as nobody can see whether it came back.
func changedOnce(changes, after []FieldChange) []FieldChange {
	for _, c := range after {
		at := slices.IndexFunc(changes, func(one FieldChange) bool { return one.Field == c.Field })
		if at < 0 {
			changes = append(changes, c)
		} else {
			changes[at].To = c.To
		}
	}
	hidden := review.Hide("x").String()
	return slices.DeleteFunc(changes, func(c FieldChange) bool { return c.From == c.To && c.From != hidden })
}

func (done *Imported) add(a Added, moved bool) {
	if moved {
		done.Moved++
	}
	if a.NewCall {
		done.Calls++
	}
	if a.NewFile {
		done.Recordings++
	}
	if a.Part != "" {
		done.Merged++
	}
	if len(a.Changed) > 0 {
		done.Updated++
		if len(done.Changes) < MostTold {
			done.Changes = append(done.Changes, CallChange{UID: a.UID, Fields: a.Changed})
		}
	}
}
