package desk

import (
	"context"
	"time"

	"github.com/earshot-app/earshot/review"
)

// A look at a million files that asks the library about each takes several times
// as long as to walk past them. So a look that went well leaves a [Digest] of what
// it met, and the next begins with a glance: where the digest is the same and
// nothing else may tell of a change, the source is as the library has it.
//
// A change must never be missed. So the digest is of what the look itself met,
// not of a walk before or after it; and none is left where it, or the library,
// may be another the next moment:
//
//   - A file that changed just before the look may change again within the same
//     tick of the file system's clock, and be of the same size.
//   - Another look, stopped or of another process, may have stored what this one
//     has not met.
//   - A transcript without a call waits for a call that another source may bring.
//   - A file that could not be read may be a recording, though its name does not
//     say so, and is as old and as large once it can be.
//   - Who looks again where there was no recording is to be told that again.
//
// A later release may read what this one does not: see [readers].
//
// And a look that moves or misses a recording, or one at a folder above or below,
// ends what was left of other sources.

// A Glance answers a digest of the files that a [Source] would meet beneath path,
// or of the one there, and whether these are all that there is: false where
// something else lies there, such as a link to a folder, or where it would take
// long. It tells how many files it has met so far.
type Glance func(ctx context.Context, path string, tell func(files int64)) (d Digest, whole bool, err error)

// KeepDigests is what a [Store] does with digests. None of it is journalled.
type KeepDigests interface {
	// Settled is the digest that the last look at root left; ok is false when there
	// is none, or it holds no more.
	Settled(ctx context.Context, root string) (d Digest, ok bool, err error)
	// Unsettle notes that a look at root is under way. No digest of root, or of what
	// lies above or beneath it, holds from now on. It reports whether the look is
	// alone: no other is under way there, or was stopped.
	Unsettle(ctx context.Context, root string, look int64) (alone bool, err error)
	// Settle leaves the digest of a look that ended, unless what another did has
	// made it worthless; nil leaves none.
	Settle(ctx context.Context, root string, look int64, d *Digest) error
}

// settling is how long before a look a file must have changed last, so that a
// change of it after the look shows in its time: the coarsest clock of a file
// system is FAT's, with two seconds.
const settling = 2 * time.Second

// unchanged reports whether a source is as the last look has left it. What that
// told as problems is told again.
func (in *importing) unchanged(ctx context.Context, sources []LookedAt) (bool, error) {
	if !in.pass || in.desk.glance == nil || len(sources) != 1 {
		return false, nil
	}
	s := sources[0]
	was, ok, err := in.desk.store.Settled(ctx, s.Root)
	if err != nil || !ok {
		return false, err
	}
	is, whole, err := in.desk.glance(ctx, s.Root, func(files int64) { in.tell(func(done *Imported) { done.Files = files }) })
	if ctx.Err() != nil {
		return false, ctx.Err()
	}
	var problems []Problem
	same := err == nil && whole && is.Equal(was)
	if same {
		problems, same, err = in.still(ctx, s)
	} else {
		err = nil // the look in earnest tells of it
	}
	in.tell(func(done *Imported) {
		done.Files = 0
		if same {
			done.Files = is.Files
			for _, p := range problems {
				done.leave(p)
			}
		}
	})
	if err != nil || !same {
		return false, err
	}
	s.Whole, s.Failed = in.desk.clock.Now(), nil
	return true, in.desk.store.SaveLook(ctx, s, problems)
}

// still answers the problems of the last look at a source, and whether all are
// known and each file still has its own: to be allowed to read a file, or to be
// able to, changes neither its size nor its time.
func (in *importing) still(ctx context.Context, s LookedAt) (problems []Problem, all bool, err error) {
	problems, err = in.desk.store.ProblemsOf(ctx, s.Root)
	if err != nil || int64(len(problems)) != s.Problems {
		return nil, false, err
	}
	var paths []string
	left := map[string]review.Code{}
	for i := range problems {
		p := &problems[i]
		p.Root = s.Root
		if p.Line == 0 { // else a table's or a transcript's, which are as they were
			path := review.Under(s.Root, p.File)
			paths, left[path] = append(paths, path), p.Reason.Code
		}
	}
	if len(paths) == 0 {
		return problems, true, nil
	}
	err = in.desk.source.Walk(ctx, ImportRequest{Paths: paths}, func(f Found) error {
		if path := review.Under(f.Root, f.Name); f.Problem != nil && left[path] == f.Problem.Code {
			delete(left, path)
		}
		return nil
	})
	if ctx.Err() != nil {
		return nil, false, ctx.Err()
	}
	return problems, err == nil && len(left) == 0, nil
}

// unsettle notes that sources are being looked through, until settle.
func (in *importing) unsettle(ctx context.Context, sources []LookedAt) error {
	in.lone = true
	for _, s := range sources {
		alone, err := in.desk.store.Unsettle(ctx, s.Root, in.number)
		if err != nil {
			return err
		}
		in.lone = in.lone && alone
	}
	return nil
}

// settle leaves the digest of what a whole look has met of a source, where it
// tells all.
func (in *importing) settle(ctx context.Context, s LookedAt) error {
	d := in.look.roots[s.Root]
	if d == nil || in.done.None || !in.lone || in.look.waiting || !in.settled(d.Newest) {
		return in.desk.store.Settle(ctx, s.Root, in.number, nil)
	}
	if s.Metadata != "" && in.desk.glance != nil { // which may lie anywhere
		table, whole, err := in.desk.glance(ctx, s.Metadata, func(int64) {})
		if err != nil || !whole || !in.settled(table.Newest) {
			d = nil // a look that ended well does not fail for it
		}
	}
	return in.desk.store.Settle(ctx, s.Root, in.number, d)
}

// settled reports whether a change at that time was long enough before the look.
func (in *importing) settled(changed time.Time) bool {
	return changed.Before(time.Unix(0, in.number).Add(-settling))
}
