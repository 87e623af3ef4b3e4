package widget_test

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	fynetheme "fyne.io/fyne/v2/theme"

	"github.com/earshot-app/earshot/ui/widget"
)

func TestAListHandsItsKeysToTheSurface(t *testing.T) {
	start(t, fynetheme.VariantLight)
	create := func() fyne.CanvasObject { return widget.NewText("", widget.Look{}) }
	list := widget.NewList(func() int { return 3 }, create, func(int, fyne.CanvasObject) {})
	w := test.NewTempWindow(t, list)
	heard := ""
	surface := widget.NewSurface(w.Canvas())
	surface.OnKey = func(name fyne.KeyName, _ fyne.KeyModifier, _ bool) { heard += string(name) + " " }
	surface.OnRune = func(r rune, _ bool) { heard += string(r) + " " }
	w.Canvas().Focus(list)
	list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	list.TypedRune('?')
	if heard != "Down ? " {
		t.Errorf("the surface heard %q", heard)
	}
	list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if w.Canvas().Focused() != nil {
		t.Error("Escape did not leave the list")
	}
}

// An import of a whole archive can leave out hundreds of thousands of files;
// the list of them must open at once.
func TestManyLinesMakeOnlyTheRowsInSight(t *testing.T) {
	start(t, fynetheme.VariantLight)
	many := make([]string, 300_000)
	for i := range many {
		many[i] = fmt.Sprintf("calls/%06d.wav: not a recording", i)
	}
	lines := widget.NewLines(many)
	w := test.NewTempWindow(t, lines)
	w.Resize(fyne.NewSize(600, 400))
	if n := textsBeneath(lines); n == 0 || n > 60 {
		t.Errorf("%d texts were made", n)
	}
}

func TestFewLinesAreShownInFull(t *testing.T) {
	start(t, fynetheme.VariantLight)
	long := "calls.csv, line 7: " + longName + " " + longName + " " + longName + " " + longName
	lines := widget.NewLines([]string{long, "b.wav: empty"}).(*fyne.Container)
	test.NewTempWindow(t, lines).Resize(fyne.NewSize(300, 400))
	shown := ""
	for _, line := range lines.Objects[0].(*widget.Text).Shown() {
		shown += line + " "
	}
	if want := long[len(long)-10:]; shown[len(shown)-11:len(shown)-1] != want {
		t.Errorf("the end of a long line is %q, want %q", shown, want)
	}
}

// In a dialog Escape is the dialog's, also from a button that was reached by
// Tab.
func TestEscapeOnAButtonInADialogReachesTheSurface(t *testing.T) {
	start(t, fynetheme.VariantLight)
	w := test.NewTempWindow(t, container.NewVBox())
	heard := ""
	widget.NewSurface(w.Canvas()).OnKey = func(name fyne.KeyName, _ fyne.KeyModifier, _ bool) { heard += string(name) }
	button := widget.NewButton("No", widget.Secondary, nil)
	w.Canvas().Overlays().Add(button)
	w.Canvas().Focus(button)
	button.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if heard != "Escape" {
		t.Errorf("the surface heard %q", heard)
	}
}

// textsBeneath counts the texts beneath o.
func textsBeneath(o fyne.CanvasObject) int {
	n := 0
	var children []fyne.CanvasObject
	switch o := o.(type) {
	case *widget.Text:
		return 1
	case *fyne.Container:
		children = o.Objects
	case fyne.Widget:
		children = test.WidgetRenderer(o).Objects()
	}
	for _, child := range children {
		n += textsBeneath(child)
	}
	return n
}
