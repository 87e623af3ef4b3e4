package mp3

import "math"

// The range of gains in steps of 2^(1/4): global_gain less 210, less subblock
// gain, less scale factor and preemphasis (at most 31 and 3) of 4 steps each.
const (
	minGain = -210 - 8*7 - 4*(31+3)
	maxGain = 255 - 210
)

// gains are 2^(gain/4), from minGain on.
var gains = func() (g [maxGain - minGain + 1]float32) {
	for i := range g {
		g[i] = float32(math.Exp2(float64(i+minGain) / 4))
	}
	return g
}()

// preemphasis raises the scale factors of long blocks with preflag (table B.6).
var preemphasis = [22]int{11: 1, 1, 1, 1, 2, 2, 3, 3, 3, 2}

// requantize gives the lines, of which the first used were sent, the size that
// they had before they were coded (2.4.3.4).
func requantize(lines *[granuleSize]float32, used int, g *granule, s *scaleFactors) {
	start := 0
	for band, end := range g.layout.ends {
		if start >= used {
			return
		}
		gain := gains[g.gain-210-minGain-g.reduction(band, int(s.value[band]))]
		for i := range lines[start:end] {
			lines[start+i] *= gain
		}
		start = end
	}
}

// reduction is how much lower the gain of a band is, for its scale factor.
func (g *granule) reduction(band, factor int) int {
	if band >= g.layout.long {
		return factor<<g.scaleShift + 8*g.subblockGain[g.layout.window(band)]
	}
	if g.preflag {
		factor += preemphasis[band]
	}
	return factor << g.scaleShift
}
