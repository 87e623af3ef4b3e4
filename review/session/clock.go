package session

import "time"

// A Clock knows how far the host's clock is from this machine's, by asking it.
// Of the last eight answers one counts that was on its way for a short time,
// since what a way takes beyond the shortest it takes in one direction, and
// that is not old, since two clocks drift apart (as in NTP). Ask eight times
// when a session begins and every ten seconds then.
type Clock struct {
	answers [8]answer
	n       int
}

// An answer may be wrong by half of what it took, and by what the clocks have
// drifted apart since it came.
type answer struct {
	ahead, took time.Duration
	came        time.Time
}

// drifts is how far two computers' clocks drift apart at most, as a part of the
// time.
const drifts = 1e-4

func (a answer) doubt(now time.Time) time.Duration {
	return a.took/2 + time.Duration(drifts*float64(now.Sub(a.came)))
}

// Add takes in an answer of the host's clock with when it was asked for and
// when it came, by this machine's clock.
func (c *Clock) Add(asked, host, came time.Time) {
	took := came.Sub(asked)
	c.answers[c.n%len(c.answers)] = answer{host.Sub(asked.Add(took / 2)), took, came}
	c.n++
}

// Host is the host's time at a time of this machine; ok is false before the
// first answer.
func (c *Clock) Host(now time.Time) (host time.Time, ok bool) {
	var best answer
	for i, a := range c.answers[:min(c.n, len(c.answers))] {
		if i == 0 || a.doubt(now) < best.doubt(now) {
			best = a
		}
	}
	return now.Add(best.ahead), c.n > 0
}

// RoundTrip is the shortest that an answer took; 0 before the first.
func (c *Clock) RoundTrip() time.Duration {
	var least time.Duration
	for i, a := range c.answers[:min(c.n, len(c.answers))] {
		if i == 0 || a.took < least {
			least = a.took
		}
	}
	return least
}
