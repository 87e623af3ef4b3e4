package mp3

import "math"

const (
	subbands = 32
	slots    = granuleSize / subbands // samples of a subband in a granule
)

// A hybrid turns the lines of a channel into samples of its subbands. It holds
// the second half of what the granule before gave, which overlaps this one.
type hybrid struct {
	overlap [subbands][slots]float32
}

// longWindows are the windows by parity of the subband and block type, with the
// sign that a long transform's outputs have, divided as dct18 needs it. In odd
// subbands every other sample changes its sign, which is the inversion of
// frequencies that the filter bank asks for (2.4.3.4).
var longWindows = func() (w [2][4][2 * slots]float32) {
	for parity := range w {
		for block := range w[parity] {
			for i := range w[parity][block] {
				x := longWindow(block, i) * unfoldLong(i)
				if parity*i%2 == 1 {
					x = -x
				}
				w[parity][block][i] = float32(x)
			}
		}
	}
	return w
}()

// longWindow is the shape of a window of 36 (2.4.3.4, windowing).
func longWindow(block, i int) float64 {
	long := math.Sin(math.Pi / 36 * (float64(i) + 0.5))
	switch {
	case block == startBlock && i >= 18:
		return edge(35 - i)
	case block == stopBlock && i < 18:
		return edge(i)
	}
	return long
}

// edge is how a window rises next to short blocks: 0, a short window's rise, 1.
func edge(i int) float64 {
	switch {
	case i < 6:
		return 0
	case i < 12:
		return math.Sin(math.Pi / 12 * (float64(i-6) + 0.5))
	}
	return 1
}

// unfoldLong is the sign of the i-th output, and the divisor of the y that it
// is; see windowLong for which one.
func unfoldLong(i int) float64 {
	switch {
	case i < 9:
		return halfSecant(9+i, 72)
	case i < 27:
		return -halfSecant(26-i, 72)
	}
	return -halfSecant(i-27, 72)
}

// shortWindow is the same for short blocks, of 12.
var shortWindow = func() (w [12]float32) {
	for i := range w {
		x := math.Sin(math.Pi / 12 * (float64(i) + 0.5))
		switch {
		case i < 3:
			x *= halfSecant(3+i, 24)
		case i < 9:
			x *= -halfSecant(8-i, 24)
		default:
			x *= -halfSecant(i-9, 24)
		}
		w[i] = float32(x)
	}
	return w
}()

// transform takes lines, of which those from used on are 0, and writes samples
// by slot and subband.
func (h *hybrid) transform(lines *[granuleSize]float32, used int, g *granule, out *[slots][subbands]float32) {
	long := subbands
	if g.block == shortBlocks {
		long = 0
		if g.mixed {
			long = 2
		}
	}
	reduceAlias(lines, min(long, used/slots+2))
	active := min(subbands, used/slots+2)
	for sb := range active {
		in := (*[slots]float32)(lines[sb*slots:])
		switch {
		case sb >= long:
			h.short(in, sb, out)
		case g.mixed && sb < 2:
			h.long(in, normalBlock, sb, out)
		default:
			h.long(in, g.block, sb, out)
		}
	}
	for sb := active; sb < subbands; sb++ {
		h.drain(sb, out)
	}
}

// long transforms a subband by the window of a block type.
func (h *hybrid) long(in *[slots]float32, block, sb int, out *[slots][subbands]float32) {
	var even, odd [9]float32
	dct18(in, &even, &odd)
	w, over := &longWindows[sb&1][block&3], &h.overlap[sb]
	for i := range 9 {
		x, y := even[8-i], odd[8-i]*half18[8-i]
		up, down := x-y, x+y
		out[i][sb] = over[i] + up*w[i]
		out[17-i][sb] = over[17-i] + up*w[17-i]
		over[i], over[17-i] = down*w[18+i], down*w[35-i]
	}
}

// short transforms the three short blocks of a subband, whose lines lie in
// turn. They begin at 6, 12 and 18 of 36.
func (h *hybrid) short(in *[slots]float32, sb int, out *[slots][subbands]float32) {
	var sum [2 * slots]float32
	for block := range 3 {
		y := dct6((*[16]float32)(in[block:]))
		to := (*[12]float32)(sum[6+6*block:])
		for i := range 3 {
			to[i] += y[3+i] * shortWindow[i]
			to[5-i] += y[3+i] * shortWindow[5-i]
			to[6+i] += y[2-i] * shortWindow[6+i]
			to[11-i] += y[2-i] * shortWindow[11-i]
		}
	}
	if sb&1 == 1 {
		for i := 1; i < len(sum); i += 2 {
			sum[i] = -sum[i]
		}
	}
	over := &h.overlap[sb]
	for i := range slots {
		out[i][sb] = over[i] + sum[i]
		over[i] = sum[slots+i]
	}
}

// drain is a transform of a subband of zeros.
func (h *hybrid) drain(sb int, out *[slots][subbands]float32) {
	over := &h.overlap[sb]
	for i, x := range over {
		out[i][sb] = x
	}
	clear(over[:])
}

// aliasing holds the butterflies' coefficients (table B.9), as cosine and sine
// of the angles whose negative tangents it lists.
var aliasing = func() (a [8][2]float32) {
	for i, c := range []float64{-0.6, -0.535, -0.33, -0.185, -0.095, -0.041, -0.0142, -0.0037} {
		root := math.Sqrt(1 + c*c)
		a[i] = [2]float32{float32(1 / root), float32(c / root)}
	}
	return a
}()

// reduceAlias takes out what the first count subbands have of their neighbours.
func reduceAlias(lines *[granuleSize]float32, count int) {
	for sb := 1; sb < count; sb++ {
		low := (*[8]float32)(lines[sb*slots-8:])
		high := (*[8]float32)(lines[sb*slots:])
		for i := range 8 {
			up, down, c := low[7-i], high[i], &aliasing[i]
			low[7-i] = up*c[0] - down*c[1]
			high[i] = down*c[0] + up*c[1]
		}
	}
}

// reorder sorts the lines of short blocks, which are sent window by window in
// each band, so that the three windows' lines lie in turn (2.4.3.4). Lines from
// used on are 0; it returns from where on they are afterwards.
func reorder(lines *[granuleSize]float32, l *layout, used int) int {
	var band [granuleSize]float32
	start := 0
	if l.long > 0 {
		start = l.ends[l.long-1]
	}
	for first := l.long; first < len(l.ends) && start < used; first += 3 {
		width := l.ends[first] - start
		to := band[:3*width]
		copy(to, lines[start:])
		for i := range width {
			lines[start+3*i] = to[i]
			lines[start+3*i+1] = to[width+i]
			lines[start+3*i+2] = to[2*width+i]
		}
		start += 3 * width
	}
	return max(start, used)
}
