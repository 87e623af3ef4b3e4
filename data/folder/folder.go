// Package folder says which files lie in the folders of this machine.
//
// [Walk] goes through files and folders as a person names them and yields one
// file after the other, in the order of their names within each folder. It
// holds the names of one folder at a time, whatever lies beneath, and opens
// nothing: what a file is, data/catalog asks.
//
// Hidden files and folders (a leading dot) are left out: what lies in them is
// the system's. Links to files are followed, links to folders are not, so that
// no loop of links has no end; they are answered as [LinkedFolder] and can be
// walked by naming them. Pipes, devices and sockets are answered as [NotAFile].
package folder

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/earshot-app/earshot/review"
)

// What keeps a walk from starting.
const (
	NoPath         review.Code = "no-path"         // args: path
	UnreadablePath review.Code = "unreadable-path" // args: path
)

// What is left out of a walk.
const (
	UnreadableFolder review.Code = "unreadable-folder"
	UnreadableFile   review.Code = "unreadable-file"
	LinkedFolder     review.Code = "linked-folder"
	BrokenLink       review.Code = "broken-link" // leads nowhere, or in a circle
	NotAFile         review.Code = "not-a-file"  // a pipe, a device, a socket
)

// A Yield is told of one file: the folder that is walked, absolute and clean,
// and the file's path below it, with forward slashes. Either info is what the
// file system knows of it, through links, or err is a *review.Error that says
// why it is left out. A folder that is left out is told as name and a slash. An
// error that it returns ends the walk.
type Yield = func(root, name string, info fs.FileInfo, err error) error

