package mp3

// A decoder decodes frames in order. What it gives depends on the frame and on
// a few before it; see preRoll.
type decoder struct {
	*codeTables
	main     reservoir
	channels [2]channel
	stereo   bool // the frame before had two channels
	subbands [slots][subbands]float32
}

// A channel is what is decoded of one, and what its next granule needs of it.
type channel struct {
	lines     [granuleSize]float32
	used      int // lines from here on are 0
	scales    scaleFactors
	hybrid    hybrid
	synthesis synthesis
}

func newDecoder() *decoder { return &decoder{codeTables: tables()} }

// reset forgets all frames.
func (d *decoder) reset() { *d = decoder{codeTables: d.codeTables} }

// keep takes the main data of a frame without decoding it.
func (d *decoder) keep(h header, frame []byte) {
	if side := h.sideSize(); side < len(frame) {
		d.main.add(frame[side:])
	}
}

// decode decodes a frame into pcm, h.samples of each of h.channels, interleaved.
// It reports whether the side information makes sense; if not, the sound fades
// into silence.
func (d *decoder) decode(h header, frame []byte, pcm []float32) bool {
	side, ok := parseSide(h, frame)
	if !ok {
		d.keep(h, frame)
		d.fade(h, pcm)
		return false
	}
	d.setChannels(h)
	start := d.main.add(frame[h.sideSize():])
	b := &bits{data: d.main.data[:], pos: 8 * (start - side.mainDataBegin), end: 8 * d.main.have}
	for i := range h.granules() {
		d.granule(h, b, &side.granules[i], pcm[i*granuleSize*h.channels:])
	}
	return true
}

// lose is decode for a frame that is missing: nothing that follows can use its
// main data, or what lies before it.
func (d *decoder) lose(h header, pcm []float32) {
	d.main.have = 0
	d.fade(h, pcm)
}

// setChannels forgets the second channel when a frame has only one.
func (d *decoder) setChannels(h header) {
	if d.stereo && h.channels == 1 {
		d.channels[1] = channel{}
	}
	d.stereo = h.channels == 2
}

func (d *decoder) granule(h header, b *bits, g *[2]granule, pcm []float32) {
	for ch := range h.channels {
		d.channels[ch].read(d.codeTables, b, &g[ch], h.directions(ch))
	}
	left, right := &d.channels[0], &d.channels[1]
	if h.channels == 2 {
		j := joint{h, &g[1], &right.scales}
		left.used, right.used = j.unfold(&left.lines, &right.lines, left.used, right.used)
	}
	for ch := range h.channels {
		d.synthesize(ch, h.channels, &g[ch], pcm)
	}
}

// fade decodes a frame as if all lines were 0.
func (d *decoder) fade(h header, pcm []float32) {
	d.setChannels(h)
	for i := range h.granules() {
		for ch := range h.channels {
			d.channels[ch].silence()
			d.synthesize(ch, h.channels, &granule{layout: &longBands[h.bands]}, pcm[i*granuleSize*h.channels:])
		}
	}
}

// synthesize turns the lines of a channel into samples.
func (d *decoder) synthesize(ch, channels int, g *granule, pcm []float32) {
	c := &d.channels[ch]
	if g.block == shortBlocks {
		c.used = reorder(&c.lines, g.layout, c.used)
	}
	c.hybrid.transform(&c.lines, c.used, g, &d.subbands)
	c.synthesis.write(&d.subbands, pcm[ch:], channels)
}

// read reads the lines of a granule. Those of which not all bits are there are
// silence: at the start of a recording that was cut out of a longer one, they
// always are.
func (c *channel) read(t *codeTables, b *bits, g *granule, directions bool) {
	start, end := b.pos, b.pos+g.bits
	if start < 0 || end > b.end {
		c.silence()
		b.pos = end
		return
	}
	if g.lsf {
		c.scales.readLSF(b, g, directions)
	} else {
		c.scales.readMPEG1(b, g)
	}
	c.used = t.readLines(b, g, end, &c.lines)
	requantize(&c.lines, c.used, g, &c.scales)
	b.pos = end
}

func (c *channel) silence() {
	c.used, c.scales = 0, scaleFactors{}
	clear(c.lines[:])
}
