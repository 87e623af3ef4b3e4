package cache

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"

	"github.com/earshot-app/earshot/review"
)

// A Key stands for the content of one or more files.
type Key [sha256.Size]byte

// String is the key in hexadecimal.
func (k Key) String() string { return hex.EncodeToString(k[:]) }

const (
	endSize   = 64 << 10 // read at the beginning and at the end
	pieces    = 16       // read in between, evenly spaced
	pieceSize = 4 << 10
)

// Of is the key of files in their order: a SHA-256 of the size of each, of when
// it was changed, of its ends and of pieces in between. So it takes a
// millisecond for any length, stays the same when a file is renamed or moved,
// and changes when something in the midst of a file is blanked out.
//
// How the files are used together, such as how long after the first the second
// begins, is part of the key.
func Of(how string, paths ...string) (Key, error) {
	h := sha256.New()
	h.Write([]byte(how + "\x00"))
	for _, path := range paths {
		if err := add(h, path); err != nil {
			return Key{}, fmt.Errorf("read a recording's digest: %w", review.WithoutPath(err))
		}
	}
	return Key(h.Sum(nil)), nil
}

func add(h hash.Hash, path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close() // only read from
	stat, err := file.Stat()
	if err != nil {
		return err
	}
	size := stat.Size()
	if err := binary.Write(h, binary.LittleEndian, []int64{size, stat.ModTime().UnixNano()}); err != nil {
		return err
	}
	buffer := make([]byte, endSize)
	for i := range int64(pieces + 2) {
		length := int64(pieceSize)
		if i == 0 || i == pieces+1 {
			length = endSize
		}
		n, err := file.ReadAt(buffer[:length], max(0, size-length)*i/(pieces+1))
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		h.Write(buffer[:n])
	}
	return nil
}
