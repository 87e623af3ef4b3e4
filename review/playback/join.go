package playback

import (
	"errors"
	"io"
	"slices"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/sound"
)

// Join makes one source of the recordings of one contact, one after the other:
// transfers and holds often make several files. Its rate is the first one's;
// others are resampled to it. If any has two channels so has it, with one
// channel on both. Closing it closes all. It needs at least one source.
func Join(sources ...Source) Source {
	if len(sources) == 1 {
		return sources[0]
	}
	j := &joined{rate: sources[0].Rate(), channels: 1}
	for _, s := range sources {
		j.channels = max(j.channels, s.Channels())
	}
	for _, s := range sources {
		if s.Rate() != j.rate {
			s = newResampled(s, j.rate)
		}
		j.parts = append(j.parts, s)
		j.frames += s.Frames()
	}
	return j
}

type joined struct {
	parts          []Source
	rate, channels int
	frames         int64
	part           int // being read
	mono           []float32
}

func (j *joined) Rate() int     { return j.rate }
func (j *joined) Channels() int { return j.channels }
func (j *joined) Frames() int64 { return j.frames }

func (j *joined) ReadFrames(dst []float32) (int, error) {
	for {
		n, err := j.read(j.parts[j.part], dst)
		if n > 0 || !errors.Is(err, io.EOF) || j.part == len(j.parts)-1 {
			return n, err
		}
		j.part++
		if err := j.parts[j.part].SeekFrame(0); err != nil {
			return 0, err
		}
	}
}

// read reads from one part and widens it if need be.
func (j *joined) read(part Source, dst []float32) (int, error) {
	if part.Channels() == j.channels {
		return part.ReadFrames(dst)
	}
	j.mono = slices.Grow(j.mono[:0], len(dst)/2)[:len(dst)/2]
	n, err := part.ReadFrames(j.mono)
	for i, x := range j.mono[:n] {
		dst[2*i], dst[2*i+1] = x, x
	}
	return n, err
}

func (j *joined) SeekFrame(frame int64) error {
	if frame < 0 || frame > j.frames {
		return badFrame(frame)
	}
	for i, part := range j.parts {
		if frame < part.Frames() || i == len(j.parts)-1 {
			j.part = i
			return part.SeekFrame(frame)
		}
		frame -= part.Frames()
	}
	return nil
}

func (j *joined) Close() error {
	var errs []error
	for _, part := range j.parts {
		errs = append(errs, part.Close())
	}
	return errors.Join(errs...)
}

func badFrame(frame int64) error {
	return review.Fail(review.BadArgument, review.Args{"name": "frame", "value": frame})
}

// resampled is a source at another rate.
type resampled struct {
	Source
	rate      int
	resampler *sound.Resampler
	raw       []float32
	ready     []float32 // resampled and not yet read
	err       error     // of the source; io.EOF once it was flushed
}

func newResampled(s Source, rate int) *resampled {
	return &resampled{
		Source: s, rate: rate,
		resampler: sound.NewResampler(s.Rate(), rate, s.Channels()),
		raw:       make([]float32, 1024*s.Channels()),
	}
}

func (r *resampled) Rate() int { return r.rate }

// Frames is what the resampler makes of them, rounded up.
func (r *resampled) Frames() int64 {
	from, to := int64(r.Source.Rate()), int64(r.rate)
	whole, rest := r.Source.Frames()/from, r.Source.Frames()%from
	return whole*to + (rest*to+from-1)/from
}

func (r *resampled) ReadFrames(dst []float32) (int, error) {
	for len(r.ready) == 0 {
		if r.err != nil {
			return 0, r.err
		}
		var n int
		n, r.err = r.Source.ReadFrames(r.raw)
		r.ready = r.resampler.Push(r.ready[:0], r.raw[:n*r.Channels()])
		if r.err != nil {
			r.ready = r.resampler.Flush(r.ready)
		}
	}
	n := copy(dst, r.ready)
	r.ready = r.ready[n:]
	return n / r.Channels(), nil
}

// SeekFrame begins anew at a second of the source, where a frame of one rate
// falls on one of the other, at least one second before, so that the filter
// knows what came before; and drops what is before frame.
func (r *resampled) SeekFrame(frame int64) error {
	if frame < 0 || frame > r.Frames() {
		return badFrame(frame)
	}
	second := max(0, frame/int64(r.rate)-1)
	if err := r.Source.SeekFrame(second * int64(r.Source.Rate())); err != nil {
		return err
	}
	r.resampler = sound.NewResampler(r.Source.Rate(), r.rate, r.Channels())
	r.ready, r.err = nil, nil
	drop := make([]float32, 1024*r.Channels())
	for before := frame - second*int64(r.rate); before > 0; {
		n, err := r.ReadFrames(drop[:min(before, 1024)*int64(r.Channels())])
		if err != nil {
			return err
		}
		before -= int64(n)
	}
	return nil
}
