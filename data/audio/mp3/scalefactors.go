package mp3

// maxBands is how many scale factor bands a granule has at most: 13 short ones
// in three windows.
const maxBands = 39

// scaleFactors are those of a granule, in the order of its layout. With
// intensity stereo those of the right channel tell directions too; illegal is
// the value that means none.
type scaleFactors struct {
	value   [maxBands]uint8
	illegal [maxBands]uint8
}

// A partition is a run of scale factors of one length in bits.
type partition struct{ count, length int }

// Lengths of scale factors in MPEG-1, by scalefac_compress (2.4.2.7): of the
// lower and of the upper half.
var scaleLengths = [2][16]int{
	{0, 0, 0, 0, 3, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4},
	{0, 1, 2, 3, 0, 1, 2, 3, 1, 2, 3, 1, 2, 3, 2, 3},
}

// Scale factors of each length in MPEG-1, by kind of layout: long, short, mixed.
var partitions = [3][4]int{{6, 5, 5, 5}, {9, 9, 9, 9}, {8, 9, 9, 9}}

// The same for the low sampling frequencies (ISO/IEC 13818-3, 2.4.3.2), by
// scheme, then kind of layout.
var lsfPartitions = [6][3][4]int{
	{{6, 5, 5, 5}, {9, 9, 9, 9}, {6, 9, 9, 9}},
	{{6, 5, 7, 3}, {9, 9, 12, 6}, {6, 9, 12, 6}},
	{{11, 10, 0, 0}, {18, 18, 0, 0}, {15, 18, 0, 0}},
	{{7, 7, 7, 0}, {12, 12, 12, 0}, {6, 15, 12, 0}},
	{{6, 6, 6, 3}, {12, 9, 9, 6}, {6, 12, 9, 6}},
	{{8, 8, 5, 0}, {15, 12, 9, 0}, {6, 18, 9, 0}},
}

// readMPEG1 reads the scale factors of a granule. Those that it shares are
// still there from the granule before.
func (s *scaleFactors) readMPEG1(b *bits, g *granule) {
	at := 0
	for i, count := range partitions[g.layout.kind] {
		length := scaleLengths[i/2][g.compress]
		if g.shared[i] && g.layout.kind == 0 {
			at += count
			continue
		}
		at = s.readRun(b, at, partition{count, length})
	}
	s.clear(at)
	for i := range s.illegal {
		s.illegal[i] = 7
	}
}

// readLSF reads the scale factors of a granule of a low sampling frequency.
// direction is true for the right channel of intensity stereo, whose lengths
// are coded differently.
func (s *scaleFactors) readLSF(b *bits, g *granule, direction bool) {
	scheme, lengths := lsfLengths(g.compress, direction)
	g.preflag = scheme == 2
	at := 0
	for i, count := range lsfPartitions[scheme][g.layout.kind] {
		end := s.readRun(b, at, partition{count, lengths[i]})
		for ; at < end; at++ {
			s.illegal[at] = uint8(1<<lengths[i] - 1)
		}
	}
	s.clear(at)
}

// lsfLengths unpacks scalefac_compress (ISO/IEC 13818-3, 2.4.3.2).
func lsfLengths(compress int, direction bool) (scheme int, lengths [4]int) {
	c := compress
	if direction {
		c >>= 1
		switch {
		case c < 180:
			return 3, [4]int{c / 36, c % 36 / 6, c % 6}
		case c < 244:
			c -= 180
			return 4, [4]int{c >> 4, c >> 2 & 3, c & 3}
		}
		c -= 244
		return 5, [4]int{c / 3, c % 3}
	}
	switch {
	case c < 400:
		return 0, [4]int{c >> 4 / 5, c >> 4 % 5, c >> 2 & 3, c & 3}
	case c < 500:
		c -= 400
		return 1, [4]int{c >> 2 / 5, c >> 2 % 5, c & 3}
	}
	c -= 500
	return 2, [4]int{c / 3, c % 3}
}

func (s *scaleFactors) readRun(b *bits, at int, p partition) int {
	for range p.count {
		s.value[at] = uint8(b.read(p.length))
		at++
	}
	return at
}

// clear sets what is not sent: the scale factors of the topmost bands.
func (s *scaleFactors) clear(from int) {
	clear(s.value[from:])
}
