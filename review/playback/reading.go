package playback

import "time"

// A reading is where playing stands, good until the next one: it goes on by the
// clock between two calls of an output, so that a playhead drawn sixty times a
// second moves smoothly though the output asks in jerks. It is never changed
// once it is published.
type reading struct {
	number int // of the cue; 0 for none
	track  track

	at          time.Time
	heard       float64 // frames of the cue, heard at that time
	floor, ceil float64 // between which it stays as time goes on; below 0 is before the cue
}

// still is a reading that does not move.
func still(frame float64, rate int) *reading {
	return &reading{track: track{rate: rate, legs: []leg{{frame: frame}}}}
}

// frames is how much of the cue is heard at a time.
func (r *reading) frames(now time.Time) float64 {
	return max(r.floor, min(r.ceil, r.free(now)))
}

// free is frames without its bounds.
func (r *reading) free(now time.Time) float64 {
	return r.heard + now.Sub(r.at).Seconds()*Rate
}

// frame is the frame of the source that is heard at a time.
func (r *reading) frame(now time.Time) float64 { return r.track.frame(r.frames(now)) }

// position is frame as a time.
func (r *reading) position(now time.Time) time.Duration {
	return timeAt(r.frame(now), r.track.rate)
}

// follow returns the reading after an output took frames of c, when it hears
// observed of them. An output asks as soon as there is room, or later when the
// computer is busy, which looks like less that was heard: what is ahead of the
// reading is leaned towards much, what is behind it little. A large difference,
// after silence, is believed. It never goes back.
func (r *reading) follow(now time.Time, observed float64, c *cue) *reading {
	const believe, up, down = Rate / 20, 0.5, 0.01 // 50 ms
	next := *r
	free := r.free(now)
	switch off := observed - free; {
	case off > believe || off < -believe:
		next.heard = observed
	case off > 0:
		next.heard = free + up*off
	default:
		next.heard = free + down*off
	}
	next.at, next.floor, next.ceil = now, r.frames(now), c.taken
	next.track = c.track
	return &next
}

func timeAt(frame float64, rate int) time.Duration {
	if rate == 0 {
		return 0
	}
	return time.Duration(frame / float64(rate) * 1e9)
}
