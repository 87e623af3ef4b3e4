package widget_test

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	fynetheme "fyne.io/fyne/v2/theme"

	"github.com/earshot-app/earshot/ui/widget"
)

// Of a thousand categories one is found by a part of its name, and chosen by keys.
func TestOneOfManyIsFoundByTyping(t *testing.T) {
	start(t, fynetheme.VariantLight)
	button := widget.NewButton("All categories", widget.Secondary, nil)
	w := test.NewTempWindow(t, button)
	w.Resize(fyne.NewSize(800, 600))
	chosen := ""
	var items []*fyne.MenuItem
	for n := range 1000 {
		name := fmt.Sprintf("Reason %03d", n)
		items = append(items, fyne.NewMenuItem(name, func() { chosen = name }))
	}
	items = append(items, fyne.NewMenuItem("Kündigung – Sonstiges", func() { chosen = "Kündigung" }))
	items[500].Checked = true
	offered := func() *widget.Field {
		widget.Offer(items, w.Canvas(), button, "Type a part of the name")
		return w.Canvas().Focused().(*widget.Field)
	}
	press := func(f *widget.Field, keys ...fyne.KeyName) {
		for _, name := range keys {
			f.TypedKey(&fyne.KeyEvent{Name: name})
		}
	}
	for _, c := range []struct {
		typed string
		keys  []fyne.KeyName
		want  string
	}{
		{"", []fyne.KeyName{fyne.KeyDown, fyne.KeyReturn}, "Reason 501"},
		{"99", []fyne.KeyName{fyne.KeyDown, fyne.KeyDown, fyne.KeyUp, fyne.KeyEnter}, "Reason 199"},
		{"KÜND", []fyne.KeyName{fyne.KeyPageDown, fyne.KeyReturn}, "Kündigung"},
		{"Reason 007", []fyne.KeyName{fyne.KeyEscape}, ""},
		{"nobody", []fyne.KeyName{fyne.KeyDown, fyne.KeyReturn, fyne.KeyEscape}, ""},
	} {
		chosen = ""
		field := offered()
		for _, r := range c.typed {
			field.TypedRune(r)
		}
		press(field, c.keys...)
		if chosen != c.want || w.Canvas().Overlays().Top() != nil {
			t.Errorf("%q and %v choose %q, want %q; still open: %t", c.typed, c.keys, chosen, c.want, w.Canvas().Overlays().Top() != nil)
		}
	}
}

// A list that is offered at the window's edge is shown whole.
func TestWhatIsOfferedStaysWithinTheWindow(t *testing.T) {
	start(t, fynetheme.VariantLight)
	button := widget.NewButton("All categories", widget.Secondary, nil)
	w := test.NewTempWindow(t, button)
	w.Resize(fyne.NewSize(300, 200))
	items := make([]*fyne.MenuItem, 30)
	for n := range items {
		items[n] = fyne.NewMenuItem(fmt.Sprint(n), func() {})
	}
	widget.Offer(items, w.Canvas(), button, "")
	field := w.Canvas().Focused().(*widget.Field)
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(field)
	if at.X < 0 || at.Y < 0 || at.X+field.Size().Width > 300 || at.Y+field.Size().Height > 200 {
		t.Errorf("the field lies at %v and is %v large", at, field.Size())
	}
}
