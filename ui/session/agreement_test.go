package session

import (
	"math"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/google/go-cmp/cmp"

	"github.com/earshot-app/earshot/review/agreement"
	"github.com/earshot-app/earshot/review/journal"
	"github.com/earshot-app/earshot/review/session"
	"github.com/earshot-app/earshot/ui/widget"
)

// Issues of which α can be told come first, the worst agreed on before the others,
// each with where it lies and how many calls hold it.
func TestAgreementIsToldByIssueTheWorstFirst(t *testing.T) {
	r := shownBy(newParty(t, 0))
	heard := func(calls, heard, of int) (in []session.HeardIn) {
		for round := range calls {
			in = append(in, session.HeardIn{Round: round + 1, Heard: heard, Of: of})
		}
		return in
	}
	issue := func(name string, alpha, low, high float64, in []session.HeardIn) session.IssueAgreement {
		i := session.IssueAgreement{Issue: name, Name: name, HeardIn: in, Tested: !math.IsNaN(alpha)}
		i.Alpha, i.Between = alpha, agreement.Interval{Low: low, High: high, Known: low < high}
		return i
	}
	r.agreement = session.Agreement{Alpha: .71, Calls: 12, Tested: true, Between: agreement.Interval{Low: .5, High: .86, Known: true}, Issues: []session.IssueAgreement{
		issue("Bill", .9, .7, 1, heard(9, 3, 4)),
		issue("Router", .4, .1, .65, heard(7, 2, 4)),
		issue("Tariff", 1, 1, 1, heard(5, 4, 4)),
		issue("Letter", math.NaN(), 0, 0, heard(2, 3, 5)),
	}}
	want := []agreedLine{
		{"Router", "7 calls", "α = 0.40 (0.10 to 0.65)"},
		{"Bill", "9 calls", "α = 0.90 (0.70 to 1.00)"},
		{"Tariff", "5 calls", "α = 1.00"},
		{"Letter", "2 calls", "heard 6 of 10 times"},
	}
	if diff := cmp.Diff(want, r.byIssue(), cmp.AllowUnexported(agreedLine{})); diff != "" {
		t.Error(diff)
	}
	if got := r.alpha(); got != "Agreement α = 0.71 (0.50 to 0.86) over 12 calls" {
		t.Errorf("in all it says %q", got)
	}
	if said := strings.Join(r.explained(), " "); !strings.Contains(said, "bootstrap over calls") {
		t.Errorf("the brackets are not explained: %q", said)
	}
}

// The figure above the table opens the dialog, as its key does; the chosen line
// tells of its own issue.
func TestTheFigureOpensWhatItMeans(t *testing.T) {
	party := newParty(t, 0)
	party.heardFirst()
	party.say(0, 0, journal.RoundRevealed{Round: 1})
	p := open(t, party, "en")
	p.Press(fyne.KeyReturn)
	if got := p.screen.view.room.table.words.Text(); !strings.HasSuffix(got, "In all, 1 call holds it: heard 1 of 3 times.") {
		t.Errorf("the chosen line says %q", got)
	}
	p.screen.view.room.table.alpha.Tapped(nil)
	said := words(p.Canvas().Overlays().Top())
	for _, want := range []string{"Router resets\n1 call\nheard 1 of 3 times", "Late bill\n1 call\nheard 3 of 3 times", "○ heard the call, not the issue"} {
		if !strings.Contains(said, want) {
			t.Errorf("the dialog does not say %q but %q", want, said)
		}
	}
}

// Two names of one issue are merged in the dialog that records the consensus, which
// then goes on with what was ticked.
func TestIssuesAreMergedWhileAgreeing(t *testing.T) {
	party := newParty(t, 0)
	party.say(0, 0, journal.IssueNamed{Issue: "late", Name: "Invoice is late"})
	party.heardFirst()
	party.tag(2, 1, "late", 50)
	party.say(0, 0, journal.RoundRevealed{Round: 1})
	p := open(t, party, "en")
	p.Press(fyne.KeyReturn)
	p.Write("c")
	p.tap("Router resets") // they agree on that too
	for n, row := range p.screen.model.room.table.Rows {
		if row.Issue == "late" {
			p.same(n, "Late bill")
		}
	}
	p.Choose(0)
	if p.Asked != "What call 1 holds" {
		t.Fatalf("then it asks %q", p.Asked)
	}
	p.Choose(0)
	last := party.acts[len(party.acts)-1]
	if !slices.Contains(party.acts, "match late into bill") || !strings.HasPrefix(last, "agree 1 [{") || !strings.Contains(last, "router") || !strings.Contains(last, "bill") {
		t.Errorf("it did %q", party.acts)
	}
}

// same chooses in the consensus dialog that a line is the same as another issue.
func (p *page) same(n int, as string) {
	p.T.Helper()
	var buttons []*widget.Button
	for _, o := range test.LaidOutObjects(p.Canvas().Overlays().Top()) {
		if b, ok := o.(*widget.Button); ok && b.Text() == "Same as…" {
			buttons = append(buttons, b)
		}
	}
	buttons[n].Tapped(nil)
	menu := p.Canvas().Focused()
	if menu == nil {
		p.T.Fatal("no menu is open")
	}
	room := p.screen.model.room
	for _, into := range room.matches(room.table.Rows[n].Issue) {
		menu.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
		if into.Name == as {
			break
		}
	}
	menu.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
}
