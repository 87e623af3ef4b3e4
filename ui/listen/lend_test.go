package listen_test

import (
	"testing"
	"time"
)

// The moments of a split are played while another page is in front. Whoever
// comes back finds the call of the draw where it was left, and nothing counts
// as opened by hand.
func TestACallPlayedAsideLeavesNoTrace(t *testing.T) {
	run(t, func(b *bench) {
		b.plays(20 * time.Second)
		b.page.Hide()
		for _, uid := range []string{"c1", "c3"} {
			b.page.PlayAside(uid, 5*time.Second)
			b.settle()
			if got := b.trace(); got.Call != uid || !got.Playing {
				t.Fatalf("call %s, playing %t, want %s to be heard", got.Call, got.Playing, uid)
			}
		}
		b.page.EndAside()
		b.settle()
		if b.player.playing {
			t.Error("it plays on")
		}
		b.page.Show()
		b.settle()
		if got := b.trace(); got.Call != "c2" {
			t.Errorf("call %s is open, want c2", got.Call)
		}
		b.did()
	})
}

// A moment of the very call that is open is played in it.
func TestTheOpenCallItselfIsPlayedAside(t *testing.T) {
	run(t, func(b *bench) {
		b.page.Hide()
		b.page.PlayAside("c2", 5*time.Second)
		b.page.EndAside()
		b.page.Show()
		b.settle()
		if got := b.trace(); got.Call != "c2" || got.Playing {
			t.Errorf("call %s, playing %t", got.Call, got.Playing)
		}
	})
}
