package sampling

import (
	"math/big"
	"testing"
)

// Of a small frame fewer calls need hearing: n is the first with
// C(N−K, n)/C(N, n) ≤ 0.05, here in whole numbers.
func TestCallsToHearOfASmallFrame(t *testing.T) {
	for _, test := range []struct {
		frame, with int64 // calls, and those with the issue
		want        int
	}{
		{100, 5, 45}, {500, 25, 56}, {1000, 50, 57}, {500, 5, 225}, {500, 10, 129}, {10_000_000, 500_000, 59}, {20, 1, 19}, {1, 1, 1},
	} {
		got := CallsToHearOf(test.frame, float64(test.with)/float64(test.frame)-1e-12, 0.95)
		if got != test.want {
			t.Errorf("%d of %d: hear %d, want %d", test.with, test.frame, got, test.want)
		}
		if !mayMiss(test.frame, test.with, int64(got)-1) || mayMiss(test.frame, test.with, int64(got)) {
			t.Errorf("%d of %d: %d is not the first number that is enough", test.with, test.frame, got)
		}
	}
	if got := CallsToHearOf(0, 0.05, 0.95); got != 0 {
		t.Errorf("of no calls: hear %d", got)
	}
}

// mayMiss reports whether n calls miss the issue with a chance above 5 %.
func mayMiss(frame, with, n int64) bool {
	none := new(big.Int).Binomial(frame-with, n)
	return none.Mul(none, big.NewInt(20)).Cmp(new(big.Int).Binomial(frame, n)) > 0
}
