package speaker

import (
	"testing"
	"time"
)

func TestACardIsLostWhenItTakesSoundFasterThanTime(t *testing.T) {
	for name, c := range map[string]struct {
		burst int           // buffers at once
		every time.Duration // then one each, for ten seconds
		lost  bool
	}{
		"a card":                           {4, buffer, false},
		"a sound server that takes 2 s":    {100, buffer, false},
		"a card that was unplugged":        {4, 3 * time.Microsecond, true},
		"a clock that is a thousandth off": {4, buffer * 999 / 1000, false},
	} {
		var r race
		now := time.Unix(0, 0)
		for range c.burst {
			r.run(now, bufferFrames)
		}
		for end := now.Add(10 * time.Second); now.Before(end) && !r.lost; now = now.Add(c.every) {
			r.run(now, bufferFrames)
		}
		if r.lost != c.lost {
			t.Errorf("%s: lost %t, want %t", name, r.lost, c.lost)
		}
	}
}
