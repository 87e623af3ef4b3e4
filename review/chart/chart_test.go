package chart

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/earshot-app/earshot/review/ranking"
)

// half is a ruler of letters half as wide as they are high.
func half(text string, size float64, _ bool) float64 {
	return float64(len([]rune(text))) * size / 2
}

func shapes[T Shape](s Scene) (all []T) {
	for _, shape := range s.Shapes {
		if t, ok := shape.(T); ok {
			all = append(all, t)
		}
	}
	return all
}

// 17 % of calls (10 to 28 %) on an axis up to 28 %: the bar is 17/28 of its
// room, and the interval ends where the room does.
func TestABarIsAsLongAsItsShare(t *testing.T) {
	b := Bars{Rows: []Row{{Name: "Invoice", Value: "17 %", Fill: Bar, Share: ranking.Share{Part: .17, Low: .10, High: .28}}}}
	s := b.Scene(600, half)
	bar, whisker := shapes[Rect](s)[0], shapes[Line](s)[0]
	room := 600 - (half("88 %", textSize, true) + 6 + half("88–88 %", captionSize, false)) - 2*columnGap
	full := room - nameEnough
	for name, of := range map[string][2]float64{
		"bar": {bar.Width, full * 17 / 28}, "interval's beginning": {whisker.X1 - bar.X, full * 10 / 28}, "interval's end": {whisker.X2 - bar.X, full},
	} {
		if math.Abs(of[0]-of[1]) > 1e-9 {
			t.Errorf("the %s lies at %.3f, want %.3f", name, of[0], of[1])
		}
	}
}

func TestWithoutAnIntervalThereIsNoWhisker(t *testing.T) {
	b := Bars{Rows: []Row{{Name: "Invoice", Share: ranking.Share{Part: .2, Low: .2, High: .2}}}}
	if n := len(shapes[Line](b.Scene(600, half))); n != 0 {
		t.Errorf("%d lines", n)
	}
}

func TestRowsThatCannotBeToldApartAreJoinedByALine(t *testing.T) {
	b := Bars{Rows: []Row{
		{Rank: "1", Name: "a"}, {Rank: "2–3", Name: "b", Joined: true}, {Rank: "2–3", Name: "c"}, {Rank: "4", Name: "d"},
	}}
	s := b.Scene(600, half)
	var joins []Rect
	for _, r := range shapes[Rect](s) {
		if r.Width == joinWidth {
			joins = append(joins, r)
		}
	}
	if len(joins) != 2 || joins[0].Y+joins[0].Height < joins[1].Y {
		t.Errorf("the line is %+v, want one that goes on from b to c", joins)
	}
}

func TestAGapIsHatchedAndNoLineCrossesIt(t *testing.T) {
	known := func(from float64, share float64) Period {
		return Period{From: from, To: from + .25, Label: "w", Value: "v", Known: true, Share: ranking.Share{Part: share, Low: share - .02, High: share + .02}, Color: Bar}
	}
	trend := Trend{Periods: []Period{known(0, .1), known(.25, .12), {From: .5, To: .75}, known(.75, .06)}, Gap: "too few"}
	s := trend.Scene(800, half)
	var joining int
	for _, l := range shapes[Line](s) {
		if l.Color == Bar {
			joining++
		}
	}
	if joining != 1 {
		t.Errorf("%d lines join periods, want the one between the first two", joining)
	}
	if marks := shapes[Mark](s); len(marks) != 3 {
		t.Errorf("%d marks, want one for each known period", len(marks))
	}
	gap := shapes[Rect](s)[0]
	if gap.Pattern != Hatched || math.Abs(gap.Width-(800-axisWidth-columnGap)/4+2) > 1e-9 {
		t.Errorf("the gap is %+v", gap)
	}
}

func TestRoundStepsOfAnAxis(t *testing.T) {
	for highest, want := range map[float64][]float64{
		.28: {0, .1, .2}, .22: {0, .05, .1, .15, .2}, 1: {0, .2, .4, .6, .8, 1}, .009: {0, .002, .004, .006, .008}, 0: {0},
	} {
		if diff := cmp.Diff(want, Steps(highest), cmpopts.EquateApprox(0, 1e-12)); diff != "" {
			t.Errorf("up to %v:\n%s", highest, diff)
		}
	}
}

