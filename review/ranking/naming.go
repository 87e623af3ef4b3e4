package ranking

// SinceNamed is the fewest calls heard after an issue was named of which a
// share is told.
const SinceNamed = 20

// A Since is the share of an issue among the calls heard after it was named. A
// call that was heard before was not checked for it, so for a young issue the
// share of the ranking, which divides by all calls, is too low. It stands
// beside the ranking and never in it: divided by the calls since, an issue
// that was named on the last call would come first.
type Since struct {
	Calls int64 // with the issue
	Heard int64
	Share Share
}

// since leaves the call in which the issue was named out of both parts: it was
// not a matter of chance that it holds the issue. ok is false until enough was
// heard.
func since(issue IssueCount, frame int64) (s Since, ok bool) {
	calls, heard := issue.SinceCalls, issue.SinceHeard
	if heard < SinceNamed {
		return Since{}, false
	}
	return Since{calls, heard, Estimate(calls, heard, frame)}, true
}
