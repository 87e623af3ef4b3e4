package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/earshot-app/earshot/data/sqlite"
	"github.com/earshot-app/earshot/data/sqlite/grown"
	"github.com/earshot-app/earshot/review/desk"
)

// numbersGroup measures what grows with a library: a draw from 10,000,000 calls,
// which takes 2 GB of disk, and a ranking of 500,000 heard ones.
var numbersGroup = group{name: "numbers", run: benchNumbers}

func benchNumbers(ctx context.Context, b *bench) error {
	const calls = 10_000_000
	catalogue, heard := b.file("catalogue.earshot"), b.file("heard.earshot")
	fmt.Fprintln(b.out, "Making the libraries (some minutes)")
	if err := errors.Join(grownApart(ctx, catalogue, calls), grownApart(ctx, heard, 0)); err != nil {
		return err
	}
	fmt.Fprint(b.out, "\n                                      CPU s  wall s   MB\n")
	day := func(weeks int) string { return grown.Start.AddDate(0, 0, 7*weeks).Format(time.RFC3339) }
	inAll := func(library string, args ...string) contender {
		return b.own(append([]string{"--library", library}, args...)...)
	}
	for _, c := range []struct {
		what  string
		limit time.Duration
		most  int64 // MB
		run   contender
	}{
		{"draw 8 from 200,000 calls", 200 * time.Millisecond, 40, inAll(catalogue, "draw", "-n", "8", "--from", day(20), "--to", day(21))},
		{"draw 8 from 10,000,000 calls", 5 * time.Second, 40, inAll(catalogue, "draw", "-n", "8")},
		{"rank four weeks of 500,000 heard", 500 * time.Millisecond, 0, inAll(heard, "rank", "--json", "--from", day(grown.Weeks-4))},
		{"rank a year of 500,000 heard", 500 * time.Millisecond, 0, inAll(heard, "rank", "--json", "--from", day(grown.Weeks-52))},
		{"un-lump a year", 500 * time.Millisecond, 0, inAll(heard, "unlump", "--json", "--from", day(grown.Weeks-52))},
		{"un-lump all 500,000 heard", 0, 0, inAll(heard, "unlump", "--json")},
		{"mismatch of a year", 500 * time.Millisecond, 0, inAll(heard, "mismatch", "--json", "--from", day(grown.Weeks-52))},
		{"mismatch of all 500,000 heard", 0, 0, inAll(heard, "mismatch", "--json")},
		{"propose categories from a year", 500 * time.Millisecond, 0, inAll(heard, "categories", "propose", "--json", "--from", day(grown.Weeks-52))},
	} {
		if err := b.within(ctx, c.what, c.limit, c.most, c.run); err != nil {
			return err
		}
	}
	return b.counting(ctx, heard)
}

// within prints what one contender costs, and whether that is too much; a limit
// of 0 is none.
func (b *bench) within(ctx context.Context, what string, limit time.Duration, megabytes int64, c contender) error {
	costs, err := b.contest(ctx, c)
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	if limit == 0 {
		fmt.Fprintf(b.out, "%-35s %v\n", what, costs[0])
		return nil
	}
	verdict := fmt.Sprintf("at most %v", limit)
	if megabytes > 0 {
		verdict += fmt.Sprintf(", %d MB", megabytes)
	}
	if costs[0].wall > limit || megabytes > 0 && costs[0].memory>>20 > megabytes {
		verdict += "  MISSED"
	}
	fmt.Fprintf(b.out, "%-35s %v   %s\n", what, costs[0], verdict)
	return nil
}

// counting measures the counts alone that a ranking is made of, in a library
// that is open as the window has it.
func (b *bench) counting(ctx context.Context, file string) (err error) {
	store, err := sqlite.Open(ctx, file, sqlite.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	draws, err := store.Draws(ctx)
	if err != nil {
		return err
	}
	for _, c := range []struct {
		weeks int
		limit time.Duration
	}{{4, 10 * time.Millisecond}, {52, 80 * time.Millisecond}} {
		f := desk.Filter{From: grown.Start.AddDate(0, 0, 7*(grown.Weeks-c.weeks)), To: grown.Start.AddDate(0, 0, 7*grown.Weeks)}
		var took []time.Duration
		for range 4 * rounds {
			begun := time.Now()
			if _, err := store.Counts(ctx, f, draws); err != nil {
				return fmt.Errorf("count %d weeks: %w", c.weeks, err)
			}
			took = append(took, time.Since(begun))
		}
		middle, verdict := median(took, func(d time.Duration) time.Duration { return d }), fmt.Sprintf("at most %v", c.limit)
		if middle > c.limit {
			verdict += "  MISSED"
		}
		fmt.Fprintf(b.out, "%-43s %7.3f        %s\n", fmt.Sprintf("counts of %d weeks, library open", c.weeks), middle.Seconds(), verdict)
	}
	return nil
}
