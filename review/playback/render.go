package playback

import (
	"errors"
	"fmt"
	"io"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/sound"
)

// A Take is what is rendered of a recording, and how.
type Take struct {
	From, To int64        // frames; To is not included
	Speed    float64      // Slowest to Fastest
	Skip     []sound.Span // silences to be left out, as the player does it
}

// An Anchor is a frame of a rendering and the frame of the recording that it
// sounds like.
type Anchor [2]int64

// A Rendering is a recording as a player would let it be heard, at the rate and
// with the channels of the recording, as fast as it can be read. At speed 1
// with nothing skipped it is the recording's own samples.
type Rendering struct {
	reel      *reel
	track     track // of what the stretcher takes, which it numbers
	stretcher *sound.Stretcher
	frames    int64 // of all
	raw       []float32
	stretched []float32
	ready     []float32 // of one of the two
	err       error     // why no more will come

	last    mark // that was found
	given   mark // that is an anchor
	anchors []Anchor
}

// A mark is a possible anchor.
type mark struct {
	Anchor
	leg int
}

// Render begins a rendering of source, which it neither closes nor shares. It
// fails with code bad-argument, or with what seeking failed with.
func Render(source Source, t Take) (*Rendering, error) {
	switch {
	case !(t.Speed >= Slowest && t.Speed <= Fastest):
		return nil, review.Fail(review.BadArgument, review.Args{"name": "speed", "value": t.Speed})
	case t.From < 0 || t.From >= t.To:
		return nil, review.Fail(review.BadArgument, review.Args{"name": "from", "value": t.From})
	case t.To > source.Frames():
		return nil, review.Fail(review.BadArgument, review.Args{"name": "to", "value": t.To})
	}
	piece := blockFrames
	if t.Speed != 1 {
		piece = max(1, source.Rate()/piecesPerSecond) // each can make an anchor
		source = inBulk(source)
	}
	p := skipping(until(t.Skip, t.To, source.Rate()), source.Rate())
	re, err := newReel(source, t.From, t.To, p)
	if err != nil {
		return nil, err
	}
	r := &Rendering{
		reel: re, frames: p.length(t.From, t.To),
		track: track{rate: source.Rate(), step: 1},
	}
	if t.Speed != 1 {
		r.stretcher = sound.NewStretcher(source.Rate(), source.Channels(), t.Speed)
		r.frames = r.stretcher.Length(r.frames)
	}
	r.raw = make([]float32, piece*source.Channels())
	r.given.leg = -1 // none
	r.last = mark{Anchor: Anchor{0, t.From}}
	r.give(r.last)
	return r, nil
}

// until cuts off what of spans lies behind a frame.
func until(spans []sound.Span, frame int64, rate int) []sound.Span {
	end := timeAt(float64(frame), rate)
	cut := make([]sound.Span, len(spans))
	for i, s := range spans {
		cut[i] = sound.Span{From: s.From, To: min(s.To, end)}
	}
	return cut
}

// Frames is how many come, unless the recording breaks.
func (r *Rendering) Frames() int64 { return r.frames }

// Reached is the frame of the recording that reading has come to.
func (r *Rendering) Reached() int64 { return r.reel.frame }

// Broken is why the recording could not be read beyond [Rendering.Reached], nil
// if it could.
func (r *Rendering) Broken() error {
	if r.err == nil || errors.Is(r.err, io.EOF) {
		return nil
	}
	return fmt.Errorf("read recording: %w", r.err)
}

// ReadFrames keeps the contract of [Source.ReadFrames].
func (r *Rendering) ReadFrames(dst []float32) (int, error) {
	for len(r.ready) == 0 {
		if r.err != nil {
			return 0, r.err
		}
		r.more()
	}
	n := copy(dst, r.ready)
	r.ready = r.ready[n:]
	return n / r.reel.source.Channels(), nil
}

func (r *Rendering) more() {
	n, err := r.reel.read(r.raw)
	if errors.Is(err, io.EOF) && r.reel.frame < r.reel.end {
		err = io.ErrUnexpectedEOF
	}
	r.err = err
	r.ready = r.raw[:n*r.reel.source.Channels()]
	r.track.legs = append(r.track.legs, r.reel.begun()...)
	at := Anchor{r.reel.passed, r.reel.passed}
	if err != nil {
		at[0] = max(0, r.reel.passed-1) // the last there is
		at[1] = at[0]
	}
	if r.stretcher != nil {
		r.stretched = r.stretcher.Push(r.stretched[:0], r.ready)
		at[0], at[1] = r.stretcher.Anchor()
		if err != nil {
			r.stretched = r.stretcher.Flush(r.stretched)
		}
		r.ready = r.stretched
	}
	r.note(at)
}

// note makes anchors: one a second, the last, and both sides of each splice,
// but none where two places are blended. at counts frames after the splices.
func (r *Rendering) note(at Anchor) {
	m := mark{leg: r.track.leg(float64(at[1]))}
	m.Anchor = Anchor{at[0], int64(r.track.frame(float64(at[1])))}
	into := float64(at[1]) - r.track.legs[m.leg].at
	usable := m.Anchor[0] < r.frames && m.Anchor[1] < r.reel.end && (m.leg == 0 || into >= r.fade())
	switch {
	case usable && m.leg != r.given.leg:
		r.give(r.last)
		r.give(m)
	case usable && m.Anchor[0]-r.given.Anchor[0] >= int64(r.track.rate):
		r.give(m)
	}
	if usable {
		r.last = m
	}
	if r.err != nil {
		r.give(r.last)
	}
}

func (r *Rendering) fade() float64 { return float64(frameAt(skipFade, r.track.rate)) }

func (r *Rendering) give(m mark) {
	if m != r.given && r.frames > 0 {
		r.given = m
		r.anchors = append(r.anchors, m.Anchor)
	}
}

// Anchors returns those that came since it was last asked, in order: the first
// frame, about one a second, the last before each skip and the first behind it.
// Between two of one stretch the recording goes on evenly.
func (r *Rendering) Anchors() []Anchor {
	anchors := r.anchors
	r.anchors = nil
	return anchors
}
