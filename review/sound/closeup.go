package sound

import (
	"context"
	"errors"
	"io"
	"time"
)

// A Recording can be read from any place; playback.Source is one.
type Recording interface {
	Reader
	Rate() int
	Channels() int
	Frames() int64
	SeekFrame(frame int64) error
}

// A Closeup holds every sample of a short part of a recording, for a waveform
// that shows less than [Peaks] tells apart.
type Closeup struct {
	rate, channels int
	first          int64     // frame
	samples        []float32 // interleaved
	end            bool      // the recording ends with it
}

// NewCloseup reads the part of r that span holds. Where r ends or breaks before
// that, the closeup does too; only ctx's error and one of going there are
// answered.
func NewCloseup(ctx context.Context, r Recording, span Span) (*Closeup, error) {
	c := &Closeup{rate: r.Rate(), channels: r.Channels()}
	c.first = min(c.frame(max(0, span.From)), r.Frames())
	last := min(c.frame(span.To)+1, r.Frames())
	if err := r.SeekFrame(c.first); err != nil {
		return nil, err
	}
	c.samples = make([]float32, max(0, last-c.first)*int64(c.channels))
	filled := 0
	for filled < len(c.samples) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		n, err := r.ReadFrames(c.samples[filled:min(len(c.samples), filled+c.rate*c.channels)])
		filled += n * c.channels
		if err != nil {
			c.end = errors.Is(err, io.EOF)
			break
		}
	}
	c.samples, c.end = c.samples[:filled], c.end || last == r.Frames()
	return c, nil
}

// Covers reports whether all of span is in the closeup that is in the recording.
func (c *Closeup) Covers(span Span) bool {
	last := c.first + int64(len(c.samples)/c.channels)
	return c.frame(span.From) >= c.first && (c.end || c.frame(span.To) <= last)
}

// Bins is as [Peaks.Bins]. What lies outside the closeup is silent.
func (c *Closeup) Bins(dst []Bin, channel int, from, to time.Duration) {
	perBin := float64(to-from) / float64(len(dst))
	for i := range dst {
		first := c.frame(from + time.Duration(float64(i)*perBin))
		last := max(first+1, c.frame(from+time.Duration(float64(i+1)*perBin)))
		dst[i] = c.bin(channel, int(first-c.first), int(last-c.first))
	}
}

// bin joins the samples of some frames, counted from the first of the closeup.
func (c *Closeup) bin(channel, first, last int) Bin {
	n := len(c.samples) / c.channels
	first, last = clamp(first, n), clamp(last, n)
	if first == last {
		return Bin{}
	}
	even, odd := measure(c.samples[first*c.channels : last*c.channels])
	switch {
	case c.channels == 1 && last-first > 1:
		even.join(odd)
	case channel == 1:
		even = odd
	}
	return Bin{Min: even.low, Max: even.high, RMS: even.level(last - first)}
}

// frame is the frame at a time.
func (c *Closeup) frame(at time.Duration) int64 {
	return int64(float64(at) * float64(c.rate) / 1e9)
}
