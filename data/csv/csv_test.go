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
			IssueCount: ranking.IssueCount{ID: "i-1", Follow: review.Follow{State: review.Open}, Name: "Invoice goes to the old address", Calls: 11, Categories: []string{"Billing – other", "Address, change"}},
			Rank:       1, RankLow: 1, RankHigh: 2, Bracket: 1, HasSince: true,
			Since: ranking.Since{Calls: 5, Heard: 20, Share: ranking.Share{Part: .25}}, Share: ranking.Share{Part: .171875, Low: .0987948616, High: .2820924459}, PerWeek: ranking.Range{Low: 1200, High: 3500},
		},
		{IssueCount: ranking.IssueCount{Name: `=HYPERLINK("http://x")`, ToLookAt: 3, Follow: review.Follow{
			State: review.Fixed, Owner: "Billing team", On: "2026-11-10", Next: "-",
		}}, Rank: 2, RankLow: 1, RankHigh: 2, Bracket: 1, Share: ranking.Share{High: 1}},
	}
	want := strings.ReplaceAll(`rank,issue,calls,heard,share,low,high,per_week_low,per_week_high,categories,from,to,queue,rank_low,rank_high,bracket,since_calls,since_heard,since_share,state,owner,fixed_on,next_step,first_heard,last_heard,definition,issue_id,to_look_at
1,Invoice goes to the old address,11,64,0.171875,0.098795,0.282092,1200,3500,"Billing – other; Address, change",2026-11-02T00:00:00+01:00,,Billing,1,2,1,5,20,0.25,open,,,,2026-11-03T11:00:00+01:00,2026-11-03T11:00:00Z,"Post for who moved,↵not us",i-1,0
2,"'=HYPERLINK(""http://x"")",0,64,0,0,1,0,0,,2026-11-02T00:00:00+01:00,,Billing,1,2,1,,,,fixed,Billing team,2026-11-10,'-,,,,,3
`, "\n", "\r\n")
	want = strings.ReplaceAll(want, "↵", "\n")
	full := desk.FullRanking{
		Ranked: desk.Ranked{Filter: filter, Counts: ranking.Counts{Heard: 64}, Issues: issues},
		About: map[string]desk.About{"i-1": {
			Definition: "Post for who moved,\nnot us", First: time.Unix(1793700000, 0).In(berlin), Last: time.Unix(1793703600, 0).UTC(),
		}},
	}
	var got bytes.Buffer
	if err := WriteRanking(&got, safe, full); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got.String()); diff != "" {
		t.Error(diff)
	}
}

func TestMomentsTable(t *testing.T) {
	call := review.Call{
		UID: "c-17", Draw: "d-1", Queue: "Billing", Category: "Billing – other", Agent: review.Hide("Petra Schmidt"),
		Start: time.Date(2026, 11, 10, 10, 42, 0, 0, time.FixedZone("CET", 3600)),
	}
	moments := []desk.Told{
		{Author: "ada", Heard: desk.Heard{Call: call, Moment: review.Moment{ID: "m-1", At: 62500 * time.Millisecond, IssueID: "i-2", Issue: "Charged twice", Words: "I see the same 39.90\r\non here, \"two times\"."}}},
		{Heard: desk.Heard{Call: call, Moment: review.Moment{At: time.Minute, Until: 70123 * time.Millisecond, Issue: "Old address", Words: "- my ex gets it"}}},
	}
	want := "call,start,queue,category,at,until,issue,words,author,draw,moment,issue_id,filter_from,filter_to,filter_queue\r\n" +
		"c-17,2026-11-10T09:42:00Z,Billing,Billing – other,62.5,,Charged twice,\"I see the same 39.90\non here, \"\"two times\"\".\",ada,d-1,m-1,i-2,,,Billing\r\n" +
		"c-17,2026-11-10T09:42:00Z,Billing,Billing – other,60,70.123,Old address,'- my ex gets it,,d-1,,,,,Billing\r\n"
	var got bytes.Buffer
	if err := WriteMoments(&got, safe, desk.Filter{Queue: "Billing"}, sequence(moments)); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got.String()); diff != "" {
		t.Error(diff)
	}
	got.Reset()
	if err := WriteMoments(&got, raw, desk.Filter{Queue: "Billing"}, sequence(moments)); err != nil {
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
		"a=1": "a=1", "'=1": "''=1", "''x": "''x", "": "", " =1": " =1", "–5": "–5",
	} {
		if got := fields(t, safe, in); got[0] != want {
			t.Errorf("%q is written as %q, want %q", in, got[0], want)
		}
		if got := fields(t, raw, in); got[0] != in {
			t.Errorf("%q is written as %q for programs", in, got[0])
		}
	}
	var got bytes.Buffer
	table := newRows(&got, safe, "numbers", nil)
	if err := errors.Join(table.row(number(-.5, 6)), table.out.Flush()); err != nil {
		t.Fatal(err)
	}
	if got.String() != "\r\n-0.5\r\n" {
		t.Errorf("a negative number is written as %q", got.String())
	}
}

