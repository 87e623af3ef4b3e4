package sqlite_test

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/earshot-app/earshot/data/sqlite"
	"github.com/earshot-app/earshot/data/sqlite/grown"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/sampling"
)

var benchStart = grown.Start

// library makes a library that fill fills.
func library(b *testing.B, fill func(ctx context.Context, path string) error) *sqlite.Store {
	b.Helper()
	path := filepath.Join(b.TempDir(), "library.earshot")
	store, err := sqlite.Open(context.Background(), path, sqlite.Options{})
	must(b, err)
	must(b, store.Close())
	must(b, fill(context.Background(), path))
	store, err = sqlite.Open(context.Background(), path, sqlite.Options{})
	must(b, err)
	b.Cleanup(func() { must(b, store.Close()) })
	return store
}

// One operation counts a ranking of so many weeks in a library of 500,000 heard
// calls, or makes it with intervals, ranges and everything.
func BenchmarkRankingOf500000HeardCalls(b *testing.B) {
	ctx := context.Background()
	store := library(b, grown.Heard)
	d := desk.New(desk.Parts{Store: store})
	draws, err := store.Draws(ctx)
	must(b, err)
	for _, weeks := range []int{4, 52} {
		f := desk.Filter{From: grown.Start.AddDate(0, 0, 7*(grown.Weeks-weeks)), To: grown.Start.AddDate(0, 0, 7*grown.Weeks)}
		b.Run(fmt.Sprintf("counts of %d weeks", weeks), func(b *testing.B) {
			for b.Loop() {
				_, err := store.Counts(ctx, f, draws)
				must(b, err)
			}
		})
		b.Run(fmt.Sprintf("all of %d weeks", weeks), func(b *testing.B) {
			for b.Loop() {
				_, err := d.Rank(ctx, f)
				must(b, err)
			}
		})
	}
}

// One operation draws 8 calls from one week of a library of 1,000,000.
func BenchmarkDrawFromAWeek(b *testing.B) {
	store := library(b, func(ctx context.Context, path string) error { return grown.Calls(ctx, path, 1_000_000) })
	d := desk.New(desk.Parts{Store: store, Author: newAuthor(b, 1), Clock: &clock{grown.Start}, IDs: &ids{}})
	req := desk.DrawRequest{N: 8, Filter: sampling.Filter{From: grown.Start, To: grown.Start.AddDate(0, 0, 7)}}
	for b.Loop() {
		_, err := d.Draw(context.Background(), req, nil)
		must(b, err)
	}
}
