package issues

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/ui/screen"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

func TestArrowsChooseAnIssueAndEnterPlaysItsNewestMoment(t *testing.T) {
	l := billing()
	l.moments["i1"] = []desk.Heard{{Moment: review.Moment{Call: "call-x", At: 3 * time.Second}, Call: review.Call{UID: "call-x", Start: noon}}}
	p := open(t, l, "en", nil)
	p.Press(fyne.KeyReturn)
	if p.Opened != "call-d" || p.At != 35*time.Second { // five seconds before 0:40
		t.Errorf("Enter opened %s at %v", p.Opened, p.At)
	}
	p.Press(fyne.KeyDown, fyne.KeyReturn)
	if p.Opened != "call-x" || p.At != 0 {
		t.Errorf("a moment at 3 s opened %s at %v", p.Opened, p.At)
	}
	p.Press(fyne.KeyUp, fyne.KeyUp)
	if p.screen.model.at() != 0 {
		t.Error("Up left the table")
	}
}

func TestRightLeadsIntoTheMomentsAndLeftBack(t *testing.T) {
	p := open(t, billing(), "en", nil)
	p.Press(fyne.KeyRight, fyne.KeyDown, fyne.KeyDown)
	if p.screen.view.panel.focused() != 2 {
		t.Fatalf("the focus is on moment %d", p.screen.view.panel.focused())
	}
	p.Press(fyne.KeyReturn)
	if p.Opened != "call-b" || p.At != 115*time.Second {
		t.Errorf("Enter on the third opened %s at %v", p.Opened, p.At)
	}
	p.Press(fyne.KeyRight, fyne.KeyLeft, fyne.KeyDown)
	if p.screen.view.panel.focused() != -1 || p.screen.model.at() != 1 {
		t.Error("after Left the arrows do not choose an issue")
	}
}

func TestAMomentCanBeTapped(t *testing.T) {
	p := open(t, billing(), "en", nil)
	test.Tap(p.screen.view.panel.rows[1].row)
	if p.Opened != "call-c" || p.At != 75*time.Second {
		t.Errorf("opened %s at %v", p.Opened, p.At)
	}
}

func TestOnlyTheLinesInSightAreWidgets(t *testing.T) {
	p := open(t, crowded(), "de", nil)
	table := p.screen.view.table
	if n := len(table.lines); n > 12 {
		t.Errorf("200 issues made %d lines", n)
	}
	p.Press(fyne.KeyEnd)
	if p.screen.model.at() != 199 || !inSight(table, 199) {
		t.Error("End does not show the last issue")
	}
	p.Press(fyne.KeyPageUp, fyne.KeyHome)
	if p.screen.model.at() != 0 || !inSight(table, 0) {
		t.Error("Home does not show the first issue")
	}
	table.scroll.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -50*lineHeight)})
	if !inSight(table, 52) {
		t.Error("scrolling shows no further issues")
	}
}

// inSight reports whether a line shows the row and lies in what is seen.
func inSight(t *table, row int) bool {
	return slices.ContainsFunc(t.lines, func(l *line) bool {
		y := l.Position().Y - t.scroll.Offset.Y
		return l.Visible() && l.row == t.rows[row] && y >= 0 && y+lineHeight <= t.scroll.Size().Height+1
	})
}

func TestColumnsNeverOverlap(t *testing.T) {
	open(t, billing(), "en", nil) // for the sizes of the theme
	for width := float32(600); width < 2000; width += 7 {
		c, end := columnsFor(width), float32(0)
		for _, s := range []stretch{c.rank, c.name, c.bar, c.week, c.filed, c.status} {
			if s.x < end || s.width <= 0 {
				t.Fatalf("at %.0f a column from %.1f lies over one to %.1f", width, s.x, end)
			}
			end = s.x + s.width
		}
		if end > width {
			t.Fatalf("at %.0f the columns end at %.1f", width, end)
		}
	}
}

func TestAPeriodIsChosenByKeys(t *testing.T) {
	p := open(t, billing(), "en", nil)
	p.Write("p")
	p.Press(fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn) // the second of the list
	last := p.library.read[len(p.library.read)-1]
	if got := last.From.Format(time.DateOnly) + " " + last.To.Format(time.DateOnly); got != "2026-10-25 2026-11-22" {
		t.Errorf("read %s", got)
	}
	if got := p.screen.view.period.Text(); got != "Last 4 weeks"+arrow {
		t.Errorf("the button says %q", got)
	}
}

