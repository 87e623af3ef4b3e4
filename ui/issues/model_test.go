package issues

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/chart"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/ranking"
)

// reads answers the model as it is once a tab of the library was read.
func reads(l *library, lang string, t tab) *model {
	m := newModel(text.For(lang), time.UTC, func() time.Time { return noon })
	m.turn(t)
	r, err := readTab(context.Background(), l, m.question())
	if err != nil {
		panic(err)
	}
	m.take(r)
	return m
}

// plain writes the narrow no-break space before % as an ordinary one.
func plain(s string) string { return strings.ReplaceAll(s, "\u202f", " ") }

// The interval of 11 in 64 and the calls a week are those that the issue text
// and the design picture give.
func TestARowSaysItsFiguresInEitherLanguage(t *testing.T) {
	for lang, want := range map[string][]string{
		"en": {"1", "Invoice goes to the old address", "11 of 64 calls", "17 %", "10–28 %", "1,200–3,500", "Billing – other", "+1", "open"},
		"de": {"1", "Invoice goes to the old address", "11 von 64 Gesprächen", "17 %", "10–28 %", "1.200–3.500", "Billing – other", "+1", "offen"},
	} {
		r := reads(billing(), lang, rankingTab).rows()[0]
		got := []string{r.rank, r.name, r.calls, plain(r.part), plain(r.interval), r.week, r.filed, r.more, r.status}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s:\n%s", lang, diff)
		}
	}
}

func TestTiesAreTies(t *testing.T) {
	var ranks []string
	for _, r := range reads(billing(), "en", rankingTab).rows() {
		ranks = append(ranks, r.rank)
	}
	if got := strings.Join(ranks, " "); got != "1 2 3 4 5 5 7 7" {
		t.Errorf("ranks %s", got)
	}
}

func TestBarsOfOneTableHaveOneScale(t *testing.T) {
	rows := reads(billing(), "en", rankingTab).rows()
	for _, r := range rows {
		if r.share.Max != rows[0].share.High {
			t.Errorf("%s is drawn up to %.3f, the widest interval ends at %.3f", r.name, r.share.Max, rows[0].share.High)
		}
	}
}

func TestTheTraceIsEasyToLookFor(t *testing.T) {
	m := reads(billing(), "en", rankingTab)
	if got := m.trace()[0]; got != "1 Invoice goes to the old address 11/64 17 %" {
		t.Errorf("the ranking begins %q", got)
	}
	m = reads(billing(), "de", unlumpTab)
	want := []string{
		"Billing – other 44 % 20/30800", "Invoice goes to the old address 5/20 25 %", "Charged twice after a plan change 4/20 20 %",
	}
	if diff := cmp.Diff(want, m.trace()[:3]); diff != "" {
		t.Errorf("un-lump begins\n%s", diff)
	}
}

func TestWhatEntersNoShareStandsBeside(t *testing.T) {
	l := billing()
	m := reads(l, "en", rankingTab)
	want := [3]tally{
		{"Heard", "64 calls", "of 99,344 · 3 skipped"},
		{"Distinct issues", "8", "inside 4 agents’ categories"},
		{"Still unheard", "", "the next call hardly brings a new issue · <1 % not covered"},
	}
	got := m.tallies()
	got[2].rest = plain(got[2].rest)
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(tally{})); diff != "" {
		t.Error(diff)
	}
	if got, want := m.explain(heardFigure, ""), "1 opened by hand · 4 not reached · 2 could not be heard."; !strings.Contains(got, want) {
		t.Errorf("the sentence on what was heard is %q", got)
	}
	l.counts.Picked, l.counts.NotReached, l.counts.NotHeard = 0, 0, 0
	if got := reads(l, "de", rankingTab).beside(); got != "" {
		t.Errorf("with nothing beside: %q", got)
	}
}

func TestEveryFigureIsExplained(t *testing.T) {
	for _, lang := range []string{"en", "de"} {
		m := reads(billing(), lang, rankingTab)
		said := map[string]bool{}
		for f := range figures {
			sentence := m.explain(f, m.chosen)
			if len(sentence) < 20 || strings.ContainsAny(sentence, "{}[]") || said[sentence] {
				t.Errorf("%s: figure %d is explained by %q", lang, f, sentence)
			}
			said[sentence] = true
		}
	}
	m := reads(billing(), "en", rankingTab)
	if got := m.explain(weekFigure, "i0"); !strings.Contains(got, "1,200–3,500") || !strings.Contains(got, "12,418") { // 99,344 calls in 8 weeks
		t.Errorf("calls a week: %q", got)
	}
}

func TestWhereAllWereHeardThereIsNoInterval(t *testing.T) {
	l := billing()
	l.counts.Frame = l.counts.Heard
	m := reads(l, "en", rankingTab)
	if r := m.rows()[0]; r.interval != "" || !strings.Contains(m.explain(shareFigure, r.id), "exact") {
		t.Errorf("interval %q, %q", r.interval, m.explain(shareFigure, r.id))
	}
}

