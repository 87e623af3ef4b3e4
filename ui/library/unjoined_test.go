package library_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/ui/command"
	"github.com/earshot-app/earshot/ui/library"
	"github.com/earshot-app/earshot/ui/screen"
	"github.com/earshot-app/earshot/ui/widget"
)

// all are the widgets of a kind that lie in o.
func all[W fyne.CanvasObject](o fyne.CanvasObject) (found []W) {
	if w, ok := o.(W); ok {
		found = append(found, w)
	}
	switch o := o.(type) {
	case *fyne.Container:
		for _, inner := range o.Objects {
			found = append(found, all[W](inner)...)
		}
	case fyne.Widget:
		for _, inner := range test.WidgetRenderer(o).Objects() {
			found = append(found, all[W](inner)...)
		}
	}
	return found
}

// What a table and its recordings did not join is shown with its source, listed
// without naming anybody, and saved.
func TestWhatDidNotJoinIsListedAndSaved(t *testing.T) {
	s := &shelf{calls: calls(3), sources: []desk.LookedAt{{Root: "/calls", Profile: "own"}}, alone: []desk.UnjoinedCount{{Root: "/calls", Rows: 1, Recordings: 2}}}
	page(t, s, func(p *library.Screen, sh *shell, press func(...command.Key)) {
		press(command.Rune('v'), command.Rune('v'))
		var traced screen.Trace
		p.Trace(&traced)
		for _, want := range []string{"Not joined: 1 row of the table without a recording, 2 recordings without a row", "Names: read by your own pattern"} {
			if !slices.Contains(traced.Rows, want) {
				t.Errorf("%q is not said: %q", want, traced.Rows)
			}
		}
		for _, b := range all[*widget.Button](p.Content()) {
			if b.Text() == "Show what did not join…" {
				test.Tap(b)
			}
		}
		sh.settle()
		lines := ""
		for _, line := range all[*widget.Text](sh.asked) {
			lines += line.Text() + "\n"
		}
		if !strings.Contains(lines, "calls.csv, line 7: No recording was found") || !strings.Contains(lines, "(Billing)") ||
			!strings.Contains(lines, "lost.wav: No row of the table") || strings.Contains(lines, "0117") {
			t.Errorf("listed:\n%s", lines)
		}
		sh.answers[0].Choose()
		sh.answers[0].Choose()
		sh.settle()
		if want := []string{"/calls in " + filepath.Join("/home", "earshot-not-joined.csv")}; !slices.Equal(sh.saved, want) {
			t.Errorf("saved %q, want %q", sh.saved, want)
		}
	})
}
