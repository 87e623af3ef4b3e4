// Package flac decodes FLAC recordings (RFC 9639) of one or two channels and 4
// to 24 bits, to the very samples that were encoded.
//
// A seek needs no table: frames say which samples they hold, so the place is
// found by halving the file and looking for the next frame, some 15 reads for
// an hour. Every frame stands alone and carries a checksum; the first whose
// checksum is wrong is where a recording breaks.
//
// Opening reads the headers and the last frame. Its number tells whether the
// file was cut off, and the length where the encoder wrote into a pipe and left
// it out.
package flac

import (
	"io"

	"github.com/earshot-app/earshot/data/audio/block"
	"github.com/earshot-app/earshot/data/audio/format"
	"github.com/earshot-app/earshot/review"
)

// BadFLAC is a damaged header, or a file without a single frame.
const BadFLAC review.Code = "bad-flac"

// Format is how data/audio knows and opens FLAC.
var Format = format.Format{Match: match, Open: New}

// magic begins every FLAC file.
const magic = "fLaC"

func match(head []byte) bool { return len(head) >= 4 && string(head[:4]) == magic }

// New reads the headers of the recording in r, which is size bytes long.
func New(r io.ReaderAt, size int64) (format.Decoder, error) {
	s, start, err := readMetadata(r, size)
	if err != nil {
		return nil, err
	}
	c := newCodec(r, s, start, size)
	info := format.Info{
		Container: "flac", Codec: s.name(), Rate: s.rate, Channels: s.channels, Frames: s.frames,
	}
	end, found := c.lastFrame()
	switch {
	case !found && s.frames == 0:
		return nil, review.Fail(BadFLAC, nil)
	case found && s.frames == 0:
		info.Frames = end
		info.Problems = append(info.Problems, review.Fail(format.Unfinished, nil))
	case found && end < s.frames:
		info.Frames = end
		info.Problems = append(info.Problems, review.Fail(format.Truncated,
			review.Args{"missing": format.At(s.frames-end, s.rate)}))
	}
	if info.Frames == 0 {
		return nil, review.Fail(format.Empty, nil)
	}
	return block.NewReader(info, c), nil
}
