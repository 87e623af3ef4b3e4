package csv

import (
	"bytes"
	stdcsv "encoding/csv"
	"errors"
	"io"
	"iter"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/ranking"
)

func TestRankingTable(t *testing.T) {
	berlin := time.FixedZone("CET", 3600)
	filter := desk.Filter{From: time.Date(2026, 11, 2, 0, 0, 0, 0, berlin), Queue: "Billing"}
	issues := []ranking.Ranked{
		{
			IssueCount: ranking.IssueCount{Follow: review.Follow{State: review.Open}, Name: "Invoice goes to the old address", Calls: 11, Categories: []string{"Billing – other", "Address, change"}},
			Rank:       1, RankLow: 1, RankHigh: 2, Bracket: 1, HasSince: true,
			Since: ranking.Since{Calls: 5, Heard: 20, Share: ranking.Share{Part: .25}}, Share: ranking.Share{Part: .171875, Low: .0987948616, High: .2820924459}, PerWeek: ranking.Range{Low: 1200, High: 3500},
		},
		{IssueCount: ranking.IssueCount{Name: `=HYPERLINK("http://x")`, Follow: review.Follow{
			State: review.Fixed, Owner: "Billing team", On: "2026-11-10", Next: "-",
		}}, Rank: 2, RankLow: 1, RankHigh: 2, Bracket: 1, Share: ranking.Share{High: 1}},
	}
	want := strings.ReplaceAll(`rank,issue,calls,heard,share,low,high,per_week_low,per_week_high,categories,from,to,queue,rank_low,rank_high,bracket,since_calls,since_heard,since_share,state,owner,fixed_on,next_step
1,Invoice goes to the old address,11,64,0.171875,0.098795,0.282092,1200,3500,"Billing – other; Address, change",2026-11-02T00:00:00+01:00,,Billing,1,2,1,5,20,0.25,open,,,
2,"'=HYPERLINK(""http://x"")",0,64,0,0,1,0,0,,2026-11-02T00:00:00+01:00,,Billing,1,2,1,,,,fixed,Billing team,2026-11-10,'-
`, "\n", "\r\n")
	var got bytes.Buffer
	if err := WriteRanking(&got, Spreadsheet, desk.Ranked{Filter: filter, Counts: ranking.Counts{Heard: 64}, Issues: issues}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got.String()); diff != "" {
		t.Error(diff)
	}
}

func TestMomentsTable(t *testing.T) {
	call := review.Call{
		UID: "c-17", Queue: "Billing", Category: "Billing – other", Agent: review.Hide("Petra Schmidt"),
		Start: time.Date(2026, 11, 10, 10, 42, 0, 0, time.FixedZone("CET", 3600)),
	}
	moments := []desk.Heard{
		{Call: call, Moment: review.Moment{At: 62500 * time.Millisecond, Issue: "Charged twice", Words: "I see the same 39.90\non here, \"two times\"."}},
		{Call: call, Moment: review.Moment{At: time.Minute, Until: 70123 * time.Millisecond, Issue: "Old address", Words: "- my ex gets it"}},
	}
	want := "call,start,queue,category,at,until,issue,words\r\n" +
		"c-17,2026-11-10T09:42:00Z,Billing,Billing – other,62.5,,Charged twice,\"I see the same 39.90\non here, \"\"two times\"\".\"\r\n" +
		"c-17,2026-11-10T09:42:00Z,Billing,Billing – other,60,70.123,Old address,'- my ex gets it\r\n"
	var got bytes.Buffer
	if err := WriteMoments(&got, Spreadsheet, sequence(moments)); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got.String()); diff != "" {
		t.Error(diff)
	}
	got.Reset()
	if err := WriteMoments(&got, Data, sequence(moments)); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Replace(want, "'-", "-", 1), got.String()); diff != "" {
		t.Errorf("data: %s", diff)
	}
}

// A spreadsheet runs what begins so; and what does not, or is a number, must
// stay what it was.
func TestSpreadsheetGuardsTexts(t *testing.T) {
	for in, want := range map[string]string{
		"=1+1": "'=1+1", "+49 30": "'+49 30", "-1": "'-1", "@SUM": "'@SUM", "\tx": "'\tx", "\rx": "'\rx",
		"a=1": "a=1", "'=1": "'=1", "": "", " =1": " =1", "–5": "–5",
	} {
		if got := fields(t, Spreadsheet, in); got[0] != want {
			t.Errorf("%q is written as %q, want %q", in, got[0], want)
		}
		if got := fields(t, Data, in); got[0] != in {
			t.Errorf("%q is written as %q for programs", in, got[0])
		}
	}
	var got bytes.Buffer
	table := newTable(&got, Spreadsheet)
	if err := errors.Join(table.row(decimal(-.5, 6)), table.out.Flush()); err != nil {
		t.Fatal(err)
	}
	if got.String() != "\r\n-0.5\r\n" {
		t.Errorf("a negative number is written as %q", got.String())
	}
}

