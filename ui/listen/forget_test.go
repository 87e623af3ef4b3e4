package listen_test

import (
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
