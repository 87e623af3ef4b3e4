package issues

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/codebook"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/journal"
)

// booked notes what was done to the codebook.
type booked struct {
	noting sync.Mutex
	acts   []string // read by done while jobs may add to them

	whole string           // id of the issue that is being split
	parts []codebook.Entry // that it is split into
	then  desk.HeardThen
}

func (b *booked) note(format string, args ...any) error {
	b.noting.Lock()
	defer b.noting.Unlock()
	b.acts = append(b.acts, fmt.Sprintf(format, args...))
	return nil
}

func (b *booked) done() []string {
	b.noting.Lock()
	defer b.noting.Unlock()
	return slices.Clone(b.acts)
}

// split is e as it stands while it is being split.
func (b *booked) split(e codebook.Entry) codebook.Entry {
	if e.ID == b.whole {
		e.State = codebook.Split
		for _, part := range b.parts {
			e.Parts = append(e.Parts, part.ID)
		}
	}
	return e
}

func (b *booked) Rename(_ context.Context, id, name string) error {
	return b.note("rename %s to %s", id, name)
}

func (b *booked) Describe(_ context.Context, body journal.IssueDescribed) error {
	fixer := "-"
	if body.Fixer != nil {
		fixer = *body.Fixer
	}
	return b.note("describe %s, fixer %s, definition set %t", body.Issue, fixer, body.Definition != nil)
}

func (b *booked) Merge(_ context.Context, from, into string) error {
	return b.note("merge %s into %s", from, into)
}

func (b *booked) Split(_ context.Context, id string, names []string) ([]review.Issue, error) {
	b.whole, b.parts = id, nil
	for i, name := range names {
		b.parts = append(b.parts, codebook.Entry{Issue: review.Issue{ID: fmt.Sprint("part", i), Name: name}, State: codebook.Open})
	}
	return nil, b.note("split %s into %s", id, strings.Join(names, ", "))
}

func (b *booked) Deal(_ context.Context, moment, part string) error {
	return b.note("deal %s to %s", moment, part)
}

func (b *booked) Retire(_ context.Context, id string) error { return b.note("retire %s", id) }
func (b *booked) Revive(_ context.Context, id string) error { return b.note("revive %s", id) }

func (b *booked) HeardBefore(_ context.Context, _ string, most int) (desk.HeardThen, error) {
	then := b.then
	then.Calls = then.Calls[:min(most, len(then.Calls))]
	return then, nil
}

func (p *page) did(t *testing.T, want ...string) {
	t.Helper()
	p.Until(func() bool { return len(p.library.done()) >= len(want) && !p.screen.writing })
	p.Wait()
	if got := p.library.done(); !slices.Equal(got, want) {
		t.Errorf("did %q, want %q", got, want)
	}
}

func TestAnIssueIsRenamedByKeys(t *testing.T) {
	p := open(t, billing(), "en", nil)
	p.Press(fyne.KeyF2, fyne.KeyEnd)
	p.Write(" again")
	p.Press(fyne.KeyReturn)
	p.did(t, "rename i0 to Invoice goes to the old address again")
	if p.Asked != "" || p.Said != "It is called “Invoice goes to the old address again” now." {
		t.Errorf("dialog %q, said %q", p.Asked, p.Said)
	}
}

func TestANearNameIsShownWhileRenaming(t *testing.T) {
	p := open(t, billing(), "en", nil)
	if got := p.screen.looksLike("charged twice after plan changes", "i0"); !strings.Contains(got, "Charged twice after a plan change") {
		t.Errorf("said %q", got)
	}
	if got := p.screen.looksLike("Invoice goes to an old address", "i0"); got != "" {
		t.Errorf("an issue looks like itself: %q", got)
	}
}

func TestOnlyWhatWasTypedIsDescribed(t *testing.T) {
	p := open(t, billing(), "en", nil)
	p.Write("i")
	form := p.Canvas().Focused()
	if form == nil {
		t.Fatal("no field has the focus")
	}
	for range 5 {
		p.Canvas().FocusNext()
	}
	p.Write("Billing")
	p.Press(fyne.KeyReturn)
	p.did(t, "describe i0, fixer Billing, definition set false")
}

