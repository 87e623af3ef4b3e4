package widget_test

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	fynetheme "fyne.io/fyne/v2/theme"

	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

func TestTappingAButtonTakesTheFocusFromAField(t *testing.T) {
	start(t, fynetheme.VariantLight)
	field, taps := widget.NewField(""), 0
	button := widget.NewButton("Skip…", widget.Secondary, func() { taps++ })
	w := test.NewTempWindow(t, container.NewVBox(field, button))
	w.Canvas().Focus(field)
	button.Tapped(nil) // not test.Tap, which takes the focus away itself, as Fyne 2.7.1 does not
	if taps != 1 {
		t.Errorf("a tap called the button %d times", taps)
	}
	if w.Canvas().Focused() != nil {
		t.Error("the field still has the focus: the next letter would go into it")
	}
}

func TestADisabledButtonDoesNothing(t *testing.T) {
	start(t, fynetheme.VariantLight)
	button := widget.NewButton("Export CSV…", widget.Primary, func() { t.Error("a disabled button acted") })
	test.NewTempWindow(t, button)
	button.SetEnabled(false)
	button.Tapped(nil)
	button.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
}

func TestAButtonReachedByTabTakesSpaceAndEnterAndHandsOnTheRest(t *testing.T) {
	start(t, fynetheme.VariantLight)
	taps, heard := 0, ""
	button := widget.NewButton("Skip…", widget.Secondary, func() { taps++ })
	w := test.NewTempWindow(t, button)
	surface := widget.NewSurface(w.Canvas())
	surface.OnKey = func(name fyne.KeyName, _ fyne.KeyModifier, _ bool) { heard += string(name) + " " }
	surface.OnRune = func(r rune, _ bool) { heard += string(r) + " " }
	for _, name := range []fyne.KeyName{fyne.KeySpace, fyne.KeyReturn} {
		w.Canvas().Focus(button)
		w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: name})
	}
	w.Canvas().Focus(button)
	button.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	button.TypedRune('n')
	if taps != 2 || heard != "Right n " {
		t.Errorf("%d taps and the surface heard %q, want 2 and \"Right n \"", taps, heard)
	}
	button.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if w.Canvas().Focused() != nil {
		t.Error("Escape did not leave the button")
	}
}

func TestAButtonKeepsToItsPlace(t *testing.T) {
	start(t, fynetheme.VariantLight)
	button := widget.NewButton(longName, widget.Primary, nil)
	button.SetKey("Ctrl Enter")
	test.NewTempWindow(t, button)
	button.Resize(fyne.NewSize(200, 35))
	for _, o := range test.WidgetRenderer(button).Objects() {
		if o.Visible() && o.Position().X+o.Size().Width > 200 {
			t.Errorf("%T ends at %v of 200", o, o.Position().X+o.Size().Width)
		}
	}
}

func TestTheSurfaceTellsHoldingFromPressing(t *testing.T) {
	start(t, fynetheme.VariantLight)
	surface := widget.NewSurface(test.NewTempWindow(t, nil).Canvas())
	surface.Modifiers = func() fyne.KeyModifier { return fyne.KeyModifierShift }
	var repeats []bool
	surface.OnRune = func(_ rune, repeat bool) { repeats = append(repeats, repeat) }
	surface.OnKey = func(_ fyne.KeyName, mod fyne.KeyModifier, _ bool) {
		if mod != fyne.KeyModifierShift {
			t.Errorf("modifiers are %v, want Shift", mod)
		}
	}
	one := &fyne.KeyEvent{Name: fyne.Key1}
	// What Fyne's driver sends for a key held over one repeat, let go, and pressed again.
	surface.KeyDown(one)
	surface.TypedKey(one)
	surface.TypedRune('1')
	surface.TypedKey(one)
	surface.TypedRune('1')
	surface.KeyUp(one)
	surface.KeyDown(one)
	surface.TypedKey(one)
	surface.TypedRune('1')
	if want := []bool{false, true, false}; !slices.Equal(repeats, want) {
		t.Errorf("repeats are %v, want %v", repeats, want)
	}
}

func TestTheSurfaceHearsNothingWhileAFieldHasTheFocus(t *testing.T) {
	start(t, fynetheme.VariantLight)
	field := widget.NewField("")
	w := test.NewTempWindow(t, field)
	surface := widget.NewSurface(w.Canvas())
	surface.OnRune = func(r rune, _ bool) { t.Errorf("the surface heard %q", r) }
	w.Canvas().Focus(field)
	w.Canvas().Focused().TypedRune('1')
	if field.Text != "1" {
		t.Errorf("the field holds %q", field.Text)
	}
	surface.Take()
	if w.Canvas().Focused() != nil {
		t.Error("the surface did not take the focus back")
	}
}

// Who renames an issue goes on where its name ends, not before it.
func TestOneGoesOnWritingBehindTheText(t *testing.T) {
	start(t, fynetheme.VariantLight)
	field := widget.NewField("")
	w := test.NewTempWindow(t, field)
	field.SetText("Zählerstände")
	w.Canvas().Focus(field)
	test.Type(field, " falsch")
	if field.Text != "Zählerstände falsch" {
		t.Errorf("the field says %q", field.Text)
	}
	field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyHome})
	field.SetText(field.Text) // as a page does that shows itself anew
	test.Type(field, "Die ")
	if field.Text != "Die Zählerstände falsch" {
		t.Errorf("the same text moved the cursor: %q", field.Text)
	}
}

