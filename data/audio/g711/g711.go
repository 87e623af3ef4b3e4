// Package g711 holds the two companding laws of telephony, A-law and µ-law, as
// tables from a code to its sample at full scale ±1 (ITU-T G.711, tables 1a to
// 2b; 13 and 14 bit values aligned to 16 bit, as every decoder gives them).
package g711

// ALaw and MuLaw are the sample of every code.
var (
	ALaw  = table(alaw)
	MuLaw = table(mulaw)
)

func table(expand func(byte) int) *[256]float32 {
	var t [256]float32
	for code := range t {
		t[code] = float32(expand(byte(code))) / (1 << 15)
	}
	return &t
}

// alaw expands a code: even bits are sent inverted; then sign, three bits of
// segment, four of step.
func alaw(code byte) int {
	code ^= 0x55
	segment, step := int(code>>4&7), int(code&15)
	value := step<<4 + 8
	if segment > 0 {
		value = (value + 0x100) << (segment - 1)
	}
	if code&0x80 == 0 {
		return -value
	}
	return value
}

// mulaw expands a code: all bits are sent inverted. The bias of 132 makes the
// segments powers of two.
func mulaw(code byte) int {
	const bias = 132
	code = ^code
	segment, step := int(code>>4&7), int(code&15)
	value := (step<<3+bias)<<segment - bias
	if code&0x80 != 0 {
		return -value
	}
	return value
}
