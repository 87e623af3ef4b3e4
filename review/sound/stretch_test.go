package sound_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/earshot-app/earshot/review/sound"
)

var speeds = []float64{0.5, 0.8, 1.25, 1.5, 1.75, 2, 3}

func TestSpeedKeepsThePitch(t *testing.T) {
	for _, rate := range []int{8000, 44100} {
		for _, speed := range speeds {
			t.Run(fmt.Sprintf("%v at %d", speed, rate), func(t *testing.T) {
				out := run(sound.NewStretcher(rate, 1, speed), tone(rate, 2*rate, 200))
				hertz := pitch(out[rate/10:len(out)-rate/10], rate)
				if math.Abs(hertz-200) > 2 {
					t.Errorf("200 Hz became %.1f Hz", hertz)
				}
				if level := 20 * math.Log10(rms(out)/rms(tone(rate, rate, 200))); math.Abs(level) > 0.2 {
					t.Errorf("level changed by %+.2f dB", level)
				}
			})
		}
	}
}

func TestSpeedMakesTheLengthExactly(t *testing.T) {
	for _, speed := range speeds {
		for _, frames := range []int{0, 1, 100, 8000, 20001} {
			out := run(sound.NewStretcher(8000, 2, speed), make([]float32, 2*frames))
			if want := int(math.Round(float64(frames) / speed)); len(out) != 2*want {
				t.Errorf("%d frames at %v× became %d, want %d", frames, speed, len(out)/2, want)
			}
		}
	}
}

// The playhead and every tagged moment rest on this: after half a minute at another
// speed the sound is still where the speed says.
func TestWhatIsHeardStaysWhereTheSpeedSays(t *testing.T) {
	const rate, seconds = 8000, 30
	in := make([]float32, seconds*rate)
	for second := range seconds { // a beep of 50 ms at each second
		copy(in[second*rate:], tone(rate, rate/20, 1000))
	}
	for _, speed := range speeds {
		out := run(sound.NewStretcher(rate, 1, speed), in)
		for second := 1; second < seconds; second++ {
			at := int(float64(second*rate) / speed)
			// the beep lasts 50 ms / speed and may be moved by 12 ms and a fade of 20
			beep := rms(out[at-rate/50 : at+rate/20])
			before := rms(out[at-rate/8 : at-rate/20])
			if beep < 0.1 || before > beep/4 {
				t.Fatalf("at %v× the beep of second %d is not where it should be (%.3f, before it %.3f)",
					speed, second, beep, before)
			}
		}
	}
}

// Agent and customer on two channels must not leak into each other.
func TestSpeedKeepsTheChannelsApart(t *testing.T) {
	in := make([]float32, 2*16000)
	for i, x := range tone(8000, 16000, 300) {
		in[2*i] = x
	}
	out := run(sound.NewStretcher(8000, 2, 1.5), in)
	for i := 1; i < len(out); i += 2 {
		if out[i] != 0 {
			t.Fatalf("the silent channel has %v at frame %d", out[i], i/2)
		}
	}
}

func BenchmarkStretchStereo(b *testing.B) {
	in := noise(2 * 8000)
	s := sound.NewStretcher(8000, 2, 1.5)
	var out []float32
	for b.Loop() { // one second of sound
		out = s.Push(out[:0], in)
	}
}

// pitch counts rising zero crossings.
func pitch(x []float32, rate int) float64 {
	first, last, n := -1.0, 0.0, 0
	for i := 1; i < len(x); i++ {
		if x[i-1] < 0 && x[i] >= 0 {
			at := float64(i) - float64(x[i])/float64(x[i]-x[i-1])
			if first < 0 {
				first = at
			}
			last = at
			n++
		}
	}
	return float64(n-1) * float64(rate) / (last - first)
}
