package listen_test

import (
	"testing"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/sound"
)

func span(from, to float64) sound.Span {
	return sound.Span{From: time.Duration(from * 1e9), To: time.Duration(to * 1e9)}
}

// tagged gives the open call a moment at one time, two that lie over a part, the
// one within the other, and lets the page see them.
func (b *bench) tagged() {
	b.desk.change("c2", func(v *desk.CallView) {
		v.Moments = []review.Moment{
			{ID: "point", IssueID: "i2", Issue: "Charged twice", At: 2 * time.Second},
			{ID: "long", IssueID: "i2", Issue: "Charged twice", At: 10 * time.Second, Until: 20 * time.Second},
			{ID: "short", IssueID: "i2", Issue: "Charged twice", At: 12 * time.Second, Until: 15 * time.Second},
		}
	})
	b.page.Changed()
	b.settle()
}

func TestAMomentOverAPartIsLooped(t *testing.T) {
	for name, c := range map[string]struct {
		do   func(b *bench)
		want sound.Span
	}{
		"the shortest where the call is": {func(b *bench) { b.plays(13 * time.Second) }, span(12, 15)},
		"the one where the call is":      {func(b *bench) { b.plays(19 * time.Second) }, span(10, 20)},
		"the selected one, wherever the call is": {func(b *bench) {
			b.plays(40 * time.Second)
			b.press("Down", "Down")
		}, span(10, 20)},
		"where the call is, as what is selected has no length": {func(b *bench) {
			b.press("Down")
			b.plays(13 * time.Second)
		}, span(12, 15)},
		"the marked part before all": {func(b *bench) {
			b.plays(13 * time.Second)
			b.press(",")
			b.plays(14 * time.Second)
			b.press(".")
		}, span(13, 14)},
		"nothing where nothing is": {func(b *bench) { b.plays(30 * time.Second) }, sound.Span{}},
	} {
		t.Run(name, func(t *testing.T) {
			run(t, func(b *bench) {
				b.tagged()
				c.do(b)
				b.press("l")
				if b.player.loop != c.want {
					t.Errorf("loops %v, want %v", b.player.loop, c.want)
				}
				b.press("l")
				if b.player.loop != (sound.Span{}) {
					t.Errorf("after L again it loops %v", b.player.loop)
				}
			})
		})
	}
}

// Who tags what is looped goes on hearing it; who moves the moment hears it where
// it is, and who removes it hears the call go on.
func TestALoopFollowsItsMoment(t *testing.T) {
	run(t, func(b *bench) {
		b.plays(5 * time.Second)
		b.press(",")
		b.plays(8 * time.Second)
		b.press(".", "l", "2")
		if b.player.loop != span(5, 8) {
			t.Fatalf("tagged, it loops %v", b.player.loop)
		}
		b.press("Shift+Right")
		if b.player.loop != span(5.1, 8.1) {
			t.Errorf("moved, it loops %v", b.player.loop)
		}
		b.press("Delete")
		if b.player.loop != (sound.Span{}) || !b.player.playing {
			t.Errorf("removed, it loops %v, playing %v", b.player.loop, b.player.playing)
		}
	})
}