// A square of 12 with hatches 6 apart, measured along its edges: three lines
// cross it, the middle one from corner to corner.
func TestHatchesStayWithinTheirRectangle(t *testing.T) {
	r := Rect{X: 10, Y: 20, Width: 12, Height: 12, Pattern: Hatched}
	want := []Line{
		{16, 20, 10, 26, 1, 0}, {22, 20, 10, 32, 1, 0}, {22, 26, 16, 32, 1, 0},
	}
	if diff := cmp.Diff(want, r.Lines()[4:]); diff != "" {
		t.Error(diff)
	}
}

func TestLongNamesAreBrokenAndCut(t *testing.T) {
	wide := func(s string) float64 { return float64(len([]rune(s))) }
	for _, c := range []struct {
		text string
		most int
		want string
	}{
		{"Invoice goes to the old address", 0, "Invoice|goes to|the old|address"},
		{"Invoice goes to the old address", 2, "Invoice|goes to…"},
		{"Rechnungsanschrift", 0, "Rech-|nungsan-|schrift"},
		{"Rechnungsanschrift", 2, "Rech-|nungsan…"},
		{"Bestätigungs-E-Mail", 0, "Bestäti-|gungs-E-|Mail"},
		{"Kündigungsbestätigung fehlt", 0, "Kündi-|gungs-|bestäti-|gung|fehlt"},
		{"Vertragslaufzeit", 0, "Ver-|trags-|laufzeit"},
		{"Confirmation e-mail", 0, "Confir-|mation|e-mail"},
		{"Technician", 0, "Techni-|cian"},
		{"Zzzzzzzzzzz 0123456789", 0, "Zzzzzzzz|zzz|01234567|89"},
		{"  ", 2, ""},
		{"Ä ö", 1, "Ä ö"},
	} {
		if got := strings.Join(wrap(c.text, 8, c.most, wide), "|"); got != c.want {
			t.Errorf("%q becomes %q, want %q", c.text, got, c.want)
		}
	}
}

// Whatever the names and shares, nothing is drawn outside of the chart.
func TestEverythingLiesWithinTheScene(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		part := rapid.Float64Range(0, 1)
		width := rapid.Float64Range(360, 1600).Draw(t, "width")
		var b Bars
		long := rapid.StringN(0, 80, -1).Draw(t, "column")
		var trend Trend
		for i := range rapid.IntRange(0, 12).Draw(t, "rows") {
			share := ranking.Share{Part: part.Draw(t, "part"), Low: part.Draw(t, "low"), High: part.Draw(t, "high")}
			b.Rows = append(b.Rows, Row{
				Rank: fmt.Sprint(i + 1), Name: rapid.StringN(0, 80, -1).Draw(t, "name"), Value: "17 %", Range: "10–28 %", Share: share,
				Joined: rapid.Bool().Draw(t, "joined"), Pattern: Pattern(rapid.IntRange(0, 2).Draw(t, "pattern")),
			})
			trend.Periods = append(trend.Periods, Period{
				From: float64(i) / 12, To: float64(i+1) / 12, Label: "2 Nov", Known: rapid.Bool().Draw(t, "known"), Share: share,
			})
		}
		table := Table{Columns: []string{long, long + " x", "SIM"}, Rows: []TableRow{{Name: long, Note: "n", Cells: []TableCell{{Text: "25 %"}, {Text: "–", Pale: true}, {Text: "3 %", Sign: "▲"}}}}}
		for _, body := range []Body{b, trend, table} {
			s := Page{Title: "Title", Note: "Note", Foot: "Foot", Body: body}.Scene(width, half)
			within(t, s)
		}
	})
}

