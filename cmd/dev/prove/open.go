package prove

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/earshot-app/earshot/data/sqlite"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/journal"
)

func parse(line []byte, into any) error {
	if err := json.Unmarshal(line, into); err != nil {
		return fmt.Errorf("read %.200q: %w", line, err)
	}
	return nil
}

// removeLibrary moves a library away from under a batch. What was answered is in
// the file that was moved; from then on nothing is answered as done.
func removeLibrary(ctx context.Context, p *prover, rounds int) (t tally, err error) {
	const calls = 3
	for ; t.rounds < rounds; t.rounds++ {
		who, err := p.with(ctx, calls)
		if err != nil {
			return t, err
		}
		if err := who.moveAway(ctx, &t, calls); err != nil {
			return t, err
		}
	}
	return t, nil
}

func (p *person) moveAway(ctx context.Context, t *tally, calls int) error {
	b, err := p.batch(ctx, tag(calls))
	if err != nil {
		return err
	}
	defer b.end()
	answered := map[string]bool{}
	moved := p.at(filepath.Join(p.home, "moved.earshot"))
	after, gone := 1+p.random.IntN(20), ""
	for i := 0; gone == "" && i < 2000; i++ {
		var a acted
		if ok, err := b.answer(&a); err != nil || !ok {
			return fmt.Errorf("tag: %+v, %w", a, errors.Join(err, errNoAnswer))
		}
		if a.Moment != "" {
			answered[a.Moment] = true
		}
		if gone = a.Error; i == after {
			for _, suffix := range []string{"-shm", "-wal", ""} {
				if err := os.Rename(p.library+suffix, moved.library+suffix); err != nil {
					return err
				}
			}
		}
	}
	if gone != "library-gone" {
		t.lose("a library that is gone is told as %q", gone)
	}
	b.end()
	return moved.compare(ctx, t, calls, answered)
}

// openTwice has two processes tag in the same library at the same time.
func openTwice(ctx context.Context, p *prover, rounds int) (t tally, err error) {
	const calls, each = 3, 20
	who, err := p.with(ctx, calls)
	if err != nil {
		return t, err
	}
	answered := map[string]bool{}
	for ; t.rounds < rounds; t.rounds++ {
		var both sync.WaitGroup
		var made [2]map[string]bool
		var errs [2]error
		for i := range made {
			made[i] = map[string]bool{}
			both.Go(func() { errs[i] = who.tagAndKill(ctx, calls, each, made[i]) })
		}
		both.Wait()
		if err := errors.Join(errs[:]...); err != nil {
			return t, err
		}
		for _, m := range made {
			for id := range m {
				answered[id] = true
			}
		}
	}
	return t, who.compare(ctx, &t, calls, answered)
}

// jumps is a clock that is set to any time within twenty years at each look.
type jumps struct{ p *prover }

func (j jumps) Now() time.Time {
	return time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC).Add(time.Duration(j.p.random.Int64N(int64(20*365*24*time.Hour))) - 10*365*24*time.Hour)
}

// counted are ids in an order of their own.
type counted struct{ n int }

func (c *counted) New() string { c.n++; return fmt.Sprintf("id-%08d", c.n) }

// setClockBack works on a library while the clock jumps, and takes the last act
// back: that must be the last one, whatever the time.
func setClockBack(ctx context.Context, p *prover, rounds int) (t tally, err error) {
	const calls = 3
	who, err := p.with(ctx, calls)
	if err != nil {
		return t, err
	}
	store, err := sqlite.Open(ctx, who.library, sqlite.Options{})
	if err != nil {
		return t, err
	}
	author, err := journal.NewAuthor(make([]byte, 32))
	if err != nil {
		return t, errors.Join(err, store.Close())
	}
	d := desk.New(desk.Parts{Store: store, Author: author, Clock: jumps{p}, IDs: &counted{}})
	for ; err == nil && t.rounds < rounds; t.rounds++ {
		err = tagAndUndo(ctx, d, &t)
	}
	err = errors.Join(err, store.Close())
	if wrong := who.whole(ctx); wrong != "" {
		t.lose("%s", wrong)
	}
	return t, err
}

// tagAndUndo tags a few times and takes the last back.
func tagAndUndo(ctx context.Context, d *desk.Desk, t *tally) error {
	var last review.Moment
	for i := range 5 {
		tagged, err := d.Tag(ctx, desk.TagRequest{Call: uid(i % 3), Issue: fmt.Sprint("Issue ", i), At: time.Duration(i) * time.Second})
		if err != nil {
			return err
		}
		last = tagged.Moment
	}
	if _, err := d.Undo(ctx); err != nil {
		return err
	}
	shown, err := d.View(ctx, uid(4%3))
	for _, m := range shown.Moments {
		if m.ID == last.ID {
			t.lose("the last act is not the one that was taken back")
		}
	}
	return err
}
