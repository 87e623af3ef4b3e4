package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/earshot-app/earshot/data/sqlite"
	"github.com/earshot-app/earshot/data/sqlite/grown"
)

// csvGroup measures what leaves and enters a library as CSV, beside sqlite3's
// shell and Python's csv: 1,500,000 moments written by the same query, and
// 20,000 read. Each of the three takes some seconds to write them, so that fewer
// rounds than usual tell enough.
var csvGroup = group{name: "csv", kits: []kit{reading}, rounds: 3, run: benchCSV}

// momentsQuery is what a table of moments says, as anyone would ask for it.
const momentsQuery = `SELECT c.uid, strftime('%Y-%m-%dT%H:%M:%SZ', c.started_at, 'unixepoch') AS start, q.name AS queue, k.name AS category,
	m.at_ms / 1000.0 AS at, m.until_ms, i.name AS issue, m.words, '' AS author, c.draw, m.uid AS moment, i.uid AS issue_id
	FROM finding f JOIN call c ON c.id = f.call_id JOIN moment m ON m.finding_id = f.id JOIN issue i ON i.id = f.issue_id AND i.live = 1
	JOIN queue q ON q.id = c.queue_id JOIN category k ON k.id = c.category_id ORDER BY f.started_at, c.uid, m.at_ms, m.id`

// The Python programs; the arguments are the library or table, and the file.
const (
	pythonWrites = `import csv, sqlite3, sys
rows = sqlite3.connect(sys.argv[1]).execute(sys.argv[3])
with open(sys.argv[2], 'w', newline='', encoding='utf-8') as f:
    w = csv.writer(f)
    w.writerow(c[0] for c in rows.description)
    w.writerows(rows)`
	pythonReads = `import csv, sqlite3, sys
db = sqlite3.connect(sys.argv[2])
db.execute('DROP TABLE IF EXISTS t')
db.execute('CREATE TABLE t(call, at, issue, words)')
with open(sys.argv[1], newline='', encoding='utf-8') as f:
    r = csv.reader(f)
    next(r)
    db.executemany('INSERT INTO t VALUES(?, ?, ?, ?)', r)
db.commit()`
)

func benchCSV(ctx context.Context, b *bench) error {
	heard, calls := b.file("heard.earshot"), b.file("calls.earshot")
	fmt.Fprintln(b.out, "Making the libraries (a minute)")
	err := errors.Join(grownApart(ctx, heard, 0), grownApart(ctx, calls, benchMoments))
	if err != nil {
		return err
	}
	fmt.Fprint(b.out, "\n", costHead)
	err = b.compare(ctx, "write 1,500,000 moments", 0.5, byCPU,
		b.own("--library", heard, "export", "moments", "--preset", "data", "-o", b.file("own.csv")),
		contender{name: "sqlite3", args: []string{
			"sqlite3", "-readonly", heard, "-cmd", ".mode csv", "-cmd", ".headers on", "-cmd", ".output " + filepath.ToSlash(b.file("sqlite.csv")), momentsQuery,
		}},
		contender{name: "python", args: []string{"python3", "-c", pythonWrites, heard, b.file("python.csv"), momentsQuery}})
	if err != nil {
		return err
	}
	return b.readMoments(ctx, calls)
}

// grownApart makes a library in a process of its own, since the peak memory of a
// program is at least that of who starts it: see [grow].
func grownApart(ctx context.Context, file string, calls int) error {
	self, err := os.Executable()
	if err != nil {
		return fmt.Errorf("find this program: %w", err)
	}
	return command(ctx, self, "grow", file, strconv.Itoa(calls)).Run()
}

// grow makes a library of so many calls, or one of 500,000 heard calls for 0.
func grow(ctx context.Context, file, calls string) error {
	n, err := strconv.Atoi(calls)
	if err != nil {
		return errUsage
	}
	store, err := sqlite.Open(ctx, file, sqlite.Options{})
	if err == nil {
		err = store.Close()
	}
	switch {
	case err != nil:
		return err
	case n > 0:
		return grown.Calls(ctx, file, n)
	}
	return grown.Heard(ctx, file)
}

// benchMoments is how many moments are brought to a library, one to a call.
const benchMoments = 20_000

// readMoments compares reading a table. The others put its rows into a table of
// their own; Earshot finds each moment's call and signs an event, so that the
// ratio is told and not judged. A library is filled once, so each round has its
// own.
func (b *bench) readMoments(ctx context.Context, library string) error {
	var table strings.Builder
	table.WriteString("call,at,issue,words\r\n")
	for i := range benchMoments {
		fmt.Fprintf(&table, "call%022d,%d.5,Issue %d,\"It came, \"\"again\"\", in May\"\r\n", i, i%50, i%200)
	}
	file := b.file("moments.csv")
	if err := os.WriteFile(file, []byte(table.String()), 0o600); err != nil {
		return err
	}
	empty, err := os.ReadFile(library)
	if err != nil {
		return err
	}
	peers := []contender{
		{name: "sqlite3", args: []string{
			"sqlite3", b.file("sqlite.db"), "-cmd", "DROP TABLE IF EXISTS t", "-cmd", ".mode csv", "-cmd", ".import " + filepath.ToSlash(file) + " t", "SELECT count(*) FROM t",
		}},
		{name: "python", args: []string{"python3", "-c", pythonReads, file, b.file("python.db")}},
	}
	costs := make([][]cost, len(peers)+1)
	for round := range b.rounds {
		fresh := b.file(fmt.Sprintf("fresh%d.earshot", round))
		if err := os.WriteFile(fresh, empty, 0o600); err != nil {
			return err
		}
		for i, c := range append([]contender{b.own("--library", fresh, "moments", "import", file)}, peers...) {
			once, err := c.run(ctx)
			if err != nil {
				return err
			}
			costs[i] = append(costs[i], once)
		}
	}
	own := middle(costs[0])
	for i, peer := range peers {
		theirs := middle(costs[i+1])
		fmt.Fprintf(b.out, "%-27s %v   %-7s %v %7.3f×\n", fmt.Sprintf("read %d moments", benchMoments), own, peer.name, theirs, float64(theirs.cpu)/float64(own.cpu))
	}
	return nil
}

// middle is the median of each part of some costs.
func middle(all []cost) cost {
	return cost{
		cpu:    median(all, func(c cost) time.Duration { return c.cpu }),
		wall:   median(all, func(c cost) time.Duration { return c.wall }),
		memory: median(all, func(c cost) int64 { return c.memory }),
	}
}
