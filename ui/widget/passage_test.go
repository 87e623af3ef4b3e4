package widget_test

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	fynetheme "fyne.io/fyne/v2/theme"

	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// told is a passage of n turns in a window, "turn 0 …" on.
func told(t *testing.T, n int) (*widget.Passage, fyne.Window) {
	start(t, fynetheme.VariantLight)
	p := widget.NewPassage()
	var turns []widget.PassageTurn
	for i := range n {
		turns = append(turns, widget.PassageTurn{
			Clock: fmt.Sprint(i), Who: "Customer", Color: theme.Customer,
			Text: fmt.Sprintf("turn %d %s", i, strings.TrimSpace(strings.Repeat("says something ", i%9))),
		})
	}
	p.SetTurns(turns)
	w := test.NewTempWindow(t, container.NewStack(p))
	w.SetPadded(false)
	w.Resize(fyne.NewSize(600, 300))
	settle(w)
	return p, w
}

func TestALongCallMakesObjectsOnlyForWhatIsInSight(t *testing.T) {
	p, w := told(t, 2000)
	for _, n := range []int{0, 1000, 1999} {
		p.SetCurrent(n)
		if first, last := p.InSight(); n < first || n > last || last-first > 20 {
			t.Errorf("turn %d is heard, %d to %d are in sight", n, first, last)
		}
		if all := len(test.LaidOutObjects(w.Content())); all > 200 {
			t.Errorf("%d objects are laid out", all)
		}
	}
}

// Who scrolls is reading something: the passage stays there until asked.
func TestAPassageFollowsUntilSomeoneScrolls(t *testing.T) {
	p, w := told(t, 100)
	var told []bool
	p.OnFollow = func(follows bool) { told = append(told, follows) }
	p.SetCurrent(50)
	test.Scroll(w.Canvas(), fyne.NewPos(100, 100), 0, 300)
	before, _ := p.InSight()
	p.SetCurrent(51)
	if first, _ := p.InSight(); first != before || p.Follows() || len(told) != 1 || told[0] {
		t.Errorf("after scrolling it follows %v, at %d instead of %d, told %v", p.Follows(), first, before, told)
	}
	p.Follow()
	if first, last := p.InSight(); first > 51 || last < 51 || !p.Follows() {
		t.Errorf("asked to follow, %d to %d are in sight", first, last)
	}
}

func TestATapOnATurnGoesThere(t *testing.T) {
	p, w := told(t, 3)
	got := -1
	p.OnSeek = func(n int) { got = n }
	test.TapCanvas(w.Canvas(), fyne.NewPos(300, 40))
	if got != 1 {
		t.Errorf("a tap on the second turn went to %d", got)
	}
}

func TestArrowsAndEnterGoFromTurnToTurn(t *testing.T) {
	p, w := told(t, 60)
	var got []int
	p.OnSeek = func(n int) { got = append(got, n) }
	p.SetCurrent(4)
	w.Canvas().FocusNext()
	key := func(names ...fyne.KeyName) {
		for _, name := range names {
			w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: name})
		}
	}
	key(fyne.KeyReturn, fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn, fyne.KeyUp, fyne.KeyReturn, fyne.KeyEnd, fyne.KeyReturn, fyne.KeyHome, fyne.KeyUp, fyne.KeyReturn)
	if want := "[4 6 5 59 0]"; fmt.Sprint(got) != want {
		t.Errorf("went to %v, want %s", got, want)
	}
	if p.Chosen() != "turn 0 " {
		t.Errorf("the keys are at %q", p.Chosen())
	}
	var heard []fyne.KeyName
	w.Canvas().SetOnTypedKey(func(e *fyne.KeyEvent) { heard = append(heard, e.Name) })
	key(fyne.KeySpace, fyne.KeyEscape)
	if len(heard) != 1 || heard[0] != fyne.KeySpace || w.Canvas().Focused() != nil {
		t.Errorf("the surface heard %v", heard)
	}
}

// Dragging chooses whole words, over turns too.
func TestDraggingChoosesWholeWords(t *testing.T) {
	p, w := told(t, 5)
	p.SetCurrent(2)
	if got := p.Chosen(); got != "turn 2 says something says something" {
		t.Errorf("without a choice the turn that is heard is %q", got)
	}
	test.Drag(w.Canvas(), fyne.NewPos(200, 12), 26, 0)
	if got := p.Chosen(); got != "turn 0" {
		t.Errorf("dragged over the first turn: %q", got)
	}
	test.Drag(w.Canvas(), fyne.NewPos(230, 38), 36, 26)
	if got := p.Chosen(); !strings.HasPrefix(got, "0 turn 1") || strings.Contains(got, "turn 2") {
		t.Errorf("dragged over two turns: %q", got)
	}
	p.Unchoose()
	if got := p.Chosen(); !strings.HasPrefix(got, "turn 2") {
		t.Errorf("nothing chosen: %q", got)
	}
}

// A word that is longer than the line is broken, and nothing of it is lost.
func TestLongWordsAreBroken(t *testing.T) {
	start(t, fynetheme.VariantDark)
	p := widget.NewPassage()
	p.SetTurns([]widget.PassageTurn{{Text: longName + strings.ReplaceAll(longName, " ", "")}})
	w := test.NewTempWindow(t, container.NewStack(p))
	for _, width := range []float32{220, 260, 900} {
		w.Resize(fyne.NewSize(width, 200))
		p.SetCurrent(0)
		if got := p.Chosen(); got != longName+strings.ReplaceAll(longName, " ", "") {
			t.Errorf("at %v: %q", width, got)
		}
	}
}
