package playback_test

import (
	"io"
	"testing"
	"time"

	"github.com/earshot-app/earshot/review/playback"
)

// BenchmarkSecond is the whole engine but for decoding: an output takes one
// second of sound, and the player makes the next ready. At 1× its time in
// nanoseconds, over 1e9, is the part of a core that playing takes.
func BenchmarkSecond(b *testing.B) {
	for _, c := range []struct {
		name  string
		rate  int
		speed float64
	}{
		{"8kHz", 8000, 1},
		{"8kHz×1.5", 8000, 1.5},
		{"8kHz×3", 8000, 3},
		{"44.1kHz", 44100, 1},
		{"48kHz×1.5", 48000, 1.5},
	} {
		b.Run(c.name, func(b *testing.B) {
			clock := &stepped{now: time.Unix(0, 0)}
			p := playback.NewPlayer(clock, func(playback.Event) {})
			defer p.Close()
			output := &jerky{}
			if err := p.Use(output); err != nil {
				b.Fatal(err)
			}
			source := &endless{tape: samples(hiss(c.rate, int64(2*c.rate))), rate: c.rate, read: make(chan struct{}, 1)}
			p.Load(source, 0, nil)
			p.SetSpeed(c.speed)
			p.SetGains([]float64{0.5, 2})
			p.Play()
			block := make([][2]float64, playback.Rate/50)
			heard := 0
			for b.Loop() {
				for blocks := 0; blocks < 50; {
					clock.now = clock.now.Add(20 * time.Millisecond)
					output.fill(block)
					if block[len(block)-1] == ([2]float64{}) {
						<-source.read // it is not ready yet
						continue
					}
					blocks++
				}
				heard++
			}
			if p.Position() < time.Duration(heard)*time.Second/2 {
				b.Errorf("%d s were taken, and the position is %v", heard, p.Position())
			}
		})
	}
}

// endless is a recording of two channels that repeats, and tells when it is
// read.
type endless struct {
	tape []float32
	rate int
	next int
	read chan struct{}
}

func (e *endless) Rate() int             { return e.rate }
func (e *endless) Channels() int         { return 2 }
func (e *endless) Frames() int64         { return 1 << 40 }
func (e *endless) Close() error          { return nil }
func (e *endless) SeekFrame(int64) error { return nil }

func (e *endless) ReadFrames(dst []float32) (int, error) {
	if e.next >= len(e.tape) {
		e.next = 0
	}
	n := copy(dst, e.tape[e.next:])
	e.next += n
	select {
	case e.read <- struct{}{}:
	default:
	}
	return n / 2, nil
}

// stepped is a clock that the benchmark moves. It never wakes the player.
type stepped struct{ now time.Time }

func (s *stepped) Now() time.Time { return s.now }

func (s *stepped) Every(time.Duration) (<-chan time.Time, func()) { return nil, func() {} }

// BenchmarkRender is decoding with everything on, less reading the file.
func BenchmarkRender(b *testing.B) {
	source := &endless{tape: samples(hiss(8000, 16000)), rate: 8000, read: make(chan struct{}, 1)}
	buffer := make([]float32, 2048)
	for b.Loop() { // a minute of sound
		r, err := playback.Render(source, playback.Take{To: 60 * 8000, Speed: 1.5, Skip: pauses})
		if err != nil {
			b.Fatal(err)
		}
		for err == nil {
			_, err = r.ReadFrames(buffer)
		}
		if err != io.EOF {
			b.Fatal(err)
		}
	}
}