func TestMomentsComeNewestCallFirst(t *testing.T) {
	l := billing()
	m := reads(l, "en", rankingTab)
	early := desk.Heard{Moment: review.Moment{Call: "call-d", At: time.Second, Words: "Hello"}, Call: l.moments["i0"][3].Call}
	early.Call.Start = time.Date(2025, 12, 31, 23, 0, 0, 0, time.UTC)
	m.hears("i0", append([]desk.Heard{early}, l.moments["i0"]...))
	rows, more := m.momentRows()
	want := []momentRow{
		{"“So I got the reminder before I got the bill.”", "10 Nov, at 0:40", ""},
		{"", "3 Nov, at 1:20", ""},
		{"“You have my new address, I can see it right here.”", "27 Oct, at 2:00", "opened by hand, not counted"},
		{"“I moved in June and the bill still goes to my ex.”", "20 Oct, at 2:40", ""},
		{"“Hello”", "31 Dec 2025, at 0:01", ""},
	}
	if diff := cmp.Diff(want, rows, cmp.AllowUnexported(momentRow{})); diff != "" || more != 0 {
		t.Errorf("%d more\n%s", more, diff)
	}
}

func TestMomentsOfAnIssueThatWasLeftAreDropped(t *testing.T) {
	m := reads(billing(), "en", rankingTab)
	m.choose(1)
	m.hears("i0", billing().moments["i0"])
	if len(m.moments) > 0 {
		t.Error("the second issue shows the words of the first")
	}
}

func TestTheChosenIssueStaysChosenWhenItMoves(t *testing.T) {
	l := billing()
	m := reads(l, "en", rankingTab)
	m.choose(3)
	l.counts.Issues[3].Calls = 40
	r, _ := readTab(context.Background(), l, m.question())
	m.take(r)
	if m.at() != 0 || m.chosen != "i3" {
		t.Errorf("at %d, %s", m.at(), m.chosen)
	}
}

func TestACardSaysWhatItsCategoryHides(t *testing.T) {
	m := reads(billing(), "en", unlumpTab)
	card := m.cardRows()[0]
	if got := plain(card.calls) + "; " + card.hides + "; " + card.rarer; got != "44 % of all calls · 20 heard; hides 8 issues; 2 rarer issues" {
		t.Error(got)
	}
	if len(card.bars.Rows) != issuesAtOnce+1 {
		t.Fatalf("%d lines", len(card.bars.Rows))
	}
	if last := card.bars.Rows[issuesAtOnce]; last.Name != "no problem heard" || plain(last.Value) != "15 %" || last.Pattern != chart.Hollow {
		t.Errorf("the last line is %+v", last)
	}
	m.open[card.key] = true
	if card = m.cardRows()[0]; len(card.bars.Rows) != 9 || card.rarer != "Hide 2 rarer issues" {
		t.Errorf("open: %d lines, %q", len(card.bars.Rows), card.rarer)
	}
}

func TestACategoryOfWhichNothingWasHeardSaysSo(t *testing.T) {
	cards := reads(billing(), "en", unlumpTab).cardRows()
	last := cards[len(cards)-1]
	if last.title != "Contract" || last.note != "No call of it was drawn and heard yet." || last.bars.Rows != nil || last.hides != "" {
		t.Errorf("%+v", last)
	}
}

func TestASourceWithoutCategoriesSaysSo(t *testing.T) {
	l := billing()
	l.categories = []ranking.CategoryCount{
		{Category: "Billing", By: ranking.ByQueue, Calls: 99000, Heard: 60, NoProblem: 20, Issues: l.counts.Issues},
		{By: ranking.ByQueue, Calls: 344, Heard: 4, NoProblem: 1, Issues: l.counts.Issues[:1]},
	}
	m := reads(l, "en", unlumpTab)
	if got := m.lead(); !strings.Contains(got, "no agents’ categories") || !strings.Contains(got, "by queue") {
		t.Errorf("above the cards stands %q", got)
	}
	rows := m.cardRows()
	if rows[0].title != "Queue: Billing" || rows[1].title != "Without a category" {
		t.Errorf("the cards are called %q and %q", rows[0].title, rows[1].title)
	}
	if !m.drawable(rows[0].key) || m.drawable(rows[1].key) {
		t.Error("one can listen inside a queue whose calls have no category, and in no other part of it")
	}
	l.categories = append(l.categories, ranking.CategoryCount{Category: "Cards", By: ranking.ByCategory, Calls: 9})
	if m := reads(l, "en", unlumpTab); m.drawable(rows[0].key) {
		t.Error("a draw inside the queue would take calls that are filed under a category, too")
	}
}

