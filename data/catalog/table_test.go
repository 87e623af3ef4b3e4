package catalog

import (
	"context"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

func opened(csv string) opener {
	return func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(csv)), nil }
}

func read(t testing.TB, csv string) *table {
	t.Helper()
	table, err := readTable(t.Context(), opened(csv), guide{zone: berlin(t)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = table.close() })
	return table
}

// all are the rows of a table, and the faults of its other lines.
func all(t testing.TB, table *table) (rows []row, faults []fault) {
	t.Helper()
	err := table.rows.each(func(record []byte, _ int64) error {
		r, err := unpack(record)
		switch {
		case err != nil:
			return err
		case r.fault.code != "":
			faults = append(faults, r.fault)
		case table.standing[r.place]&contradicts != 0:
			f, err := table.leftOver(&r)
			f.line = r.line
			faults = append(faults, f)
			return err
		case table.standing[r.place]&repeated == 0:
			rows = append(rows, r)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return rows, faults
}

// toldOf is what a table says of a file that was seen.
func toldOf(t testing.TB, table *table, root, name string) desk.Meta {
	t.Helper()
	meta, _, _, err := table.meta(root, name, desk.Meta{})
	if err != nil {
		t.Fatal(err)
	}
	return meta
}

func see(t testing.TB, table *table, root, name string) {
	t.Helper()
	if err := table.see(root, name); err != nil {
		t.Fatal(err)
	}
}

// plainMeta is a desk.Meta without the wrappings, to be compared and printed.
type plainMeta struct {
	CallID, Start, Duration, Queue, Category, Direction, Agent, Customer string
}

func open(m desk.Meta) plainMeta {
	p := plainMeta{
		CallID: m.CallID, Queue: m.Queue, Category: m.Category, Direction: m.Direction,
		Agent: m.Agent.Open(), Customer: m.Customer.Open(),
	}
	if !m.Start.IsZero() {
		p.Start = m.Start.Format(time.RFC3339)
	}
	if m.Duration != 0 {
		p.Duration = m.Duration.String()
	}
	return p
}

func TestAnExactHeaderWinsOverASynonym(t *testing.T) {
	for _, header := range []string{"reason,file,category", "category,file,reason"} {
		cells := strings.NewReplacer("reason", "wrong", "category", "right", "file", "a.wav").Replace(header)
		table := read(t, header+"\n"+cells+"\n")
		see(t, table, "/", "a.wav")
		if got := toldOf(t, table, "/", "a.wav").Category; got != "right" {
			t.Errorf("%s gives the category %q", header, got)
		}
	}
}

func TestOfTwoColumnsOfOneNameTheFirstCounts(t *testing.T) {
	rows, _ := all(t, read(t, "file,queue,Queue\na.wav,first,second\n"))
	if got := rows[0].queue; got != "first" {
		t.Errorf("the queue is %q", got)
	}
}

// A header that stood for two fields would fill one of them at random.
func TestNoHeaderStandsForTwoFields(t *testing.T) {
	seen := map[string]bool{}
	for _, names := range headers {
		for _, name := range strings.Fields(names) {
			if seen[name] {
				t.Errorf("%s is listed twice", name)
			}
			if plain(name) != name {
				t.Errorf("%s is not in the form in which headers are compared", name)
			}
			seen[name] = true
		}
	}
}

func TestHeadersAreComparedByTheirLettersAndDigits(t *testing.T) {
	for _, header := range []string{"call_id", "Call-ID", "CALL ID", " callId ", "\"Call ID\"", "call.id"} {
		rows, _ := all(t, read(t, header+",queue\n4711,Tech\n"))
		if len(rows) != 1 || rows[0].callID != "4711" {
			t.Errorf("%q is not understood", header)
		}
	}
}

// TestLinesMayEndAsOldMacsEndThem covers what Excel on a Mac still saves as "CSV
// (Macintosh)".
func TestLinesMayEndAsOldMacsEndThem(t *testing.T) {
	rows, faults := all(t, read(t, "file,queue\ra.wav,\"S\u00fcd\rnights\"\rb.wav,Tech\rc.wav\r"))
	if len(rows) != 2 || rows[0].queue != "S\u00fcd nights" || rows[1].queue != "Tech" {
		t.Errorf("read %+v", rows)
	}
	if want := []fault{{line: 5, code: WrongCells, n: 1}}; !slices.Equal(faults, want) {
		t.Errorf("faults %+v, want %+v", faults, want)
	}
}

func TestFaultsOfLines(t *testing.T) {
	tests := []struct {
		name, csv string
		want      []fault
	}{
		{"no fault", "file,queue\na.wav,Tech\nb.wav,\n", nil},
		{"a cell too few", "file,queue\na.wav\nb.wav,Tech\n", []fault{{line: 2, code: WrongCells, n: 1}}},
		{"a cell too few, the file", "queue,file\nTech\n", []fault{{line: 2, code: WrongCells, n: 1}}},
		{"a cell too many", "file,queue\na.wav,Tech,more\n", []fault{{line: 2, code: WrongCells, n: 3}}},
		{"empty cells too many", "file,queue\na.wav,Tech,,\n", nil},
		{"empty cells in the header", "file,queue,,\na.wav,Tech\n", nil},
		{"empty lines", "file,queue\n\n,\na.wav,Tech\n,\n", nil},
		{"no UTF-8 among it", "file,queue\na.wav,K\u00f6ln\nb.wav,S\xfcd\nc.wav,M\u00fcnchen\n", []fault{{line: 3, code: BadText}}},
		{"a start that is none", "file,Call Date\na.wav,today\n", []fault{{line: 2, code: BadStart, column: "Call Date"}}},
		{"a start in two ways", "file,date\na.wav,10/11/2026\n", []fault{{line: 2, code: AmbiguousStart, column: "date"}}},
		{"a duration that is none", "file,billsec\na.wav,-1\n", []fault{{line: 2, code: BadDuration, column: "billsec"}}},
		{"neither file nor call", "file,call id,queue\n, ,Tech\n", []fault{{line: 2, code: NoKey}}},
		{"the same line twice", "file,queue\na.wav,Tech\na.wav, Tech \n", nil},
		{"the same line twice, to the microsecond", "file,start\na,2026-11-10T09:42:00.000001Z\na,2026-11-10T09:42:00.000001Z\n", nil},
		{"two about one file", "file,queue\na.wav,Tech\n./a.wav,Bills\n", []fault{{line: 3, code: Contradicts, n: 2}}},
		{"two about one call", "call id,queue\n1,Tech\n1,Bills\n1,Tech\n", []fault{{line: 3, code: Contradicts, n: 2}}},
		{"two recordings of one call", "call id,file\n1,a.wav\n1,b.wav\n", nil},
		{"a cell over two lines", "file,queue\n\"a.wav\",\"Tech\nnights\"\nb.wav\n", []fault{{line: 4, code: WrongCells, n: 1}}},
		{
			"a lost quotation mark", "file,queue\na.wav,Tech\nb.wav,\"Bills\n" + strings.Repeat("c.wav,Tech\n", 200),
			[]fault{{line: 3, code: OpenQuote}},
		},
		{
			"several at once", "file,start,duration\na.wav,x,1\nb.wav,,x\nc.wav,2026-11-10,1\n",
			[]fault{{line: 2, code: BadStart, column: "start"}, {line: 3, code: BadDuration, column: "duration"}},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, got := all(t, read(t, test.csv))
			if diff := cmp.Diff(test.want, got, cmp.AllowUnexported(fault{}), cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
		})
	}
}

func TestWhatIsNoTable(t *testing.T) {
	tests := map[string]struct {
		csv  string
		want review.Code
	}{
		"empty":                {"", NoColumns},
		"only a mark of UTF-8": {"\uFEFF", NoColumns},
		"no known column":      {"colour,size\nred,9\n", NoColumns},
		"no column to join by": {"queue,agent\nTech,Jo\n", NoColumns},
		"no header (Asterisk)": {"\"\",\"5550100\",\"600\",\"ext\"\n", NoColumns},
		"a recording":          {"RIFF\x24\x00\x00\x00WAVEfmt \x10\x00\x00\x00", NotText},
		"a workbook":           {"PK\x03\x04\x14\x00\x06\x00", NotText},
	}
	for name, test := range tests {
		_, err := readTable(t.Context(), opened(test.csv), guide{zone: time.UTC})
		if review.CodeOf(err) != test.want {
			t.Errorf("%s: %v, want %s", name, err, test.want)
		}
	}
}

func TestACancelledReadEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := readTable(ctx, opened("file\na.wav\n"), guide{zone: time.UTC})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestAReadThatFailsIsReported(t *testing.T) {
	torn := errors.New("network gone")
	open := func() (io.ReadCloser, error) {
		return io.NopCloser(&tornReader{rest: "file,queue\n" + strings.Repeat("a.wav,Tech\n", 9999), err: torn}), nil
	}
	_, err := readTable(t.Context(), open, guide{zone: time.UTC})
	if !errors.Is(err, torn) {
		t.Errorf("got %v", err)
	}
}

// A tornReader fails with err after rest.
type tornReader struct {
	rest string
	err  error
}

func (r *tornReader) Read(p []byte) (int, error) {
	if r.rest == "" {
		return 0, r.err
	}
	n := copy(p, r.rest)
	r.rest = r.rest[n:]
	return n, nil
}

func FuzzReadTable(f *testing.F) {
	for _, seed := range []string{
		"file,start\na.wav,2026-11-10\n", "\uFEFFDatei;Dauer\r\n\"a\nb\";6:13\r\n", "id|queue\n1|\"", "file\n\n\"\"\n",
		"call id\tfile\n1\ta\n1\tb\n1\t\n",
		"file,queue\ra.wav,Tech\r",
	} {
		f.Add(seed)
	}
	zone := berlin(f)
	f.Fuzz(func(t *testing.T, csv string) {
		table, err := readTable(t.Context(), opened(csv), guide{zone: zone})
		if err != nil {
			if code := review.CodeOf(err); code != NotText && code != NoColumns {
				t.Fatal(err)
			}
			return
		}
		defer func() { _ = table.close() }()
		lines := strings.Count(csv, "\n") + strings.Count(csv, "\r") + 1 // at most
		rows, faults := all(t, table)
		if len(rows)+len(faults) > lines {
			t.Fatalf("%d rows and %d faults of %d lines", len(rows), len(faults), lines)
		}
		for _, r := range rows {
			if r.file != "" {
				see(t, table, "/", r.file)
			}
		}
		for _, r := range rows {
			if r.file == "" {
				continue
			}
			if got := toldOf(t, table, "/", r.file); !reflect.DeepEqual(got, r.meta()) {
				t.Fatalf("the row of %q is %+v, not %+v", r.file, got, r.meta())
			}
		}
		err = table.rest(func(f desk.Found) error {
			if f.Line < 1 || f.Line > lines || f.Problem.Code == "" {
				t.Fatalf("fault %+v of %d lines", f, lines)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

// BenchmarkReadTable shows that a row takes a few microseconds.
func BenchmarkReadTable(b *testing.B) {
	var csv strings.Builder
	csv.WriteString("file,call id,start,duration,agent,queue,category,customer,direction\n")
	for i := range 100_000 {
		fmt.Fprintf(&csv, "2026/11/10/%08d.wav,c-%08d,2026-11-10 09:42:%02d,%d.5,Agent %d,Queue %d,Category %d,+49305%06d,inbound\n",
			i, i, i%60, i%900, i%500, i%20, i%40, i)
	}
	b.SetBytes(int64(csv.Len()))
	b.ReportAllocs()
	for b.Loop() {
		table, err := readTable(b.Context(), opened(csv.String()), guide{zone: time.UTC})
		if err != nil {
			b.Fatal(err)
		}
		_ = table.close()
	}
}
