package wav

import (
	"encoding/binary"
	"io"

	"github.com/earshot-app/earshot/data/audio/format"
)

// TagMP3 is the format tag of MP3, for [Stream].
const TagMP3 = 0x0055

// Stream returns the data of a recording whose codec has a tag, and false for
// other ones. It is for codecs that are streams with headers of their own, which
// other packages decode: only the tag is taken from the WAV header.
func Stream(r io.ReaderAt, size int64, tag uint16) (*io.SectionReader, bool) {
	head := make([]byte, format.HeadSize)
	n, _ := r.ReadAt(head, 0)
	if !match(head[:n]) {
		return nil, false
	}
	chunks := walker{r: r, size: size, at: 12}
	found := false
	for {
		c, ok := chunks.next()
		switch {
		case !ok:
			return nil, false
		case c.id == "fmt ":
			var b [2]byte
			found = readAt(r, b[:], c.start) && binary.LittleEndian.Uint16(b[:]) == tag
		case c.id == "data" && found:
			length := max(0, size-c.start)
			if c.size > 0 {
				length = min(length, c.size)
			}
			return io.NewSectionReader(r, c.start, length), true
		}
	}
}
