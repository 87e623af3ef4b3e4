package mp3

import "encoding/binary"

// decoderDelay is how many samples later than its input every Layer III decoder
// gives its output: 528 of the filter banks and the one that is always added.
const decoderDelay = 529

// A label is what the first frame of a stream says about the rest, if it holds
// no sound but a Xing, Info or VBRI header. These are in no standard: they were
// published by Xing Technology, the LAME project and Fraunhofer IIS.
type label struct {
	frames   int64 // that follow; 0 if it does not say
	bytes    int64 // of the stream with this frame; 0 if it does not say
	constant bool  // all frames have one bitrate
	delay    int   // samples to drop at the start
	padding  int   // and at the end
}

// readLabel returns false for a frame that holds sound.
func readLabel(h header, frame []byte) (label, bool) {
	const vbriAt = 36 // whatever the side information
	if len(frame) >= vbriAt+4 && string(frame[vbriAt:vbriAt+4]) == "VBRI" {
		return label{}, true
	}
	side := h.sideSize()
	if h.crc {
		side -= 2 // encoders that write a checksum forget its two bytes here
	}
	for _, at := range []int{side, h.sideSize()} {
		if len(frame) < at+8 {
			continue
		}
		if id := string(frame[at : at+4]); id == "Xing" || id == "Info" {
			l := readXing(frame[at+4:])
			l.constant = id == "Info"
			return l, true
		}
	}
	return label{}, false
}

// readXing reads what follows "Xing": flags of the fields that are there,
// frames, bytes, a table for seeking, a quality; then LAME's own, which begins
// with the encoder's name and holds delay and padding in 12 bits each.
func readXing(b []byte) label {
	var l label
	flags := binary.BigEndian.Uint32(b)
	fields := reader{b[4:]}
	if flags&1 != 0 {
		l.frames = int64(binary.BigEndian.Uint32(fields.take(4)))
	}
	if flags&2 != 0 {
		l.bytes = int64(binary.BigEndian.Uint32(fields.take(4)))
	}
	if flags&4 != 0 {
		fields.take(100)
	}
	if flags&8 != 0 {
		fields.take(4)
	}
	name := fields.take(9)
	switch string(name[:4]) {
	case "LAME", "Lavf", "Lavc":
		fields.take(12)
		d := fields.take(3)
		l.delay = int(d[0])<<4 | int(d[1])>>4
		l.padding = int(d[1]&15)<<8 | int(d[2])
		l.delay += decoderDelay
		l.padding = max(0, l.padding-decoderDelay)
	}
	return l
}

// A reader takes fields off bytes. What is beyond the end is 0.
type reader struct{ rest []byte }

func (r *reader) take(n int) []byte {
	if n > len(r.rest) {
		r.rest = nil
		return make([]byte, n)
	}
	field := r.rest[:n]
	r.rest = r.rest[n:]
	return field
}
