package mp3

import (
	"errors"
	"io"
)

// bufferSize is how much is read at once: many frames, and a small part of a
// second over a network.
const bufferSize = 64 << 10

// A file reads small pieces of a recording, mostly one after the other.
type file struct {
	r      io.ReaderAt
	size   int64
	buffer []byte
	start  int64 // of buffer in the file
	err    error // the first failure to read what should be there
}

func newFile(r io.ReaderAt, size int64) *file {
	return &file{r: r, size: size, buffer: make([]byte, 0, bufferSize)}
}

// bytes returns n bytes from a place on, fewer at the end of the file. They are
// good until the next call.
func (f *file) bytes(at int64, n int) []byte {
	b := f.ahead(at, n)
	return b[:min(n, len(b))]
}

// ahead returns what is at hand from a place on: n bytes, up to maxFrame, or
// more; fewer at the end of the file. They are good until the next call.
func (f *file) ahead(at int64, n int) []byte {
	n = int(max(0, min(int64(n), f.size-at)))
	if from := at - f.start; from < 0 || from+int64(n) > int64(len(f.buffer)) {
		f.fill(at)
	}
	if from := at - f.start; from >= 0 && from < int64(len(f.buffer)) {
		return f.buffer[from:]
	}
	return nil
}

// fill reads what surrounds a place. Some of what lies before it is read too,
// so that a look ahead does not cost what is needed next.
func (f *file) fill(at int64) {
	const behind = 4 << 10
	start := max(0, at-behind)
	want := max(0, min(bufferSize, f.size-start))
	n, err := f.r.ReadAt(f.buffer[:want], start)
	f.buffer, f.start = f.buffer[:n], start
	if int64(n) < want && f.err == nil {
		f.err = err
		if errors.Is(err, io.EOF) {
			f.err = io.ErrUnexpectedEOF // the file became shorter since it was opened
		}
	}
}
