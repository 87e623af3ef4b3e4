package issues

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/ranking"
)

// 30 of 172 calls (17 %) before and 5 of 120 (4 %) after: Newcombe's interval of
// the difference (1998, method 10) is −.201 to −.061.
func TestTheTrendSaysWhatBecameOfAFix(t *testing.T) {
	p := open(t, mended(), "en", nil)
	p.Write("t")
	view := p.screen.view.trend
	if got := plain(view.verdict.Text()); got != "From 17 % to 4 %: down by 6 to 20 points." {
		t.Errorf("said %q", got)
	}
	if got := view.aside.Text(); !strings.Contains(got, "172 heard calls from before") || !strings.Contains(got, "luck of the first draw") {
		t.Errorf("beside it %q", got)
	}
	if got := view.gaps.Text(); got != "1 of 8 periods is left out: fewer than 30 calls were heard in it." {
		t.Errorf("gaps: %q", got)
	}
	if got := p.Rows()[3]; got != "12 Oct 3/12 too few heard" {
		t.Errorf("the third week is traced as %q", got)
	}
	body, _ := p.screen.model.chart()
	if len(body.Events) != 1 || body.Events[0].At != 5.0/8 || body.Events[0].Label != "fixed 2 Nov" {
		t.Errorf("the fix is marked %+v", body.Events)
	}
	p.Write("d")
	p.Until(func() bool { return p.Said != "" })
	if !slices.Equal(p.library.drawn, []string{"i0"}) || p.Said != "30 calls from after the fix wait to be heard." {
		t.Errorf("drew %v and said %q", p.library.drawn, p.Said)
	}
}

func TestArrowsGoFromTrendToTrend(t *testing.T) {
	p := open(t, mended(), "en", nil)
	p.Write("t")
	p.Press(fyne.KeyDown)
	view := p.screen.view.trend
	if view.name.Text() != "Charged twice after a plan change" || view.verdict.Text() != "Not marked as fixed" || view.draw.Visible() {
		t.Errorf("shows %q, %q", view.name.Text(), view.verdict.Text())
	}
	p.Write("m")
	if got := p.library.steps; !slices.Equal(got, []ranking.Step{ranking.Automatic, ranking.Automatic, ranking.ByWeek}) {
		t.Errorf("asked for %q", got)
	}
	p.Write("r")
	p.Press(fyne.KeyUp)
	if got := p.Rows()[0]; !strings.HasPrefix(got, "1 Invoice") {
		t.Errorf("back at the ranking: %q", got)
	}
}

func TestFollowThroughIsTypedByKeysAlone(t *testing.T) {
	p := open(t, billing(), "en", nil)
	if got := p.screen.view.panel.owner.Text(); got != "Nobody owns it yet." {
		t.Errorf("without an owner the panel says %q", got)
	}
	p.Write("f")
	p.Write("Billing platform")
	p.Press(fyne.KeyReturn)
	p.Wait()
	if got := p.library.codebook[0].Follow; got != (review.Follow{Owner: "Billing platform", State: review.Open}) {
		t.Errorf("kept %+v", got)
	}
	if got := p.screen.view.panel.owner.Text(); got != "Owner: Billing platform." {
		t.Errorf("the panel says %q", got)
	}
}

func TestWhatIsFixedNeedsADay(t *testing.T) {
	p := open(t, billing(), "de", nil)
	f := p.screen.newFollowForm("i0")
	f.state = review.Fixed
	f.show()
	if !f.ok() || f.follow().On != "2026-11-21" {
		t.Errorf("today is offered as %q", f.follow().On)
	}
	f.day.SetText("soon")
	if f.ok() {
		t.Error("fixed soon was taken")
	}
	f.day.SetText("2.11.2026")
	f.save()
	p.Wait()
	if got := p.screen.model.rows()[0].status; got != "behoben 2. Nov" && got != "behoben 2. Nov." {
		t.Errorf("the table says %q", got)
	}
}

func TestEveryTabExplainsItsFigures(t *testing.T) {
	p := open(t, mended(), "en", nil)
	for keys, want := range map[string]string{
		"u": "share of this category's calls", "uv": "▲ marks", "uvv": "agents choose “other” again", "t": "drawn alike",
	} {
		p.screen.model.inside = asCards
		p.Write("r" + keys)
		said := ""
		for _, e := range p.screen.model.explanations() {
			said += e.said
		}
		if !strings.Contains(said, want) {
			t.Errorf("after %s nothing says %q, but %q", keys, want, said)
		}
		if !p.screen.Explain() {
			t.Errorf("after %s there is no dialog", keys)
		}
		p.Dismiss()
	}
}

// An issue of a large library has more moments than anyone hears: the newest
// thousand are kept, not all.
func TestOfManyMomentsTheNewestAreKept(t *testing.T) {
	l := billing()
	l.moments["i0"] = nil
	for i := range 5*mostMoments/2 + 7 {
		l.moments["i0"] = append(l.moments["i0"], desk.Heard{Call: review.Call{UID: fmt.Sprint(i), Start: noon.Add(time.Duration(i) * time.Minute)}})
	}
	p := open(t, l, "en", nil)
	kept := p.screen.model.moments
	if len(kept) != mostMoments || kept[0].Call.UID != fmt.Sprint(5*mostMoments/2+6) {
		t.Errorf("kept %d, the first of call %s", len(kept), kept[0].Call.UID)
	}
}
