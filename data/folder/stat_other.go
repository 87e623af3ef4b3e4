//go:build !unix

package folder

import (
	"os"
	"path/filepath"
)

// stat answers what is known of what lies in an open folder, not through links.
func stat(folder *os.File, name string) (info, error) {
	i, err := os.Lstat(filepath.Join(folder.Name(), name))
	if err != nil {
		return info{}, err
	}
	return infoOf(i), nil
}
