package sound_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/earshot-app/earshot/review/sound"
)

// Telephone speech goes up to 3.4 kHz. 80 dB is where sox's rate -m and
// ffmpeg's resampler lie too, and more than 13 bits of sound.
func TestResamplingKeepsTelephoneSpeechClean(t *testing.T) {
	for _, c := range []struct{ from, tone int }{
		{8000, 200},
		{8000, 1000},
		{8000, 2000},
		{8000, 3000},
		{8000, 3400},
		{16000, 3400},
		{16000, 6800},
		{11025, 3400},
		{22050, 3400},
		{44100, 3400},
		{7999, 3000},
		{96000, 3400},
	} {
		t.Run(fmt.Sprintf("%d Hz at %d", c.tone, c.from), func(t *testing.T) {
			out := resample(c.from, 48000, tone(c.from, c.from, float64(c.tone)))
			middle := out[4800 : len(out)-4800]
			level, sinad := fit(middle, 48000, float64(c.tone))
			if sinad < 80 || math.Abs(level) > 0.15 {
				t.Errorf("SINAD %.1f dB, level %+.2f dB; want at least 80 dB and 0 dB", sinad, level)
			}
		})
	}
}

// What the lower rate cannot hold must not come back as another tone.
func TestGoingDownRemovesWhatWouldFoldBack(t *testing.T) {
	out := resample(48000, 8000, tone(48000, 48000, 5000))
	if level := rms(out[800 : len(out)-800]); level > 0.0002 {
		t.Errorf("5 kHz comes through at %.1f dB below full scale, want at least 75", -20*math.Log10(level))
	}
}

func TestResamplingKeepsTheLengthAndTheBeginning(t *testing.T) {
	for _, from := range []int{8000, 11025, 44100, 48000, 96000} {
		in := make([]float32, from/10)
		in[from/20] = 1 // in the very middle
		out := resample(from, 48000, in)
		if want := int(math.Ceil(float64(len(in)) * 48000 / float64(from))); len(out) != want {
			t.Errorf("%d frames at %d became %d, want %d", len(in), from, len(out), want)
		}
		peak := slices.Index(out, slices.Max(out))
		if want := float64(from/20) * 48000 / float64(from); math.Abs(float64(peak)-want) > 1 {
			t.Errorf("from %d: a click at %.1f moved to %d", from, want, peak)
		}
	}
}

// A stream may come in any pieces.
func TestPiecesDoNotChangeTheSound(t *testing.T) {
	in := noise(2 * 1000)
	for name, make := range map[string]func() stream{
		"resampler": func() stream { return sound.NewResampler(8000, 48000, 2) },
		"stretcher": func() stream { return sound.NewStretcher(8000, 2, 1.37) },
	} {
		whole := run(make(), in)
		rapid.Check(t, func(t *rapid.T) {
			s := make()
			var out []float32
			for rest := in; len(rest) > 0; {
				n := 2 * rapid.IntRange(1, 600).Draw(t, "frames")
				n = min(n, len(rest))
				out = s.Push(out, rest[:n])
				rest = rest[n:]
			}
			if out = s.Flush(out); !slices.Equal(out, whole) {
				t.Fatalf("%s: in pieces the sound is another", name)
			}
		})
	}
}

func BenchmarkResampleStereo(b *testing.B) {
	in := noise(2 * 8000)
	r := sound.NewResampler(8000, 48000, 2)
	var out []float32
	for b.Loop() { // one second of sound
		out = r.Push(out[:0], in)
	}
}

type stream interface {
	Push(dst, src []float32) []float32
	Flush(dst []float32) []float32
}

func run(s stream, in []float32) []float32 { return s.Flush(s.Push(nil, in)) }

func resample(from, to int, in []float32) []float32 {
	return run(sound.NewResampler(from, to, 1), in)
}

// tone is frames of a sine at half of full scale.
func tone(rate, frames int, hertz float64) []float32 {
	out := make([]float32, frames)
	for i := range out {
		out[i] = float32(0.5 * math.Sin(2*math.Pi*hertz*float64(i)/float64(rate)))
	}
	return out
}

// noise is the same every time.
func noise(n int) []float32 {
	out := make([]float32, n)
	state := uint32(1)
	for i := range out {
		state = state*1664525 + 1013904223
		out[i] = float32(int32(state)) / (1 << 32)
	}
	return out
}

// fit takes the best sine of one frequency out of x and answers its level
// against half of full scale and how far all the rest lies below it, both in
// dB.
func fit(x []float32, rate int, hertz float64) (level, sinad float64) {
	var ss, cc, sc, xs, xc float64
	for i, v := range x {
		s, c := math.Sincos(2 * math.Pi * hertz * float64(i) / float64(rate))
		ss, cc, sc = ss+s*s, cc+c*c, sc+s*c
		xs, xc = xs+float64(v)*s, xc+float64(v)*c
	}
	det := ss*cc - sc*sc
	a, b := (xs*cc-xc*sc)/det, (xc*ss-xs*sc)/det
	var rest float64
	for i, v := range x {
		s, c := math.Sincos(2 * math.Pi * hertz * float64(i) / float64(rate))
		d := float64(v) - a*s - b*c
		rest += d * d
	}
	power := (a*a + b*b) / 2
	return 20 * math.Log10(math.Sqrt(a*a+b*b)/0.5), 10 * math.Log10(power*float64(len(x))/rest)
}

func rms(x []float32) float64 {
	var sum float64
	for _, v := range x {
		sum += float64(v) * float64(v)
	}
	return math.Sqrt(sum / float64(len(x)))
}
