package mp3

import "math"

// secants are 1 / (2 cos((2k+1) π/2n)) for transforms of n = 32, 16 and 8.
var (
	secants32 = [16]float32(secants(32))
	secants16 = [8]float32(secants(16))
	secants8  = [4]float32(secants(8))
)

const (
	secant40 = 0.54119610014619698439972320536639 // 1 / (2 cos(π/8))
	secant41 = 1.30656296487637652785664317342719 // 1 / (2 cos(3π/8))
	secant20 = math.Sqrt2 / 2                     // 1 / (2 cos(π/4))
)

func secants(n int) []float32 {
	s := make([]float32, n/2)
	for k := range s {
		s[k] = float32(0.5 / math.Cos(float64(2*k+1)*math.Pi/float64(2*n)))
	}
	return s
}

// dct32 makes of x the four quarters of Σ x[k] cos((2k+1) n π/64) for n from 0
// to 31, the DCT-II in the form of B. G. Lee ("A New Algorithm to Compute the
// Discrete Cosine Transform", IEEE ASSP 32, 1984): even terms are the transform
// of half the length of the sums of what lies opposite, odd terms are sums of
// two neighbours of that of the differences. Done twice, and with a, b, c and d
// for the quarters,
//
//	term 4n   = a[n]           term 4n+1 = c[n] + d[n] + d[n+1]
//	term 4n+2 = b[n] + b[n+1]  term 4n+3 = c[n+1] + d[n] + d[n+1]
//
// where what would be the ninth of a quarter is 0.
func dct32(x *[32]float32) {
	for k := range 8 {
		a, b, c, d := x[k], x[31-k], x[15-k], x[16+k]
		x[k], x[15-k] = a+b, c+d
		x[16+k], x[31-k] = (a-b)*secants32[k], (c-d)*secants32[15-k]
	}
	dct16((*[16]float32)(x[:16]))
	dct16((*[16]float32)(x[16:]))
}

// dct16 makes the two halves of the transform of 16.
func dct16(x *[16]float32) {
	for k := range 4 {
		a, b, c, d := x[k], x[15-k], x[7-k], x[8+k]
		x[k], x[7-k] = a+b, c+d
		x[8+k], x[15-k] = (a-b)*secants16[k], (c-d)*secants16[7-k]
	}
	dct8((*[8]float32)(x[:8]))
	dct8((*[8]float32)(x[8:]))
}

// dct8 is the transform of 8, in place.
func dct8(x *[8]float32) {
	d0 := (x[0] - x[7]) * secants8[0]
	d1 := (x[1] - x[6]) * secants8[1]
	d2 := (x[2] - x[5]) * secants8[2]
	d3 := (x[3] - x[4]) * secants8[3]
	x[0], x[2], x[4], x[6] = dct4(x[0]+x[7], x[1]+x[6], x[2]+x[5], x[3]+x[4])
	o0, o1, o2, o3 := dct4(d0, d1, d2, d3)
	x[1], x[3], x[5], x[7] = o0+o1, o1+o2, o2+o3, o3
}

// dct4 is the transform of 4.
func dct4(x0, x1, x2, x3 float32) (y0, y1, y2, y3 float32) {
	s0, s1 := x0+x3, x1+x2
	d0, d1 := (x0-x3)*secant40, (x1-x2)*secant41
	odd := (d0 - d1) * secant20
	return s0 + s1, d0 + d1 + odd, (s0 - s1) * secant20, odd
}
