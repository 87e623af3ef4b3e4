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

// stat answers what is known of a file of an open folder: by its name alone, so
// that the system need not go through all folders above for each of a million.
func stat(folder *os.File, name string) (fs.FileInfo, error) {
	var s unix.Stat_t
	err := unix.Fstatat(int(folder.Fd()), name, &s, unix.AT_SYMLINK_NOFOLLOW)
	for errors.Is(err, syscall.EINTR) {
		err = unix.Fstatat(int(folder.Fd()), name, &s, unix.AT_SYMLINK_NOFOLLOW)
	}
	if err != nil {
		return nil, &fs.PathError{Op: "stat", Path: name, Err: err}
	}
	changed := s.Mtim
	f := &info{name: name, size: s.Size, modified: time.Unix(int64(changed.Sec), int64(changed.Nsec))}
	if s.Mode&unix.S_IFMT != unix.S_IFREG { // as a link that was put in place of a file
		f.mode = fs.ModeIrregular
	}
	return f, nil
}

// info is what a walk tells of a file.
type info struct {
	name     string
	size     int64
	mode     fs.FileMode
	modified time.Time
}

func (i *info) Name() string       { return i.name }
func (i *info) Size() int64        { return i.size }
func (i *info) Mode() fs.FileMode  { return i.mode }
func (i *info) ModTime() time.Time { return i.modified }
func (i *info) IsDir() bool        { return false }
func (i *info) Sys() any           { return nil }
