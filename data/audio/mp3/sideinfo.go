package mp3

// Block types (2.4.2.7, block_type).
const (
	normalBlock = iota
	startBlock
	shortBlocks
	stopBlock
)

// A granule is what the side information says about 576 samples of a channel
// (2.4.1.7 and 2.4.2.7).
type granule struct {
	lsf          bool
	bits         int // of scale factors and Huffman codes
	bigValues    int // lines that are sent in pairs
	gain         int // in steps of 2^(1/4), from which 210 is taken
	compress     int // scalefac_compress, how long scale factors are
	block        int
	mixed        bool    // the lowest two subbands have a normal block all the same
	tables       [3]int  // Huffman tables of the three regions of bigValues
	regionEnd    [3]int  // first line after each
	subblockGain [3]int  // of each short block, in steps of 2^2
	preflag      bool    // scale factors are raised by preemphasis
	scaleShift   int     // a scale factor is 2^scaleShift steps of gain
	quadB        bool    // the quads after bigValues use code B
	shared       [4]bool // scale factors that are those of the granule before
	layout       *layout
}

// sideInfo is the side information of a frame.
type sideInfo struct {
	mainDataBegin int           // bytes before this frame's main data where it starts
	granules      [2][2]granule // [granule][channel]
}

// parseSide reads the side information of a frame. It returns false if it
// cannot be right.
func parseSide(h header, frame []byte) (sideInfo, bool) {
	if len(frame) < h.sideSize() {
		return sideInfo{}, false
	}
	var padded [headerSize + 2 + 32 + guard]byte
	copy(padded[:], frame[:h.sideSize()])
	b := &bits{data: padded[:], pos: 8 * headerSize}
	if h.crc {
		b.pos += 16
	}
	var s sideInfo
	s.readStart(b, h)
	for i := range h.granules() {
		for ch := range h.channels {
			if !s.granules[i][ch].read(b, h) {
				return s, false
			}
		}
	}
	return s, true
}

// readStart reads what stands before the granules: where the main data begins,
// private bits, and what the second granule shares with the first.
func (s *sideInfo) readStart(b *bits, h header) {
	if h.lsf {
		s.mainDataBegin = b.read(8)
		b.read(h.channels)
		return
	}
	s.mainDataBegin = b.read(9)
	b.read(7 - 2*h.channels)
	for ch := range h.channels {
		for i := range 4 {
			s.granules[1][ch].shared[i] = b.flag()
		}
	}
}

func (g *granule) read(b *bits, h header) bool {
	g.lsf = h.lsf
	g.bits = b.read(12)
	g.bigValues = 2 * b.read(9)
	g.gain = b.read(8)
	if h.lsf {
		g.compress = b.read(9)
	} else {
		g.compress = b.read(4)
	}
	if b.flag() {
		g.readSwitched(b, h)
	} else {
		g.readNormal(b, h)
	}
	if !h.lsf {
		g.preflag = b.flag()
	}
	g.scaleShift = 1 + b.read(1)
	g.quadB = b.flag()
	// block type 0 is not for switched windows; it marks a damaged frame
	return g.bigValues <= granuleSize && g.layout != nil
}

// readNormal reads a granule of one long block.
func (g *granule) readNormal(b *bits, h header) {
	g.layout = &longBands[h.bands]
	for i := range g.tables {
		g.tables[i] = b.read(5)
	}
	first := b.read(4) + 1
	second := first + b.read(3) + 1
	g.setRegions(g.layout.end(first-1), g.layout.end(second-1))
}

// readSwitched reads a granule with another window than the normal one. Its
// regions are not sent: the first one is as wide as nine of the narrowest
// bands, and there is no third.
func (g *granule) readSwitched(b *bits, h header) {
	g.block = b.read(2)
	g.mixed = b.flag()
	g.tables[0], g.tables[1] = b.read(5), b.read(5)
	for i := range g.subblockGain {
		g.subblockGain[i] = b.read(3)
	}
	first := longBands[h.bands].end(7)
	switch {
	case g.block == normalBlock:
		return
	case g.block != shortBlocks:
		g.layout = &longBands[h.bands]
	case g.mixed:
		g.layout = &mixedBands[h.bands]
	default:
		g.layout = &shortBands[h.bands]
	}
	if g.block == shortBlocks {
		first = shortBands[h.bands].end(8)
	}
	g.setRegions(first, granuleSize)
}

func (g *granule) setRegions(first, second int) {
	g.regionEnd = [3]int{min(first, g.bigValues), min(second, g.bigValues), g.bigValues}
}
