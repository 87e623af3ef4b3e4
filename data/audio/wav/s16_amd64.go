package wav

// manyS16 decodes samples, eight at a time, and answers how many; the rest is
// left.
func manyS16(dst []float32, src []byte) int {
	n := len(dst) &^ 7
	if n > 0 {
		eightsS16(dst[:n], src[:2*n])
	}
	return n
}

// eightsS16 is manyS16 in SSE2, which every amd64 has. A pass over an hour for
// its waveform is mostly this: Go's compiler knows no instruction for several
// numbers at once, and takes four times as long.
//
//go:noescape
func eightsS16(dst []float32, src []byte)
