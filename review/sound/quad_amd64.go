package sound

// fours measures samples, four or a multiple of it or none, in SSE2, which every
// amd64 has: Go's compiler knows no instruction for four numbers at once, and
// takes three times as long for each by itself.
//
//go:noescape
func fours(samples []float32) (even, odd tally)
