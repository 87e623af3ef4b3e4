package flac

import (
	"encoding/binary"
	"errors"
)

var (
	errFrame    = errors.New("a frame makes no sense")
	errChecksum = errors.New("the checksum of a frame is wrong")
)

// A frame is one decoded block, its memory used over and over.
type frame struct {
	header
	length   int // bytes
	channels [2][]int32
}

// decode decodes the frame that begins data, whose header is h.
func (f *frame) decode(s stream, h header, data []byte) error {
	f.header = h
	b := &bitReader{data: data, at: h.length}
	for c := range s.channels {
		if cap(f.channels[c]) < h.size {
			f.channels[c] = make([]int32, s.blockSize)
		}
		f.channels[c] = f.channels[c][:h.size]
		width := uint(s.bits)
		if h.channels == sideRight && c == 0 || (h.channels == leftSide || h.channels == midSide) && c == 1 {
			width++ // a difference
		}
		if !subframe(b, f.channels[c], width) {
			return errFrame
		}
	}
	end := b.position()
	if b.ended() || end+2 > len(data) {
		return errFrame
	}
	if crc16(data[:end]) != binary.BigEndian.Uint16(data[end:]) {
		return errChecksum
	}
	f.length = end + 2
	f.uncouple()
	return nil
}

// uncouple makes left and right of what two channels were coded as.
func (f *frame) uncouple() {
	a, b := f.channels[0], f.channels[1]
	switch f.header.channels {
	case leftSide:
		for i := range b {
			b[i] = a[i] - b[i]
		}
	case sideRight:
		for i := range a {
			a[i] += b[i]
		}
	case midSide:
		for i := range a {
			sum := a[i]<<1 | b[i]&1 // halving lost the bit that both have
			a[i], b[i] = (sum+b[i])>>1, (sum-b[i])>>1
		}
	}
}

// subframe decodes one channel (RFC 9639, 9.2), whose samples are width bits.
func subframe(b *bitReader, dst []int32, width uint) bool {
	kind := b.unsigned(8) // a zero, six bits of kind, and whether low bits are left out
	wasted := uint(0)
	if kind&1 != 0 {
		wasted = uint(b.unary()) + 1
	}
	if kind&0x80 != 0 || wasted >= width {
		return false
	}
	width -= wasted
	ok := true
	switch kind >>= 1; {
	case kind == 0:
		x := b.signed(width)
		for i := range dst {
			dst[i] = x
		}
	case kind == 1:
		for i := range dst {
			dst[i] = b.signed(width)
		}
	case kind >= 8 && kind <= 12:
		ok = fixed(b, dst, int(kind-8), width)
	case kind >= 32:
		ok = linear(b, dst, int(kind-31), width)
	default:
		ok = false
	}
	if wasted > 0 {
		for i := range dst {
			dst[i] <<= wasted
		}
	}
	return ok && !b.ended()
}

// warmUp reads the samples that prediction begins with.
func warmUp(b *bitReader, dst []int32, order int, width uint) bool {
	if order > len(dst) {
		return false
	}
	for i := range order {
		dst[i] = b.signed(width)
	}
	return true
}

// fixed predicts by a polynomial of the order.
func fixed(b *bitReader, dst []int32, order int, width uint) bool {
	coefficients := [5][]int32{{}, {1}, {2, -1}, {3, -3, 1}, {4, -6, 4, -1}}[order]
	if !warmUp(b, dst, order, width) || !residual(b, dst, order) {
		return false
	}
	predict(dst, coefficients, 0)
	return true
}

// linear predicts by coefficients that the frame brings.
func linear(b *bitReader, dst []int32, order int, width uint) bool {
	if !warmUp(b, dst, order, width) {
		return false
	}
	precision := uint(b.unsigned(4)) + 1
	shift := b.signed(5)
	if precision == 16 || shift < 0 {
		return false
	}
	var coefficients [32]int32
	for i := range order {
		coefficients[i] = b.signed(precision)
	}
	if !residual(b, dst, order) {
		return false
	}
	predict(dst, coefficients[:order], uint(shift))
	return true
}

// predict adds what the samples before foretell, the last one first.
func predict(dst, coefficients []int32, shift uint) {
	order := len(coefficients)
	for i := order; i < len(dst); i++ {
		sum, before := int64(0), dst[i-order:i]
		for j, c := range coefficients {
			sum += int64(c) * int64(before[order-1-j])
		}
		dst[i] += int32(sum >> shift)
	}
}

// residual reads what prediction left over, in partitions of Rice codes
// (RFC 9639, 9.2.7).
func residual(b *bitReader, dst []int32, order int) bool {
	method, partitions := b.unsigned(2), 1<<b.unsigned(4)
	each := len(dst) / partitions
	if method > 1 || each*partitions != len(dst) || each < order {
		return false
	}
	for p := range partitions {
		part := dst[p*each : (p+1)*each]
		if p == 0 {
			part = part[order:]
		}
		rice(b, part, uint(4+method))
		if b.ended() {
			return false
		}
	}
	return true
}

// rice reads one partition, whose parameter is width bits.
func rice(b *bitReader, dst []int32, width uint) {
	parameter := uint(b.unsigned(width))
	if parameter == 1<<width-1 { // not coded at all
		plain := uint(b.unsigned(5))
		for i := range dst {
			dst[i] = b.signed(plain)
		}
		return
	}
	for i := range dst {
		x := b.unary()<<parameter | b.unsigned(parameter)
		dst[i] = int32(x>>1) ^ -int32(x&1) // 0, -1, 1, -2, …
	}
}
