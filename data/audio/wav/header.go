package wav

import (
	"encoding/binary"
	"io"

	"github.com/earshot-app/earshot/data/audio/format"
	"github.com/earshot-app/earshot/review"
)

const (
	// noSize is what a writer puts for a size it does not know, and what RF64
	// puts for "see ds64".
	noSize = 0xFFFFFFFF
	// streamSize and above is what writers into a pipe put instead; sox's is
	// the smallest.
	streamSize = 0x7FFFF000
	// maxChunks bounds the walk through a file of nothing but tiny chunks.
	maxChunks = 1000
	// Rates outside of these are not sound but a damaged header.
	minRate, maxRate = 1000, 768000
)

// A layout is where the samples lie and how they are written.
type layout struct {
	codec    codec
	rate     int
	channels int
	start    int64 // byte of the first sample
	size     int64 // bytes of samples that are there
	frames   int64
	problems []*review.Error
}

// parse walks the chunks to fmt and data, in whatever order they come.
func parse(r io.ReaderAt, size int64) (layout, error) {
	chunks := walker{r: r, size: size, at: 12}
	var l layout
	var data chunk
	var dataSize64, fact int64
	for l.rate == 0 || data.id == "" {
		c, ok := chunks.next()
		if !ok {
			return l, review.Fail(BadWAV, review.Args{"chunk": missing(l)})
		}
		switch c.id {
		case "fmt ":
			if err := l.readFormat(r, c); err != nil {
				return l, err
			}
		case "ds64":
			dataSize64 = readDataSize64(r, c)
		case "fact":
			fact = readFact(r, c)
		case "data":
			data = c
		}
	}
	if data.size == noSize && dataSize64 > 0 {
		data.size = dataSize64
	}
	if err := l.measure(chunks, data); err != nil {
		return l, err
	}
	l.trim(fact)
	return l, nil
}

func missing(l layout) string {
	if l.rate == 0 {
		return "fmt"
	}
	return "data"
}

// readFormat reads a fmt chunk: WAVEFORMAT of 16 bytes, or EXTENSIBLE of 40,
// whose subformat begins with the tag.
func (l *layout) readFormat(r io.ReaderAt, c chunk) error {
	var b [40]byte
	n := min(c.size, int64(len(b)))
	if n < 16 || !readAt(r, b[:n], c.start) {
		return review.Fail(BadWAV, review.Args{"chunk": "fmt"})
	}
	tag := binary.LittleEndian.Uint16(b[0:])
	if tag == tagExtensible && n == int64(len(b)) {
		tag = binary.LittleEndian.Uint16(b[24:])
	}
	l.channels = int(binary.LittleEndian.Uint16(b[2:]))
	rate := binary.LittleEndian.Uint32(b[4:])
	if l.channels == 0 || rate < minRate || rate > maxRate {
		return review.Fail(BadWAV, review.Args{"chunk": "fmt"})
	}
	if l.channels > 2 {
		return review.Fail(format.TooManyChannels, review.Args{"channels": l.channels})
	}
	l.rate = int(rate)
	align, bits := binary.LittleEndian.Uint16(b[12:]), binary.LittleEndian.Uint16(b[14:])
	width := sampleWidth(int(align), int(bits), l.channels)
	var ok bool
	if l.codec, ok = codecFor(tag, width); ok {
		return nil
	}
	if l.codec, ok = packedFor(tag, int(align), int(bits), l.channels); ok {
		return nil
	}
	return review.Fail(format.UnsupportedCodec,
		review.Args{"container": "WAV", "codec": codecName(tag, width)})
}

// sampleWidth is bytes a sample. The alignment tells it, since 20 bits may lie
// in 3 or in 4 bytes; the bits tell it where the alignment makes no sense.
func sampleWidth(align, bits, channels int) int {
	fromBits := (bits + 7) / 8
	if align%channels == 0 && align/channels >= fromBits {
		return align / channels
	}
	return fromBits
}

