package desk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/earshot-app/earshot/review"
)

// Rescanned is what a look through sources again did, in all of them.
type Rescanned struct {
	Imported
	Sources int        // that were looked through
	Failed  []LookedAt // that could not be, each with why
}

// Quiet reports whether nothing is new.
func (r Rescanned) Quiet() bool {
	return r.Recordings+r.Updated+r.Moved+r.Gone+r.Back+r.Transcripts == 0
}

// Rescan looks again through sources that an import has looked through as a
// whole, as that import was asked for: through those of roots, or all for none.
// What is new comes in, what is gone is missing until it comes back, and what
// moved is known again. Files that are as they were are not opened. A source that
// cannot be looked through, such as a disk that is not plugged in, keeps its
// recordings and is told of.
//
// progress is as for [Desk.Import], over all sources. It answers [NoSource] for a
// root that is none.
func (d *Desk) Rescan(ctx context.Context, roots []string, progress func(Imported)) (Rescanned, error) {
	sources, err := d.rescanned(ctx, roots)
	if err != nil {
		return Rescanned{}, err
	}
	var all Rescanned
	for _, s := range sources {
		all.Total += s.Files
	}
	for _, s := range sources {
		before := all.Imported
		done, err := d.lookAgain(ctx, s, func(done Imported) {
			if progress != nil {
				progress(before.plus(done))
			}
		})
		all.Imported = before.plus(done)
		var why *review.Error
		switch {
		case err == nil:
			all.Sources++
		case errors.As(err, &why) && done.Files == 0 && ctx.Err() == nil:
			s.Failed = why
			all.Failed = append(all.Failed, s)
			if err := d.fail(ctx, s); err != nil {
				return all, err
			}
		default:
			return all, err
		}
	}
	return all, nil
}

// NoSource is answered for a folder that no import looked through. Args: path.
const NoSource review.Code = "no-source"

// rescanned are the sources of roots, or all, that can be looked through again.
func (d *Desk) rescanned(ctx context.Context, roots []string) ([]LookedAt, error) {
	sources, err := d.store.Sources(ctx)
	if err != nil {
		return nil, err
	}
	sources = slices.DeleteFunc(sources, func(s LookedAt) bool { return s.Whole.IsZero() })
	if len(roots) == 0 {
		return sources, nil
	}
	full, err := absolute(roots)
	if err != nil {
		return nil, err
	}
	for i, root := range full {
		if !slices.ContainsFunc(sources, func(s LookedAt) bool { return s.Root == root }) {
			return nil, review.Fail(NoSource, review.Args{"path": roots[i]})
		}
	}
	return slices.DeleteFunc(sources, func(s LookedAt) bool { return !slices.Contains(full, s.Root) }), nil
}

// lookAgain imports a source as it was asked for before.
func (d *Desk) lookAgain(ctx context.Context, s LookedAt, progress func(Imported)) (Imported, error) {
	var req ImportRequest
	// What the request was is the first value of a manner.
	if err := json.NewDecoder(strings.NewReader(s.Manner)).Decode(&req); err != nil {
		return Imported{}, fmt.Errorf("read how a source was imported: %w", err)
	}
	req.Paths = []string{s.Root}
	return d.Import(ctx, req, progress)
}

// fail keeps why a source could not be looked through.
func (d *Desk) fail(ctx context.Context, s LookedAt) error {
	problems, err := d.store.ProblemsOf(ctx, s.Root)
	if err != nil {
		return err
	}
	return d.store.SaveLook(ctx, s, problems)
}

// plus adds up what two imports did; the total stays that of the first, where it
// is known.
func (done Imported) plus(next Imported) Imported {
	done.Files += next.Files
	done.Seen += next.Seen
	done.Calls += next.Calls
	done.Recordings += next.Recordings
	done.Updated += next.Updated
	done.Moved += next.Moved
	done.Gone += next.Gone
	done.Back += next.Back
	done.Transcripts += next.Transcripts
	done.LeftOut += next.LeftOut
	done.Forgotten += next.Forgotten
	done.Changes = upTo(MostTold, slices.Concat(done.Changes, next.Changes))
	done.Problems = upTo(MostTold, slices.Concat(done.Problems, next.Problems))
	return done
}

func upTo[T any](most int, all []T) []T { return all[:min(most, len(all))] }
