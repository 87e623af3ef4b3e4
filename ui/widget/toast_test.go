package widget_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	fynetheme "fyne.io/fyne/v2/theme"

	"github.com/earshot-app/earshot/ui/widget"
)

func TestAToastGoesByItselfAndItsButtonActsOnce(t *testing.T) {
	start(t, fynetheme.VariantLight)
	var over []func()
	cancelled := 0
	toast := widget.NewToast(func(d time.Duration, f func()) func() {
		if d != widget.ToastLasts {
			t.Errorf("a toast lasts %v", d)
		}
		over = append(over, f)
		return func() { cancelled++ }
	})
	undone := 0
	w := test.NewTempWindow(t, toast)
	w.Resize(fyne.NewSize(600, 300))
	toast.Say("Tagged", "Undo", func() { undone++ })
	toast.Say("Tagged again", "Undo", func() { undone++ })
	if cancelled != 1 || toast.Shown() != "Tagged again" {
		t.Errorf("shows %q, cancelled %d timers, want the second message and 1", toast.Shown(), cancelled)
	}
	over[1]()
	if toast.Shown() != "" {
		t.Error("the toast stayed when its time was over")
	}
	toast.Say("Exported", "Show", func() { undone++ })
	for _, o := range test.WidgetRenderer(toast).Objects() {
		if b, ok := o.(*widget.Button); ok {
			test.Tap(b)
			test.Tap(b)
		}
	}
	if undone != 1 || toast.Shown() != "" {
		t.Errorf("the action ran %d times and %q is shown", undone, toast.Shown())
	}
}

func TestAToastKeepsToANarrowWindow(t *testing.T) {
	start(t, fynetheme.VariantLight)
	toast := widget.NewToast(func(time.Duration, func()) func() { return func() {} })
	w := test.NewTempWindow(t, toast)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(320, 300))
	toast.Say(longName+" "+longName, "Rückgängig", nil)
	for _, o := range test.WidgetRenderer(toast).Objects() {
		if from, to := o.Position().X, o.Position().X+o.Size().Width; from < 0 || to > 320 {
			t.Errorf("%T goes from %v to %v of 320", o, from, to)
		}
	}
}

// The buttons at the foot of a page lie in the column on its right, which is at most
// 330 wide: in a window of 1024, with the rail, a toast must end before that.
func TestAToastLeavesTheButtonsAtTheFootFree(t *testing.T) {
	start(t, fynetheme.VariantLight)
	toast := widget.NewToast(func(time.Duration, func()) func() { return func() {} })
	w := test.NewTempWindow(t, toast)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(1024-90, 700))
	toast.Say(longName+" "+longName, "Rückgängig", nil)
	for _, o := range test.WidgetRenderer(toast).Objects() {
		if to := o.Position().X + o.Size().Width; to > 1024-90-330 {
			t.Errorf("%T goes to %v", o, to)
		}
	}
}
