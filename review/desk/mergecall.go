package desk

import (
	"context"

	"github.com/earshot-app/earshot/review/journal"
)

// mergeFound makes one call of those that turned out to be one contact. That
// is no act that can be undone, as nothing is that an import finds.
func (d *Desk) mergeFound(ctx context.Context, added []Added) error {
	var merges []journal.Body
	told := map[string]bool{}
	for _, a := range added {
		if a.Part != "" && !told[a.Part] {
			merges = append(merges, journal.CallMerged{From: a.Part, Into: a.Whole})
			told[a.Part] = true
		}
	}
	if len(merges) == 0 {
		return nil
	}
	return d.tellJournal(ctx, func(Tx) ([]journal.Body, error) { return merges, nil })
}
