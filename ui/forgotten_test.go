package ui

import (
	"strings"
	"testing"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/ui/screen"
)

// Of a forgotten call there is nothing to hear: whoever wants to open it is told so,
// where they are.
func TestAForgottenCallIsNotOpened(t *testing.T) {
	window(t, 5, func(b *bench) {
		b.Go(screen.Issues)
		b.Open(review.ForgottenUID("1"), 0)
		if got := b.screenName(); got != screen.Issues {
			t.Errorf("it leads to %s", got)
		}
		if got := b.toast.Shown(); !strings.HasPrefix(got, "This call was forgotten") {
			t.Errorf("it says %q", got)
		}
	})
}
