package listen_test

import (
	"slices"
	"testing"
	"time"
)

// The open call is closed before it is forgotten, so that nothing of it is
// written afterwards, and the next call of the draw is open.
func TestTheOpenCallIsForgottenAfterAQuestion(t *testing.T) {
	run(t, func(b *bench) {
		b.press("Space")
		b.plays(20 * time.Second)
		b.command("listen.forget")
		b.did()
		b.answer(1) // the safe one
		b.did()
		b.command("listen.forget")
		b.answer(0)
		b.did("forget [c2]")
		if b.player.playing {
			t.Error("a forgotten call plays on")
		}
	})
}

// A lent call is erased while it plays and words are typed to it. It is left, and
// nothing of it is written any more, so that nothing fails.
func TestACallThatIsErasedElsewhereIsLeftWithoutAFailure(t *testing.T) {
	run(t, func(b *bench) {
		b.window.SetContent(b.page.Content())
		b.press("Space")
		b.plays(10 * time.Second)
		b.press("1", "w")
		b.types("twice")
		b.player.at = 12 * time.Second // heard since the page looked last
		b.desk.take()
		delete(b.desk.views, "c2")
		b.desk.calls = slices.DeleteFunc(b.desk.calls, func(uid string) bool { return uid == "c2" })
		b.page.Changed()
		b.settle()
		b.did()
		if len(b.shell.fails) > 0 || !slices.Contains(b.shell.toasts, "The call that was open is no longer in this library.") {
			t.Errorf("failed %v, toasts %q", b.shell.fails, b.shell.toasts)
		}
		if b.player.playing || b.trace().Call == "c2" {
			t.Error("a call that was erased plays on")
		}
	})
}
