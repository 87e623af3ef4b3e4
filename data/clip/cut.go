package clip

import (
	"math"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/playback"
	"github.com/earshot-app/earshot/review/sound"
)

// A Cut is what is kept of a recording.
type Cut struct {
	sound.Span
	Lane  int          // the channel to keep, from 1; 0 for all
	Beeps []sound.Span // of the recording, each of which a tone replaces
}

// A Clip reads a cut of a recording. Its samples are those of the recording,
// but for what a tone replaces: there nothing of it is left, in any channel.
type Clip struct {
	rendering *playback.Rendering
	shape     Shape
	lane      int
	channels  int        // of the recording
	beeps     [][2]int64 // frames of the clip, the last not included
	next      int64      // frame of the clip
	raw       []float32
}

// New begins a clip of source, which it neither closes nor shares. What of the
// span lies outside of the recording is left out. It answers [desk.OneLane] or
// [review.BadArgument].
func New(source playback.Source, c Cut) (*Clip, error) {
	rate := source.Rate()
	from, to := max(0, frameBefore(c.From, rate)), min(source.Frames(), frameBehind(c.To, rate))
	r, err := playback.Render(source, playback.Take{From: from, To: to, Speed: 1})
	if err != nil {
		return nil, err
	}
	clip := &Clip{
		rendering: r, lane: c.Lane, channels: source.Channels(),
		shape: Shape{Rate: rate, Channels: source.Channels(), Frames: r.Frames()},
	}
	if c.Lane > 0 {
		if clip.channels < 2 {
			return nil, review.Fail(desk.OneLane, nil)
		}
		clip.shape.Channels = 1
	}
	for _, b := range sound.Union(c.Beeps...) {
		clip.beeps = append(clip.beeps, [2]int64{frameBefore(b.From, rate) - from, frameBehind(b.To, rate) - from})
	}
	return clip, nil
}

// frameBefore is the frame that lasts at t, or ends there.
func frameBefore(t time.Duration, rate int) int64 {
	seconds, rest := int64(t/time.Second), int64(t%time.Second)
	return seconds*int64(rate) + rest*int64(rate)/int64(time.Second)
}

// frameBehind is the first frame that begins at t or later: a tone hides the
// frames that a marked span holds a part of, too.
func frameBehind(t time.Duration, rate int) int64 {
	seconds, rest := int64(t/time.Second), int64(t%time.Second)
	return seconds*int64(rate) + (rest*int64(rate)+int64(time.Second)-1)/int64(time.Second)
}

// Shape is that of the clip.
func (c *Clip) Shape() Shape { return c.shape }

// ReadFrames keeps the contract of playback.Source. It fails with what the
// recording broke with.
func (c *Clip) ReadFrames(dst []float32) (int, error) {
	if c.lane == 0 {
		n, err := c.rendering.ReadFrames(dst)
		c.beep(dst[:n*c.channels])
		return n, c.why(err)
	}
	if len(c.raw) < len(dst)*c.channels {
		c.raw = make([]float32, len(dst)*c.channels)
	}
	n, err := c.rendering.ReadFrames(c.raw[:len(dst)*c.channels])
	for i := range n {
		dst[i] = c.raw[i*c.channels+c.lane-1]
	}
	c.beep(dst[:n])
	return n, c.why(err)
}

func (c *Clip) why(err error) error {
	if broken := c.rendering.Broken(); broken != nil && err != nil {
		return broken
	}
	return err
}

// beep puts the tone into the frames that were read last.
func (c *Clip) beep(samples []float32) {
	n := int64(len(samples) / c.shape.Channels)
	for _, b := range c.beeps {
		for f := max(b[0], c.next); f < min(b[1], c.next+n); f++ {
			at := int(f-c.next) * c.shape.Channels
			for i := range c.shape.Channels {
				samples[at+i] = c.tone(f, b)
			}
		}
	}
	c.next += n
}

const (
	pitch  = 1000  // cycles a second, as broadcasters beep
	height = 0.1   // of full scale, −20 dB: not louder than people talk
	rise   = 0.005 // seconds to full height, so that the tone does not click
)

// tone is a sample of the tone over the frames b.
func (c *Clip) tone(frame int64, b [2]int64) float32 {
	rate := int64(c.shape.Rate)
	turn := float64((frame-b[0])*pitch%rate) / float64(rate)
	edge := float64(min(frame-b[0], b[1]-1-frame)) / (rise * float64(rate))
	return float32(height * min(1, edge) * math.Sin(2*math.Pi*turn))
}
