//go:build !amd64

package mp3

// add adds four taps of all slots. Weights that stay in registers and samples
// that serve two outputs save half of the loads.
func (p *windowPart) add(row *[padded + 6]float32, low, high *[padded]float32) {
	a0, a1, a2, a3 := p.low[0], p.low[1], p.low[2], p.low[3]
	b0, b1, b2, b3 := p.high[0], p.high[1], p.high[2], p.high[3]
	for i := range slots {
		x0, x1, x2, x3 := row[i], row[i+2], row[i+4], row[i+6]
		low[i] += x0*a0 + x1*a1 + x2*a2 + x3*a3
		high[i] += x0*b0 + x1*b1 + x2*b2 + x3*b3
	}
}
