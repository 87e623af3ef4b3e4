package pages_test

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	_ "modernc.org/sqlite" // the driver "sqlite"

	"github.com/earshot-app/earshot/data/sqlite/pages"
)

// made is a file that SQLite made of statements, still open, with its log.
func made(t testing.TB, statements ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "made.db")
	db, err := sql.Open("sqlite", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	t.Cleanup(func() { _ = db.Close() })
	for _, statement := range statements {
		if _, err := db.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	return path
}

// rows are all records of leaves, as text.
func rows(t testing.TB, path string) map[string]bool {
	t.Helper()
	f, err := pages.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all := map[string]bool{}
	for n := uint32(1); n <= f.Count(); n++ {
		node, err := f.Node(n)
		if err != nil {
			continue
		}
		for _, cell := range node.Cells {
			if row, err := pages.Record(cell.Payload); err == nil {
				all[fmt.Sprintf("%d%v", cell.Rowid, row)] = true
			}
		}
	}
	return all
}

const table = `CREATE TABLE a(n INTEGER, r REAL, t TEXT, b BLOB)`

// What SQLite wrote is read as it was: numbers of every width, a text of many
// pages, nothing.
func TestARowIsReadAsSQLiteWroteIt(t *testing.T) {
	long := strings.Repeat("late bill ", 2000)
	got := rows(t, made(t, table,
		`INSERT INTO a VALUES(0, 1.5, 'Zoë', x'00ff'), (1, -2.0, '', x''), (-1, NULL, NULL, NULL), (127, 0, 'x', NULL)`,
		`INSERT INTO a VALUES(-129, 0.25, 'a', NULL), (8388607, 0.25, 'b', NULL), (-2147483649, 0.25, 'c', NULL), (9223372036854775807, 0.25, 'd', NULL)`,
		`INSERT INTO a VALUES(7, 0.25, '`+long+`', NULL)`))
	for _, want := range []string{
		"1[0 1.5 Zoë [0 255]]", "2[1 -2  []]", "3[-1 <nil> <nil> <nil>]", "4[127 0 x <nil>]", "5[-129 0.25 a <nil>]", "6[8388607 0.25 b <nil>]",
		"7[-2147483649 0.25 c <nil>]", "8[9223372036854775807 0.25 d <nil>]", "9[7 0.25 " + long + " <nil>]",
	} {
		if !got[want] {
			t.Errorf("%.60s is not there", want)
		}
	}
}

// What was committed lies in the log until somebody moves it into the file; what
// was not committed does not count.
func TestTheLogIsReadUpToItsLastCommit(t *testing.T) {
	path := made(t, `PRAGMA journal_mode = WAL`, table, `INSERT INTO a(n) VALUES(41)`, `PRAGMA wal_checkpoint`, `UPDATE a SET n = 42`,
		`PRAGMA cache_size = 1`, `PRAGMA cache_spill = 1`, `BEGIN`, `UPDATE a SET n = 43`, `INSERT INTO a(t) VALUES(hex(zeroblob(100000)))`)
	got := rows(t, path)
	if !got["1[42 <nil> <nil> <nil>]"] || got["1[43 <nil> <nil> <nil>]"] {
		t.Errorf("the log tells %v", got)
	}
}

// FuzzPages reads whatever lies in a file, to its end and without a panic.
func FuzzPages(f *testing.F) {
	path := made(f, `PRAGMA page_size = 512`, table, `CREATE INDEX i ON a(t)`,
		`WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 60) INSERT INTO a SELECT i, i / 2.0, 'text ' || i, zeroblob(i * 9) FROM c`)
	raw, err := os.ReadFile(path)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(raw, []byte{})
	logged, err := os.ReadFile(made(f, `PRAGMA page_size = 512`, `PRAGMA journal_mode = WAL`, table, `INSERT INTO a(n) VALUES(41)`) + "-wal")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(raw[:512], logged)
	name := filepath.Join(f.TempDir(), "fuzzed.db")
	f.Fuzz(func(t *testing.T, raw, log []byte) {
		if len(raw) > 1<<16 || len(log) > 1<<16 {
			return
		}
		for file, content := range map[string][]byte{name: raw, name + "-wal": log} {
			if err := os.WriteFile(file, content, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		rows(t, name)
		file, err := pages.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		if free := file.Free(); len(free) > 1<<16 {
			t.Errorf("%d free pages", len(free))
		}
	})
}
