package catalog

import (
	"context"
	"path"

	"github.com/earshot-app/earshot/review/desk"
)

// askAtOnce is how many files are asked about at once.
const askAtOnce = 1000

// A lister hands the files of a walk on, with what the library holds of them. It
// asks about as many of a folder at once as it can, since a question for each of
// a million files takes longer than to walk through them.
type lister struct {
	ctx    context.Context
	scan   *scan
	hand   func(*file) error
	folder string // of the files that wait
	files  []*file
}

// add takes the next file.
func (l *lister) add(f *file) error {
	if l.scan.known == nil {
		return l.hand(f)
	}
	folder := f.root + "\x00" + path.Dir(f.name)
	if folder != l.folder || len(l.files) == askAtOnce {
		if err := l.flush(); err != nil {
			return err
		}
	}
	l.folder, l.files = folder, append(l.files, f)
	return nil
}

// flush asks about the files that wait and hands them on: all but those of which
// there is nothing new to tell.
func (l *lister) flush() error {
	var ask []desk.File
	for _, f := range l.files {
		if f.err == nil {
			ask = append(ask, desk.File{Name: f.name, Size: f.info.Size(), Modified: f.info.ModTime()})
		}
	}
	if len(ask) > 0 {
		known, err := l.scan.known(l.ctx, l.files[0].root, ask)
		if err != nil {
			return err
		}
		for _, f := range l.files {
			if f.err == nil {
				f.known, known = known[0], known[1:]
			}
		}
	}
	for _, f := range l.files {
		if f.known.Same && l.scan.pass {
			continue
		}
		if err := l.hand(f); err != nil {
			return err
		}
	}
	l.files = l.files[:0]
	return nil
}
