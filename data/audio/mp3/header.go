package mp3

// Sizes that the standard fixes.
const (
	headerSize  = 4
	granuleSize = 576 // samples of a channel
	// maxFrame is the largest frame: 320 kbit/s at 32 kHz, or 160 at 8 kHz,
	// padded.
	maxFrame = 1441
)

// A header is the first four bytes of a frame (ISO/IEC 11172-3, 2.4.1.3; the
// lower rates: ISO/IEC 13818-3, 2.4.2.3).
type header struct {
	lsf       bool // MPEG-2 or 2.5: low sampling frequency, one granule a frame
	crc       bool // two bytes of checksum follow; they are skipped
	rate      int
	bands     int // row of the scale factor band tables
	bitrate   int
	channels  int
	ms        bool // mid and side instead of left and right
	intensity bool // the upper bands are sent once, with a direction
	size      int  // bytes, header included
}

var (
	bitrates    = [14]int{32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320}
	bitratesLSF = [14]int{8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160}
	// rates by version: 2.5, which is an extension of its inventors and in no
	// standard; reserved; 2; 1
	rates = [4][3]int{{11025, 12000, 8000}, {}, {22050, 24000, 16000}, {44100, 48000, 32000}}
)

// parseHeader reads the header at the start of b. It returns false for what is
// no Layer III frame, and for free format, whose frames do not tell their size.
func parseHeader(b []byte) (header, bool) {
	if len(b) < headerSize || b[0] != 0xFF || b[1]&0xE0 != 0xE0 {
		return header{}, false
	}
	version, layer := b[1]>>3&3, b[1]>>1&3
	bitrate, rate, padding := int(b[2]>>4), int(b[2]>>2&3), int(b[2]>>1&1)
	if version == 1 || layer != 1 || bitrate == 0 || bitrate == 15 || rate == 3 {
		return header{}, false
	}
	h := header{
		lsf: version != 3, crc: b[1]&1 == 0,
		rate: rates[version][rate], bands: bandRow(int(version), rate), bitrate: bitrates[bitrate-1], channels: 2,
	}
	if h.lsf {
		h.bitrate = bitratesLSF[bitrate-1]
	}
	switch mode := b[3] >> 6; mode {
	case 3:
		h.channels = 1
	case 1:
		h.intensity, h.ms = b[3]>>4&1 == 1, b[3]>>5&1 == 1
	}
	h.size = h.samples()/8*h.bitrate*1000/h.rate + padding
	return h, true
}

// ratio is the mean size of frames of this bitrate, as bytes to frames.
func (h header) ratio() (bytes, frames int64) {
	return int64(h.samples() / 8 * h.bitrate * 1000), int64(h.rate)
}

// least is the size of the smallest frames of this rate.
func (h header) least() int {
	lowest := bitrates[0]
	if h.lsf {
		lowest = bitratesLSF[0]
	}
	return h.samples() / 8 * lowest * 1000 / h.rate
}

// directions reports whether the scale factors of a channel tell directions.
func (h header) directions(ch int) bool { return h.intensity && ch == 1 }

// granules is how many blocks of granuleSize samples a frame holds.
func (h header) granules() int {
	if h.lsf {
		return 1
	}
	return 2
}

// samples is how many samples of each channel a frame holds.
func (h header) samples() int { return granuleSize * h.granules() }

// sideSize is how many bytes stand before the main data.
func (h header) sideSize() int {
	n := headerSize
	if h.crc {
		n += 2
	}
	switch {
	case h.lsf && h.channels == 1:
		return n + 9
	case h.lsf || h.channels == 1:
		return n + 17
	}
	return n + 32
}

// fits reports whether both can be frames of one stream. The bitrate may
// change, and so may the channels.
func (h header) fits(other header) bool { return h.rate == other.rate && h.lsf == other.lsf }