// The list of the categories that an issue was filed under is longer than any
// name: it goes on below the bar, and is cut where the chart ends.
func TestALongNoteCoversNoBar(t *testing.T) {
	row := Row{Name: "Late bill", Note: strings.Repeat("Contract and tariff questions, ", 12), Value: "17 %", Fill: Accent, Share: ranking.Share{Part: .17}}
	s := Bars{Rows: []Row{row}}.Scene(500, half)
	bar, notes := shapes[Rect](s)[0], 0
	for _, text := range shapes[Text](s) {
		if text.Size != captionSize {
			continue
		}
		notes++
		if top := text.Y - captionSize; top < bar.Y+bar.Height || text.X+half(text.Text, captionSize, false) > s.Width {
			t.Errorf("%q, from %.0f to %.0f down to %.0f, in a chart of %.0f with a bar down to %.0f",
				text.Text, text.X, text.X+half(text.Text, captionSize, false), text.Y, s.Width, bar.Y+bar.Height)
		}
	}
	if notes != noteLines {
		t.Errorf("the note has %d lines", notes)
	}
}

func within(t *rapid.T, s Scene) {
	in := func(x, y float64) bool { return x >= -1e-6 && x <= s.Width+1e-6 && y >= -1e-6 && y <= s.Height+1e-6 }
	for _, shape := range s.Shapes {
		ok := false
		switch v := shape.(type) {
		case Rect:
			ok = in(v.X, v.Y) && in(v.X+v.Width, v.Y+v.Height) && v.Width >= 0
		case Line:
			ok = in(v.X1, v.Y1) && in(v.X2, v.Y2)
		case Text:
			ok = in(v.X, v.Y)
		case Mark:
			ok = in(v.X, v.Y)
		}
		if !ok {
			t.Fatalf("%#v lies outside of %.0f × %.0f", shape, s.Width, s.Height)
		}
	}
}

func TestIssuesHaveARoleOfTheirOwn(t *testing.T) {
	for n := range Issues {
		if got, ok := Issue(n).Issue(); got != n || !ok {
			t.Errorf("issue %d has the role of %d", n, got)
		}
	}
	if _, ok := Accent.Issue(); ok || Issue(Issues) != Issue(0) {
		t.Error("the roles of issues begin or end elsewhere")
	}
}

// Four weeks, of which the third has too few calls; fixed on the first day of
// the fourth, three quarters along the axis.
func TestATrendOfPoints(t *testing.T) {
	week := func(n int) time.Time { return time.Date(2026, 10, 5+7*n, 0, 0, 0, 0, time.UTC) }
	var points []ranking.Point
	for i := range 4 {
		points = append(points, ranking.Point{From: week(i), To: week(i + 1), OK: i != 2, Share: ranking.Share{Part: .1, Low: .05, High: .2}})
	}
	trend := NewTrend(points, Issue(2), plain{}, func(at time.Time) string { return at.Format("2 Jan") })
	trend.Mark(points, week(3), "fixed")
	trend.Mark(points, week(9), "later")
	if len(trend.Events) != 1 || trend.Events[0].At != .75 {
		t.Errorf("marked %+v", trend.Events)
	}
	if p := trend.Periods[2]; p.Known || p.Value != "" || p.From != .5 || p.Label != "19 Oct" {
		t.Errorf("the third week is %+v", p)
	}
	if trend.Max != .2 || len(trend.Ticks) != 5 || trend.Ticks[1].Label != "5" {
		t.Errorf("the axis goes to %v by %v", trend.Max, trend.Ticks)
	}
}

type plain struct{}

func (plain) Percent(share float64) string { return fmt.Sprintf("%.0f", share*100) }
func (plain) PercentRange(low, high float64) string {
	return fmt.Sprintf("%.0f–%.0f", low*100, high*100)
}

func TestValuesAreWrittenOnlyWhereTheyHaveRoom(t *testing.T) {
	for n, want := range map[int]int{8: 8, 52: 0} {
		var trend Trend
		for i := range n {
			trend.Periods = append(trend.Periods, Period{From: float64(i) / float64(n), To: float64(i+1) / float64(n), Value: "17 %", Known: true})
		}
		var got int
		for _, text := range shapes[Text](trend.Scene(600, half)) {
			if text.Text == "17 %" {
				got++
			}
		}
		if got != want {
			t.Errorf("of %d periods %d have their value", n, got)
		}
	}
}
