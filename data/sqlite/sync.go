package sqlite

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
)

// rename gives a file another name in its folder, so that the name survives a
// power cut.
func rename(from, to string) error {
	if err := os.Rename(from, to); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(to))
}

// syncFolder syncs the names in a folder, where folders can be synced: not on
// Windows.
func syncFolder(name string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	folder, err := os.Open(name)
	if err != nil {
		return fmt.Errorf("sync a folder: %w", err)
	}
	err = errors.Join(folder.Sync(), folder.Close())
	if err != nil && !errors.Is(err, errors.ErrUnsupported) && !errors.Is(err, syscall.EINVAL) {
		return fmt.Errorf("sync a folder: %w", err)
	}
	return nil
}