// The formats of the tests: what a terminal writes by itself, and for programs.
var safe, raw = Plain.Format(""), Data.Format("")

// What programs are given is what was said: Go's reader and a reader that
// follows the letter of the RFC get it back, but for CR LF and NUL, of which the
// package tells.
func FuzzDataReadsBack(f *testing.F) {
	f.Add("plain", "two\r\nlines", `"quoted", and more`)
	f.Add("", "=1+1", "\r")
	f.Add("ü 😀 \u2028", "\\.", " spaces ")
	f.Add("\xff", "\x00", "\n\n")
	f.Fuzz(func(t *testing.T, a, b, c string) {
		want := []string{a, b, c}
		for i := range want {
			want[i] = strings.ReplaceAll(strings.ToValidUTF8(want[i], "\ufffd"), "\x00", "\ufffd")
			for strings.Contains(want[i], "\r\n") {
				want[i] = strings.ReplaceAll(want[i], "\r\n", "\n")
			}
		}
		out := write(t, raw, a, b, c)
		if !utf8.ValidString(out) {
			t.Fatalf("%q is not UTF-8", out)
		}
		if diff := cmp.Diff(want, strict(t, out)); diff != "" {
			t.Errorf("by the RFC: %s", diff)
		}
		if diff := cmp.Diff(want, fields(t, raw, a, b, c)); diff != "" {
			t.Errorf("by encoding/csv: %s", diff)
		}
	})
}

// A table of millions must not be held in memory.
func TestMomentsStream(t *testing.T) {
	out := &counter{}
	moments := func(yield func(desk.Told, error) bool) {
		for range 10_000 {
			if !yield(desk.Told{Heard: desk.Heard{Moment: review.Moment{Issue: "Old address"}}}, nil) {
				return
			}
		}
		if out.n < 100_000 {
			t.Errorf("%d bytes came out before the moments ended", out.n)
		}
	}
	if err := WriteMoments(out, raw, desk.Filter{}, moments); err != nil {
		t.Fatal(err)
	}
}

func TestMomentsStopWhereTheyFail(t *testing.T) {
	lost := errors.New("library gone")
	broken := func(yield func(desk.Told, error) bool) { yield(desk.Told{}, lost) }
	if err := WriteMoments(io.Discard, raw, desk.Filter{}, broken); !errors.Is(err, lost) {
		t.Errorf("a lost library answers %v", err)
	}
	full := errors.New("no space left")
	rows := 0
	endless := func(yield func(desk.Told, error) bool) {
		for yield(desk.Told{}, nil) {
			rows++
		}
	}
	if err := WriteMoments(failing{full}, raw, desk.Filter{}, endless); !errors.Is(err, full) {
		t.Errorf("a full disk answers %v", err)
	}
	if rows > 10_000 {
		t.Errorf("%d rows were read for a full disk", rows)
	}
}

// write writes one row of texts and returns the row.
func write(t *testing.T, f Format, texts ...string) string {
	t.Helper()
	var out bytes.Buffer
	table := newRows(&out, f, "test", []cell{{"a", true}, {"b", true}, {"c", true}})
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
func fields(t *testing.T, f Format, texts ...string) []string {
	t.Helper()
	if len(texts) == 1 {
		texts = append(texts, "end")
	}
	record, err := stdcsv.NewReader(strings.NewReader(write(t, f, texts...))).Read()
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

func sequence(moments []desk.Told) iter.Seq2[desk.Told, error] {
	return func(yield func(desk.Told, error) bool) {
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