func TestEscapeLeavesAField(t *testing.T) {
	start(t, fynetheme.VariantLight)
	field, left, keys, shortcuts := widget.NewField(""), 0, "", ""
	field.OnLeave = func() { left++ }
	field.OnKey = func(name fyne.KeyName) bool { keys += string(name) + " "; return name == fyne.KeyDown }
	field.OnShortcut = func(name fyne.KeyName, mod fyne.KeyModifier) bool {
		shortcuts += string(name)
		return mod == fyne.KeyModifierControl
	}
	w := test.NewTempWindow(t, field)
	w.Canvas().Focus(field)
	field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	field.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierControl})
	field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if left != 1 || w.Canvas().Focused() != nil {
		t.Errorf("left %d times, focus on %v", left, w.Canvas().Focused())
	}
	if keys != "Down Escape " || shortcuts != "Return" {
		t.Errorf("the field's owner was asked about %q and %q", keys, shortcuts)
	}
}

func TestSegmentedTellsWhatWasChosenOnce(t *testing.T) {
	start(t, fynetheme.VariantLight)
	var chosen []int
	s := widget.NewSegmented([]string{"Ranking", "Un-lump"}, func(n int) { chosen = append(chosen, n) })
	w := test.NewTempWindow(t, s)
	w.Resize(fyne.NewSize(240, 60))
	right := s.Position().AddXY(s.Size().Width-20, s.Size().Height/2)
	test.TapCanvas(w.Canvas(), right)
	test.TapCanvas(w.Canvas(), right)
	if s.Chosen() != 1 || !slices.Equal(chosen, []int{1}) {
		t.Errorf("chosen %d, told %v, want 1 and [1]", s.Chosen(), chosen)
	}
	s.SetChosen(0)
	if s.Chosen() != 0 || len(chosen) != 1 {
		t.Error("a setter is not a person: it must not call OnChange")
	}
}

func TestSegmentedIsChosenByArrowsAndKeepsTheFocus(t *testing.T) {
	start(t, fynetheme.VariantLight)
	heard := ""
	s := widget.NewSegmented([]string{"minutes", "calls"}, nil)
	next := widget.NewField("")
	w := test.NewTempWindow(t, container.NewVBox(s, next))
	widget.NewSurface(w.Canvas()).OnKey = func(name fyne.KeyName, _ fyne.KeyModifier, _ bool) { heard += string(name) + " " }
	press := func(names ...fyne.KeyName) {
		for _, name := range names {
			w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: name})
		}
	}
	w.Canvas().(interface{ FocusNext() }).FocusNext()
	press(fyne.KeyRight, fyne.KeyRight)
	if s.Chosen() != 1 {
		t.Errorf("→ chose %d, want 1, the last", s.Chosen())
	}
	press(fyne.KeyLeft)
	w.Canvas().(interface{ FocusNext() }).FocusNext()
	press(fyne.KeySpace, fyne.KeySpace)
	if s.Chosen() != 1 {
		t.Errorf("Space chose %d, want 1", s.Chosen())
	}
	press(fyne.KeyReturn) // a dialog takes it for its answer
	if heard != "Return " {
		t.Errorf("the surface heard %q, want the Enter on what is chosen already", heard)
	}
	w.Canvas().(interface{ FocusNext() }).FocusNext()
	if w.Canvas().Focused() != next {
		t.Errorf("Tab leads to %T, want the field behind it", w.Canvas().Focused())
	}
}

func TestRowsAndRailItemsActWhenTapped(t *testing.T) {
	start(t, fynetheme.VariantLight)
	taps := ""
	row := widget.NewRow(widget.NewText("Refund promised, not paid", widget.Look{}), func() { taps += "row " })
	nav := widget.NewNavItem(fynetheme.ListIcon(), "Issues", func() { taps += "nav " })
	test.NewTempWindow(t, container.NewVBox(row, nav))
	row.SetChosen(true)
	nav.SetChosen(true)
	test.Tap(row)
	test.Tap(nav)
	if taps != "row nav " || !row.Chosen() || !nav.Chosen() {
		t.Errorf("taps %q, chosen %v and %v", taps, row.Chosen(), nav.Chosen())
	}
}

func TestTextFitsItsPlace(t *testing.T) {
	start(t, fynetheme.VariantLight)
	const place = 150
	for name, look := range map[string]widget.Look{
		"cut": {Fit: widget.Cut}, "wrap": {Fit: widget.Wrap}, "two lines": {Fit: widget.Wrap, Lines: 2, Bold: true},
		"caption": {Fit: widget.Wrap, Size: theme.TextCaption},
	} {
		text := widget.NewText(longName, look)
		test.NewTempWindow(t, text)
		text.Resize(fyne.NewSize(place, 100))
		for _, line := range text.Shown() {
			points := theme.New().Size(theme.Text)
			if look.Size != "" {
				points = theme.New().Size(look.Size)
			}
			if got := fyne.MeasureText(line, points, fyne.TextStyle{Bold: look.Bold}).Width; got > place {
				t.Errorf("%s: the line %q is %v wide", name, line, got)
			}
		}
		if text.MinSize().Width > place {
			t.Errorf("%s: asks for %v of width", name, text.MinSize().Width)
		}
	}
}

