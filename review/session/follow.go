package session

import (
	"math"
	"time"
)

// How a member's player is kept with the host's. Voices stay natural and nobody
// notices at two per cent of speed.
const (
	mostPush  = 0.02
	leastPush = 0.01
	pushHard  = 100 * time.Millisecond // from which the most is pushed
	jump      = 1500 * time.Millisecond
	settling  = 500 * time.Millisecond // after a command, until a player's position says something
	silence   = 5 * time.Second        // of the host, after which they are away
	lan       = 15 * time.Millisecond  // longest round trip within one network
	mostLag   = 250 * time.Millisecond // less than the least that a start is told ahead
)

// A Follower keeps a member's player where the host's is. It decides and does
// nothing: ask it what to do every 50 ms or so, and do that. The host's own
// player follows too, by a Clock that was told the host's own time once.
//
// It corrects by speed, from 20 ms off until 5 on one network, and from 50 until
// 20 over a longer way, where clocks are known less well. A push that has begun
// grows and does not ebb: a player loses some milliseconds whenever its speed
// changes. How long the player takes from being told to play until it is heard is
// at first what the player knows of it; then it is learnt from how late it was, and
// it is told so much earlier the next time.
//
// It is used by one goroutine at a time.
type Follower struct {
	Clock Clock

	play    Play
	told    bool
	heard   time.Time // when the host was heard last
	command time.Time // when the player was told something last
	push    float64   // part by which it plays faster, below 0 slower
	lag     time.Duration
	learnt  bool // lag
	started bool // and not yet seen how late
}

// A Playhead is how a member's player stands.
type Playhead struct {
	Now     time.Time // this machine's clock
	Round   int       // that is open; 0 for none
	Playing bool
	Pos     time.Duration // that is heard
	Length  time.Duration // of the call
	Speed   float64
	Delay   time.Duration // from Play until it is heard, as far as the player knows
}

// A Move is what a player is to do now, in this order. A zero Move but for
// Speed is to go on.
type Move struct {
	Open  int // the round to open, before all else can be done; 0 for none
	Pause bool
	Seek  bool
	To    time.Duration // of Seek
	Speed float64
	Play  bool
	Away  bool // the host was not heard for five seconds: the player goes on by itself
}

// Tell takes in what the host plays, as it came. What is older than what is
// known is ignored.
func (f *Follower) Tell(p Play, now time.Time) {
	if f.told && p.Epoch < f.play.Epoch {
		return
	}
	if !f.told || p.Epoch > f.play.Epoch {
		f.command, f.push = time.Time{}, 0
	}
	f.play, f.told, f.heard = p, true, now
}

// Follow answers what a player is to do.
func (f *Follower) Follow(h Playhead) Move {
	host, ok := f.Clock.Host(h.Now)
	if !f.told || !ok {
		return Move{Speed: h.Speed}
	}
	if !f.learnt {
		f.lag = min(h.Delay, mostLag)
	}
	m := Move{Speed: f.play.Rate, Away: h.Now.Sub(f.heard) > silence}
	target, soon := f.play.At(host), host.Add(f.lag)
	switch {
	case h.Round != f.play.Round:
		m.Open = f.play.Round
		return m
	case !f.play.Playing || soon.Before(time.UnixMilli(f.play.AtHost)):
		f.stand(&m, h, target)
	case target >= h.Length:
		// It ends by itself; told to play again, it would begin anew.
	case !h.Playing:
		m.Play = true
		f.goTo(&m, h, f.play.At(soon))
	default:
		f.correct(&m, h, target)
		if m.Seek {
			m.To = min(f.play.At(soon), h.Length)
		}
	}
	if m.Pause || m.Seek || m.Play {
		f.command, f.push, f.started = h.Now, 0, m.Play || h.Playing && !m.Pause
	}
	return m
}

// stand keeps the player where the host stands, or will start.
func (f *Follower) stand(m *Move, h Playhead, target time.Duration) {
	m.Pause = h.Playing
	f.goTo(m, h, target)
}

// goTo seeks, in silence, unless the player is there.
func (f *Follower) goTo(m *Move, h Playhead, target time.Duration) {
	if target = min(target, h.Length); (h.Pos - target).Abs() > time.Millisecond {
		m.Seek, m.To = true, target
	}
}

// correct brings a playing player nearer, by speed, or by a jump where that
// would take a minute.
func (f *Follower) correct(m *Move, h Playhead, target time.Duration) {
	off := h.Pos - target
	if h.Now.Sub(f.command) < settling {
		return
	}
	if off.Abs() > jump {
		m.Seek, m.To = true, target
		return
	}
	if f.started {
		f.lag, f.learnt, f.started = min(max(0, f.lag-off), mostLag), true, false
	}
	from, until := 50*time.Millisecond, 20*time.Millisecond
	if f.Clock.RoundTrip() <= lan {
		from, until = 20*time.Millisecond, 5*time.Millisecond
	}
	least, behind := from, off < 0
	if f.push != 0 && behind == (f.push > 0) {
		least = until
	}
	switch {
	case off.Abs() <= least:
		f.push = 0
	case off.Abs() >= pushHard:
		f.push = mostPush
	case math.Abs(f.push) < leastPush:
		f.push = leastPush
	}
	f.push = math.Abs(f.push)
	if !behind {
		f.push = -f.push
	}
	m.Speed *= 1 + f.push
}
