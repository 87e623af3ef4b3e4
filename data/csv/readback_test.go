package csv

import (
	"bytes"
	stdcsv "encoding/csv"
	"encoding/json"
	"errors"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

// anything is what can stand in a field: any text, and often what readers of CSV
// stumble over.
var anything = rapid.OneOf(
	rapid.String(), awkward, awkward, awkward, awkward, awkward, awkward, awkward,
	rapid.SampledFrom([]string{"", "'=", "x", "\r\n", "very long", "0,5", strings.Repeat("very long \"", 7000)}),
)

var awkward = rapid.StringOf(rapid.RuneFrom([]rune("\",;\t\r\n'=+-@ \x00\\ä😀\ufeff\u2028")))

// program reads a table in the file whose name comes last, as JSON.
var programs = map[string][]string{
	"python3": {"-c", "import csv, json, sys\ncsv.field_size_limit(1 << 30)\n" +
		"print(json.dumps(list(csv.reader(open(sys.argv[1], newline='', encoding='utf-8')))[1:]))"},
	"sqlite3": {
		":memory:", "-cmd", ".mode csv", "-cmd", ".import FILE t", "-cmd", ".mode json",
		"SELECT json_group_array(json_array(a, b, c)) AS rows FROM t",
	},
}

// What is written for programs, they read back the same: Go always, and what of
// Python and SQLite this computer has; "go run ./cmd/dev test" installs both.
func TestProgramsReadBackWhatIsWritten(t *testing.T) {
	file := filepath.Join(t.TempDir(), "table.csv")
	rapid.Check(t, func(r *rapid.T) {
		rows := rapid.SliceOfN(rapid.SliceOfN(anything, 3, 3), 1, 20).Draw(r, "rows")
		var out bytes.Buffer
		table := newRows(&out, raw, "test", []cell{{"a", true}, {"b", true}, {"c", true}})
		want := [][]string{}
		for _, row := range rows {
			cells := []cell{text(row[0]), text(row[1]), text(row[2])}
			want = append(want, []string{cells[0].text, cells[1].text, cells[2].text})
			if err := table.row(cells...); err != nil {
				r.Fatal(err)
			}
		}
		if err := table.end(); err != nil {
			r.Fatal(err)
		}
		got, err := stdcsv.NewReader(bytes.NewReader(out.Bytes())).ReadAll()
		if err != nil || !cmp.Equal(want, got[1:]) {
			r.Fatalf("encoding/csv: %v %s", err, cmp.Diff(want, got))
		}
		if rapid.IntRange(0, 9).Draw(r, "ask the others") > 0 {
			return // to start them takes time
		}
		if err := WriteFile(t.Context(), file, says(out.String())); err != nil {
			r.Fatal(err)
		}
		for name := range programs {
			if got, ok := ask(r, name, file); ok && !cmp.Equal(want, got) {
				r.Fatalf("%s: %s", name, cmp.Diff(want, got))
			}
		}
	})
}

// ask lets a program read a table, if the computer has it.
func ask(r *rapid.T, name, file string) (rows [][]string, ok bool) {
	if _, err := exec.LookPath(name); err != nil {
		return nil, false
	}
	args := append([]string{}, programs[name]...)
	if name == "python3" {
		args = append(args, file)
	} else {
		args[4] = strings.Replace(args[4], "FILE", file, 1)
	}
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		r.Fatalf("%s: %v: %s", name, err, out)
	}
	if name == "sqlite3" {
		var told []struct{ Rows string }
		if err := json.Unmarshal(out, &told); err != nil {
			r.Fatalf("%s: %v in %.300s", name, err, out)
		}
		out = []byte(told[0].Rows)
	}
	if err := json.Unmarshal(out, &rows); err != nil {
		r.Fatalf("%s: %v in %.300s", name, err, out)
	}
	return rows, true
}

// Whatever the format, our own reader gives back what was said.
func TestMomentsComeBackAsTheyWereWritten(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		var moments []desk.Told
		var want []desk.Brought
		for range rapid.IntRange(0, 5).Draw(r, "n") {
			m := review.Moment{
				ID: anything.Draw(r, "id"), Issue: anything.Draw(r, "issue"), Words: anything.Draw(r, "words"),
				At: time.Duration(rapid.IntRange(0, 1e7).Draw(r, "at")) * time.Millisecond, Until: time.Duration(rapid.IntRange(0, 1e7).Draw(r, "until")) * time.Millisecond,
			}
			moments = append(moments, desk.Told{Heard: desk.Heard{Moment: m, Call: review.Call{UID: "c"}}})
			want = append(want, desk.Brought{
				ID: text(m.ID).text, Call: "c", Issue: text(m.Issue).text, Words: text(m.Words).text, At: m.At, Until: m.Until,
			})
		}
		o := Options{
			Preset:    rapid.SampledFrom([]string{"", "spreadsheet", "data"}).Draw(r, "preset"),
			Separator: rapid.SampledFrom([]string{"", "comma", "semicolon", "tab"}).Draw(r, "separator"),
			Decimal:   rapid.SampledFrom([]string{"", "point", "comma"}).Draw(r, "decimal"),
		}
		f, err := o.Format()
		if err != nil {
			r.Fatal(err)
		}
		var out bytes.Buffer
		if err := WriteMoments(&out, f, desk.Filter{}, sequence(moments)); err != nil {
			r.Fatal(err)
		}
		var got []desk.Brought
		for m, err := range ReadMoments(&out, o.Preset == "data") {
			if err != nil {
				r.Fatal(err)
			}
			m.Line = 0
			got = append(got, m)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			r.Fatal(diff)
		}
	})
}

func TestATableThatHoldsNoMomentsSaysWhere(t *testing.T) {
	for table, line := range map[string]int{
		"": 1, "call,at\nc,1\n": 1, "call,at,issue\nc,1,x\nc,late,x\n": 3, "call,at,issue\nc,1,\"x\n": 2, "call,at,issue\nc,NaN,x\n": 2,
	} {
		var last error
		for _, err := range ReadMoments(strings.NewReader(table), false) {
			last = err
		}
		var e *review.Error
		if !errors.As(last, &e) || e.Code != NotMoments || e.Args["line"] != line {
			t.Errorf("%q: %v, want line %d", table, last, line)
		}
	}
}
