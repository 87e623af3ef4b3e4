package catalog

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"

	"github.com/earshot-app/earshot/review/desk"
)

var _ desk.Comparer = (*Catalog)(nil)

// SameContent does what desk.Comparer asks.
func (c *Catalog) SameContent(ctx context.Context, path, other string) (bool, error) {
	a, err := os.Open(path)
	if err != nil {
		return false, nil // it is gone, or no file of this machine
	}
	defer a.Close()
	b, err := os.Open(other)
	if err != nil {
		return false, nil
	}
	defer b.Close()
	var left, right [64 << 10]byte
	for ctx.Err() == nil {
		n, ended := io.ReadFull(a, left[:])
		m, otherEnded := io.ReadFull(b, right[:])
		if n != m || !bytes.Equal(left[:n], right[:m]) {
			return false, nil
		}
		if ended != nil || otherEnded != nil {
			return isEnd(ended) && isEnd(otherEnded), nil
		}
	}
	return false, ctx.Err()
}

func isEnd(err error) bool { return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) }
