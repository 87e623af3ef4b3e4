package wav

import "testing"

// Every sample of 16 bits is that part of full scale, wherever it lies in a run
// of any length.
func TestSamplesOf16BitsAreExact(t *testing.T) {
	all := make([]byte, 0, 2<<16)
	for x := -1 << 15; x < 1<<15; x++ {
		all = append(all, byte(x), byte(x>>8))
	}
	for offset := range 9 {
		for _, length := range []int{0, 1, 7, 8, 9, 17, 1<<16 - offset} {
			got := make([]float32, length)
			decodeS16(got, all[2*offset:])
			for i, x := range got {
				if want := float32(i+offset-1<<15) / (1 << 15); x != want {
					t.Fatalf("sample %d of %d from %d on is %v, want %v", i, length, offset, x, want)
				}
			}
		}
	}
}
