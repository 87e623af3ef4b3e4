package desk

import (
	"context"
	"fmt"

	"github.com/earshot-app/earshot/review/journal"
)

// mergeFound makes one call of those that turned out to be one contact. That
// is no act that can be undone, as nothing is that an import finds.
func (d *Desk) mergeFound(ctx context.Context, added []Added) error {
	into := map[string]string{} // the whole that each part was met with
	var order []string
	for _, a := range added {
		if _, told := into[a.Part]; a.Part != "" && !told {
			into[a.Part] = a.Whole
			order = append(order, a.Part)
		}
	}
	if len(order) == 0 {
		return nil
	}
	parts := map[string][]string{} // by the call that stays
	var wholes []string
	for _, part := range order {
		whole := into[part]
		for further, is := into[whole]; is; further, is = into[whole] {
			whole = further
		}
		if parts[whole] == nil {
			wholes = append(wholes, whole)
		}
		parts[whole] = append(parts[whole], part)
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

// mergesInto makes parts of a whole, each where it is heard in it. What was said of
// the whole itself keeps its time, also where a part is heard before it.
func mergesInto(ctx context.Context, tx Tx, uid string, parts []string) (merges []journal.Body, err error) {
	begins, err := tx.Begins(ctx, append([]string{uid}, parts...))
	for _, part := range parts {
		merges = append(merges, journal.CallMerged{From: part, Into: uid, After: begins[part].Milliseconds()})
	}
	return merges, err
}