func TestAQueueIsChosenByKeys(t *testing.T) {
	p := open(t, billing(), "en", nil)
	p.Write("q")
	p.Press(fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
	if last := p.library.read[len(p.library.read)-1]; last.Queue != "Billing" {
		t.Errorf("read queue %q", last.Queue)
	}
}

func TestOwnDatesAreTyped(t *testing.T) {
	p := open(t, billing(), "en", nil)
	p.screen.askDates()
	p.Write("2026-11-01")
	p.Press(fyne.KeyReturn)
	if last := p.library.read[len(p.library.read)-1]; last.From.Format(time.DateOnly) != "2026-11-01" || !last.To.IsZero() {
		t.Errorf("read %v to %v", last.From, last.To)
	}
	if p.Asked != "" {
		t.Error("the dialog is still open")
	}
}

func TestAKeyIsTakenFromWhoeverHasIt(t *testing.T) {
	p := open(t, billing(), "en", nil)
	p.Press(fyne.KeyDown)
	p.Write("k")
	p.Press(fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn) // no key, 1
	if !slices.Equal(p.library.keyed, []int{1}) {
		t.Fatalf("set %v", p.library.keyed)
	}
	if want := "1 now tags “Charged twice after a plan change”. “Invoice goes to the old address” has no key any more."; p.Said != want {
		t.Errorf("said %q", p.Said)
	}
	if issues := p.screen.model.ranked.Issues; issues[0].Key != 0 || issues[1].Key != 1 {
		t.Errorf("the issues have keys %d and %d", issues[0].Key, issues[1].Key)
	}
}

func TestTheNextFigureIsExplained(t *testing.T) {
	p := open(t, billing(), "en", nil)
	before := p.screen.view.table.note.Text()
	p.Write("w")
	if got := p.screen.view.table.note.Text(); got == before || !strings.Contains(got, "calls a week") {
		t.Errorf("after the share stands %q", got)
	}
}

func TestPointingAtANumberExplainsIt(t *testing.T) {
	p := open(t, billing(), "en", nil)
	line := p.screen.view.table.lines[1]
	line.look(line.row.id, line.columns.at(line.columns.name.x+1))
	if got := p.screen.view.table.note.Text(); !strings.HasPrefix(got, "9 of the 64 calls") {
		t.Errorf("over the calls of the second issue stands %q", got)
	}
	line.MouseOut()
	if got := p.screen.view.table.note.Text(); !strings.HasPrefix(got, "11 of the 64 calls") {
		t.Errorf("when the pointer has left, %q", got)
	}
}

func TestThePageReadsAgainWhenTheLibraryChanges(t *testing.T) {
	p := open(t, billing(), "en", nil)
	p.library.counts.Issues[1].Calls = 12
	p.screen.Changed()
	p.Wait()
	if got := p.Rows()[0]; !strings.HasPrefix(got, "1 Charged twice") {
		t.Errorf("the first row is %q", got)
	}
	reads := len(p.library.read)
	p.screen.Hide()
	p.screen.Changed()
	if p.screen.reading.Busy() || len(p.library.read) != reads {
		t.Error("a hidden page read the library")
	}
	p.screen.Show()
	p.Wait()
	if len(p.library.read) != reads+1 {
		t.Error("shown again, the page did not read what has changed")
	}
}

func TestChangesDuringAReadAreReadAfterwards(t *testing.T) {
	p := open(t, billing(), "en", nil)
	reads := len(p.library.read)
	p.screen.Changed()
	p.screen.Changed()
	p.screen.Changed()
	p.Wait()
	if got := len(p.library.read) - reads; got != 2 {
		t.Errorf("three changes led to %d reads, want one and one more", got)
	}
}

func TestAFailureIsTold(t *testing.T) {
	l := billing()
	l.failed = errDisk
	p := open(t, l, "en", nil)
	if p.Failure != errDisk {
		t.Errorf("told %v", p.Failure)
	}
}

func TestUnlumpByKeys(t *testing.T) {
	inside := ""
	p := open(t, billing(), "en", func(d *Deps) { d.Inside = func(category, queue string) { inside = category + queue } })
	p.Write("u")
	p.Press(fyne.KeyReturn)
	if got := p.screen.view.cards.rows[0]; len(got.bars.Rows) != 9 {
		t.Errorf("Enter shows %d lines of the first card", len(got.bars.Rows))
	}
	p.Press(fyne.KeyDown)
	p.Write("l")
	if inside != "Technical – other" {
		t.Errorf("listening inside %q", inside)
	}
	p.Write("r")
	if got := p.Rows()[0]; !strings.HasPrefix(got, "1 Invoice") {
		t.Errorf("back at the ranking: %q", got)
	}
}

func TestWithoutListeningInsideThereIsNoButton(t *testing.T) {
	p := open(t, billing(), "en", nil)
	p.Write("u")
	if n := len(p.screen.view.cards.buttons(p.screen.view.cards.rows[1]).Objects); n != 0 {
		t.Errorf("a card has %d buttons", n)
	}
	if p.Table.Find("issues.inside") != nil {
		t.Error("the command is there")
	}
}

func TestAnEmptyPageLeadsToListen(t *testing.T) {
	p := open(t, &library{}, "en", nil)
	if got := p.Rows(); !slices.Equal(got, []string{"Nothing heard yet"}) {
		t.Errorf("shows %q", got)
	}
	p.Press(fyne.KeyReturn)
	if p.Went != screen.Listen {
		t.Errorf("Enter went to %q", p.Went)
	}
}

func TestQuestionMarkTellsWhatEveryFigureMeans(t *testing.T) {
	p := open(t, billing(), "en", nil)
	if !p.screen.Explain() || p.Asked != "What the figures say: Invoice goes to the old address" {
		t.Errorf("the dialog is %q", p.Asked)
	}
	said := ""
	for _, e := range p.screen.model.explanations() {
		said += e.said + "\n"
	}
	for _, figure := range []string{"Surely between place 1 and 8", "11 of the 64", "10–28", "more calls to halve", "Were all calls that could not be heard", "1,200–3,500", "Billing – other", "Nobody said", "99,344", "8 different"} {
		if !strings.Contains(said, figure) {
			t.Errorf("nothing says %q in\n%s", figure, said)
		}
	}
	p = open(t, &library{}, "en", nil)
	if p.screen.Explain() {
		t.Error("an empty page explains figures")
	}
}

func TestCompareByKeys(t *testing.T) {
	p := open(t, billing(), "en", nil)
	p.Write("c")
	p.Press(fyne.KeyDown)
	if got := p.screen.view.table.standing.Text(); !strings.HasPrefix(got, "“Invoice goes to the old address” comes before “Charged twice after a plan change”") {
		t.Errorf("below the table stands %q", got)
	}
	p.Write("c")
	if got := p.screen.view.table.standing.Text(); !strings.HasPrefix(got, "Ranks 1 to 8") {
		t.Errorf("afterwards %q", got)
	}
}

// German names are the longest, and its rail the widest. In the smallest window
// the queues are named in full; in the usual one the buttons of the codebook
// show their keys.
func TestGermanButtonsAreNotCut(t *testing.T) {
	const germanRail = 104
	p := open(t, billing(), "de", whole)
	p.Window.Resize(fyne.NewSize(1024-germanRail, 700))
	v := p.screen.view
	for _, b := range append([]*widget.Button{v.period, v.queue}, v.panel.book.acts...) {
		if b.Size().Width < b.Least() {
			t.Errorf("%q is %v wide and needs %v", b.Text(), b.Size().Width, b.Least())
		}
	}
	p.Window.Resize(fyne.NewSize(1280-germanRail, 800))
	p.screen.painted()
	for _, b := range v.panel.book.acts {
		wide := b.Least()
		if b.SetKey(""); wide <= b.Least() {
			t.Errorf("%q shows no key where there is room", b.Text())
		}
	}
}

// With many issues still unheard, the range of a rank has four digits.
func TestALongRangeOfRanksIsNotCut(t *testing.T) {
	p := open(t, billing(), "de", nil)
	longest := fyne.MeasureText("1–1.022", size(theme.TextCaption), fyne.TextStyle{})
	if room := columnsFor(p.Window.Canvas().Size().Width).rank.width; longest.Width > room {
		t.Errorf("it needs %v of %v", longest.Width, room)
	}
}
