package mp3

import "math"

// midSide turns mid and side into left and right (2.4.3.4, MS_stereo).
func midSide(left, right []float32) {
	right = right[:len(left)]
	for i, mid := range left {
		side := right[i]
		left[i] = (mid + side) * (math.Sqrt2 / 2)
		right[i] = (mid - side) * (math.Sqrt2 / 2)
	}
}

// A joint is what two channels of a granule are unfolded with.
type joint struct {
	header header
	right  *granule      // of the right channel
	scales *scaleFactors // of the right channel
}

// unfold makes left and right of what was sent, of which the first used lines
// may not be 0, and returns how many may not be 0 afterwards.
func (j joint) unfold(left, right *[granuleSize]float32, usedLeft, usedRight int) (int, int) {
	used := max(usedLeft, usedRight)
	switch {
	case j.header.intensity:
		j.unfoldBands(left, right)
		return used, used
	case j.header.ms:
		midSide(left[:used], right[:used])
		return used, used
	}
	return usedLeft, usedRight
}

// unfoldBands goes through the bands: those above the last line of the right
// channel that is not 0 have a direction (2.4.3.4, intensity_stereo), in each
// window of short blocks by itself; the others may be mid and side.
func (j joint) unfoldBands(left, right *[granuleSize]float32) {
	l := j.right.layout
	bounds := j.bounds(right)
	start := 0
	for band, end := range l.ends {
		var d direction
		if bound := bounds[l.window(band)]; band >= bound {
			d = j.direction(band, bound)
		}
		switch {
		case d != (direction{}):
			for i, x := range left[start:end] {
				left[start+i], right[start+i] = x*d.left, x*d.right
			}
		case j.header.ms:
			midSide(left[start:end], right[start:end])
		}
		start = end
	}
}

// bounds returns the first band of each window above which the right channel is
// 0. Long bands have a direction only if all the short ones above have.
func (j joint) bounds(right *[granuleSize]float32) (bounds [3]int) {
	l := j.right.layout
	start := 0
	for band, end := range l.ends {
		if !allZero(right[start:end]) {
			bounds[l.window(band)] = band + 1
			if band < l.long {
				bounds = [3]int{band + 1, band + 1, band + 1}
			}
		}
		start = end
	}
	if highest := max(bounds[0], bounds[1], bounds[2]); highest > l.long {
		bounds[0] = max(bounds[0], l.long)
	}
	return bounds
}

func allZero(lines []float32) bool {
	for _, x := range lines {
		if x != 0 {
			return false
		}
	}
	return true
}

// A direction is what the two channels have of the one that was sent; none if
// both are 0.
type direction struct{ left, right float32 }

// direction is told by the right channel's scale factor. The last band has none
// and takes that of the band below it, if that has a direction too; else it
// lies in the middle.
func (j joint) direction(band, bound int) direction {
	l := j.right.layout
	step := 1
	if band >= l.long {
		step = 3
	}
	if band >= len(l.ends)-step {
		if band -= step; band < bound {
			return middle[j.header.lsf]
		}
	}
	position := int(j.scales.value[band])
	switch {
	case position == int(j.scales.illegal[band]):
		return direction{}
	case j.header.lsf:
		return lsfDirection(position, j.right.compress&1)
	}
	// is_ratio = tan(position π/12)
	sin, cos := math.Sincos(float64(position) * math.Pi / 12)
	return direction{float32(sin / (sin + cos)), float32(cos / (sin + cos))}
}

// middle is the direction of equal channels, by whether the rate is a low one.
var middle = map[bool]direction{false: {0.5, 0.5}, true: {1, 1}}

// lsfDirection is that of the low sampling frequencies (ISO/IEC 13818-3,
// 2.4.3.2): odd positions lower the left channel, even ones the right, in steps
// of 1/√2, or of its root.
func lsfDirection(position, coarse int) direction {
	step := math.Exp2(-0.25)
	if coarse == 1 {
		step = math.Exp2(-0.5)
	}
	factor := float32(math.Pow(step, float64((position+1)/2)))
	if position%2 == 1 {
		return direction{factor, 1}
	}
	return direction{1, factor}
}
