package ranking

import "testing"

// 9 against 3 of 64 heard calls: z = 1.96 for one pair, so that 1.96²·12/36 =
// 1.28 times 64 calls are needed, 82 in all. For eight issues there are 28
// pairs, z = 3.124 (5 % / 56 in each tail), and 3.124²·12/36·64 = 209.
func TestHowManyMoreCallsTellTwoIssuesApart(t *testing.T) {
	for _, c := range []struct {
		b, c   float64
		issues int
		frame  int64
		want   int64
		ok     bool
	}{
		{9, 3, 2, 99344, 18, true},
		{3, 9, 2, 99344, 18, true},
		{9, 3, 8, 99344, 150, true}, // 145 to two digits
		{9, 3, 8, 100, 36, true},    // no more than there are
		{90, 3, 2, 99344, 0, true},
		{10, 9, 2, 99344, 4600, true},
		{9, 9, 2, 99344, 0, false},
		{9, 3, 2, 64, 0, false},
	} {
		more, ok := Pair{A: c.b, B: c.c}.Apart(64, c.frame, c.issues)
		if more != c.want || ok != c.ok {
			t.Errorf("%g against %g among %d issues: %d more, %v, want %d, %v", c.b, c.c, c.issues, more, ok, c.want, c.ok)
		}
	}
}
