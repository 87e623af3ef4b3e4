package playback

import (
	"iter"
	"slices"

	"github.com/earshot-app/earshot/review/sound"
)

// A leg is a stretch of a recording that is read straight on: the frame of the
// track that it begins with, and the frame of the source that this sounds like.
type leg struct{ at, frame float64 }

// A track tells for every frame of something played which frame of the source
// it sounds like.
type track struct {
	rate  int     // of the source
	step  float64 // frames of the source in each of the track's
	legs  []leg   // at least one
	joint *joint  // what goes before frame 0; may be nil
}

// A joint is where one track goes on as another: after so many frames of it.
type joint struct {
	track  track
	number int // of the cue
	taken  float64
}

// frame is the frame of the source at frame n.
func (t track) frame(n float64) float64 {
	if n < 0 && t.joint != nil {
		return t.joint.track.frame(t.joint.taken + n)
	}
	i := t.leg(n)
	return t.legs[i].frame + (n-t.legs[i].at)*t.step
}

// leg is the number of the leg that n lies in.
func (t track) leg(n float64) int {
	i, found := slices.BinarySearchFunc(t.legs, n, func(l leg, n float64) int {
		switch {
		case l.at < n:
			return -1
		case l.at > n:
			return 1
		}
		return 0
	})
	if found {
		return i
	}
	return max(0, i-1)
}

// spans is what of the recording lies between two frames.
func (t track) spans(from, to float64) iter.Seq[sound.Span] {
	return func(yield func(sound.Span) bool) {
		for i := t.leg(from); i < len(t.legs) && t.legs[i].at < to; i++ {
			end := to
			if i+1 < len(t.legs) {
				end = min(to, t.legs[i+1].at)
			}
			l := t.legs[i]
			first := l.frame + (max(from, l.at)-l.at)*t.step
			s := sound.Span{From: timeAt(first, t.rate), To: timeAt(l.frame+(end-l.at)*t.step, t.rate)}
			if !yield(s) {
				return
			}
		}
	}
}
