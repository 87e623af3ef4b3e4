package sqlite

import (
	"database/sql"
	"path/filepath"
	"slices"
	"testing"
)

// What SQLite packs or tallies comes back as it was, numbers below nothing and
// texts with any characters too.
func TestPackedRowsComeBack(t *testing.T) {
	s, err := Open(t.Context(), filepath.Join(t.TempDir(), "library.earshot"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	type row struct {
		number int64
		text   string
		times  int64
	}
	const rows = ` FROM (SELECT column1 AS number, column2 AS word FROM (VALUES (1, 'é, 12'), (-9223372036854775808, ''), (1, 'é, 12'), (9223372036854775807, 'x')))`
	read := func(query string, tallied bool) (all []row) {
		var packed sql.RawBytes
		var r row
		targets := []any{&r.number, &r.text}
		if tallied {
			targets = append(targets, &r.times)
		}
		err := s.stream(t.Context(), []any{&packed}, func() {
			unpack(packed, targets, func() { all = append(all, r) })
		}, query)
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	want := []row{{number: 1, text: "é, 12"}, {number: -1 << 63}, {number: 1, text: "é, 12"}, {number: 1<<63 - 1, text: "x"}}
	if got := read(`SELECT packed(number, word)`+rows, false); !slices.Equal(got, want) {
		t.Errorf("packed: got %v, want %v", got, want)
	}
	got := read(`SELECT tally(number, word)`+rows, true)
	slices.SortFunc(got, func(a, b row) int { return len(b.text) - len(a.text) })
	want = []row{{1, "é, 12", 2}, {1<<63 - 1, "x", 1}, {-1 << 63, "", 1}}
	if !slices.Equal(got, want) {
		t.Errorf("tally: got %v, want %v", got, want)
	}
	if got := read(`SELECT tally(number)`+rows+` WHERE 0`, true); got != nil {
		t.Errorf("of no rows: got %v", got)
	}
	if err := s.stream(t.Context(), []any{&sql.RawBytes{}}, func() {}, `SELECT packed(NULL)`); err == nil {
		t.Error("packed takes a NULL as if it could be unpacked")
	}
}
