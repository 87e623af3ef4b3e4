package meeting_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"
)

// "How sure is that?" is what a team asks of the share on a slide. Without an
// issue there is no figure, and ? shows the keys.
func TestTheFiguresOfTheMeetingAreExplained(t *testing.T) {
	open(t, newLibrary(), func(p *page) {
		if !p.Explain() {
			t.Fatal("nothing is explained")
		}
		var said strings.Builder
		for _, o := range test.LaidOutObjects(p.canvas.Overlays().Top()) {
			if text, ok := o.(interface{ Text() string }); ok {
				said.WriteString(text.Text())
			}
		}
		for _, want := range []string{"95 % certainty", "Calls a week", "Rank"} {
			if !strings.Contains(said.String(), want) {
				t.Errorf("%q is not in %q", want, said.String())
			}
		}
	})
	open(t, &library{}, func(p *page) {
		if p.Explain() {
			t.Error("figures that there are not are explained")
		}
	})
}
