package mp3

import (
	"math"
	"testing"
)

// Worked by hand from 2.4.3.4: of MPEG-1, positions are tangents of multiples of
// 15°; of the low sampling frequencies, powers of 2^(-1/4) or 2^(-1/2).
func TestIntensityStereoGivesWhatWasSentADirection(t *testing.T) {
	root := float32(math.Sqrt(0.5))
	for name, c := range map[string]struct {
		lsf, ms     bool
		compress    int // scalefac_compress of the right channel
		position    uint8
		left, right float32
	}{
		"all right":                    {position: 0, left: 0, right: 1},
		"30°":                          {position: 2, left: 0.3660254, right: 0.6339746},
		"middle":                       {position: 3, left: 0.5, right: 0.5},
		"all left":                     {position: 6, left: 1, right: 0},
		"no direction":                 {position: 7, left: 1, right: 0},
		"no direction, mid and side":   {position: 7, ms: true, left: root, right: root},
		"low rate, middle":             {lsf: true, position: 0, left: 1, right: 1},
		"low rate, right":              {lsf: true, position: 3, left: root, right: 1},
		"low rate, left":               {lsf: true, position: 4, left: 1, right: root},
		"low rate, coarse steps, left": {lsf: true, compress: 1, position: 2, left: 1, right: root},
		"low rate, no direction":       {lsf: true, position: 15, left: 1, right: 0},
	} {
		var left, right [granuleSize]float32
		g := &granule{layout: &longBands[0], compress: c.compress}
		scales := &scaleFactors{}
		const band, line = 10, 60 // lines 52 to 61 at 44.1 kHz
		left[line], right[0] = 1, 1
		scales.value[band], scales.illegal[band] = c.position, 7
		if c.lsf {
			scales.illegal[band] = 15
		}
		j := joint{header{lsf: c.lsf, ms: c.ms, intensity: true}, g, scales}
		j.unfold(&left, &right, 100, 1)
		if math.Abs(float64(left[line]-c.left)) > 1e-6 || math.Abs(float64(right[line]-c.right)) > 1e-6 {
			t.Errorf("%s: %v and %v, want %v and %v", name, left[line], right[line], c.left, c.right)
		}
		if !c.ms && (left[0] != 0 || right[0] != 1) {
			t.Errorf("%s: a band that was sent twice changed", name)
		}
	}
}

// The last band has no scale factor: it goes with the one below.
func TestTheLastBandHasTheDirectionOfTheOneBelow(t *testing.T) {
	for name, c := range map[string]struct {
		bound int // lines of the right channel that were sent
		left  float32
	}{
		"which has one":  {100, 1},
		"which has none": {400, 0.5},
	} {
		var left, right [granuleSize]float32
		left[575], right[c.bound-1] = 1, 1
		scales := &scaleFactors{}
		scales.value[20] = 6 // all left
		for i := range scales.illegal {
			scales.illegal[i] = 7
		}
		j := joint{header{intensity: true}, &granule{layout: &longBands[0]}, scales}
		j.unfold(&left, &right, 576, c.bound)
		if left[575] != c.left {
			t.Errorf("%s: %v, want %v", name, left[575], c.left)
		}
	}
}

// Windows of short blocks end at different bands.
func TestEachShortWindowHasItsOwnBound(t *testing.T) {
	var left, right [granuleSize]float32
	l := &shortBands[0]
	at := func(band, window int) int { return l.ends[3*band+window] - 1 }
	scales := &scaleFactors{} // all right
	for i := range scales.illegal {
		scales.illegal[i] = 7
	}
	for window := range 3 {
		left[at(5, window)] = 1
	}
	right[at(8, 1)] = 1 // only the middle window is sent twice so far up
	j := joint{header{intensity: true}, &granule{layout: l, block: shortBlocks}, scales}
	j.unfold(&left, &right, granuleSize, granuleSize)
	for window, want := range []float32{0, 1, 0} {
		if got := left[at(5, window)]; got != want {
			t.Errorf("window %d: left is %v, want %v", window, got, want)
		}
	}
}

// Examples of the formulas in ISO/IEC 13818-3, 2.4.3.2, worked by hand.
func TestLengthsOfScaleFactorsAtLowRates(t *testing.T) {
	for _, c := range []struct {
		compress   int
		directions bool
		scheme     int
		lengths    [4]int
	}{
		{399, false, 0, [4]int{4, 4, 3, 3}}, // 399 = (4·5 + 4)·16 + 3·4 + 3
		{16, false, 0, [4]int{0, 1, 0, 0}},
		{499, false, 1, [4]int{4, 4, 3, 0}}, // 99 = (4·5 + 4)·4 + 3
		{511, false, 2, [4]int{3, 2, 0, 0}}, // 11 = 3·3 + 2
		{359, true, 3, [4]int{4, 5, 5, 0}},  // 359 / 2 = 179 = 4·36 + 5·6 + 5
		{486, true, 4, [4]int{3, 3, 3, 0}},  // 243 - 180 = 63 = 3·16 + 3·4 + 3
		{511, true, 5, [4]int{3, 2, 0, 0}},  // 255 - 244 = 11
	} {
		scheme, lengths := lsfLengths(c.compress, c.directions)
		if scheme != c.scheme || lengths != c.lengths {
			t.Errorf("%d, %v: scheme %d, lengths %v", c.compress, c.directions, scheme, lengths)
		}
	}
}
