package prove

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/earshot-app/earshot/data/sqlite"
	"github.com/earshot-app/earshot/data/sqlite/grown"
)

// killTagging kills a batch that tags after a random number of answers, with more
// commands on their way. Every moment that was answered must be there.
func killTagging(ctx context.Context, p *prover, rounds int) (t tally, err error) {
	const calls = 3
	who, err := p.with(ctx, calls)
	if err != nil {
		return t, err
	}
	answered := map[string]bool{}
	for ; t.rounds < rounds; t.rounds++ {
		if err := who.tagAndKill(ctx, calls, 1+p.random.IntN(8), answered); err != nil {
			return t, err
		}
	}
	return t, who.compare(ctx, &t, calls, answered)
}

// tagAndKill adds the moments that a batch answered before it was killed after n.
func (p *person) tagAndKill(ctx context.Context, calls, n int, answered map[string]bool) error {
	b, err := p.batch(ctx, tag(calls))
	if err != nil {
		return err
	}
	defer b.end()
	for range n {
		var a acted
		ok, err := b.answer(&a)
		if err != nil || !ok || a.Moment == "" {
			return fmt.Errorf("tag: %+v, %w", a, errors.Join(err, errNoAnswer))
		}
		answered[a.Moment] = true
	}
	return nil
}

// compare counts what was answered and is not there, and a library that is not
// whole.
func (p *person) compare(ctx context.Context, t *tally, calls int, answered map[string]bool) error {
	if wrong := p.whole(ctx); wrong != "" {
		t.lose("%s", wrong)
	}
	there, err := p.moments(ctx, calls)
	if err != nil {
		return err
	}
	for id := range answered {
		if !there[id] {
			t.lose("moment %s was answered", id)
		}
	}
	return nil
}

// killMerging kills a batch that merges and splits issues and takes that back.
// As many events must be there as were answered.
func killMerging(ctx context.Context, p *prover, rounds int) (t tally, err error) {
	who, err := p.with(ctx, 2)
	if err != nil {
		return t, err
	}
	if err := who.tagAndKill(ctx, 2, 12, map[string]bool{}); err != nil {
		return t, err
	}
	lines := []string{
		`["codebook","merge","Issue 0","Issue 1"]`, `["undo"]`, `["codebook","merge","Issue 2","Issue 3"]`, `["undo"]`, `["redo"]`, `["undo"]`,
	}
	for ; t.rounds < rounds; t.rounds++ {
		before, err := who.events(ctx)
		if err != nil {
			return t, err
		}
		done, err := who.mergeAndKill(ctx, lines, 1+p.random.IntN(12))
		if err != nil {
			return t, err
		}
		after, err := who.events(ctx)
		if err != nil {
			return t, err
		}
		if after-before < done {
			t.lose("%d acts were answered and %d events are there", done, after-before)
		}
	}
	if wrong := who.whole(ctx); wrong != "" {
		t.lose("%s", wrong)
	}
	return t, nil
}

// events counts the journal's.
func (p *person) events(ctx context.Context) (int, error) {
	var checked struct{ Events int }
	err := p.get(ctx, &checked, "check")
	return checked.Events, err
}

// mergeAndKill answers how many acts a batch answered as done before it was
// killed after n answers.
func (p *person) mergeAndKill(ctx context.Context, lines []string, n int) (done int, err error) {
	b, err := p.batch(ctx, func(i int) string { return lines[i%len(lines)] })
	if err != nil {
		return 0, err
	}
	defer b.end()
	for range n {
		var a struct{ Error string }
		if ok, err := b.answer(&a); err != nil || !ok {
			return done, errors.Join(err, errNoAnswer)
		}
		if a.Error == "" {
			done++
		}
	}
	return done, nil
}

