package playback

// A Lane is one of the two people on a recording with two channels: Customer is
// heard on the left ear and Agent on the right.
type Lane int

// The lanes.
const (
	Customer Lane = iota
	Agent
)

// A mixing is who is heard where and how loud.
type mixing struct {
	channels int       // of the recording
	gains    []float64 // by channel; nil changes nothing
	swapped  bool      // the first channel is the agent
	mono     bool
	levels   [2]float64 // by lane
	muted    [2]bool    // by lane
}

// lane is whom a channel belongs to.
func (m mixing) lane(channel int) Lane {
	if m.swapped {
		return Lane(1 - channel)
	}
	return Lane(channel)
}

// matrix is what each ear gets of each of the two channels that a chain makes.
// A recording with one channel holds both people, so nobody can be muted on it
// and both ears hear the same.
func (m mixing) matrix() matrix {
	if m.channels == 1 {
		return matrix{{m.gain(0), 0}, {0, m.gain(0)}}
	}
	var x matrix
	for channel := range 2 {
		lane := m.lane(channel)
		amount := m.levels[lane] * m.gain(channel)
		switch {
		case m.muted[lane]:
		case m.mono: // the mean, since a sum could be louder than full scale
			x[0][channel], x[1][channel] = amount/2, amount/2
		default:
			x[lane][channel] = amount
		}
	}
	return x
}

func (m mixing) gain(channel int) float64 {
	if channel < len(m.gains) {
		return m.gains[channel]
	}
	return 1
}

// A matrix is by ear, then by channel.
type matrix [2][2]float64

// approach goes a frame's way towards to: from 0 to 1 in 5 ms, so that a change
// does not click.
func (x *matrix) approach(to matrix) {
	if *x == to {
		return
	}
	for ear := range x {
		for channel, now := range x[ear] {
			off := to[ear][channel] - now
			x[ear][channel] = now + max(-fadeStep, min(fadeStep, off))
		}
	}
}

func (x *matrix) ear(ear int, first, second float64) float64 {
	return x[ear][0]*first + x[ear][1]*second
}
