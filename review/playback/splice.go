package playback

import (
	"time"

	"github.com/earshot-app/earshot/review/sound"
)

const (
	// beforeSpeech is how much of a silence is kept before the sound that ends
	// it: words begin softly.
	beforeSpeech = 300 * time.Millisecond
	skipFade     = 10 * time.Millisecond
	loopFade     = 5 * time.Millisecond
	// shortestLoop is far above its fade, and still below any word.
	shortestLoop = 100 * time.Millisecond
)

// A splice is where reading leaves the straight way: at one frame of the source
// it goes on at another. The two are blended over fade frames.
type splice struct{ at, to, fade int64 }

// from is where reading that has come to frame takes the splice: before it
// there, amid what is skipped at once.
func (s splice) from(frame int64) (at int64, ok bool) {
	switch {
	case frame <= s.at:
		return s.at, true
	case frame+s.fade < s.to:
		return frame, true
	}
	return 0, false
}

// A plan is the splices of a recording, in order. It is never changed.
type plan []splice

// skipping leaves out silences, but for the end of each.
func skipping(silences []sound.Span, rate int) plan {
	var p plan
	for _, silence := range sound.Union(silences...) {
		s := splice{frameAt(silence.From, rate), frameAt(silence.To-beforeSpeech, rate), frameAt(skipFade, rate)}
		if s.at+s.fade < s.to {
			p = append(p, s)
		}
	}
	return p
}

// looping goes from the end of span to its beginning again.
func looping(span sound.Span, rate int) plan {
	return plan{{frameAt(span.To, rate), frameAt(span.From, rate), frameAt(loopFade, rate)}}
}

// next is the first splice that reading takes from frame on, and where.
func (p plan) next(frame int64) (s splice, at int64, ok bool) {
	for _, s := range p {
		if at, ok := s.from(frame); ok {
			return s, at, true
		}
	}
	return splice{}, 0, false
}

// length is how many frames there are from one frame to another along a plan
// without loops.
func (p plan) length(from, to int64) int64 {
	var n int64
	for {
		s, at, ok := p.next(from)
		if !ok || at >= to {
			return n + to - from
		}
		n, from = n+at-from, s.to
	}
}

// frameAt is the frame nearest to a time.
func frameAt(at time.Duration, rate int) int64 { return int64(at.Seconds()*float64(rate) + 0.5) }
