package listen

import (
	"fmt"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// Whoever goes through the issues by Tab comes to each in turn and sees it, on a
// page that is itself higher than the window.
func TestTabGoesThroughAllIssues(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.New())
	var reached, want []string
	list := newIssueList(func(i review.Issue) { reached = append(reached, i.Name) })
	rows := []issueRow{{heading: "Heard in this category"}}
	for n := range 30 {
		want = append(want, fmt.Sprintf("Issue %d", n))
		rows = append(rows, issueRow{issue: review.Issue{Name: want[n]}})
	}
	list.show(rows)
	page := container.NewVScroll(fixed{height: 400}.around(list))
	w := test.NewTempWindow(t, page)
	w.Resize(fyne.NewSize(300, 200))
	visit := func() {
		row := w.Canvas().Focused().(*widget.Row)
		row.OnTap()
		top := fyne.CurrentApp().Driver().AbsolutePositionForObject(row).Y
		if top < 0 || top+row.Size().Height > w.Canvas().Size().Height {
			t.Errorf("%q lies from %v to %v", reached[len(reached)-1], top, top+row.Size().Height)
		}
	}
	for range want {
		w.Canvas().FocusNext()
		visit()
	}
	if !slices.Equal(reached, want) {
		t.Errorf("Tab reached %q, want %q", reached, want)
	}
	reached = nil
	for range len(want) - 1 {
		w.Canvas().FocusPrevious()
		visit()
	}
	slices.Reverse(want)
	if !slices.Equal(reached, want[1:]) {
		t.Errorf("Shift and Tab reached %q, want %q", reached, want[1:])
	}
}
