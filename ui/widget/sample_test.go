package widget_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/earshot-app/earshot/ui/widget"
)

// A table's rows are wider than any dialog: the keys show the rest of them.
func TestASampleIsMovedByKeys(t *testing.T) {
	test.NewTempApp(t)
	s := widget.NewSample(2)
	w := test.NewTempWindow(t, s)
	w.Resize(fyne.NewSize(300, 100))
	s.SetLines([]string{"a;b", strings.Repeat("wide;", 100)})
	press := func(name fyne.KeyName) float32 {
		s.TypedKey(&fyne.KeyEvent{Name: name})
		return s.Offset()
	}
	end := press(fyne.KeyEnd)
	if back := press(fyne.KeyLeft); end == 0 || back >= end || press(fyne.KeyRight) != end || press(fyne.KeyRight) != end {
		t.Errorf("the end is at %v, left of it %v", end, back)
	}
	if press(fyne.KeyHome) != 0 || press(fyne.KeyLeft) != 0 {
		t.Error("Home is not the beginning")
	}
	press(fyne.KeyEnd)
	if s.SetLines([]string{"x", "y"}); s.Offset() != 0 {
		t.Error("other lines do not begin at their beginning")
	}
}
