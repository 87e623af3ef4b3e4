package csv

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"syscall"

	"github.com/earshot-app/earshot/review"
)

// The reasons why a file cannot be written. Args: file, its name without the
// folder.
const (
	NoFolder   review.Code = "no-folder"         // its folder does not exist
	NotAllowed review.Code = "write-not-allowed" // the folder or the file is protected
	DiskFull   review.Code = "disk-full"
	NotWritten review.Code = "not-written"  // anything else
	InItsPlace review.Code = "in-its-place" // a library is there already
)

// WriteFile gives the file name what write writes. It is written beside the old
// file, synced and renamed, so that after a failure, a cancelled ctx, a kill or a
// power cut there is the old file or the new one. Nothing else is left, but that
// where the disk has no files without a name what a killed program has written
// stays until the next call. What is no plain file, such as a device, stays. A
// new file can be read by its owner only, as it holds what customers said; an old
// one keeps its permissions. A library is never replaced, whichever program has
// it open. It answers one of the codes above, [review.Cancelled], or what write
// answers.
func WriteFile(ctx context.Context, name string, write func(io.Writer) error) error {
	if target, err := filepath.EvalSymlinks(name); err == nil {
		name = target
	}
	if info, err := os.Stat(name); err == nil && !info.Mode().IsRegular() {
		return review.Fail(NotWritten, review.Args{"file": filepath.Base(name)}) // renaming would take a device or pipe away
	}
	if isDatabase(name) {
		return review.Fail(InItsPlace, review.Args{"file": filepath.Base(name)})
	}
	aside, err := newPart(name)
	if err != nil {
		return reason(err, name)
	}
	defer func() { _ = aside.close() }() // the first error is the one to tell; after the sync none can follow
	out := &guarded{ctx: ctx, file: aside.File}
	buffer := bufio.NewWriter(out)
	if err := errors.Join(write(buffer), buffer.Flush(), ctx.Err()); err != nil {
		return failure(ctx, out, err, name)
	}
	if err := aside.put(name); err != nil {
		return reason(err, name)
	}
	if err := syncFolder(filepath.Dir(name)); err != nil {
		return reason(err, name)
	}
	return nil
}

// isDatabase tells by its first bytes whether a file is one of SQLite's, as every
// library is (https://www.sqlite.org/fileformat.html, 1.3.1).
func isDatabase(name string) bool {
	const magic = "SQLite format 3\x00"
	file, err := os.Open(name)
	if err != nil {
		return false // if it is there, writing tells why it cannot be reached
	}
	defer func() { _ = file.Close() }() // was only read
	head := make([]byte, len(magic))
	_, err = io.ReadFull(file, head)
	return err == nil && string(head) == magic
}

// syncFolder makes the new name survive a power cut, where folders can be
// synced: not on Windows, nor on some network drives.
func syncFolder(name string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	folder, err := os.Open(name)
	if err != nil {
		return fmt.Errorf("sync folder: %w", err)
	}
	err = errors.Join(folder.Sync(), folder.Close())
	if err != nil && !errors.Is(err, errors.ErrUnsupported) && !errors.Is(err, syscall.EINVAL) {
		return fmt.Errorf("sync folder: %w", err)
	}
	return nil
}

// guarded stops writing when its context ends, and remembers whether it was the
// file that failed.
type guarded struct {
	ctx  context.Context
	file *os.File
	err  error
}

func (g *guarded) Write(p []byte) (int, error) {
	if err := g.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := g.file.Write(p)
	if err != nil {
		g.err = err
	}
	return n, err
}

// failure tells a person's cancel and the file's own failure from what write
// answered.
func failure(ctx context.Context, out *guarded, err error, name string) error {
	if ctx.Err() != nil {
		return review.Fail(review.Cancelled, nil).Because(ctx.Err())
	}
	if out.err != nil {
		return reason(out.err, name)
	}
	return err
}

func reason(err error, name string) error {
	code := NotWritten
	switch {
	case errors.Is(err, fs.ErrNotExist):
		code = NoFolder
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		code = NotAllowed
	case errors.Is(err, syscall.ENOSPC):
		code = DiskFull
	}
	return review.Fail(code, review.Args{"file": filepath.Base(name)}).Because(err)
}
