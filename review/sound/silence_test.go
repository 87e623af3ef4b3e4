package sound_test

import (
	"bufio"
	"fmt"
	"math"
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/earshot-app/earshot/review/sound"
)

// The call of testdata/make.sh.
func TestSilencesAreTheGapsThatFFmpegFinds(t *testing.T) {
	got := scan(t, turns(1), 2).Silences()
	want := gaps(t)
	const within = 20 * time.Millisecond // a block
	near := cmp.Comparer(func(a, b time.Duration) bool { return (a - b).Abs() <= within })
	if !cmp.Equal(got, want, near) {
		t.Errorf("silent at %v, ffmpeg says %v", got, want)
	}
}

// Levels differ between recorders: the gaps do not.
func TestALineThatIsNoisyOrSoftHasTheSameSilences(t *testing.T) {
	want := scan(t, turns(1), 2).Silences()
	for _, gain := range []float32{0.1, 0.5, 3} { // hum at -74, -60 and -44 dBFS
		if got := scan(t, turns(gain), 2).Silences(); !cmp.Equal(got, want) {
			t.Errorf("%v times as loud: silent at %v, want %v", gain, got, want)
		}
	}
}

func TestWhatIsNotSilent(t *testing.T) {
	softThroughout := tone(rate, 20*rate, 300)
	for i := range softThroughout {
		softThroughout[i] *= 0.003 * float32(1+i/rate%2)
	}
	oneChannel := turns(1)
	for i, x := range tone(rate, len(oneChannel)/2, 300) {
		oneChannel[2*i+1] = x
	}
	for name, c := range map[string]struct {
		samples  []float32
		channels int
	}{
		"nobody pauses":                   {tone(rate, 20*rate, 300), 1},
		"all is soft, at -56 dBFS":        {softThroughout, 1},
		"music on the other channel":      {oneChannel, 2},
		"a pause of one and a half":       {append(make([]float32, 3*rate/2), tone(rate, 10*rate, 300)...), 1},
		"nothing at all, and no duration": {nil, 1},
	} {
		if got := scan(t, c.samples, c.channels).Silences(); len(got) > 0 {
			t.Errorf("%s: silent at %v", name, got)
		}
	}
}

// A channel that nobody speaks on has only its line's noise, which is no speech
// and hides no silence.
func TestADeadChannelIsSilent(t *testing.T) {
	all := scan(t, turns(1), 2)
	samples := make([]float32, 0, 2*30*rate)
	mixed := turns(1)
	for i, x := range noise(30 * rate) {
		samples = append(samples, mixed[2*i]+mixed[2*i+1], x*0.004)
	}
	dead := scan(t, samples, 2)
	if got, want := dead.Silences(), all.Silences(); !cmp.Equal(got, want) {
		t.Errorf("silent at %v, want %v", got, want)
	}
	if got, want := dead.Speech(), all.Speech(); !cmp.Equal(got, want) {
		t.Errorf("speech at %v, want %v", got, want)
	}
}

// Who skips the silences has heard all that was said.
func TestNoSpeechIsSilent(t *testing.T) {
	for _, gain := range []float32{0.003, 0.1, 1, 3} {
		p := scan(t, turns(gain), 2)
		for _, silence := range p.Silences() {
			if covered := sound.Covered([]sound.Span{silence}, p.Speech()); covered > 0 {
				t.Errorf("%v times as loud: %.3f of the silence %v is speech", gain, covered, silence)
			}
		}
	}
}

// turns is the call of testdata/make.sh, at 8 kHz.
func turns(gain float32) []float32 {
	samples := make([]float32, 0, 2*30*rate)
	for i := range 30 * rate {
		at := float64(i) / rate
		sine := func(hertz float64) float64 { return math.Sin(2 * math.Pi * hertz * at) }
		left := .0019*sine(150) + .2*sine(440)*(between(at, 1, 4)+between(at, 12, 14)+between(at, 16, 19.5))
		right := .0019*sine(150) + .1*sine(500)*(between(at, 3, 7.3)+between(at, 15.4, 17)+between(at, 25, 26)) +
			.1*between(at, 22.5, 22.502)
		samples = append(samples, gain*float32(left), gain*float32(right))
	}
	return samples
}

// between is 1 within, and 0 elsewhere.
func between(at, from, to float64) float64 {
	if at >= from && at <= to {
		return 1
	}
	return 0
}

func gaps(t *testing.T) []sound.Span {
	t.Helper()
	var spans []sound.Span
	for _, line := range lines(t, "testdata/silences.txt") {
		var from, to float64
		if _, err := fmt.Sscan(line, &from, &to); err != nil {
			t.Fatal(err)
		}
		spans = append(spans, sound.Span{From: time.Duration(from * 1e9), To: time.Duration(to * 1e9)})
	}
	return spans
}

func lines(t *testing.T, file string) []string {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }() // it was only read
	var lines []string
	for s := bufio.NewScanner(f); s.Scan(); {
		lines = append(lines, s.Text())
	}
	return lines
}
