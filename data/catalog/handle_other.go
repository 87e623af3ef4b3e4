//go:build !unix

package catalog

import (
	"io/fs"
	"os"
)

// A handle is an open file.
type handle struct{ *os.File }

// openRegular opens a file that can be read to its end, and answers its size.
func openRegular(path string) (handle, int64, error) {
	info, err := os.Stat(path) // before it is opened: that may wait for ever
	if err == nil && !info.Mode().IsRegular() {
		err = fs.ErrInvalid
	}
	if err != nil {
		return handle{}, 0, err
	}
	file, err := os.Open(path)
	if err != nil {
		return handle{}, 0, err
	}
	return handle{file}, info.Size(), nil
}
