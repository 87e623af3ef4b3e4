// Package pages reads a SQLite file page by page, without SQLite, so that what
// is left of a broken one can be saved.
//
// It takes nothing for granted: a page that cannot be what it says is left out,
// and each cell of a page is read by itself. It cannot tell a number or text that
// was changed into another: the format has no checksums but in the write-ahead
// log. The layout is that of https://www.sqlite.org/fileformat2.html.
package pages

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// A File is a database and its write-ahead log, if there is one.
type File struct {
	main, log *os.File
	logged    map[uint32]int64 // where in the log the last version of a page is
	size      int              // of a page
	count     uint32

	version int  // user_version
	sound   bool // the header says that this is a SQLite file
}

const (
	magic      = "SQLite format 3\x00"
	headerSize = 100
	usualSize  = 4096
)

// Open opens the database in the file name. What its header says is believed as
// far as it can be true.
func Open(name string) (*File, error) {
	main, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("open the broken file: %w", err)
	}
	f := &File{main: main, logged: map[uint32]int64{}, size: usualSize}
	if err := f.begin(name); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

func (f *File) begin(name string) error {
	header := make([]byte, headerSize)
	if _, err := io.ReadFull(f.main, header); err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("read the file's header: %w", err)
	}
	if size := pageSize(uint32(binary.BigEndian.Uint16(header[16:]))); size > 0 {
		f.size = size
	}
	f.sound = string(header[:len(magic)]) == magic
	f.version = int(int32(binary.BigEndian.Uint32(header[60:])))
	info, err := f.main.Stat()
	if err != nil {
		return fmt.Errorf("read the file's size: %w", err)
	}
	f.count = uint32((info.Size() + int64(f.size) - 1) / int64(f.size))
	log, err := os.Open(name + "-wal")
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("open the file's log: %w", err)
	}
	f.log = log
	return f.readLog()
}

// pageSize is the size that a header's number stands for, or 0 for none.
func pageSize(n uint32) int {
	if n == 1 {
		return 65536
	}
	if n < 512 || n > 65536 || n&(n-1) != 0 {
		return 0
	}
	return int(n)
}

// Close closes the files.
func (f *File) Close() error {
	err := f.main.Close()
	if f.log != nil {
		err = errors.Join(err, f.log.Close())
	}
	return err
}

// Version is the user_version of the header; ok is false where the header is none.
func (f *File) Version() (version int, ok bool) { return f.version, f.sound }

// Count is how many pages there are; the first is 1.
func (f *File) Count() uint32 { return f.count }

// Page reads a page; past a file that was cut off it is zero.
func (f *File) Page(n uint32) ([]byte, error) {
	if n < 1 || n > f.count {
		return nil, fmt.Errorf("there is no page %d", n)
	}
	page := make([]byte, f.size)
	file, at := f.main, int64(n-1)*int64(f.size)
	if place, ok := f.logged[n]; ok {
		file, at = f.log, place
	}
	if _, err := file.ReadAt(page, at); err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("read page %d: %w", n, err)
	}
	return page, nil
}

// Free are the pages that are in no use, as far as their list can be read.
func (f *File) Free() map[uint32]bool {
	free := map[uint32]bool{}
	first, err := f.Page(1)
	if err != nil {
		return free
	}
	for trunk := binary.BigEndian.Uint32(first[32:]); trunk > 1 && !free[trunk]; {
		page, err := f.Page(trunk)
		if err != nil {
			break
		}
		free[trunk] = true
		leaves := binary.BigEndian.Uint32(page[4:])
		if int64(leaves) > int64(f.size/4-2) {
			break
		}
		for i := range leaves {
			free[binary.BigEndian.Uint32(page[8+4*i:])] = true
		}
		trunk = binary.BigEndian.Uint32(page)
	}
	return free
}
