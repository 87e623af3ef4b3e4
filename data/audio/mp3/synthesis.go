package mp3

// A synthesis is the polyphase filter bank of a channel (ISO/IEC 11172-3,
// figure A.2). The standard shifts 64 values for each slot into a vector V of
// 1024. They are 32 values of a cosine transform, folded:
//
//	V[i] =  B[16+i]    for i from 0 to 15
//	V[16] = 0
//	V[i] = -B[|48-i|]  for i from 17 to 63
//
// so only those are kept, and outputs j and 32-j, which use the same ones, are
// made together.
type synthesis struct {
	// recent[n] is B[n] of the slots of this granule and of the 15 before it,
	// the newest first.
	recent [subbands][slots + taps - 1]float32
}

// taps is how many slots an output is made of.
const taps = 16

// A windowPair weighs what outputs j and 32-j are made of: for each the taps of
// even age, then those of odd age.
type windowPair struct{ low, high [taps]float32 }

var windows = func() (w [17]windowPair) {
	for j := range w {
		for i := range taps / 2 {
			w[j].low[i] = windowAt(j + 64*i)
			w[j].low[8+i] = -windowAt(32 + j + 64*i)
			if j > 0 {
				w[j].high[i] = -windowAt(32 - j + 64*i)
				w[j].high[8+i] = -windowAt(64 - j + 64*i)
			}
		}
	}
	return w
}()

// windowAt is D[i] of table B.3. Its second half is the first one, mirrored.
func windowAt(i int) float32 {
	sign := float32(1)
	if i > 256 {
		i = 512 - i
		if i%64 != 0 {
			sign = -1
		}
	}
	return sign * float32(window[i]) / (1 << 16)
}

// write makes samples of the subbands of a granule. They go to dst[0],
// dst[stride] and so on.
func (s *synthesis) write(in *[slots][subbands]float32, dst []float32, stride int) {
	for n := range s.recent {
		row := &s.recent[n]
		copy(row[slots:], row[:taps-1])
	}
	for slot := range in {
		at := slots - 1 - slot
		s.add(&in[slot], at)
		s.slot(at, dst[slot*subbands*stride:], stride)
	}
}

// add puts the cosine transform of a slot, which is used up, into its place.
func (s *synthesis) add(in *[subbands]float32, at int) {
	var even, odd [subbands / 2]float32
	dct32(in, &even, &odd)
	for n := range subbands/2 - 1 {
		s.recent[2*n][at] = even[n]
		s.recent[2*n+1][at] = odd[n] + odd[n+1]
	}
	s.recent[30][at], s.recent[31][at] = even[15], odd[15]
}

// slot makes the 32 samples of the slot that lies at a place.
func (s *synthesis) slot(at int, dst []float32, stride int) {
	dst = dst[:31*stride+1]
	center := (*[taps]float32)(s.recent[16][at:])
	dst[0] = evenTaps(center, &windows[0].low) + oddTaps(center, &windows[0].low)
	for j := 1; j < 16; j++ {
		even := (*[taps]float32)(s.recent[16+j][at:])
		odd := (*[taps]float32)(s.recent[16-j][at:])
		w := &windows[j]
		dst[j*stride] = evenTaps(even, &w.low) + oddTaps(odd, &w.low)
		dst[(32-j)*stride] = evenTaps(even, &w.high) + oddTaps(odd, &w.high)
	}
	last := (*[taps]float32)(s.recent[0][at:])
	dst[16*stride] = oddTaps(last, &windows[16].low)
}

func evenTaps(b, w *[taps]float32) float32 {
	return b[0]*w[0] + b[2]*w[1] + b[4]*w[2] + b[6]*w[3] +
		b[8]*w[4] + b[10]*w[5] + b[12]*w[6] + b[14]*w[7]
}

func oddTaps(b, w *[taps]float32) float32 {
	return b[1]*w[8] + b[3]*w[9] + b[5]*w[10] + b[7]*w[11] +
		b[9]*w[12] + b[11]*w[13] + b[13]*w[14] + b[15]*w[15]
}

// window is the first half of the window D of the synthesis filter bank (table
// B.3), in 65536ths.
var window = [257]int32{
	0, -1, -1, -1, -1, -1, -1, -2, -2, -2, -2, -3, -3, -4, -4, -5,
	-5, -6, -7, -7, -8, -9, -10, -11, -13, -14, -16, -17, -19, -21, -24, -26,
	-29, -31, -35, -38, -41, -45, -49, -53, -58, -63, -68, -73, -79, -85, -91, -97,
	-104, -111, -117, -125, -132, -139, -147, -154, -161, -169, -176, -183, -190, -196, -202, -208,
	213, 218, 222, 225, 227, 228, 228, 227, 224, 221, 215, 208, 200, 189, 177, 163,
	146, 127, 106, 83, 57, 29, -2, -36, -72, -111, -153, -197, -244, -294, -347, -401,
	-459, -519, -581, -645, -711, -779, -848, -919, -991, -1064, -1137, -1210, -1283, -1356, -1428, -1498,
	-1567, -1634, -1698, -1759, -1817, -1870, -1919, -1962, -2001, -2032, -2057, -2075, -2085, -2087, -2080, -2063,
	2037, 2000, 1952, 1893, 1822, 1739, 1644, 1535, 1414, 1280, 1131, 970, 794, 605, 402, 185,
	-45, -288, -545, -814, -1095, -1388, -1692, -2006, -2330, -2663, -3004, -3351, -3705, -4063, -4425, -4788,
	-5153, -5517, -5879, -6237, -6589, -6935, -7271, -7597, -7910, -8209, -8491, -8755, -8998, -9219, -9416, -9585,
	-9727, -9838, -9916, -9959, -9966, -9935, -9863, -9750, -9592, -9389, -9139, -8840, -8492, -8092, -7640, -7134,
	6574, 5959, 5288, 4561, 3776, 2935, 2037, 1082, 70, -998, -2122, -3300, -4533, -5818, -7154, -8540,
	-9975, -11455, -12980, -14548, -16155, -17799, -19478, -21189, -22929, -24694, -26482, -28289, -30112, -31947, -33791, -35640,
	-37489, -39336, -41176, -43006, -44821, -46617, -48390, -50137, -51853, -53534, -55178, -56778, -58333, -59838, -61289, -62684,
	-64019, -65290, -66494, -67629, -68692, -69679, -70590, -71420, -72169, -72835, -73415, -73908, -74313, -74630, -74856, -74992,
	75038,
}
