package mp3

import "math"

// The inverse modified cosine transforms of 36 and of 12 (2.4.3.4).
//
// The transform of n lines gives 2n values, all of which are some y[i] of a
// DCT-IV, once or twice and with either sign. With
//
//	2 cos(a) cos((2k+1) a) = cos(2k a) + cos((2k+2) a)
//
// that is a DCT-III of sums of two neighbours, divided by 2 cos(a). Even and odd
// terms of a DCT-III are a shorter one and, by the same identity, another one.
// The division is part of the windows.

// halfSecant is 1 / (2 cos((2i+1) π / n)).
func halfSecant(i, n int) float64 { return 0.5 / math.Cos(float64(2*i+1)*math.Pi/float64(n)) }

// half18 are the divisors of the nine odd terms of 18.
var half18 = func() (h [9]float32) {
	for i := range h {
		h[i] = float32(halfSecant(i, 36))
	}
	return h
}()

// Cosines of k·10°.
const (
	cos10 = 0.98480775301220805936674302458952
	cos20 = 0.93969262078590838405410927732473
	cos30 = 0.86602540378443864676372317075294
	cos40 = 0.76604444311897803520239265055542
	cos50 = 0.64278760968653932632264340990726
	cos70 = 0.34202014332566873304409961468226
	cos80 = 0.17364817766693034885171662676931
)

// dct9even and dct9odd return half of Σ x[k] cos((2i+1) k π/18) for i from 0 to
// 8: the sums of terms of even k, which are the same for i and 8-i, and of odd k,
// which are opposite and of which the middle one is 0. 20° = 60° - 40° and the
// like save products.
func dct9even(x0, x2, x4, x6, x8 float32) (y0, y1, y2, y3, y4 float32) {
	a := cos20 * (x2 + x4)
	b := cos80 * (x8 - x4)
	c := cos40 * (x2 + x8)
	base, other, rest := x0+0.5*x6, x0-x6, x2-x4-x8
	return base + a + b, other + 0.5*rest, base + c - a, base - b - c, other - rest
}

func dct9odd(x1, x3, x5, x7 float32) (y0, y1, y2, y3 float32) {
	p := cos10 * (x1 + x5)
	q := cos70 * (x7 - x5)
	r := cos50 * (x1 + x7)
	s := cos30 * x3
	return p + q + s, cos30 * (x1 - x5 - x7), r + q - s, p - r - s
}

// dct18 makes e and o of x: with p[i] = o[i] half18[i], the sums
// Σ x[k] cos((2i+1)(2k+1) π/72), times 2 cos((2i+1) π/72), are e[i]+p[i] for i
// from 0 to 8 and e[17-i]-p[17-i] for the others. Values that are not kept in an
// array stay in registers, which saves a sixth of the time.
func dct18(x *[18]float32, e, o *[9]float32) {
	a0, a1, a2, a3, a4 := dct9even(x[0], x[3]+x[4], x[7]+x[8], x[11]+x[12], x[15]+x[16])
	b0, b1, b2, b3 := dct9odd(x[1]+x[2], x[5]+x[6], x[9]+x[10], x[13]+x[14])
	e[0], e[8] = a0+b0, a0-b0
	e[1], e[7] = a1+b1, a1-b1
	e[2], e[6] = a2+b2, a2-b2
	e[3], e[5] = a3+b3, a3-b3
	e[4] = a4
	s0, s1, s2, s3, s4 := x[0]+x[1], x[2]+x[3], x[4]+x[5], x[6]+x[7], x[8]+x[9]
	s5, s6, s7, s8 := x[10]+x[11], x[12]+x[13], x[14]+x[15], x[16]+x[17]
	a0, a1, a2, a3, a4 = dct9even(s0, s1+s2, s3+s4, s5+s6, s7+s8)
	b0, b1, b2, b3 = dct9odd(s0+s1, s2+s3, s4+s5, s6+s7)
	o[0], o[8] = a0+b0, a0-b0
	o[1], o[7] = a1+b1, a1-b1
	o[2], o[6] = a2+b2, a2-b2
	o[3], o[5] = a3+b3, a3-b3
	o[4] = a4
}

// dct6 returns Σ x[3k] cos((2i+1)(2k+1) π/24), times 2 cos((2i+1) π/24).
func dct6(x *[16]float32) (y [6]float32) {
	s1, s2, s3, s4, s5 := x[3]+x[0], x[6]+x[3], x[9]+x[6], x[12]+x[9], x[15]+x[12]
	e0, e1, e2 := dct3(x[0], s2, s4)
	o0, o1, o2 := dct3(s1, s3+s1, s5+s3)
	o0 *= 0.51763809020504152469779767524810 // 1 / (2 cos 15°)
	o1 *= 0.70710678118654752440084436210485
	o2 *= 1.93185165257813657349948639945779
	return [6]float32{e0 + o0, e1 + o1, e2 + o2, e2 - o2, e1 - o1, e0 - o0}
}

// dct3 returns Σ x[k] cos((2i+1) k π/6) for i from 0 to 2.
func dct3(x0, x1, x2 float32) (y0, y1, y2 float32) {
	even, odd := x0+0.5*x2, cos30*x1
	return even + odd, x0 - x2, even - odd
}
