package desk

import (
	"context"
	"iter"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/journal"
	"github.com/earshot-app/earshot/review/sampling"
)

// Verdict is what drawing again came to: a draw holds, holds except for calls of
// its frame that were forgotten since, or is broken.
type Verdict struct {
	ID        string
	Fails     []sampling.Mismatch // none where it is not broken
	Forgotten int                 // calls of the frame of which nothing can be checked but that they had a place

	forgotten []string // their uids
}

// verify draws again from a frame and counts what was forgotten of it.
func (v *Verdict) verify(r sampling.Record, frame iter.Seq2[sampling.Member, error]) error {
	noted := func(yield func(sampling.Member, error) bool) {
		for m, err := range frame {
			if err == nil && review.Forgotten(m.UID) {
				v.forgotten = append(v.forgotten, m.UID)
			}
			if !yield(m, err) {
				return
			}
		}
	}
	found, err := sampling.Verify(r, noted)
	v.Fails, v.Forgotten = append(v.Fails, found...), len(v.forgotten)
	return err
}

// verifyForgotten makes sure that somebody signed that the calls were forgotten:
// else a call that is in the way would only have to be called so.
func (d *Desk) verifyForgotten(ctx context.Context, v *Verdict) error {
	signed := map[string]bool{}
	for e, err := range d.store.Events(ctx, "") {
		if err != nil {
			if review.CodeOf(err) == journal.BadSignature {
				continue
			}
			return err
		}
		if e.Type != journal.TypeCallsForgotten {
			continue
		}
		body, err := journal.Decode(e.Event)
		if err != nil {
			return err
		}
		if f, ok := body.(journal.CallsForgotten); ok {
			for _, uid := range f.Calls {
				signed[uid] = true
			}
		}
	}
	for _, uid := range v.forgotten {
		if !signed[uid] {
			v.Fails = append(v.Fails, sampling.Mismatch{Check: sampling.FailsForgotten, Args: review.Args{"uid": uid}})
		}
	}
	return nil
}
