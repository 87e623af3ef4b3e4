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
	// the newest first, and zeros up to what the last sums of padded reach.
	recent [subbands][9 + padded + 6]float32
}

const (
	// taps is how many slots an output is made of.
	taps = 16
	// padded is the least number of slots that four at a time come to; those
	// too many are not looked at.
	padded = (slots + 3) &^ 3
)

// A windowPart weighs four taps, two slots apart, for outputs j and 32-j.
type windowPart struct{ low, high [4]float32 }

// windows are by j, then the taps of even age and those of odd age, eight each.
var windows = func() (w [17][4]windowPart) {
	for j := range w {
		for i := range taps / 2 {
			even, odd := &w[j][i/4], &w[j][2+i/4]
			even.low[i%4] = windowAt(j + 64*i)
			odd.low[i%4] = -windowAt(32 + j + 64*i)
			if j > 0 {
				even.high[i%4] = -windowAt(32 - j + 64*i)
				odd.high[i%4] = -windowAt(64 - j + 64*i)
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
		copy(row[slots:slots+taps-1], row[:])
	}
	for slot := range in {
		s.add(&in[slot], slots-1-slot)
	}
	for j := range windows {
		s.outputs(j, dst, stride)
	}
}

// add puts the cosine transform of a slot, which is used up, into its place.
func (s *synthesis) add(in *[subbands]float32, at int) {
	dct32(in)
	a, b, c, d := (*[8]float32)(in[:]), (*[8]float32)(in[8:]), (*[8]float32)(in[16:]), (*[8]float32)(in[24:])
	for n := range 7 {
		both := d[n] + d[n+1]
		s.recent[4*n][at] = a[n]
		s.recent[4*n+1][at] = c[n] + both
		s.recent[4*n+2][at] = b[n] + b[n+1]
		s.recent[4*n+3][at] = c[n+1] + both
	}
	s.recent[28][at], s.recent[29][at] = a[7], c[7]+d[7]
	s.recent[30][at], s.recent[31][at] = b[7], d[7]
}

// outputs makes samples j and 32-j of each slot. Samples 0 and 16 have no other.
func (s *synthesis) outputs(j int, dst []float32, stride int) {
	var low, high [padded]float32
	if j < 16 {
		even := &s.recent[16+j]
		windows[j][0].add((*[padded + 6]float32)(even[0:]), &low, &high)
		windows[j][1].add((*[padded + 6]float32)(even[8:]), &low, &high)
	}
	odd := &s.recent[16-j]
	windows[j][2].add((*[padded + 6]float32)(odd[1:]), &low, &high)
	windows[j][3].add((*[padded + 6]float32)(odd[9:]), &low, &high)
	step := subbands * stride
	for i, at := slots-1, j*stride; i >= 0; i, at = i-1, at+step {
		dst[at] = low[i]
	}
	if j%16 == 0 {
		return
	}
	for i, at := slots-1, (subbands-j)*stride; i >= 0; i, at = i-1, at+step {
		dst[at] = high[i]
	}
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
