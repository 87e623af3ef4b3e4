package csv

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// A part is what of a file is written so far. Where the system allows it, it has
// no name and goes with the program that writes it, however that ends. Elsewhere
// it lies beside the file under a name of its own, and is held: one that nobody
// holds was left by a program that was killed, and goes with the next export of
// the same name.
type part struct {
	*os.File
	named string // "" while it has no name
}

// partEnd is how the names of parts end, so that no file of a person's is taken
// for one.
const partEnd = ".earshot-part"

// partName is what names of parts of a file are made of, as [os.CreateTemp] takes
// it.
func partName(name string) string { return "." + filepath.Base(name) + ".*" + partEnd }

// newPart begins a file that only its owner can read.
func newPart(name string) (*part, error) {
	clean(name)
	file := nameless(filepath.Dir(name))
	if file == nil {
		return named(name)
	}
	hold(file) // for the time between its name and its place
	return &part{File: file}, nil
}

// named begins a part that has a name.
func named(name string) (*part, error) {
	file, err := os.CreateTemp(filepath.Dir(name), partName(name))
	if err != nil {
		return nil, err
	}
	hold(file) // on a disk where that is impossible, parts are never cleaned away
	return &part{File: file, named: file.Name()}, nil
}

// clean removes what killed programs have left of a file. What cannot be
// removed does no harm.
func clean(name string) {
	folder := filepath.Dir(name)
	entries, err := os.ReadDir(folder)
	if err != nil {
		return // writing tells why
	}
	begin, _, _ := strings.Cut(partName(name), "*")
	for _, entry := range entries {
		if strings.HasPrefix(entry.Name(), begin) && strings.HasSuffix(entry.Name(), partEnd) && entry.Type().IsRegular() {
			removeLeft(filepath.Join(folder, entry.Name()))
		}
	}
}

// removeLeft removes a part that nobody holds.
func removeLeft(name string) {
	file, err := os.OpenFile(name, os.O_RDWR, 0)
	if err != nil {
		return
	}
	left := hold(file)
	_ = file.Close() // nothing was written to it
	if left {
		_ = os.Remove(name) // Windows refuses while someone writes it
	}
}

// put puts the part in the place of the file name, on the disk.
func (p *part) put(name string) error {
	if old, err := os.Stat(name); err == nil {
		if err := p.Chmod(old.Mode().Perm()); err != nil {
			return fmt.Errorf("keep permissions: %w", err)
		}
	}
	if err := p.Sync(); err != nil {
		return fmt.Errorf("sync: %w", err)
	}
	if p.named == "" {
		if err := p.link(name); err != nil {
			return fmt.Errorf("give a name: %w", err)
		}
	}
	if runtime.GOOS == "windows" { // which renames nothing that is open
		if err := p.Close(); err != nil {
			return fmt.Errorf("close: %w", err)
		}
	}
	if err := os.Rename(p.named, name); err != nil {
		return err
	}
	p.named = ""
	return nil
}

// close lets go of the part, and of its name if it was not put in place.
func (p *part) close() error {
	err := p.Close()
	if errors.Is(err, fs.ErrClosed) {
		err = nil
	}
	if p.named != "" {
		err = errors.Join(err, os.Remove(p.named))
	}
	return err
}
