package sound

import "math"

// A Stretcher changes the speed of a stream and keeps its pitch, by WSOLA: it
// lays windows of the sound, taken from places that go on faster or slower,
// over each other, and moves each a little so that it continues the one before
// as nature did. (Verhelst and Roelands, "An overlap-add technique based on
// waveform similarity", ICASSP 1993.)
//
// Output frame n sounds like input frame n*speed, give or take the 12 ms that
// a window may be moved by; this never adds up. All channels move together, so
// that two speakers keep their order.
type Stretcher struct {
	channels int
	speed    float64
	hop      int       // frames out of each window: half its length of 40 ms
	reach    int       // frames that a window may be moved by: 12 ms
	coarse   int       // step of the first search; 1 at telephone rates
	fade     []float32 // rising half of a Hann window, hop long

	input []float32 // frames still needed, interleaved
	mono  []float32 // the same, channels added up
	first int64     // number, in the stream, of the first frame in input
	next  int64     // number of the frame that continues the last window
	hops  int64     // done
}

// NewStretcher makes a stretcher of sound at rate. Speed 2 takes half the time;
// from 0.5 to 3 voices stay natural.
func NewStretcher(rate, channels int, speed float64) *Stretcher {
	s := &Stretcher{
		channels: channels, speed: speed,
		hop: rate / 50, reach: rate * 12 / 1000, coarse: max(1, rate/8000),
	}
	s.fade = make([]float32, s.hop)
	for i := range s.fade {
		s.fade[i] = float32(0.5 - 0.5*math.Cos(math.Pi*float64(i)/float64(s.hop)))
	}
	return s
}

// Push takes src, whole frames, and appends to dst what can be told from them.
func (s *Stretcher) Push(dst, src []float32) []float32 {
	s.take(src)
	end := s.first + int64(len(s.mono))
	for s.target()+int64(s.reach+s.hop) <= end && s.next+int64(s.hop) <= end {
		dst = s.step(dst)
	}
	s.forget()
	return dst
}

// Flush appends the end of the stream. Altogether n frames become n/speed,
// rounded.
func (s *Stretcher) Flush(dst []float32) []float32 {
	want := s.Length(s.first + int64(len(s.mono)))
	s.take(make([]float32, 4*(s.hop+s.reach)*s.channels))
	for s.hops*int64(s.hop) < want {
		dst = s.step(dst)
	}
	excess := s.hops*int64(s.hop) - want
	return dst[:len(dst)-int(excess)*s.channels]
}

// Length is how many frames so many become.
func (s *Stretcher) Length(frames int64) int64 { return int64(math.Round(float64(frames) / s.speed)) }

// Anchor is where, after a Push, one window has gone and the next has not begun
// to come: the next frame out is this very frame of the input.
func (s *Stretcher) Anchor() (out, in int64) { return s.hops * int64(s.hop), s.next }

func (s *Stretcher) take(src []float32) {
	s.input = append(s.input, src...)
	for i := 0; i < len(src); i += s.channels {
		var sum float32
		for _, x := range src[i : i+s.channels] {
			sum += x
		}
		s.mono = append(s.mono, sum)
	}
}

// target is the frame that the next window begins at before it is moved. Its
// middle, hop later in the output too, lies where the speed says.
func (s *Stretcher) target() int64 {
	middle := int64(math.Round(float64(s.hops+1) * float64(s.hop) * s.speed))
	return max(s.first, middle-int64(s.hop))
}

// step appends one hop: the falling half of the last window's continuation and
// the rising half of the next window.
func (s *Stretcher) step(dst []float32) []float32 {
	begin := s.bestMatch(s.target())
	from := s.input[int(s.next-s.first)*s.channels:]
	to := s.input[int(begin-s.first)*s.channels:]
	for i, rise := range s.fade {
		for c := range s.channels {
			k := i*s.channels + c
			dst = append(dst, from[k]+(to[k]-from[k])*rise)
		}
	}
	s.next = begin + int64(s.hop)
	s.hops++
	return dst
}

// bestMatch finds the frame within reach of target from which the sound is most
// like what naturally comes next. The first search looks at every coarse-th
// frame, the second at all around the best.
func (s *Stretcher) bestMatch(target int64) int64 {
	middle := int(target - s.first)
	low, high := max(0, middle-s.reach), min(len(s.mono)-s.hop, middle+s.reach)
	best := s.search(low, high, s.coarse)
	if s.coarse > 1 {
		best = s.search(max(low, best-s.coarse), min(high, best+s.coarse), 1)
	}
	return s.first + int64(best)
}

// search looks from low to high and compares every step-th frame. Silence is
// like anything, so a tie goes to the place nearest the middle.
func (s *Stretcher) search(low, high, step int) int {
	natural := s.mono[int(s.next-s.first):][:s.hop]
	middle := (low + high) / 2
	best, bestScore := middle, likeness(natural, s.mono[middle:], step)
	for at := low; at <= high; at += step {
		if score := likeness(natural, s.mono[at:], step); score > bestScore {
			best, bestScore = at, score
		}
	}
	return best
}

// likeness is the normalised cross-correlation of a with as much of b, less the
// constant factor that a has in all of them.
func likeness(a, b []float32, step int) float32 {
	var product, energy float32
	for i := 0; i < len(a); i += step {
		product += a[i] * b[i]
		energy += b[i] * b[i]
	}
	if energy < 1e-9 {
		return 0
	}
	return product / float32(math.Sqrt(float64(energy)))
}

// forget drops the frames that no window can reach any more.
func (s *Stretcher) forget() {
	need := min(s.next, s.target()-int64(s.reach))
	unused := int(min(need-s.first, int64(len(s.mono))))
	if unused <= 0 {
		return
	}
	s.input = append(s.input[:0], s.input[unused*s.channels:]...)
	s.mono = append(s.mono[:0], s.mono[unused:]...)
	s.first += int64(unused)
}
