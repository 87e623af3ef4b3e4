package playback

import (
	"time"

	"github.com/earshot-app/earshot/review/sound"
)

// A pace holds an output to the clock. A card that was unplugged may take
// thousands of seconds of sound in one, and hear nothing of it: what comes too
// fast gets silence, so that the recording stays where it was.
type pace struct {
	last      time.Time
	allowance float64 // frames it may still take
	pulled    int64   // frames it took, given or not
}

// allow reports whether n frames may be given. An output may fill a buffer of
// up to a second at once and run a quarter fast; no card does either for long.
func (p *pace) allow(now time.Time, n int) bool {
	const most, fastest = Rate, 1.25 * Rate
	p.pulled += int64(n)
	if p.last.IsZero() {
		p.allowance = most
	} else {
		p.allowance = min(most, p.allowance+now.Sub(p.last).Seconds()*fastest)
	}
	p.last = now
	if p.allowance < float64(n) {
		return false
	}
	p.allowance -= float64(n)
	return true
}

// A watchdog finds out that an output is lost: by it taking no frames at all,
// or taking them faster than they can be heard. It is made when the output
// starts, and asked every watchEvery.
type watchdog struct {
	pulled int64 // at the last check
	idle   int   // checks without a frame

	since       time.Time // begin of the second looked at
	sincePulled int64
	racing      int  // seconds too fast, one after the other
	raced       bool // there was one since all was last well
}

const (
	watchEvery = 50 * time.Millisecond
	// idleChecks make two seconds in which the watchdog itself ran: a whole
	// computer that was asleep is not a lost card.
	idleChecks = int(2 * time.Second / watchEvery)
	// racingSeconds forgives sound servers that fill two seconds at the start.
	racingSeconds = 2
	tooFast       = 1.5 * Rate
)

// lost reports whether the output has to be given up.
func (w *watchdog) lost(now time.Time, pulled int64) bool {
	w.idle++
	if pulled != w.pulled {
		w.idle = 0
	}
	w.pulled = pulled
	if elapsed := now.Sub(w.since).Seconds(); elapsed >= 1 {
		w.racing++
		if float64(pulled-w.sincePulled) < tooFast*elapsed {
			w.racing = 0
		}
		w.raced = w.racing > 0 || w.raced && w.idle > 0
		w.since, w.sincePulled = now, pulled
	}
	return w.idle >= idleChecks || w.racing >= racingSeconds
}

// well reports, after a check, whether a second begins before which nothing was
// wrong.
func (w *watchdog) well(now time.Time) bool { return !w.raced && w.idle == 0 && w.since.Equal(now) }

// coverage is what of a recording was played. Playing on makes one growing
// span; only a jump begins another.
type coverage struct {
	spans []sound.Span
	run   sound.Span
}

func (c *coverage) add(s sound.Span) {
	const rounding = time.Millisecond
	if s.From >= c.run.From && s.From <= c.run.To+rounding {
		c.run.To = max(c.run.To, s.To)
		return
	}
	c.spans = sound.Union(append(c.spans, c.run)...)
	c.run = s
}

func (c *coverage) all() []sound.Span { return sound.Union(append(c.spans, c.run)...) }