func TestAnIssueIsMergedIntoWhatIsTyped(t *testing.T) {
	p := open(t, billing(), "en", nil)
	p.Write("g")
	p.Write("PLAN twice")
	p.Press(fyne.KeyReturn)
	p.did(t, "merge i0 into i1")
}

func TestAnIssueIsMergedByArrows(t *testing.T) {
	p := open(t, billing(), "en", nil)
	p.Write("g")
	p.Press(fyne.KeyDown, fyne.KeyDown, fyne.KeyUp, fyne.KeyReturn)
	p.did(t, "merge i0 into i2")
}

func TestAnIssueIsRetired(t *testing.T) {
	p := open(t, billing(), "en", nil)
	p.Write("o")
	p.did(t, "retire i0")
}

// Two parts are typed, then each of four moments is played from five seconds
// before it and dealt by a digit; one is looked at again and dealt otherwise.
func TestASplitIsDealtByOneKeyEach(t *testing.T) {
	l := billing()
	for i := range l.moments["i0"] {
		l.moments["i0"][i].Moment.ID = fmt.Sprint("m", i)
	}
	var played []string
	hushed := false
	p := open(t, l, "en", func(d *Deps) {
		d.Play = func(uid string, at time.Duration) { played = append(played, fmt.Sprint(uid, " ", at)) }
		d.Hush = func() { hushed = true }
	})
	p.Write("s")
	p.Write("June")
	p.Press(fyne.KeyReturn)
	p.Write("Abroad")
	p.Press(fyne.KeyReturn, fyne.KeyReturn)
	p.Until(func() bool { return len(played) == 1 })
	first := l.moments["i0"][0]
	if want := fmt.Sprint(first.Moment.Call, " ", first.Moment.At-lead); played[0] != want {
		t.Errorf("played %s, want %s", played[0], want)
	}
	p.Write("1")
	p.Press(fyne.KeyUp)
	p.Write("2")
	if p.Asked == "" {
		t.Fatal("the page closed before the last was dealt")
	}
	p.Write("112")
	a, b, c, d := l.moments["i0"][0].Moment.ID, l.moments["i0"][1].Moment.ID, l.moments["i0"][2].Moment.ID, l.moments["i0"][3].Moment.ID
	p.did(t, "split i0 into June, Abroad", "deal "+a+" to part0", "deal "+a+" to part1", "deal "+b+" to part0", "deal "+c+" to part0", "deal "+d+" to part1")
	if p.Asked != "" || !hushed {
		t.Errorf("after the last, dialog %q, hushed %t", p.Asked, hushed)
	}
	if want := "All moments of “Invoice goes to the old address” are looked at."; p.Said != want {
		t.Errorf("said %q", p.Said)
	}
}

func TestASplitCanBeLeftForLater(t *testing.T) {
	l := billing()
	_, _ = l.Split(context.Background(), "i0", []string{"June", "Abroad"})
	p := open(t, l, "en", nil)
	p.Write("s")
	p.Until(func() bool { return p.Asked != "" })
	p.Press(fyne.KeyEscape)
	if p.Asked != "" || p.Said != "4 moments to be looked at" {
		t.Errorf("dialog %q, said %q", p.Asked, p.Said)
	}
}

func TestCallsHeardBeforeAnIssueExistedAreHeardAgain(t *testing.T) {
	l := billing()
	l.then = desk.HeardThen{Total: 31, Calls: []review.Call{{UID: "call-z", Start: noon}, {UID: "call-y", Start: noon}}}
	again := ""
	p := open(t, l, "en", func(d *Deps) { d.Again = func(uid string) { again = uid } })
	p.Write("h")
	p.Until(func() bool { return p.Asked != "" })
	p.Answers[0].Choose()
	if again != "call-z" {
		t.Errorf("opened %q", again)
	}
}

func TestAPartSaysWhatIsStillToBeLookedAt(t *testing.T) {
	l := billing()
	l.counts.Issues[1].ToLookAt, l.counts.Issues[1].WaitsFor = 3, []string{"i0"}
	for _, r := range reads(l, "en", rankingTab).rows() {
		if r.id == "i1" && r.calls != "9 of 64 · 3 to be looked at" {
			t.Errorf("the row says %q", r.calls)
		}
	}
}
