//go:build unix

package folder

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// stat answers what is known of what lies in an open folder, not through links:
// by its name alone, so that the system need not go through all folders above for
// each of a million.
func stat(folder *os.File, name string) (info, error) {
	var s unix.Stat_t
	err := unix.Fstatat(int(folder.Fd()), name, &s, unix.AT_SYMLINK_NOFOLLOW)
	for errors.Is(err, syscall.EINTR) {
		err = unix.Fstatat(int(folder.Fd()), name, &s, unix.AT_SYMLINK_NOFOLLOW)
	}
	if err != nil {
		return info{}, &fs.PathError{Op: "stat", Path: name, Err: err}
	}
	changed := s.Mtim
	i := info{name: name, size: s.Size, modified: time.Unix(int64(changed.Sec), int64(changed.Nsec))}
	switch s.Mode & unix.S_IFMT {
	case unix.S_IFREG:
	case unix.S_IFDIR:
		i.mode = fs.ModeDir
	case unix.S_IFLNK:
		i.mode = fs.ModeSymlink
	default:
		i.mode = fs.ModeIrregular
	}
	return i, nil
}
