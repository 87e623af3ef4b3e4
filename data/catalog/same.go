package catalog

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

var _ desk.Comparer = (*Catalog)(nil)

// SameContent does what desk.Comparer asks.
func (c *Catalog) SameContent(ctx context.Context, path, other string) (bool, error) {
	if review.Elsewhere(path) && review.Elsewhere(other) {
		return c.sameElsewhere(ctx, path, other), nil
	}
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

// sameElsewhere compares the versions of what lies at two addresses: to fetch both
// would take too long. What has none is not the same.
func (c *Catalog) sameElsewhere(ctx context.Context, address, other string) bool {
	var versions [2]string
	for i, at := range []string{address, other} {
		content, err := c.open(ctx, at)
		if err != nil {
			return false // it is gone
		}
		versions[i] = fmt.Sprintf("%d %s", content.Size(), versionOf(content))
		if content.Close() != nil || versionOf(content) == "" {
			return false
		}
	}
	return versions[0] == versions[1]
}

func isEnd(err error) bool { return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) }
