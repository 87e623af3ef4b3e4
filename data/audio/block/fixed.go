package block

import (
	"errors"
	"fmt"
	"io"
)

// A Packing is how a codec puts samples into blocks of the same size.
type Packing interface {
	// Size is bytes a block, Frames are frames a block; both are above 0.
	Size() int
	Frames() int
	// Part is how many frames the last block holds when it has only size
	// bytes, fewer than Size.
	Part(size int) int
	// Channels is 1 or 2.
	Channels() int
	// Lead is how many blocks before it a block depends on.
	Lead() int
	// Decoder returns a decoder for one reader.
	Decoder() Decoder
}

// A Decoder decodes blocks of one size, one after the other.
type Decoder interface {
	// Reset forgets the blocks before.
	Reset()
	// Decode fills dst with the samples of a block, interleaved. A last block
	// that was cut off is shorter, and so is dst. It fails when block cannot
	// be one of the codec's.
	Decode(dst []float32, block []byte) error
}

// Frames is how many frames a run of size bytes holds.
func Frames(p Packing, size int64) int64 {
	blocks := size / int64(p.Size())
	return blocks*int64(p.Frames()) + int64(p.Part(int(size%int64(p.Size()))))
}

// Fixed is the codec of a run of bytes in blocks of the same size.
type Fixed struct {
	packing Packing
	decoder Decoder
	data    io.ReaderAt
	size    int64
	next    int64  // block
	bytes   []byte // read ahead, from byte first on
	first   int64
	samples []float32
}

// readAtOnce is how many bytes, since a block may be as short as 33.
const readAtOnce = 16 << 10

// NewFixed returns the codec for size bytes of data.
func NewFixed(p Packing, data io.ReaderAt, size int64) *Fixed {
	return &Fixed{
		packing: p, decoder: p.Decoder(), data: data, size: size,
		bytes: make([]byte, 0, max(readAtOnce, p.Size())), samples: make([]float32, p.Frames()*p.Channels()),
	}
}

// SeekFrame goes to the block that holds frame, less those that it depends on.
func (f *Fixed) SeekFrame(frame int64) error {
	f.decoder.Reset()
	f.next = max(0, frame/int64(f.packing.Frames())-int64(f.packing.Lead()))
	return nil
}

// Next decodes the next block. One that was cut off is decoded as far as it
// goes.
func (f *Fixed) Next() (Block, error) {
	size := int64(f.packing.Size())
	at := f.next * size
	length := max(0, min(size, f.size-at))
	frames := f.packing.Frames()
	if length < size {
		frames = f.packing.Part(int(length))
	}
	if frames == 0 {
		return Block{}, io.EOF
	}
	bytes, err := f.read(at, length)
	if err != nil {
		return Block{}, fmt.Errorf("read block: %w", err)
	}
	b := Block{First: f.next * int64(f.packing.Frames()), Samples: f.samples[:frames*f.packing.Channels()]}
	if err := f.decoder.Decode(b.Samples, bytes); err != nil {
		return Block{}, fmt.Errorf("block %d: %w", f.next, err)
	}
	f.next++
	return b, nil
}

// read returns the bytes from at on, of which there are length.
func (f *Fixed) read(at, length int64) ([]byte, error) {
	if at < f.first || at+length > f.first+int64(len(f.bytes)) {
		n, err := f.data.ReadAt(f.bytes[:min(int64(cap(f.bytes)), f.size-at)], at)
		f.bytes, f.first = f.bytes[:n], at
		switch {
		case int64(n) >= length:
		case errors.Is(err, io.EOF):
			return nil, io.ErrUnexpectedEOF // the file became shorter since it was opened
		default:
			return nil, err
		}
	}
	return f.bytes[at-f.first:][:length], nil
}