// Walk yields every file beneath paths, once, in the order of their names. A
// path may be a file: its root is its folder, and it is yielded even if it is
// hidden. Paths are looked at before the first file is yielded.
//
// It returns yield's error, ctx's error, or a *review.Error: [NoPath] or
// [UnreadablePath] for a path that it was given.
func Walk(ctx context.Context, paths []string, yield Yield) error {
	starts, err := resolve(paths)
	if err != nil {
		return err
	}
	for _, start := range starts {
		if err := ctx.Err(); err != nil {
			return err
		}
		w := walk{ctx: ctx, root: start.path, yield: yield}
		if !start.info.IsDir() {
			w.root = filepath.Dir(start.path)
			err = w.file(filepath.Base(start.path), start.info)
		} else {
			err = w.start()
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// A start is a path that a person named, and what lies there.
type start struct {
	path string
	info fs.FileInfo
}

// resolve makes paths absolute and clean, sorts them, and drops those that the
// walk of another one meets anyway.
func resolve(paths []string) ([]start, error) {
	var starts []start
	folders := map[string]bool{}
	for _, named := range paths {
		if named == "" { // a script's empty variable; it does not mean the current folder
			return nil, pathError(named, fs.ErrNotExist)
		}
		full, err := filepath.Abs(named)
		if err != nil {
			return nil, fmt.Errorf("make a path absolute: %w", err)
		}
		info, err := os.Stat(full)
		if err != nil {
			return nil, pathError(named, err)
		}
		starts = append(starts, start{full, info})
		folders[full] = info.IsDir()
	}
	slices.SortFunc(starts, func(a, b start) int { return strings.Compare(a.path, b.path) })
	starts = slices.CompactFunc(starts, func(a, b start) bool { return a.path == b.path })
	return slices.DeleteFunc(starts, func(s start) bool { return met(s.path, folders) }), nil
}

// met reports whether the walk of one of the folders comes to path.
func met(path string, folders map[string]bool) bool {
	for parent := filepath.Dir(path); parent != path; path, parent = parent, filepath.Dir(parent) {
		if hidden(filepath.Base(path)) || linksToFolder(path) {
			return false
		}
		if folders[parent] {
			return true
		}
	}
	return false
}

func linksToFolder(path string) bool {
	link, err := os.Lstat(path)
	if err != nil || link.Mode()&fs.ModeSymlink == 0 {
		return false
	}
	target, err := os.Stat(path)
	return err == nil && target.IsDir()
}

func pathError(named string, err error) error {
	code := UnreadablePath
	if errors.Is(err, fs.ErrNotExist) {
		code = NoPath
	}
	return review.Fail(code, review.Args{"path": named}).Because(review.WithoutPath(err))
}

func hidden(name string) bool { return strings.HasPrefix(name, ".") }

// walk is one root on its way.
type walk struct {
	ctx   context.Context
	root  string
	yield Yield
	depth int // of open folders
}

// deepest is how many folders, one within the other, are open at once: a system
// lets a program open but some hundred files.
const deepest = 64

// start walks the root. Unlike a folder beneath it, it must be readable: a
// person asked for it.
func (w *walk) start() error {
	l, err := list(w.root)
	if err != nil && len(l.entries) == 0 {
		return pathError(w.root, err)
	}
	return w.entries(".", l)
}

func (w *walk) folder(name string) error {
	l, err := list(w.path(name))
	if err != nil && !errors.Is(err, fs.ErrNotExist) { // not removed meanwhile
		problem := review.Fail(UnreadableFolder, nil).Because(review.WithoutPath(err))
		if err := w.yield(w.root, name+"/", nil, problem); err != nil {
			l.close()
			return err
		}
	}
	return w.entries(name, l)
}

// A listing is an open folder with what lies in it.
type listing struct {
	open    *os.File // nil for none
	entries []fs.DirEntry
}

// list reads a folder as [os.ReadDir], and leaves it open.
func list(path string) (l listing, err error) {
	if l.open, err = os.Open(path); err != nil {
		return listing{}, err
	}
	l.entries, err = l.open.ReadDir(-1)
	slices.SortFunc(l.entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return l, err
}

func (l *listing) close() {
	if l.open != nil {
		_ = l.open.Close() // it was only read
		l.open = nil
	}
}

// entries walks what lies in a folder, and closes it.
func (w *walk) entries(folder string, l listing) error {
	defer l.close()
	w.depth++
	defer func() { w.depth-- }()
	if w.depth > deepest {
		l.close()
	}
	for _, entry := range l.entries {
		if err := w.ctx.Err(); err != nil {
			return err
		}
		if hidden(entry.Name()) {
			continue
		}
		if err := w.entry(path.Join(folder, entry.Name()), entry, l.open); err != nil {
			return err
		}
	}
	return nil
}

func (w *walk) entry(name string, entry fs.DirEntry, in *os.File) error {
	switch {
	case entry.IsDir():
		return w.folder(name)
	case entry.Type()&fs.ModeSymlink != 0:
		return w.link(name)
	}
	info, err := w.stat(name, entry, in)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil // removed since its folder was read
	case err != nil:
		return w.yield(w.root, name, nil, review.Fail(UnreadableFile, nil).Because(review.WithoutPath(err)))
	}
	return w.file(name, info)
}

// stat asks what a file is, of its folder if that is open.
func (w *walk) stat(name string, entry fs.DirEntry, in *os.File) (fs.FileInfo, error) {
	if in == nil {
		return os.Lstat(w.path(name))
	}
	return stat(in, entry.Name())
}

func (w *walk) link(name string) error {
	info, err := os.Stat(w.path(name))
	if err != nil {
		return w.yield(w.root, name, nil, review.Fail(BrokenLink, nil).Because(review.WithoutPath(err)))
	}
	if info.IsDir() {
		return w.yield(w.root, name+"/", nil, review.Fail(LinkedFolder, nil))
	}
	return w.file(name, info)
}

func (w *walk) file(name string, info fs.FileInfo) error {
	if !info.Mode().IsRegular() {
		return w.yield(w.root, name, nil, review.Fail(NotAFile, nil))
	}
	return w.yield(w.root, name, info, nil)
}

func (w *walk) path(name string) string { return filepath.Join(w.root, filepath.FromSlash(name)) }
