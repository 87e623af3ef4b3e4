package listen_test

import (
	"testing"
	"time"

	"github.com/earshot-app/earshot/ui/listen"
)

// A heard call that is finished leads on without a word; one that is heard
// again is played from its beginning and finished anew, however much of it was
// played the first time.
func TestACallIsHeardAgain(t *testing.T) {
	run(t, func(b *bench) {
		b.plays(time.Minute)
		b.press("n")
		b.did("hear c2 1.00")
		b.page.HearAgain("c2")
		b.settle()
		if got := b.trace(); got.Call != "c2" || got.Pos != 0 || !got.Playing {
			t.Fatalf("call %s at %v s, playing %t", got.Call, got.Pos, got.Playing)
		}
		if title, _ := listen.Titles(b.page); title != "Heard before, hearing again" {
			t.Errorf("the page is called %q", title)
		}
		b.plays(time.Minute)
		b.press("Ctrl+Return")
		b.did("hear c2 1.00")
	})
}
