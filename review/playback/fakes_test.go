package playback_test

import (
	"io"
	"math"
	"sync"
	"time"

	"github.com/earshot-app/earshot/review/playback"
)

// recording is a source whose samples are a function of their place.
type recording struct {
	rate, channels int
	frames         int64
	sample         func(frame int64, channel int) float32
	delay          time.Duration // of each read

	mu     sync.Mutex
	breaks int64 // the frame it breaks at, if err is set
	err    error
	next   int64
	closed int
}

func (r *recording) Rate() int     { return r.rate }
func (r *recording) Channels() int { return r.channels }
func (r *recording) Frames() int64 { return r.frames }

func (r *recording) ReadFrames(dst []float32) (int, error) {
	time.Sleep(r.delay)
	r.mu.Lock()
	defer r.mu.Unlock()
	end, err := r.frames, io.EOF
	if r.err != nil {
		end, err = r.breaks, r.err
	}
	n := int(min(int64(len(dst)/r.channels), end-r.next))
	if n == 0 {
		return 0, err
	}
	for i := range n * r.channels {
		dst[i] = r.sample(r.next+int64(i/r.channels), i%r.channels)
	}
	r.next += int64(n)
	return n, nil
}

func (r *recording) SeekFrame(frame int64) error {
	r.next = frame
	return nil
}

func (r *recording) Close() error {
	r.closed++
	return nil
}

func (r *recording) mend() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.err = nil
}

// rampScale makes every frame of the first five minutes at Rate another sample,
// each exact in a float32.
const rampScale = 1 << 24

// ramp says which frame it is: left upwards, right downwards.
func ramp(rate, channels int, length time.Duration) *recording {
	return &recording{
		rate: rate, channels: channels, frames: int64(length.Seconds() * float64(rate)),
		sample: func(frame int64, channel int) float32 {
			return float32(frame+1) / rampScale * float32(1-2*channel)
		},
	}
}

// frameOf is the frame of a ramp that sounds like this.
func frameOf(sample float64) int { return int(math.Round(sample*rampScale)) - 1 }

func tone(rate int, length time.Duration, hertz float64) *recording {
	return &recording{
		rate: rate, channels: 1, frames: int64(length.Seconds() * float64(rate)),
		sample: func(frame int64, _ int) float32 {
			return float32(0.5 * math.Sin(2*math.Pi*hertz*float64(frame)/float64(rate)))
		},
	}
}

// tape is a card that keeps what it plays, each block with when it is heard.
type tape struct {
	*playback.Silent
	delay time.Duration

	mu     sync.Mutex
	times  []time.Time
	frames [][2]float64
}

func newTape(delay time.Duration) *tape {
	return &tape{Silent: playback.NewSilent(playback.System{}), delay: delay}
}

func (t *tape) Delay() time.Duration { return t.delay }

func (t *tape) Start(fill playback.Fill) error {
	return t.Silent.Start(func(frames [][2]float64) {
		fill(frames)
		t.mu.Lock()
		defer t.mu.Unlock()
		t.times = append(t.times, time.Now().Add(t.delay))
		t.frames = append(t.frames, frames...)
	})
}

func (t *tape) all() [][2]float64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	return append([][2]float64(nil), t.frames...)
}

// sounds is all that is not silence.
func (t *tape) sounds() [][2]float64 {
	var sounds [][2]float64
	for _, f := range t.all() {
		if f[0] != 0 || f[1] != 0 {
			sounds = append(sounds, f)
		}
	}
	return sounds
}

// hearing is the place, in a ramp at Rate, of the frame that is heard at a time.
func (t *tape) hearing(now time.Time) time.Duration {
	return time.Duration(frameOf(t.frame(now)[0])) * time.Second / playback.Rate
}

// frame is the one that is heard at a time.
func (t *tape) frame(now time.Time) [2]float64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.times) == 0 || t.times[0].After(now) {
		return [2]float64{}
	}
	block := len(t.frames) / len(t.times)
	i := len(t.times) - 1
	for i > 0 && t.times[i].After(now) {
		i--
	}
	into := int(now.Sub(t.times[i]).Seconds() * playback.Rate)
	return t.frames[i*block+min(into, block-1)]
}
