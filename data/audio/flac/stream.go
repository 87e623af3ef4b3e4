package flac

import (
	"encoding/binary"
	"fmt"
	"io"

	"github.com/earshot-app/earshot/data/audio/format"
	"github.com/earshot-app/earshot/review"
)

const (
	// maxMetadata bounds the walk through a file of nothing but metadata.
	maxMetadata = 1000
	// maxBits is what samples of 32 bits as floats can hold without loss.
	maxBits = 24
)

// stream is what STREAMINFO says of the whole recording (RFC 9639, 8.2).
type stream struct {
	blockSize int // the largest, in frames
	rate      int
	channels  int
	bits      int
	frames    int64 // 0 when the encoder did not know
}

// name is the codec's name, with the width of its samples.
func (s stream) name() string { return fmt.Sprintf("flac-s%d", s.bits) }

// readMetadata reads STREAMINFO, which must come first, and skips the other
// blocks. It returns where the frames begin.
func readMetadata(r io.ReaderAt, size int64) (s stream, start int64, err error) {
	start = int64(len(magic))
	for n := range maxMetadata {
		var head [4]byte
		if !readAt(r, head[:], start) {
			break
		}
		kind, length := head[0]&0x7F, int64(binary.BigEndian.Uint32(head[:])&0xFFFFFF)
		if n == 0 {
			var b [InfoSize]byte
			if kind != 0 || length < InfoSize || !readAt(r, b[:], start+4) {
				break
			}
			if s, err = parseInfo(&b); err != nil {
				return s, 0, err
			}
		}
		start += 4 + length
		if last := head[0]&0x80 != 0; last && start <= size {
			return s, start, nil
		}
	}
	return s, 0, review.Fail(BadFLAC, nil)
}

func parseInfo(b *[InfoSize]byte) (stream, error) {
	packed := binary.BigEndian.Uint64(b[10:])
	s := stream{
		blockSize: int(binary.BigEndian.Uint16(b[2:])),
		rate:      int(packed >> 44),
		channels:  int(packed>>41&7) + 1,
		bits:      int(packed>>36&31) + 1,
		frames:    int64(packed & (1<<36 - 1)),
	}
	switch {
	case s.blockSize < 16 || s.rate == 0 || s.bits < 4:
		return s, review.Fail(BadFLAC, nil)
	case s.channels > 2:
		return s, review.Fail(format.TooManyChannels, review.Args{"channels": s.channels})
	case s.bits > maxBits:
		return s, review.Fail(format.UnsupportedCodec,
			review.Args{"container": "FLAC", "codec": fmt.Sprintf("PCM %d bit", s.bits)})
	}
	return s, nil
}

// readAt reports whether all of b could be read.
func readAt(r io.ReaderAt, b []byte, at int64) bool {
	n, _ := r.ReadAt(b, at)
	return n == len(b)
}
