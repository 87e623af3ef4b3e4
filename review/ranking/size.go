package ranking

import "math"

// More returns how many more calls to hear so that the interval s of a ranking
// gets half as wide, when so many of a frame's calls were heard: at most all
// that are left, and none when there is no interval to halve.
//
// The Wilson interval has half width h for a sample of
//
//	n = z²/2h² · (q − 2h² + √(q² + h²(1 − 4q))),  q = p(1 − p),
//
// calls from an endless frame (its formula solved for n; compare Piegorsch
// 2004, Comput. Stat. Data Anal. 46:309–316), hence of n·N/(n + N − 1) from N.
// That is set beside the sample that the present interval stands for, so that
// a ranking of many draws asks for as many more as its own design needs.
func More(s Share, heard, frame int64) int64 {
	left := frame - heard
	if heard <= 0 || left <= 0 || s.High <= s.Low {
		return 0
	}
	width := s.High - s.Low
	now, then := sizeFor(s.Part, width/2, frame), sizeFor(s.Part, width/4, frame)
	return min(left, int64(math.Ceil(float64(heard)*(then/now-1))))
}

// sizeFor is how many of a frame's calls give an interval of half width h.
func sizeFor(p, h float64, frame int64) float64 {
	q, h2, size := p*(1-p), h*h, float64(frame)
	n := z95 * z95 / (2 * h2) * (q - 2*h2 + math.Sqrt(q*q+h2*(1-4*q)))
	return n * size / (n + size - 1)
}
