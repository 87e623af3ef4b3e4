package flac

// header is what begins a frame (RFC 9639, 9.1).
type header struct {
	first    int64 // the frame of sound that it begins with
	size     int   // frames of sound
	channels int   // how they are coupled, see assignment
	length   int   // bytes of the header
}

// The kinds of coupling of two channels; below are so many plain channels.
const (
	leftSide  = 8
	sideRight = 9
	midSide   = 10
)

// parseHeader reads the header that begins data. It returns false when that is
// none, or is none of this stream: a wrong one is worse than a missed one.
func (s stream) parseHeader(data []byte) (header, bool) {
	if len(data) < 6 || data[0] != 0xFF || data[1]&0xFE != 0xF8 || data[3]&1 != 0 {
		return header{}, false
	}
	number, at, ok := codedNumber(data, 4)
	if !ok {
		return header{}, false
	}
	h := header{channels: int(data[3] >> 4)}
	size, at, ok := blockSize(data, at)
	if !ok || size > s.blockSize || !s.coupled(h.channels) || !s.ofBits(data[3]>>1&7) {
		return header{}, false
	}
	if at, ok = s.atRate(data, at); !ok || at >= len(data) || crc8(data[:at]) != data[at] {
		return header{}, false
	}
	h.size, h.length, h.first = size, at+1, number
	if fixed := data[1]&1 == 0; fixed { // then frames are numbered, not samples
		h.first *= int64(s.blockSize)
	}
	return h, true
}

// codedNumber reads a number that is coded as UTF-8 codes a character, but up
// to 36 bits long.
func codedNumber(data []byte, at int) (number int64, next int, ok bool) {
	lead, more := data[at], 0
	for mask := byte(0x80); lead&mask != 0 && mask > 1; mask >>= 1 {
		more++
	}
	if more == 0 {
		return int64(lead), at + 1, true
	}
	if more == 1 || lead == 0xFF || at+more > len(data) {
		return 0, 0, false
	}
	number = int64(lead & (0x7F >> more))
	for _, b := range data[at+1 : at+more] {
		if b>>6 != 2 {
			return 0, 0, false
		}
		number = number<<6 | int64(b&0x3F)
	}
	return number, at + more, true
}

// blockSize reads the size, which is a code or follows at at.
func blockSize(data []byte, at int) (size, next int, ok bool) {
	switch code := int(data[2] >> 4); {
	case code == 1:
		return 192, at, true
	case code >= 8:
		return 256 << (code - 8), at, true
	case code >= 2 && code <= 5:
		return 576 << (code - 2), at, true
	case code == 6 && at < len(data):
		return int(data[at]) + 1, at + 1, true
	case code == 7 && at+1 < len(data):
		return int(data[at])<<8 + int(data[at+1]) + 1, at + 2, true
	}
	return 0, 0, false
}

func (s stream) coupled(code int) bool {
	return code == s.channels-1 || s.channels == 2 && code >= leftSide && code <= midSide
}

func (s stream) ofBits(code byte) bool {
	bits := [8]int{s.bits, 8, 12, -1, 16, 20, 24, 32}[code]
	return bits == s.bits
}

// atRate reports whether the frame has the stream's rate. It returns where the
// header goes on.
func (s stream) atRate(data []byte, at int) (next int, ok bool) {
	code, rate := data[2]&15, s.rate
	switch {
	case code >= 1 && code <= 11:
		rate = [12]int{
			1: 88200, 2: 176400, 3: 192000, 4: 8000, 5: 16000, 6: 22050,
			7: 24000, 8: 32000, 9: 44100, 10: 48000, 11: 96000,
		}[code]
	case code == 12 && at < len(data):
		rate = int(data[at]) * 1000
		at++
	case code >= 13 && code <= 14 && at+1 < len(data):
		rate = int(data[at])<<8 + int(data[at+1])
		if code == 14 {
			rate *= 10
		}
		at += 2
	case code != 0:
		return 0, false
	}
	return at, rate == s.rate
}
