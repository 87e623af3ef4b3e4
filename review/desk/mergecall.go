package desk

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/earshot-app/earshot/review/journal"
)

// mergeFound makes one call of those that turned out to be one contact. That
// is no act that can be undone, as nothing is that an import finds.
func (d *Desk) mergeFound(ctx context.Context, added []Added) error {
	parts := map[string][]string{} // by their whole
	var wholes []string
	told := map[string]bool{}
	for _, a := range added {
		if a.Part == "" || told[a.Part] {
			continue
		}
		told[a.Part] = true
		if parts[a.Whole] == nil {
			wholes = append(wholes, a.Whole)
		}
		parts[a.Whole] = append(parts[a.Whole], a.Part)
	}
	if len(wholes) == 0 {
		return nil
	}
	return d.tellJournal(ctx, func(tx Tx) (merges []journal.Body, err error) {
		for _, whole := range wholes {
			more, err := mergesInto(ctx, tx, whole, parts[whole])
			if err != nil {
				return nil, fmt.Errorf("merge the calls of a contact: %w", err)
			}
			merges = append(merges, more...)
		}
		return merges, nil
	})
}

// A stretch is a call that becomes one of a contact's.
type stretch struct {
	uid, path string
	start     time.Time // zero where no source told it
	length    time.Duration
}

func stretchOf(ctx context.Context, tx Tx, uid string) (stretch, error) {
	s := stretch{uid: uid}
	call, err := tx.Call(ctx, uid)
	if err == nil {
		s.length, err = tx.Length(ctx, uid)
	}
	if err != nil {
		return s, err
	}
	if !call.StartGuessed {
		s.start = call.Start
	}
	recordings, err := tx.Recordings(ctx, uid)
	if len(recordings) > 0 {
		s.path = recordings[0].Path.Open()
	}
	return s, err
}

// order is that in which the recordings of a contact are played.
func (s stretch) order(other stretch) int {
	return cmp.Or(s.start.Compare(other.start), cmp.Compare(s.path, other.path))
}

// behind reports whether s is played after other, and not beside it.
func (s stretch) behind(other stretch) bool {
	if s.start.IsZero() || other.start.IsZero() {
		return s.order(other) > 0
	}
	return s.start.Sub(other.start) > other.length/2
}

// mergesInto makes parts of a whole, one behind the other. What begins with the
// whole is a leg of it, and one that is played before cannot be laid behind it: what
// was said of those keeps its time.
func mergesInto(ctx context.Context, tx Tx, uid string, parts []string) (merges []journal.Body, err error) {
	whole, err := stretchOf(ctx, tx, uid)
	var later []stretch
	for _, part := range parts {
		var s stretch
		if err == nil {
			s, err = stretchOf(ctx, tx, part)
		}
		later = append(later, s)
	}
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(later, stretch.order)
	length := whole.length
	for _, s := range later {
		merge := journal.CallMerged{From: s.uid, Into: uid}
		if s.behind(whole) {
			merge.After = length.Milliseconds()
			length += s.length
		}
		merges = append(merges, merge)
	}
	return merges, nil
}
