package catalog

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"sync"

	"github.com/earshot-app/earshot/data/audio"
	"github.com/earshot-app/earshot/data/audio/format"
	"github.com/earshot-app/earshot/review"
)

// page is how much of a file is read at once, in bytes. Headers mostly lie in
// its first page.
const page = 4096

// probeFile says what the recording at path is, and its mark, and opens it only
// once for both. What only ffmpeg knows is asked of that.
func (c *Catalog) probeFile(ctx context.Context, path string) (audio.Info, int64, error) {
	if review.Elsewhere(path) {
		return c.probeElsewhere(ctx, path)
	}
	return probeHere(ctx, path)
}

// probeElsewhere says what the recording at an address is, and its mark.
func (c *Catalog) probeElsewhere(ctx context.Context, address string) (audio.Info, int64, error) {
	content, err := c.open(ctx, address)
	if err != nil {
		return audio.Info{}, 0, err
	}
	defer content.Close()
	info, err := audio.ProbeContent(content, path.Ext(address))
	if err != nil {
		return info, 0, err
	}
	return info, markElsewhere(content), nil
}

// A versioned content tells a short text that other content has only if it is
// the same, "" for none.
type versioned interface{ Version() string }

func versionOf(content audio.Content) string {
	if v, ok := content.(versioned); ok {
		return v.Version()
	}
	return ""
}

// markElsewhere is the mark of what lies at an address: of its size and its
// version, or of its first page where it has none, since to fetch its middle and
// end would take as long as all else.
func markElsewhere(content audio.Content) int64 {
	if version := versionOf(content); version != "" {
		return markOf(content.Size(), []byte(version))
	}
	head := make([]byte, min(page, content.Size()))
	if n, _ := content.ReadAt(head, 0); n < len(head) {
		return 0
	}
	return markOf(content.Size(), head)
}

func probeHere(ctx context.Context, path string) (audio.Info, int64, error) {
	c, err := openContent(path)
	if err != nil {
		info, err := audio.Probe(ctx, path)
		return info, 0, err
	}
	defer c.Close()
	info, err := audio.ProbeContent(c, filepath.Ext(path))
	switch review.CodeOf(err) {
	case format.NotARecording, format.UnsupportedCodec:
		info, err = audio.Probe(ctx, path)
	}
	if err != nil {
		return info, 0, err
	}
	return info, c.mark(), nil
}

// content is an open file with its first page.
type content struct {
	handle
	size int64
	head []byte
	room *room
}

// A room is where a content's head lies, and what is read to mark it. An import
// opens a million files.
type room [4 * page]byte

var rooms = sync.Pool{New: func() any { return new(room) }}

func openContent(path string) (*content, error) {
	file, size, err := openRegular(path)
	if err != nil {
		return nil, err
	}
	c := &content{handle: file, size: size, room: rooms.Get().(*room)}
	n, _ := file.ReadAt(c.room[:min(page, size)], 0) // what is wrong shows where it is read again
	c.head = c.room[:n]
	return c, nil
}

// Close implements [audio.Content].
func (c *content) Close() error {
	rooms.Put(c.room)
	c.room, c.head = nil, nil
	return c.handle.Close()
}

// Size implements [audio.Content].
func (c *content) Size() int64 { return c.size }

// ReadAt implements [audio.Content].
func (c *content) ReadAt(b []byte, at int64) (int, error) {
	whole := int64(len(c.head)) == c.size
	if at < 0 || at > int64(len(c.head)) || !whole && at+int64(len(b)) > int64(len(c.head)) {
		return c.handle.ReadAt(b, at)
	}
	n := copy(b, c.head[at:])
	if n < len(b) {
		return n, io.EOF
	}
	return n, nil
}

// mark is what a file is known again by where it has moved: the first eight
// bytes of SHA-256 over its size and its first, middle and last page, or all of
// it where that is no more. It is no proof that two files are equal; who needs
// one compares them. 0 is for a file that cannot be read.
func (c *content) mark() int64 {
	parts, length := []int64{0, (c.size - page) / 2, c.size - page}, page
	if c.size <= 3*page {
		parts, length = parts[:1], int(c.size)
	}
	read := c.room[page:][:len(parts)*length]
	for i, at := range parts {
		part := read[i*length:][:length]
		if n, _ := c.ReadAt(part, at); n < length {
			return 0 // it was cut off meanwhile, or cannot be read
		}
	}
	return markOf(c.size, read)
}

func markOf(size int64, read []byte) int64 {
	hash := sha256.New()
	var head [8]byte
	binary.LittleEndian.PutUint64(head[:], uint64(size))
	hash.Write(head[:])
	hash.Write(read)
	var sum [sha256.Size]byte
	return int64(binary.LittleEndian.Uint64(hash.Sum(sum[:0])))
}

// Stamp implements [desk.Source]: a file's size and when it was changed, or the
// version of what lies at an address.
func (c *Catalog) Stamp(ctx context.Context, path string) (string, error) {
	if review.Elsewhere(path) {
		return c.stampElsewhere(ctx, path)
	}
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", nil
	case err != nil:
		return "", fmt.Errorf("look at a file: %w", err)
	}
	return fmt.Sprintf("%d %d", info.Size(), info.ModTime().UnixNano()), nil
}

func (c *Catalog) stampElsewhere(ctx context.Context, address string) (string, error) {
	content, err := c.open(ctx, address)
	if review.CodeOf(err) == audio.Missing {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("look at a file: %w", err)
	}
	defer content.Close()
	if version := versionOf(content); version != "" {
		return fmt.Sprintf("%d %s", content.Size(), version), nil
	}
	return fmt.Sprintf("%d %d", content.Size(), markElsewhere(content)), nil
}
