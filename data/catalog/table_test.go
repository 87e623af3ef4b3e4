package catalog

import (
	"context"
	"errors"
	"fmt"
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

func read(t *testing.T, csv string) *table {
	t.Helper()
	table, err := readTable(t.Context(), strings.NewReader(csv), berlin(t))
	if err != nil {
		t.Fatal(err)
	}
	return table
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
		table.see("/", "a.wav")
		if got := table.meta("/", "a.wav").Category; got != "right" {
			t.Errorf("%s gives the category %q", header, got)
		}
	}
}

func TestOfTwoColumnsOfOneNameTheFirstCounts(t *testing.T) {
	table := read(t, "file,queue,Queue\na.wav,first,second\n")
	if got := table.rows[0].meta().Queue; got != "first" {
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
		table := read(t, header+",queue\n4711,Tech\n")
		if len(table.rows) != 1 || table.rows[0].callID != "4711" {
			t.Errorf("%q is not understood", header)
		}
	}
}

// TestLinesMayEndAsOldMacsEndThem covers what Excel on a Mac still saves as "CSV
// (Macintosh)".
func TestLinesMayEndAsOldMacsEndThem(t *testing.T) {
	table := read(t, "file,queue\ra.wav,\"S\u00fcd\rnights\"\rb.wav,Tech\rc.wav\r")
	if len(table.rows) != 2 || table.rows[0].queue.Value() != "S\u00fcd nights" || table.rows[1].queue.Value() != "Tech" {
		t.Errorf("read %+v", table.rows)
	}
	if want := []fault{{line: 5, code: WrongCells, n: 1}}; !slices.Equal(table.faults, want) {
		t.Errorf("faults %+v, want %+v", table.faults, want)
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
		{"no UTF-8", "file,queue\na.wav,S\xfcd\nb.wav,Tech\n", []fault{{line: 2, code: BadText}}},
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
			got := read(t, test.csv).faults
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
		"empty":                       {"", NoColumns},
		"only a mark of UTF-8":        {"\uFEFF", NoColumns},
		"no known column":             {"colour,size\nred,9\n", NoColumns},
		"no column to join by":        {"queue,agent\nTech,Jo\n", NoColumns},
		"no header (Asterisk)":        {"\"\",\"5550100\",\"600\",\"ext\"\n", NoColumns},
		"UTF-16, as Excel's \"text\"": {"\xff\xfef\x00i\x00l\x00e\x00\r\x00\n\x00", NotText},
		"UTF-16 without a mark":       {"f\x00i\x00l\x00e\x00\n\x00", NotText},
		"Windows-1252":                {"Datei;L\xe4nge\na.wav;1\n", NotText},
		"a recording":                 {"RIFF\x24\x00\x00\x00WAVEfmt \x10\x00\x00\x00", NotText},
	}
	for name, test := range tests {
		_, err := readTable(t.Context(), strings.NewReader(test.csv), time.UTC)
		if review.CodeOf(err) != test.want {
			t.Errorf("%s: %v, want %s", name, err, test.want)
		}
	}
}

func TestACancelledReadEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := readTable(ctx, strings.NewReader("file\na.wav\n"), time.UTC)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestAReadThatFailsIsReported(t *testing.T) {
	torn := errors.New("network gone")
	_, err := readTable(t.Context(), &tornReader{rest: "file,queue\n" + strings.Repeat("a.wav,Tech\n", 9999), err: torn}, time.UTC)
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
		table, err := readTable(t.Context(), strings.NewReader(csv), zone)
		if err != nil {
			if code := review.CodeOf(err); code != NotText && code != NoColumns {
				t.Fatal(err)
			}
			return
		}
		lines := strings.Count(csv, "\n") + strings.Count(csv, "\r") + 1 // at most
		if len(table.rows)+len(table.faults) >= lines+1 {
			t.Fatalf("%d rows and %d faults of %d lines", len(table.rows), len(table.faults), lines)
		}
		for file := range table.byFile {
			table.see("/", file)
		}
		for file, i := range table.byFile {
			if got := table.meta("/", file); !reflect.DeepEqual(got, table.rows[i].meta()) {
				t.Fatalf("the row of %q is %+v, not %+v", file, got, table.rows[i].meta())
			}
		}
		for _, f := range table.rest() {
			if f.line < 2 || f.line > lines || f.code == "" {
				t.Fatalf("fault %+v of %d lines", f, lines)
			}
		}
	})
}

// BenchmarkReadTable shows that a table of any size takes some 300 bytes and a
// few microseconds a row.
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
		if _, err := readTable(b.Context(), strings.NewReader(csv.String()), time.UTC); err != nil {
			b.Fatal(err)
		}
	}
}