func TestParsePreset(t *testing.T) {
	for name, want := range map[string]Preset{"": Spreadsheet, "spreadsheet": Spreadsheet, "data": Data} {
		if got, err := ParsePreset(name); err != nil || got != want {
			t.Errorf("%q is %q, %v", name, got, err)
		}
	}
	if _, err := ParsePreset("excel"); review.CodeOf(err) != review.BadArgument {
		t.Errorf("an unknown preset answers %v", err)
	}
}

// What programs are given is what was said: Go's reader and a reader that
// follows the letter of the RFC get it back. Go's reads CR LF as LF, as it says.
func FuzzDataReadsBack(f *testing.F) {
	f.Add("plain", "two\r\nlines", `"quoted", and more`)
	f.Add("", "=1+1", "\r")
	f.Add("ü 😀 \u2028", "\\.", " spaces ")
	f.Add("\xff", "\x00", "\n\n")
	f.Fuzz(func(t *testing.T, a, b, c string) {
		want := []string{a, b, c}
		for i := range want {
			want[i] = strings.ToValidUTF8(want[i], "\ufffd")
		}
		out := write(t, Data, a, b, c)
		if !utf8.ValidString(out) {
			t.Fatalf("%q is not UTF-8", out)
		}
		if diff := cmp.Diff(want, strict(t, out)); diff != "" {
			t.Errorf("by the RFC: %s", diff)
		}
		got := fields(t, Data, a, b, c)
		for i := range want {
			want[i] = strings.ReplaceAll(want[i], "\r\n", "\n")
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("by encoding/csv: %s", diff)
		}
	})
}

// A table of millions must not be held in memory.
func TestMomentsStream(t *testing.T) {
	out := &counter{}
	moments := func(yield func(desk.Heard, error) bool) {
		for range 10_000 {
			if !yield(desk.Heard{Moment: review.Moment{Issue: "Old address"}}, nil) {
				return
			}
		}
		if out.n < 100_000 {
			t.Errorf("%d bytes came out before the moments ended", out.n)
		}
	}
	if err := WriteMoments(out, Data, moments); err != nil {
		t.Fatal(err)
	}
}

func TestMomentsStopWhereTheyFail(t *testing.T) {
	lost := errors.New("library gone")
	broken := func(yield func(desk.Heard, error) bool) { yield(desk.Heard{}, lost) }
	if err := WriteMoments(io.Discard, Data, broken); !errors.Is(err, lost) {
		t.Errorf("a lost library answers %v", err)
	}
	full := errors.New("no space left")
	rows := 0
	endless := func(yield func(desk.Heard, error) bool) {
		for yield(desk.Heard{}, nil) {
			rows++
		}
	}
	if err := WriteMoments(failing{full}, Data, endless); !errors.Is(err, full) {
		t.Errorf("a full disk answers %v", err)
	}
	if rows > 10_000 {
		t.Errorf("%d rows were read for a full disk", rows)
	}
}

// write writes one row of texts and returns the row.
func write(t *testing.T, p Preset, texts ...string) string {
	t.Helper()
	var out bytes.Buffer
	table := newTable(&out, p, "a", "b", "c")
	cells := make([]cell, len(texts))
	for i, s := range texts {
		cells[i] = text(s)
	}
	if err := errors.Join(table.row(cells...), table.out.Flush()); err != nil {
		t.Fatal(err)
	}
	return strings.TrimPrefix(out.String(), "a,b,c\r\n")
}

// fields writes texts, with a second field where there is one only, because
// Go's reader passes over an empty line, and reads them with encoding/csv.
func fields(t *testing.T, p Preset, texts ...string) []string {
	t.Helper()
	if len(texts) == 1 {
		texts = append(texts, "end")
	}
	record, err := stdcsv.NewReader(strings.NewReader(write(t, p, texts...))).Read()
	if err != nil {
		t.Fatal(err)
	}
	return record
}

// strict reads one row by the grammar of RFC 4180, section 2.
func strict(t *testing.T, row string) []string {
	t.Helper()
	var out []string
	for {
		var field string
		if strings.HasPrefix(row, `"`) {
			end := 1
			for !strings.HasPrefix(row[end:], `"`) || strings.HasPrefix(row[end:], `""`) {
				step := 1
				if row[end] == '"' {
					step = 2
				}
				end += step
			}
			field, row = strings.ReplaceAll(row[1:end], `""`, `"`), row[end+1:]
		} else {
			end := strings.IndexAny(row, ",\r")
			field, row = row[:end], row[end:]
			if strings.ContainsAny(field, "\"\n") {
				t.Fatalf("%q needs quotes", field)
			}
		}
		out = append(out, field)
		if row == "\r\n" {
			return out
		}
		if row[0] != ',' {
			t.Fatalf("%q follows a field", row)
		}
		row = row[1:]
	}
}

func sequence(moments []desk.Heard) iter.Seq2[desk.Heard, error] {
	return func(yield func(desk.Heard, error) bool) {
		for _, m := range moments {
			if !yield(m, nil) {
				return
			}
		}
	}
}

type counter struct{ n int }

func (c *counter) Write(p []byte) (int, error) {
	c.n += len(p)
	return len(p), nil
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }
