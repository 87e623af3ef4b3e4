package csv

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sys/unix"
)

// nameless opens a file in folder that has no name yet, or answers nil where the
// disk or the system has none of that kind.
func nameless(folder string) *os.File {
	file, err := os.OpenFile(folder, unix.O_TMPFILE|os.O_RDWR, 0o600)
	if err != nil {
		return nil
	}
	if _, err := os.Stat(descriptor(file)); err != nil { // without /proc it could get no name
		_ = file.Close() // nothing was written to it
		return nil
	}
	return file
}

// link gives a nameless part a name beside the file that it will be, as the
// system can link no file in the place of another (open(2), O_TMPFILE).
func (p *part) link(name string) error {
	for {
		aside := filepath.Join(filepath.Dir(name), strings.Replace(partName(name), "*", fmt.Sprint(rand.Uint32()), 1))
		err := unix.Linkat(unix.AT_FDCWD, descriptor(p.File), unix.AT_FDCWD, aside, unix.AT_SYMLINK_FOLLOW)
		if err == unix.EEXIST {
			continue
		}
		if err == nil {
			p.named = aside
		}
		return err
	}
}

func descriptor(file *os.File) string { return fmt.Sprintf("/proc/self/fd/%d", file.Fd()) }
