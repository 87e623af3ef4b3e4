//go:build unix

package csv

import (
	"os"

	"golang.org/x/sys/unix"
)

// hold reports whether nobody else holds the file, which is held from then on
// until it is closed.
func hold(file *os.File) bool {
	return unix.Flock(int(file.Fd()), unix.LOCK_EX|unix.LOCK_NB) == nil
}
