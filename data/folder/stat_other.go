//go:build !unix

package folder

import (
	"io/fs"
	"os"
	"path/filepath"
)

// stat answers what is known of a file of an open folder.
func stat(folder *os.File, name string) (fs.FileInfo, error) {
	return os.Lstat(filepath.Join(folder.Name(), name))
}
