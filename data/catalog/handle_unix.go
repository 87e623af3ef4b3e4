//go:build unix

package catalog

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"syscall"
)

// A handle is an open file, as the system knows it. An [os.File] asks the system
// whether the file can be waited for and what it is, and must be watched by the
// garbage collector: for a file that is open for one read, half of all its cost.
type handle int

// openRegular opens a file that can be read to its end, and answers its size. A
// named pipe is opened without a wait for its writer, and refused.
func openRegular(path string) (handle, int64, error) {
	fd, err := retry(func() (int, error) {
		return syscall.Open(path, syscall.O_RDONLY|syscall.O_NONBLOCK|syscall.O_NOCTTY|syscall.O_CLOEXEC, 0)
	})
	if err != nil {
		return 0, 0, &os.PathError{Op: "open", Path: path, Err: err}
	}
	var what syscall.Stat_t
	if _, err = retry(func() (int, error) { return 0, syscall.Fstat(fd, &what) }); err == nil && what.Mode&syscall.S_IFMT != syscall.S_IFREG {
		err = fs.ErrInvalid
	}
	if err != nil {
		return 0, 0, errors.Join(err, syscall.Close(fd))
	}
	return handle(fd), what.Size, nil
}

// ReadAt implements [io.ReaderAt].
func (h handle) ReadAt(b []byte, at int64) (n int, err error) {
	if at < 0 {
		return 0, fs.ErrInvalid
	}
	for n < len(b) {
		read, err := retry(func() (int, error) { return syscall.Pread(int(h), b[n:], at+int64(n)) })
		if err != nil {
			return n, err
		}
		if read == 0 {
			return n, io.EOF
		}
		n += read
	}
	return n, nil
}

// Close implements [io.Closer].
func (h handle) Close() error { return syscall.Close(int(h)) }

// retry calls the system again where a signal came between.
func retry(call func() (int, error)) (int, error) {
	for {
		if n, err := call(); !errors.Is(err, syscall.EINTR) {
			return n, err
		}
	}
}
