package vorbis

// skipFloor reads one floor (Vorbis I, 6.2.1 and 7.2.2), and reports whether it is
// of a kind that there is.
func skipFloor(r *bitReader) bool {
	switch r.read(16) {
	case 0:
		r.skip(8 + 16 + 16 + 6 + 8)
		r.skip(8 * (r.read(4) + 1))
	case 1:
		skipFloor1(r)
	default:
		return false
	}
	return !r.ended()
}

func skipFloor1(r *bitReader) {
	classes := make([]int, r.read(5)) // of partitions
	most := -1
	for i := range classes {
		classes[i] = r.read(4)
		most = max(most, classes[i])
	}
	dimensions := make([]int, most+1)
	for i := range dimensions {
		dimensions[i] = r.read(3) + 1
		subclasses := r.read(2)
		if subclasses > 0 {
			r.skip(8)
		}
		r.skip(8 << subclasses)
	}
	r.skip(2)
	width := r.read(4)
	for _, class := range classes {
		r.skip(width * dimensions[class])
	}
}

// checkResidue reads one residue. The decoder takes what lies between its begin and
// its end for a number without a sign: one that ends first would be gigabytes.
func checkResidue(r *bitReader) bool {
	r.skip(16)
	begin, end := r.read(24), r.read(24)
	r.skip(24)
	cascades := make([]int, r.read(6)+1)
	r.skip(8)
	for i := range cascades {
		cascades[i] = r.read(3)
		if r.read(1) == 1 {
			cascades[i] |= r.read(5) << 3
		}
	}
	for _, books := range cascades {
		for ; books > 0; books &= books - 1 {
			r.skip(8)
		}
	}
	return begin <= end && !r.ended()
}
