package ranking

import "math"

// Unheard says whether enough was heard to know what there is.
type Unheard struct {
	NextNew  float64 // chance that the next call brings an issue that was not heard yet
	AtLeast  int     // issues there must be that were not heard yet; there may be more
	Coverage float64 // of all moments that such calls hold, the part that is of heard issues
}

// LookAhead makes it of how many heard calls hold each issue, and how many were
// heard. With Q1 and Q2 issues heard in exactly one and two of T calls, U calls
// with an issue in all, the unheard issues are at least
//
//	Q0 = (T−1)/T · Q1²/(2·Q2), or (T−1)/T · Q1(Q1−1)/2 when Q2 is 0
//
// (Chao 1987), coverage is 1 − Q1/U · A with A = T·Q0/(T·Q0 + Q1) (Chao & Jost
// 2012), and the next call brings something new with a chance of about Q1/T.
// Nothing heard, nothing known: the next call is then sure to be new.
func LookAhead(calls []int64, heard int64) Unheard {
	if heard <= 0 {
		return Unheard{NextNew: 1}
	}
	var once, twice, all float64
	for _, n := range calls {
		all += float64(n)
		switch n {
		case 1:
			once++
		case 2:
			twice++
		}
	}
	t := float64(heard)
	unseen := (t - 1) / t * once * (once - 1) / 2
	if twice > 0 {
		unseen = (t - 1) / t * once * once / (2 * twice)
	}
	u := Unheard{NextNew: min(1, once/t), AtLeast: int(math.Round(unseen)), Coverage: 1}
	if once > 0 {
		// A is 0 of nothing when one issue was heard, once: all its coverage is guess.
		u.Coverage = 1 - once/all*t*unseen/(t*unseen+once)
	}
	return u
}
