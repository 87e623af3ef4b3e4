package session

import "time"

// A Clock knows how far the host's clock is from this machine's, by asking it:
// of the last eight answers the one that was on its way for the shortest time
// counts, since what a way takes beyond the shortest it takes in one direction
// (as in NTP). Ask eight times when a session begins and every ten seconds
// then, so that eight answers are too few for two clocks to drift apart.
type Clock struct {
	answers [8]answer
	n       int
}

type answer struct{ ahead, took time.Duration }

// Add takes in an answer of the host's clock with when it was asked for and
// when it came, by this machine's clock.
func (c *Clock) Add(asked, host, came time.Time) {
	took := came.Sub(asked)
	c.answers[c.n%len(c.answers)] = answer{host.Sub(asked.Add(took / 2)), took}
	c.n++
}

func (c *Clock) best() (best answer, ok bool) {
	for i, a := range c.answers[:min(c.n, len(c.answers))] {
		if i == 0 || a.took < best.took {
			best = a
		}
	}
	return best, c.n > 0
}

// Host is the host's time at a time of this machine; ok is false before the
// first answer.
func (c *Clock) Host(now time.Time) (host time.Time, ok bool) {
	best, ok := c.best()
	return now.Add(best.ahead), ok
}

// RoundTrip is the shortest that an answer took; 0 before the first.
func (c *Clock) RoundTrip() time.Duration {
	best, _ := c.best()
	return best.took
}
