package sqlite_test

import (
	"context"
	"testing"
	"time"

	"github.com/earshot-app/earshot/data/sqlite/grown"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

// One operation reads a part of what a list of 1,000,000 calls needs to be
// shown: its hours, a page from the top, from the middle or behind a call, or the
// counts of 50 weeks.
func BenchmarkListOfAMillionCalls(b *testing.B) {
	ctx := context.Background()
	store := library(b, func(ctx context.Context, path string) error { return grown.Calls(ctx, path, 1_000_000) })
	edges := []time.Time{grown.Start}
	for week := range 50 {
		edges = append(edges, grown.Start.AddDate(0, 0, 7*(week+1)))
	}
	measure := func(name string, read func() error) {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				must(b, read())
			}
		})
	}
	const page = 200
	for name, f := range map[string]desk.CallFilter{
		"all": {}, "of a category": {Category: desk.Only{Set: true, Name: "category 3"}}, "new": {State: review.New},
		"with a text": {Text: "call0000000000000000004711"}, "heard": {State: review.Heard},
	} {
		measure(name+", hours", func() error { _, err := store.CallHours(ctx, f); return err })
		for from, place := range map[string]desk.ListPlace{
			"top": {}, "middle": {Start: grown.Start.AddDate(0, 0, 170), Skip: 70},
			"behind": {Start: grown.Start.AddDate(0, 0, 170), UID: "call0000000000000000485714"},
		} {
			measure(name+", page "+from, func() error { _, err := store.CallPage(ctx, f, place, page); return err })
		}
	}
	measure("counts", func() error { _, err := store.CallCounts(ctx, desk.CallFilter{}, edges); return err })
	measure("states", func() error { _, err := store.StateCounts(ctx); return err })
	measure("sources", func() error { _, err := store.Sources(ctx); return err })
}
