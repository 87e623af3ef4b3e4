package mp3

// add adds four taps of all slots.
func (p *windowPart) add(row *[padded + 6]float32, low, high *[padded]float32) {
	addTaps(p, row, low, high)
}

// addTaps is windowPart.add in SSE2, which every amd64 has. By itself it was two
// fifths of decoding: Go's compiler knows no instruction for four numbers at
// once, and takes four times as long.
//
//go:noescape
func addTaps(p *windowPart, row *[padded + 6]float32, low, high *[padded]float32)
