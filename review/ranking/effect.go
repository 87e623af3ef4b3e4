package ranking

import "math"

// A Verdict is what can be said of a fix.
type Verdict string

// The verdicts.
const (
	TooEarly  Verdict = "too-early" // more is to be heard
	Down      Verdict = "down"      // the issue is surely rarer
	Up        Verdict = "up"        // surely more common
	Unchanged Verdict = "unchanged" // enough was heard to see it halved, and no change is seen
)

// Measured is an issue before or after its fix.
type Measured struct {
	Slice
	Share Share
}

// An Effect compares an issue before and after its fix.
type Effect struct {
	Before, After Measured
	Change        Share // after − before, −1 to 1, with its 95 % interval
	Verdict       Verdict
	HearMore      int64 // calls after the fix, while it is too early
	HearBefore    int64 // calls from before it, where too few of those were heard to tell
	// Luck says that the calls before were drawn before the issue was chosen for
	// fixing. It was chosen because it stood high, and part of that is luck:
	// simulated, an issue chosen at 15 % is in truth in 10 % of calls, and goes
	// down by 5 points without any fix.
	Luck bool
}

// NewEffect compares two slices; afterChoice says that the calls before the fix
// were drawn after the issue was chosen for fixing.
//
// The change is told with Newcombe's interval ([Difference]), and as sure when
// that leaves out 0 and at least [FewestPoint] calls were heard on each side. Else
// it is too early until samples of this size would show the issue halved, or
// the change that is seen where that is larger, in 80 % of cases.
func NewEffect(before, after Slice, afterChoice bool) Effect {
	e := Effect{Luck: !afterChoice}
	var n, m float64
	e.Before.Slice, e.After.Slice = before, after
	e.Before.Share, n = before.share()
	e.After.Share, m = after.share()
	e.Change = Difference(e.Before.Share, e.After.Share)
	few := e.Before.few() || e.After.few()
	switch {
	case !few && e.Change.High < 0:
		e.Verdict = Down
	case !few && e.Change.Low > 0:
		e.Verdict = Up
	default:
		e.hearMore(n, m)
	}
	return e
}

// few reports whether too little was heard, and more could be.
func (m Measured) few() bool { return m.Heard == 0 || m.Heard < FewestPoint && m.Heard < m.Calls }

// hearMore says how many calls are missing, where the samples are as sure as
// simple ones of n and m calls.
func (e *Effect) hearMore(n, m float64) {
	p, q := e.Before.Share.Part, e.Before.Share.Part/2
	if seen := e.After.Share.Part; e.After.Heard > 0 && math.Abs(seen-p) > p/2 {
		q = seen
	}
	first, second := toSee(p, n, q, m)
	e.HearBefore, e.HearMore = e.Before.missing(n, first), e.After.missing(m, second)
	e.Verdict = Unchanged
	if e.HearBefore > 0 || e.HearMore > 0 {
		e.Verdict = TooEarly
	}
}

// missing is how many more calls to hear so that a sample as sure as a simple
// one of n calls gets as sure as one of wanted: at most all that are left.
func (m Measured) missing(n, wanted float64) int64 {
	more := wanted
	if n > 0 { // and at most all, also when all was heard that the draws cover
		more = (wanted/n - 1) * float64(m.Heard)
	}
	more = max(more, FewestPoint-float64(m.Heard))
	return max(0, min(m.Calls-m.Heard, int64(math.Ceil(more))))
}

// Points are by how many points of a hundred a share went down or up, at least
// and at most: whole from one point on, and tenths below it. Where it may have
// gone either way the least is 0.
func (e Effect) Points() (least, most float64) {
	low, high := e.Change.Low, e.Change.High
	if e.Change.Part < 0 {
		low, high = -high, -low
	}
	return points(max(0, low)), points(high)
}

func points(part float64) float64 {
	if part < .01 {
		return math.Round(part*1000) / 10
	}
	return math.Round(part * 100)
}
