package gsm

// parameters are the codes of one frame (table 1.1 of the standard).
type parameters struct {
	lar [8]int16 // log area ratios
	sub [4]subframe
}

type subframe struct {
	lag, gain int16 // of the long-term predictor
	grid, max int16 // of the excitation: position, block maximum
	pulses    [13]int16
}

// larBits are the widths of the log area ratios.
var larBits = [8]int{6, 6, 5, 5, 4, 4, 3, 3}

// read takes every code, in the order of the standard, from a source of bits.
func (p *parameters) read(bits func(n int) int16) {
	for i, n := range larBits {
		p.lar[i] = bits(n)
	}
	for i := range p.sub {
		s := &p.sub[i]
		s.lag, s.gain, s.grid, s.max = bits(7), bits(2), bits(2), bits(6)
		for j := range s.pulses {
			s.pulses[j] = bits(3)
		}
	}
}

// unpackRaw reads a frame of 33 bytes, highest bit first, after its signature.
func unpackRaw(dst []parameters, block []byte) error {
	if !Plausible(block) {
		return errSignature
	}
	loaded, count, next := uint32(block[0]), 4, 1
	dst[0].read(func(n int) int16 {
		if count < n {
			loaded = loaded<<8 | uint32(block[next])
			count, next = count+8, next+1
		}
		count -= n
		return int16(loaded >> count & (1<<n - 1))
	})
	return nil
}

// unpackMicrosoft reads two frames of 260 bits, lowest bit first. What lies
// beyond a block that was cut off is 0.
func unpackMicrosoft(dst []parameters, block []byte) error {
	loaded, count, next := uint32(0), 0, 0
	bits := func(n int) int16 {
		if count < n {
			if next < len(block) {
				loaded |= uint32(block[next]) << count
			}
			count, next = count+8, next+1
		}
		code := loaded & (1<<n - 1)
		loaded, count = loaded>>n, count-n
		return int16(code)
	}
	dst[0].read(bits)
	dst[1].read(bits)
	return nil
}
