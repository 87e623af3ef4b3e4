package widget_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	fynetheme "fyne.io/fyne/v2/theme"

	"github.com/earshot-app/earshot/ui/widget"
)

// Whoever goes through a long page by Tab sees where they are: on cards, in a
// choice, in a field, where there is nothing yet, and again at the top.
func TestWhatTabReachesIsInSight(t *testing.T) {
	start(t, fynetheme.VariantLight)
	column := container.NewVBox()
	for range 12 {
		column.Add(widget.NewCard(widget.Plain, container.NewVBox(
			widget.NewButton("Restore…", widget.Secondary, nil), widget.NewField(""),
			container.NewHBox(widget.NewSegmented([]string{"For ever", "90 days"}, nil)),
			widget.NewEmptyState(fynetheme.ListIcon(), "No calls yet", "", widget.NewButton("Open the demo", widget.Primary, nil)))))
	}
	foot := widget.NewButton("Close", widget.Secondary, nil)
	w := test.NewTempWindow(t, container.NewBorder(nil, foot, nil, nil, container.NewVScroll(column)))
	w.Resize(fyne.NewSize(400, 300))
	seen := map[fyne.Focusable]bool{}
	for range 12*5 + 2 { // a field counts once, a choice as many times as it has parts
		w.Canvas().FocusNext()
		at := w.Canvas().Focused()
		seen[at] = true
		o := at.(fyne.CanvasObject)
		top := fyne.CurrentApp().Driver().AbsolutePositionForObject(o).Y
		lowest := foot.Position().Y
		if o == fyne.CanvasObject(foot) {
			lowest = w.Canvas().Size().Height
		}
		if top < 0 || top+o.Size().Height > lowest {
			t.Fatalf("the %d. thing lies from %v to %v, in sight is up to %v", len(seen), top, top+o.Size().Height, lowest)
		}
	}
	if len(seen) != 12*5+1 {
		t.Errorf("Tab reached %d things, want %d", len(seen), 12*5+1)
	}
}

// What lies beside a long page is no reason to scroll it.
func TestWhatLiesBesideAPageScrollsNothing(t *testing.T) {
	start(t, fynetheme.VariantLight)
	column := container.NewVBox()
	for range 30 {
		column.Add(widget.NewButton("Restore…", widget.Secondary, nil))
	}
	page, foot := container.NewVScroll(column), widget.NewButton("Close", widget.Secondary, nil)
	w := test.NewTempWindow(t, container.NewBorder(nil, foot, nil, nil, page))
	w.Resize(fyne.NewSize(400, 300))
	w.Canvas().Focus(foot)
	if page.Offset.Y != 0 {
		t.Errorf("the page was scrolled by %v", page.Offset.Y)
	}
}