func TestManyCategoriesAreShownInParts(t *testing.T) {
	l := billing()
	for i := range 30 {
		l.categories = append(l.categories, ranking.CategoryCount{Category: fmt.Sprint("C", i), Calls: 5, Heard: 1})
	}
	m := reads(l, "en", unlumpTab)
	if got := m.moreCards(); len(m.cardRows()) != 20 || got != "Show 15 more categories" {
		t.Errorf("%d cards, then %q", len(m.cardRows()), got)
	}
}

func TestEmptyPagesSayWhatToDo(t *testing.T) {
	unfound := &library{counts: ranking.Counts{Heard: 5, Frame: 100}}
	for _, c := range []struct {
		what     string
		library  *library
		tab      tab
		narrowed bool
		want     string
		widen    bool
	}{
		{"nothing heard", &library{}, rankingTab, false, "Nothing heard yet", false},
		{"nothing heard, un-lump", &library{}, unlumpTab, false, "Nothing heard yet", false},
		{"nothing heard in the period", &library{}, rankingTab, true, "Nothing heard in this period and queue", true},
		{"heard without an issue", unfound, rankingTab, false, "No issue found in this period", false},
		{"an issue", billing(), rankingTab, true, "", false},
		{"categories", billing(), unlumpTab, false, "", false},
	} {
		m := reads(c.library, "en", c.tab)
		if c.narrowed {
			m.period = period{weeks: 4}
		}
		if got := m.empty(); got.title != c.want || got.widen != c.widen {
			t.Errorf("%s: %+v", c.what, got)
		}
	}
}

func TestAKeySaysWhoseItIs(t *testing.T) {
	got := reads(billing(), "en", rankingTab).keyChoices()
	want := []string{"No key", "1 – its key now", "2 – takes it from “Charged twice after a plan change”"}
	if !slices.Equal(got[:3], want) || got[7] != "7" || len(got) != 10 {
		t.Errorf("%q", got)
	}
}

// In Berlin the clocks went back on 25 October 2026, the first of the last 28
// days, so that its midnight is 22:00 in UTC and today's end 23:00.
func TestPeriodsAreLocalDays(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		period   period
		from, to string
	}{
		{period{}, "0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"},
		{period{weeks: 4}, "2026-10-24T22:00:00Z", "2026-11-21T23:00:00Z"},
		{period{month: 1}, "2026-10-31T23:00:00Z", "2026-11-30T23:00:00Z"},
		{period{month: 2}, "2026-09-30T22:00:00Z", "2026-10-31T23:00:00Z"},
	} {
		from, to := c.period.bounds(noon.In(berlin))
		if got := from.UTC().Format(time.RFC3339) + " " + to.UTC().Format(time.RFC3339); got != c.from+" "+c.to {
			t.Errorf("%+v: %s", c.period, got)
		}
	}
}

func TestDaysCanBeTyped(t *testing.T) {
	for _, c := range []struct {
		from, to string
		want     string // "" is refused
	}{
		{"2026-11-01", "2026-11-21", "1 Nov 2026 to 20 Nov 2026"},
		{" 1.11.2026", "21.11.2026 ", "1 Nov 2026 to 20 Nov 2026"},
		{"2026-11-20", "2026-11-21", "20 Nov 2026"},
		{"2026-11-01", "", "From 1 Nov 2026"},
		{"", "2026-11-21", "Before 21 Nov 2026"},
		{"", "", "All time"},
		{"2026-11-21", "2026-11-21", ""},
		{"2026-11-22", "2026-11-21", ""},
		{"2026-02-30", "", ""},
		{"yesterday", "", ""},
	} {
		p, ok := ownPeriod(c.from, c.to, time.UTC)
		got := ""
		if ok {
			got = p.name(text.For("en"))
		}
		if got != c.want {
			t.Errorf("%q to %q: %q, want %q", c.from, c.to, got, c.want)
		}
	}
}

func TestAnExportGoesWhereOneExpects(t *testing.T) {
	e := newExport("/home/ada", "2026-11-21", ExportRequest{What: Ranking})
	if got := e.path(); got != "/home/ada/earshot-ranking-2026-11-21.csv" {
		t.Errorf("offered %s", got)
	}
	e.choose(Moments)
	if got := e.path(); got != "/home/ada/earshot-moments-2026-11-21.csv" {
		t.Errorf("moments are offered %s", got)
	}
	for typed, want := range map[string]string{
		"november.csv": "/home/ada/november.csv", "november": "/home/ada/november.csv",
		"/tmp/x.txt": "/tmp/x.txt", "  ": "",
	} {
		if e.typed = typed; e.path() != want {
			t.Errorf("%q is written to %q, want %q", typed, e.path(), want)
		}
	}
	e.typed = "november.csv"
	if e.choose(Ranking); e.typed != "november.csv" {
		t.Errorf("a person's name for the file became %q", e.typed)
	}
}
