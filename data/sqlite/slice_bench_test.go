package sqlite_test

import (
	"context"
	"testing"

	"github.com/earshot-app/earshot/data/sqlite/grown"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/journal"
	"github.com/earshot-app/earshot/review/ranking"
)

// One operation answers one question about a year of 250,000 heard calls: how
// an issue went week by week, what became of its fix, what is filed under what,
// and which categories would be better.
func BenchmarkQuestionsAboutAYear(b *testing.B) {
	ctx := context.Background()
	store := library(b, grown.Heard)
	d := desk.New(desk.Parts{Store: store, Author: newAuthor(b, 1), Clock: &clock{grown.Start}, IDs: &ids{}})
	f := desk.Filter{From: grown.Start.AddDate(0, 0, 7*52), To: grown.Start.AddDate(0, 0, 7*grown.Weeks)}
	must(b, store.Write(ctx, func(tx desk.Tx) error {
		named, err := newAuthor(b, 1).Sign("named", 1, grown.Start, journal.IssueNamed{Issue: "issue-3", Name: "Issue 3"})
		must(b, err)
		return tx.Append(ctx, named, "named")
	}))
	must(b, d.Follow(ctx, "issue-3", review.Follow{State: review.Fixed, On: "2026-02-02"}))
	for name, ask := range map[string]func() error{
		"trend":    func() error { _, err := d.Trend(ctx, "issue-3", f, ranking.ByWeek); return err },
		"effect":   func() error { _, err := d.Effect(ctx, "issue-3"); return err },
		"mismatch": func() error { _, err := d.Mismatch(ctx, f); return err },
		"propose":  func() error { _, err := d.Propose(ctx, f, .03, 9); return err },
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				must(b, ask())
			}
		})
	}
}
