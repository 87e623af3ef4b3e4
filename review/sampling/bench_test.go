package sampling

import (
	"slices"
	"strconv"
	"testing"
)

// One operation is a draw of 20 calls from a frame of a million.
func BenchmarkDrawOfAMillion(b *testing.B) {
	frame := slices.Collect(numbered("0192f3a4-call", 1_000_000))
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		sample := newSampler(strconv.Itoa(i), 20)
		for _, uid := range frame {
			sample.add(Member{UID: uid, Open: true})
		}
		if len(sample.sorted()) != 20 {
			b.Fatal("too few calls")
		}
	}
}