func TestTextLosesNothingButWhatItMarks(t *testing.T) {
	start(t, fynetheme.VariantLight)
	text := widget.NewText(longName, widget.Look{Fit: widget.Wrap})
	test.NewTempWindow(t, text)
	text.Resize(fyne.NewSize(120, 200))
	var got strings.Builder
	for _, line := range text.Shown() {
		got.WriteString(strings.TrimSuffix(line, "-"))
	}
	squeeze := func(s string) string { return strings.ReplaceAll(s, " ", "") }
	if squeeze(got.String()) != squeeze(longName) {
		t.Errorf("wrapped, %q became %q", longName, text.Shown())
	}
	text.SetLook(widget.Look{Fit: widget.Cut})
	line := text.Shown()[0]
	if len(text.Shown()) != 1 || !strings.HasSuffix(line, "…") || !strings.HasPrefix(longName, strings.TrimSuffix(line, "…")) {
		t.Errorf("cut, it is %q", text.Shown())
	}
	text.Resize(fyne.NewSize(2000, 20))
	if text.Shown()[0] != longName {
		t.Errorf("with room for all it is %q", text.Shown()[0])
	}
}

// Syllables as the Duden has them: Rech-nungs-an-schrif-ten-… A digest is compared
// letter by letter and shows no sign that is not in it.
func TestALongWordIsBrokenWhereASyllableEnds(t *testing.T) {
	start(t, fynetheme.VariantLight)
	text := widget.NewText("Rechnungsanschriften", widget.Look{Fit: widget.Wrap})
	test.NewTempWindow(t, text)
	text.Resize(fyne.NewSize(110, 200))
	if want := []string{"Rechnungsan-", "schriften"}; !slices.Equal(text.Shown(), want) {
		t.Errorf("lines are %q, want %q", text.Shown(), want)
	}
	text.SetText("a1f0c3e5deadbeefcafe77aa")
	text.Resize(fyne.NewSize(111, 200))
	if got := strings.Join(text.Shown(), ""); len(text.Shown()) < 2 || got != text.Text() {
		t.Errorf("a digest is shown as %q", text.Shown())
	}
}

func TestTextBreaksBetweenWordsWhereItCan(t *testing.T) {
	start(t, fynetheme.VariantLight)
	text := widget.NewText("Charged twice after a plan change", widget.Look{Fit: widget.Wrap})
	test.NewTempWindow(t, text)
	text.Resize(fyne.NewSize(fyne.MeasureText("Charged twice after", theme.New().Size(theme.Text), fyne.TextStyle{}).Width+2, 60))
	if want := []string{"Charged twice after", "a plan change"}; !slices.Equal(text.Shown(), want) {
		t.Errorf("lines are %q, want %q", text.Shown(), want)
	}
}

func TestIntervalBarsStayWithinTheirWidth(t *testing.T) {
	start(t, fynetheme.VariantLight)
	for _, c := range []struct {
		share          widget.Share
		bar, low, high float64
	}{
		{widget.Share{Share: 0.25, Low: 0.125, High: 0.375, Max: 0.5}, 0.5, 0.25, 0.75},
		{widget.Share{Share: 1, Low: 0.5, High: 2, Max: 1}, 1, 0.5, 1},
		{widget.Share{Share: -1, Low: -1, High: 0.5, Max: 1}, 0, 0, 0.5},
		{widget.Share{Share: 0.5}, 0, 0, 0}, // nothing heard yet: no measure
	} {
		b := widget.NewIntervalBar(c.share, theme.Bar)
		if bar, low, high := b.Spans(); bar != c.bar || low != c.low || high != c.high {
			t.Errorf("%+v: %v %v %v, want %v %v %v", c.share, bar, low, high, c.bar, c.low, c.high)
		}
	}
}

func TestManyStepsKeepToTheirPlace(t *testing.T) {
	start(t, fynetheme.VariantLight)
	dots := widget.NewStepDots(make([]widget.Step, 80)...)
	test.NewTempWindow(t, dots)
	dots.Resize(fyne.NewSize(180, 20))
	objects := test.WidgetRenderer(dots).Objects()
	last := objects[len(objects)-1]
	if end := last.Position().X + last.Size().Width; len(objects) != 80 || end > 180 || last.Size().Width <= 0 {
		t.Errorf("%d dashes end at %v of 180, the last is %v wide", len(objects), end, last.Size().Width)
	}
}

func TestKeyCapWithoutAKeyTakesNoPlace(t *testing.T) {
	start(t, fynetheme.VariantLight)
	if least := widget.NewKeyHint("").MinSize(); !least.IsZero() {
		t.Errorf("it takes %v", least)
	}
}
