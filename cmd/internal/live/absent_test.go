package live

import (
	"slices"
	"testing"
	"time"

	"github.com/earshot-app/earshot/data/hub"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/session"
)

// A host who was handed the session still fetches the recordings: that nobody has
// one is told once it has been so twice more.
func TestThatNobodyHasARecordingIsToldWhenItLasts(t *testing.T) {
	absent, nobody, start := absences{}, review.Fail(hub.NobodyLends, nil), time.Unix(0, 0)
	for _, try := range []struct {
		after time.Duration
		told  bool
	}{{0, false}, {fetchGap, false}, {2*fetchGap + time.Second, true}, {3 * fetchGap, false}} {
		if told := absent.tells(1, nobody, start.Add(try.after)); told != try.told {
			t.Errorf("after %v: told %t, want %t", try.after, told, try.told)
		}
	}
	if changed := review.Fail(hub.AudioChanged, nil); !absent.tells(2, changed, start) {
		t.Error("that a recording is another one is not told at once")
	}
}

// Of many recordings that nobody has, the one of the call that is opened is asked
// for next, and one that came new is not behind all that were asked for before.
func TestTheCallThatIsOpenedIsNotBehindThoseThatNobodyHas(t *testing.T) {
	absent, nobody, start := absences{}, review.Fail(hub.NobodyLends, nil), time.Unix(0, 0)
	for round := 1; round <= 3; round++ {
		absent.tells(round, nobody, start.Add(time.Duration(round)*time.Second))
	}
	r := &Room{look: make(chan struct{}, 1), play: session.Play{Round: 2}}
	for name, c := range map[string]struct {
		round, open int
		look, moved bool
	}{
		"nothing happened":   {1, 2, false, false},
		"another was opened": {1, 1, false, true},
		"calls came":         {1, 2, true, true},
		"others after it":    {2, 2, true, false},
	} {
		if c.look {
			poke(r.look)
		}
		if moved := r.moved(c.round, c.open); moved != c.moved {
			t.Errorf("%s: moved %t, want %t", name, moved, c.moved)
		}
		if c.look {
			<-r.look
		}
	}
	guests := []desk.Guest{{Round: 1}, {Round: 2}, {Round: 3}, {Round: 4}}
	absent.sort(guests, 2)
	rounds := make([]int, len(guests))
	for i, g := range guests {
		rounds[i] = g.Round
	}
	if want := []int{2, 4, 1, 3}; !slices.Equal(rounds, want) {
		t.Errorf("asked for %v, want %v", rounds, want)
	}
}
