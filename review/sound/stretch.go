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
	coarse   int       // frames summed up for the first look at a window's place
	fade     []float32 // rising half of a Hann window, hop long

	input []float32 // frames still needed, interleaved
	mono  []float32 // the same, channels added up
	first int64     // number, in the stream, of the first frame in input
	next  int64     // number of the frame that continues the last window
	hops  int64     // done

	natural, around []float32 // what a window's place is looked for by, thinned
}

// NewStretcher makes a stretcher of sound at rate. Speed 2 takes half the time;
// from 0.5 to 3 voices stay natural.
func NewStretcher(rate, channels int, speed float64) *Stretcher {
	s := &Stretcher{
		channels: channels, speed: speed,
		hop: rate / 50, reach: rate * 12 / 1000, coarse: max(1, rate/2000),
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
	size := s.hop * s.channels
	from := s.input[int(s.next-s.first)*s.channels:][:size]
	to := s.input[int(begin-s.first)*s.channels:][:size]
	for i, rise := range s.fade {
		for k := i * s.channels; k < (i+1)*s.channels; k++ {
			dst = append(dst, from[k]+(to[k]-from[k])*rise)
		}
	}
	s.next = begin + int64(s.hop)
	s.hops++
	return dst
}

// bestMatch finds the frame within reach of target from which the sound is most
// like what naturally comes next. The first look is at few samples, each the sum
// of some; every further one is finer and goes only around the best so far.
func (s *Stretcher) bestMatch(target int64) int64 {
	middle := int(target - s.first)
	lowest, highest := max(0, middle-s.reach), min(len(s.mono)-s.hop, middle+s.reach)
	natural := s.mono[int(s.next-s.first):][:s.hop]
	low, high := lowest, highest
	for step := s.coarse; ; step = max(1, step/4) {
		s.natural = thin(s.natural[:0], natural, step)
		s.around = thin(s.around[:0], s.mono[low:high+s.hop], step)
		best := low + step*mostLike(s.natural, s.around)
		if step == 1 {
			return s.first + int64(best)
		}
		low, high = max(lowest, best-step), min(highest, best+step)
	}
}

// thin appends the sums of every step samples of x. What remains at the end of
// it is left out.
func thin(dst, x []float32, step int) []float32 {
	if step == 1 {
		return append(dst, x...)
	}
	for ; len(x) >= step; x = x[step:] {
		var sum float32
		for _, v := range x[:step] {
			sum += v
		}
		dst = append(dst, sum)
	}
	return dst
}

// clearly better is by more than the rounding of the sums.
const clearly = 1 + 1e-4

// mostLike is the place in b from which it is most like a, by normalised
// cross-correlation. Silence and hum are like themselves anywhere, so a place
// must be clearly better than the middle.
func mostLike(a, b []float32) int {
	last := len(b) - len(a)
	best, bestScore := last/2, likeness(a, b[last/2:], energy(b[last/2:][:len(a)]))
	here := energy(b[:len(a)])
	for at := 0; ; at++ {
		if score := likeness(a, b[at:], here); score > max(bestScore, bestScore*clearly) {
			best, bestScore = at, score
		}
		if at == last {
			return best
		}
		comes, goes := float64(b[at+len(a)]), float64(b[at])
		here += comes*comes - goes*goes
	}
}

// energy is exact enough in doubles for its parts to be taken off again.
func energy(x []float32) (sum float64) {
	for _, v := range x {
		sum += float64(v) * float64(v)
	}
	return sum
}

// likeness is the normalised cross-correlation of a with as much of b, which has
// the energy, less the constant factor that a has in all of them.
func likeness(a, b []float32, energy float64) float32 {
	if energy < 1e-9 {
		return 0
	}
	return product(a, b) / float32(math.Sqrt(energy))
}

// product is the sum of the products of a with as much of b. Four sums do not wait
// for each other.
func product(a, b []float32) float32 {
	var w, x, y, z float32
	b = b[:len(a)]
	for len(a) >= 4 && len(b) >= 4 {
		w += a[0] * b[0]
		x += a[1] * b[1]
		y += a[2] * b[2]
		z += a[3] * b[3]
		a, b = a[4:], b[4:]
	}
	for i := range a {
		w += a[i] * b[i]
	}
	return w + x + y + z
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
