package gsm

// state is what a frame needs to know of those before it. Two states that are
// equal decode all that follows to the same samples.
type state struct {
	residual [120]int16 // the last reconstructed short-term residuals, d'
	lar      [8]int16   // the log area ratios of the frame before
	lattice  [8]int32   // the memory of the short-term filter, v
	lag      int16      // the last valid lag of the long-term predictor
	last     int16      // the memory of the de-emphasis
}

// initial is the state that the standard begins with.
func initial() state { return state{lag: subSamples} }

// decode writes the 160 samples of a frame (section 5.3 of the standard).
func (s *state) decode(dst []float32, p *parameters) {
	var speech [frameSamples]int16
	for i := range p.sub {
		s.longTerm(speech[i*subSamples:(i+1)*subSamples], &p.sub[i])
	}
	s.shortTerm(&speech, &p.lar)
	last := s.last
	for i, x := range speech {
		last = add(x, multiply(last, 28180))
		dst[i] = float32(add(last, last)&^7) / (1 << 15)
	}
	s.last = last
}

// longTerm adds the excitation to what the lag before was (5.3.1, 5.3.2) and
// keeps the result for the next ones.
func (s *state) longTerm(dst []int16, p *subframe) {
	if p.lag >= 40 && p.lag <= 120 {
		s.lag = p.lag
	}
	gain := [4]int16{3277, 11469, 21299, 32767}[p.gain]
	excitation(dst, p)
	before := s.residual[len(s.residual)-int(s.lag):]
	for i, x := range before[:len(dst)] {
		dst[i] = add(dst[i], multiply(x, gain))
	}
	copy(s.residual[:], s.residual[subSamples:])
	copy(s.residual[len(s.residual)-subSamples:], dst)
}

// excitation puts the 13 pulses on their grid (4.2.15 to 4.2.17).
func excitation(dst []int16, p *subframe) {
	exponent, mantissa := blockMaximum(p.max)
	factor := [8]int16{18431, 20479, 22527, 24575, 26623, 28671, 30719, 32767}[mantissa]
	shift := 6 - exponent
	half := int16(0)
	if shift > 0 {
		half = 1 << (shift - 1)
	}
	clear(dst)
	for i, code := range p.pulses {
		x := add(multiply((2*code-7)<<12, factor), half)
		dst[int(p.grid)+3*i] = x >> shift
	}
}

// blockMaximum splits the code of a block maximum into exponent and mantissa.
func blockMaximum(code int16) (exponent, mantissa int16) {
	if code > 15 {
		exponent = code>>3 - 1
	}
	mantissa = code - exponent<<3
	if mantissa == 0 {
		return -4, 7
	}
	for mantissa <= 7 {
		mantissa = mantissa<<1 | 1
		exponent--
	}
	return exponent, mantissa - 8
}

// shortTerm runs the lattice filter over a frame in place (5.3.3, 5.3.4). Its
// coefficients move from those of the frame before to its own in three steps.
func (s *state) shortTerm(speech *[frameSamples]int16, codes *[8]int16) {
	before, now := s.lar, decodeLAR(codes)
	mix := func(from, to int, blend func(a, b int16) int16) {
		var r [8]int16
		for i := range r {
			r[i] = reflection(blend(before[i], now[i]))
		}
		s.filter(speech[from:to], &r)
	}
	mix(0, 13, func(a, b int16) int16 { return add(add(a>>2, b>>2), a>>1) })
	mix(13, 27, func(a, b int16) int16 { return add(a>>1, b>>1) })
	mix(27, 40, func(a, b int16) int16 { return add(add(a>>2, b>>2), b>>1) })
	mix(40, frameSamples, func(_, b int16) int16 { return b })
	s.lar = now
}

// decodeLAR decodes the log area ratios (5.2.8 and table 5.1).
func decodeLAR(codes *[8]int16) (lar [8]int16) {
	table := [8]struct{ offset, least, inverse int16 }{
		{0, -32, 13107},
		{0, -32, 13107},
		{2048, -16, 13107},
		{-2560, -16, 13107},
		{94, -8, 19223},
		{-1792, -8, 17476},
		{-341, -4, 31454},
		{-1144, -4, 29708},
	}
	for i, t := range table {
		x := subtract((codes[i]+t.least)<<10, t.offset<<1)
		x = multiply(x, t.inverse)
		lar[i] = add(x, x)
	}
	return lar
}

// reflection turns a log area ratio into a reflection coefficient (5.2.9.2).
func reflection(lar int16) int16 {
	if lar < 0 {
		return -reflection(subtract(0, lar))
	}
	switch {
	case lar < 11059:
		return lar << 1
	case lar < 20070:
		return lar + 11059
	}
	return add(lar>>2, 26112)
}

// filter is the standard's arithmetic in 32 bits, which the processor prefers:
// half of the time of decoding is spent here, so that the eight sections of the
// lattice stand one by one. What the last one would remember nobody reads.
func (s *state) filter(speech []int16, coefficients *[8]int16) {
	var r [8]int32
	for i, c := range coefficients {
		r[i] = int32(c)
	}
	v := s.lattice
	for i := range speech {
		x, _ := section(int32(speech[i]), v[7], r[7])
		x, v[7] = section(x, v[6], r[6])
		x, v[6] = section(x, v[5], r[5])
		x, v[5] = section(x, v[4], r[4])
		x, v[4] = section(x, v[3], r[3])
		x, v[3] = section(x, v[2], r[2])
		x, v[2] = section(x, v[1], r[1])
		x, v[1] = section(x, v[0], r[0])
		v[0] = x
		speech[i] = int16(x)
	}
	s.lattice = v
}

// section is one of the lattice: what goes on to the next, and what is
// remembered for it.
func section(x, v, r int32) (next, memory int32) {
	next = x - (v*r+1<<14)>>15
	memory = v + (next*r+1<<14)>>15
	if uint32(next+1<<15)|uint32(memory+1<<15) >= 1<<16 {
		return stopped(next, v, r)
	}
	return next, memory
}

// stopped is a section that stops at full scale, which hardly ever happens.
func stopped(next, v, r int32) (stopped, memory int32) {
	next = int32(saturate(next))
	return next, int32(saturate(v + (next*r+1<<14)>>15))
}

// add, subtract and multiply are the standard's operations on 16 bits: a sum
// stops at full scale, a product of two fractions is rounded. A product stays
// within 16 bits, since b, whatever it is here, is never -1 itself.
func add(a, b int16) int16 { return saturate(int32(a) + int32(b)) }

func subtract(a, b int16) int16 { return saturate(int32(a) - int32(b)) }

func multiply(a, b int16) int16 { return int16((int32(a)*int32(b) + 1<<14) >> 15) }

// saturate hardly ever has to stop a sum, which the processor foresees if it is
// asked so.
func saturate(x int32) int16 {
	if y := int16(x); int32(y) == x {
		return y
	}
	if x < 0 {
		return -1 << 15
	}
	return 1<<15 - 1
}
