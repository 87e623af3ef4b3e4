package sound

// add takes up samples, four or a multiple of it.
func (q *quad) add(samples []float32) { addQuad(samples, q) }

// addQuad is quad.add in SSE2, which every amd64 has: Go's compiler knows no
// instruction for four numbers at once, and takes three times as long for each
// by itself.
//
//go:noescape
func addQuad(samples []float32, q *quad)
