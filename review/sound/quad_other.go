//go:build !amd64

package sound

// add takes up samples, four or a multiple of it.
func (q *quad) add(samples []float32) {
	for ; len(samples) >= 4; samples = samples[4:] {
		for i, x := range (*[4]float32)(samples) {
			if x < q.low[i] {
				q.low[i] = x
			}
			if x > q.high[i] {
				q.high[i] = x
			}
			q.squares[i] += x * x
		}
	}
}
