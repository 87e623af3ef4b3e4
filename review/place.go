package review

import (
	"path/filepath"
	"strings"
)

// Elsewhere reports whether a source or recording lies in no folder of this
// machine but at an address, such as "s3://bucket/folder".
func Elsewhere(path string) bool { return strings.Contains(path, "://") }

// Under is the path of what has a name, with forward slashes, below a source.
// The names at an address are taken as they are: ".." means nothing there.
func Under(root, name string) string {
	if Elsewhere(root) {
		return strings.TrimSuffix(root, "/") + "/" + name
	}
	return filepath.Join(root, filepath.FromSlash(name))
}

// Absolute makes the path of a source absolute and clean; an address is so
// but for a slash at its end.
func Absolute(path string) (string, error) {
	if Elsewhere(path) {
		return strings.TrimRight(path, "/"), nil
	}
	return filepath.Abs(path)
}
