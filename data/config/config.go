// Package config keeps what belongs to this machine and not to a library: the
// folders that Earshot uses, who the person at it is, and how the window was
// left.
//
// # Folders
//
// [Standard] gives the folders of the operating system, each with one named
// earshot beneath: $XDG_DATA_HOME, $XDG_CONFIG_HOME and $XDG_CACHE_HOME on
// Linux, Library/Application Support and Library/Caches on macOS, LocalAppData
// on Windows. In them lie
//
//	data/library.earshot   the library, unless another is asked for
//	data/author.key        32 bytes: the Ed25519 seed that signs what is said here
//	config/settings.json   theme, last folder, size of the window, speed and the like
//	cache/                 what can be made again
//
// Everything is for its owner only: folders 0700, files 0600. Files are written
// aside, synced and renamed, so that a crash leaves the old or the new one.
package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"github.com/adrg/xdg"

	"github.com/earshot-app/earshot/review"
)

// Unwritable is answered when Earshot cannot keep files where it must, or not
// read them again. Args: folder.
const Unwritable review.Code = "unwritable-folder"

// Folders are where Earshot keeps its files on this machine, absolute.
type Folders struct {
	Data   string
	Config string
	Cache  string
}

// Standard returns the folders that the operating system has for this user.
// They are not made; what is written into them makes them.
func Standard() Folders {
	return Folders{
		Data:   filepath.Join(xdg.DataHome, "earshot"),
		Config: filepath.Join(xdg.ConfigHome, "earshot"),
		Cache:  filepath.Join(xdg.CacheHome, "earshot"),
	}
}

// Library returns the file of the library, absolute: flag, else EARSHOT_LIBRARY,
// else the default, whose folder it makes. It answers [Unwritable].
func (f Folders) Library(flag string, getenv func(string) string) (string, error) {
	for _, named := range []string{flag, getenv("EARSHOT_LIBRARY")} {
		if named == "" {
			continue
		}
		full, err := filepath.Abs(named)
		if err != nil {
			return "", fmt.Errorf("make the library's path absolute: %w", err)
		}
		return full, nil
	}
	return filepath.Join(f.Data, "library.earshot"), own(f.Data)
}

// own makes a folder that only its owner may read, and those above it.
func own(folder string) error {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return unwritable(folder, err)
	}
	return nil
}

func unwritable(folder string, err error) error {
	var withPath *fs.PathError
	if errors.As(err, &withPath) {
		err = withPath.Err
	}
	return review.Fail(Unwritable, review.Args{"folder": folder}).Because(err)
}

// write puts content into a new file of folder and hands its path to place,
// which moves or links it to where it belongs. The content is on the disk
// before that, and its name after it.
func write(folder string, content []byte, place func(written string) error) error {
	if err := own(folder); err != nil {
		return err
	}
	file, err := os.CreateTemp(folder, ".new-*") // 0600
	if err != nil {
		return unwritable(folder, err)
	}
	defer os.Remove(file.Name()) // unless it was renamed
	_, err = file.Write(content)
	err = errors.Join(err, file.Sync(), file.Close())
	if err == nil {
		err = place(file.Name())
	}
	if err == nil {
		err = syncFolder(folder)
	}
	if err != nil {
		return unwritable(folder, err)
	}
	return nil
}

// syncFolder makes a new name last. Windows has no such call and needs none.
func syncFolder(folder string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	opened, err := os.Open(folder)
	if err != nil {
		return err
	}
	return errors.Join(opened.Sync(), opened.Close())
}