// killImport kills imports at random points of the time that one takes. The next
// goes on, and in the end all is there once.
func killImport(ctx context.Context, p *prover, rounds int) (t tally, err error) {
	const calls = 400
	source, err := p.folder()
	if err != nil {
		return t, err
	}
	table, err := recordings(source, calls)
	if err != nil {
		return t, err
	}
	var took time.Duration
	for t.rounds < rounds {
		who, err := p.person()
		if err != nil {
			return t, err
		}
		for k := 0; took > 0 && k < 8 && t.rounds < rounds; k++ {
			after := time.Duration(p.random.Int64N(int64(took)))
			if err := killed(who.command(ctx, "import", source, "--metadata", table), after); err != nil {
				return t, err
			}
			t.rounds++
			if _, err := os.Stat(who.library); err == nil {
				if wrong := who.whole(ctx); wrong != "" {
					t.lose("killed after %v: %s", after, wrong)
				}
			}
		}
		begun := time.Now()
		if err := who.get(ctx, nil, "import", source, "--metadata", table); err != nil {
			t.lose("the import after: %v", err)
		}
		if took == 0 {
			took = time.Since(begun)
		}
		var sources []struct{ Recordings, Missing int }
		if err := who.get(ctx, &sources, "sources"); err != nil || len(sources) != 1 || sources[0].Recordings != calls || sources[0].Missing > 0 {
			t.lose("imported again, it has %+v, %v", sources, err)
		}
		if err := os.RemoveAll(who.home); err != nil {
			return t, err
		}
	}
	return t, nil
}

// killMigration kills the opening of a library of an older version, which is
// brought up to date by that. Its calls must all be there, in the new version.
func killMigration(ctx context.Context, p *prover, rounds int) (t tally, err error) {
	const calls = 20_000
	who, err := p.person()
	if err != nil {
		return t, err
	}
	old := filepath.Join(who.home, "old")
	if err := makeOld(ctx, old, calls); err != nil {
		return t, err
	}
	var took time.Duration
	for t.rounds < rounds {
		if err := copyFile(who.library, old); err != nil {
			return t, err
		}
		begun := time.Now()
		if took == 0 {
			err = who.get(ctx, nil, "sources")
			took = time.Since(begun)
		} else {
			err = killed(who.command(ctx, "sources"), time.Duration(p.random.Int64N(int64(took))))
			t.rounds++
		}
		if err != nil {
			return t, err
		}
		var sources []struct{ Recordings int }
		if wrong := who.whole(ctx); wrong != "" {
			t.lose("%s", wrong)
		} else if err := who.get(ctx, &sources, "sources"); err != nil {
			t.lose("%v", err)
		}
		if n, err := countCalls(who.library); err != nil || n != calls {
			t.lose("%d calls are there, %v", n, err)
		}
		if err := removeLibraryFiles(who.library); err != nil {
			return t, err
		}
	}
	return t, nil
}

// killExport kills an export. Under the file's name lies what was there before,
// or all of the new.
func killExport(ctx context.Context, p *prover, rounds int) (t tally, err error) {
	who, err := p.person()
	if err != nil {
		return t, err
	}
	store, err := sqlite.Open(ctx, who.library, sqlite.Options{})
	if err == nil {
		err = errors.Join(store.Close(), grown.Calls(ctx, who.library, 20_000))
	}
	file := filepath.Join(who.home, "calls.csv")
	begun := time.Now()
	if err == nil {
		err = who.get(ctx, nil, "export", "calls", "-o", file)
	}
	took := time.Since(begun)
	if err != nil {
		return t, err
	}
	whole, err := os.ReadFile(file)
	if err != nil {
		return t, err
	}
	const old = "what was there before"
	for ; t.rounds < rounds; t.rounds++ {
		if err := os.WriteFile(file, []byte(old), 0o600); err != nil {
			return t, err
		}
		after := time.Duration(p.random.Int64N(int64(took)))
		if err := killed(who.command(ctx, "export", "calls", "-o", file), after); err != nil {
			return t, err
		}
		if got, err := os.ReadFile(file); err != nil || string(got) != old && string(got) != string(whole) {
			t.lose("killed after %v there are %d bytes of %d, %v", after, len(got), len(whole), err)
		}
	}
	return t, nil
}
