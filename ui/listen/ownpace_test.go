package listen_test

import (
	"slices"
	"testing"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/sound"
	"github.com/earshot-app/earshot/ui/screen"
)

// At one's own pace the player is nobody else's business.
func TestAtOnesOwnPaceThePlayerIsOnesOwn(t *testing.T) {
	run(t, func(b *bench) {
		b.desk.ownPace = true
		r := b.joins()
		b.page.Open("c4", 0)
		b.settle()
		b.player.played = []sound.Span{{To: time.Hour}}
		if got := b.trace(); !got.Playing || got.Rows[0] != "At your own pace" || len(r.followed) > 0 {
			t.Errorf("%+v, %d looks at the host", got, len(r.followed))
		}
		b.press("1", "Ctrl+Return")
		if got := b.trace().Call; got != "c5" {
			t.Errorf("after the session's first call comes %s, want c5", got)
		}
		b.player.played = []sound.Span{{To: time.Hour}}
		b.press("Ctrl+Return")
		if last := b.shell.toasts[len(b.shell.toasts)-1]; !slices.Equal(b.shell.went, []string{screen.Session}) || last != "Call 3 is on its way from the host" {
			t.Errorf("while the third is on its way it shows %q, and says %q", b.shell.went, last)
		}
	})
}

// Who heard a call before the session has said nothing of it there, until they
// finish it once more.
func TestACallHeardBeforeTheSessionIsFinishedInIt(t *testing.T) {
	run(t, func(b *bench) {
		b.desk.ownPace = true
		b.desk.change("c4", func(v *desk.CallView) { v.Call.State = review.Heard })
		b.joins()
		for range 2 {
			b.page.Open("c4", 0)
			b.settle()
			b.player.played = []sound.Span{{To: time.Hour}}
			b.press("Ctrl+Return")
		}
		b.did("hear c4 1.00")
	})
}

func TestACallOfAClosedSessionIsOnesOwnAgain(t *testing.T) {
	run(t, func(b *bench) {
		b.desk.ownPace = true
		b.joins()
		b.page.Open("c4", 0)
		b.settle()
		b.desk.over = true
		b.page.Changed()
		b.settle()
		if got := b.trace().Rows; slices.Contains(got, "At your own pace") {
			t.Errorf("the session is closed, and the page says %q", got)
		}
	})
}
