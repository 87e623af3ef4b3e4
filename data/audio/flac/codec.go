package flac

import (
	"errors"
	"fmt"
	"io"

	"github.com/earshot-app/earshot/data/audio/block"
)

// codec decodes frame after frame. It is a block.Codec.
type codec struct {
	Decoder
	r     io.ReaderAt
	start int64 // of the first frame, in bytes
	size  int64 // of the file

	at     int64 // of the next frame
	window []byte
	from   int64 // where the window lies in the file
	filled int   // bytes of it
}

func newCodec(r io.ReaderAt, s stream, start, size int64) *codec {
	return &codec{
		Decoder: Decoder{stream: s}, r: r, start: start, size: size, at: start,
		window: make([]byte, max(1<<16, 2*s.largest())),
	}
}

// largest is how many bytes a frame can have: that of samples that were not
// coded at all, since encoders fall back to that, and some for headers.
func (s stream) largest() int { return s.blockSize*s.channels*(s.bits+1)/8 + 256 }

// bytes returns what the file holds from at on: a whole frame, unless the file
// ends before.
func (c *codec) bytes(at int64) ([]byte, error) {
	there := c.size - at
	if skip := at - c.from; skip >= 0 && skip <= int64(c.filled) &&
		int64(c.filled)-skip >= min(there, int64(c.stream.largest())) {
		return c.window[skip:c.filled], nil
	}
	want := int(min(there, int64(len(c.window))))
	n, err := c.r.ReadAt(c.window[:max(0, want)], at)
	c.from, c.filled = at, n
	if n < want {
		if errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF // the file became shorter since it was opened
		}
		return nil, fmt.Errorf("read frame: %w", err)
	}
	return c.window[:n], nil
}

// Next decodes the next frame.
func (c *codec) Next() (block.Block, error) {
	data, err := c.bytes(c.at)
	if err != nil {
		return block.Block{}, err
	}
	if len(data) == 0 {
		return block.Block{}, io.EOF
	}
	samples, err := c.Decode(data)
	if err != nil {
		return block.Block{}, err
	}
	c.at += int64(c.frame.length)
	return block.Block{First: c.frame.first, Samples: samples}, nil
}