// readDataSize64 reads the second field of RF64's ds64 chunk (EBU Tech 3306).
func readDataSize64(r io.ReaderAt, c chunk) int64 {
	var b [8]byte
	if c.size < 16 || !readAt(r, b[:], c.start+8) {
		return 0
	}
	return int64(binary.LittleEndian.Uint64(b[:]))
}

// readFact reads the number of frames that a fact chunk tells.
func readFact(r io.ReaderAt, c chunk) int64 {
	var b [4]byte
	if c.size < 4 || !readAt(r, b[:], c.start) {
		return 0
	}
	return int64(binary.LittleEndian.Uint32(b[:]))
}

// trim cuts off what pads the last block. A number of frames that ends in an
// earlier block, or beyond the last, is one of the many that are wrong.
func (l *layout) trim(fact int64) {
	if l.codec.packed == nil {
		return
	}
	block := int64(l.codec.packed.Frames())
	if first := (l.frames - 1) / block * block; fact > first && fact < l.frames {
		l.frames = fact
	}
}

// measure sets where the samples lie, how many there are, and what is wrong.
func (l *layout) measure(chunks walker, data chunk) error {
	there := max(0, chunks.size-data.start)
	length := data.size
	switch {
	case data.size == 0 && chunks.from(data.start).reachEnd():
		return review.Fail(format.Empty, nil)
	case data.size == 0, data.size >= streamSize && data.size > there:
		length = there
		l.problems = append(l.problems, review.Fail(format.Unfinished, nil))
	case data.size < 0:
		return review.Fail(BadWAV, review.Args{"chunk": "ds64"})
	case data.size > there:
		length = there
		lost := l.codec.frames(data.size, l.channels) - l.codec.frames(there, l.channels)
		l.problems = append(l.problems, review.Fail(format.Truncated,
			review.Args{"missing": format.At(lost, l.rate)}))
	}
	l.start, l.size, l.frames = data.start, length, l.codec.frames(length, l.channels)
	if l.frames == 0 {
		return review.Fail(format.Empty, nil)
	}
	return nil
}

// A chunk is a name and the bytes that its header says are its own.
type chunk struct {
	id          string
	start, size int64
}

// A walker goes from chunk to chunk.
type walker struct {
	r     io.ReaderAt
	size  int64 // of the file
	at    int64 // of the next header
	count int
}

// from is a walker that starts anew at a place.
func (w walker) from(at int64) walker { return walker{r: w.r, size: w.size, at: at} }

// next returns false at the end of the file, or when there are too many.
func (w *walker) next() (chunk, bool) {
	var head [8]byte
	if w.count == maxChunks || !readAt(w.r, head[:], w.at) {
		return chunk{}, false
	}
	w.count++
	c := chunk{string(head[:4]), w.at + 8, int64(binary.LittleEndian.Uint32(head[4:]))}
	w.at = c.start + c.size
	if c.size%2 == 1 && !w.named(w.at) {
		w.at++ // the pad byte, which some recorders forget
	}
	return c, true
}

// named reports whether one of the usual chunks begins at at.
func (w *walker) named(at int64) bool {
	var id [4]byte
	if !readAt(w.r, id[:], at) {
		return false
	}
	switch string(id[:]) {
	case "fmt ", "data", "fact", "LIST", "bext":
		return true
	}
	return false
}

// reachEnd reports whether chunks fill the file from here to its very end: then
// a data chunk of size 0 before them is really empty, not unfinished.
func (w walker) reachEnd() bool {
	for w.at < w.size {
		if _, ok := w.next(); !ok {
			return false
		}
	}
	return w.at <= w.size+1
}

// readAt reports whether all of b could be read.
func readAt(r io.ReaderAt, b []byte, at int64) bool {
	n, _ := r.ReadAt(b, at)
	return n == len(b)
}
