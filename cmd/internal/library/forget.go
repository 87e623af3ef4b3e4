package library

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"github.com/earshot-app/earshot/data/cache"
	"github.com/earshot-app/earshot/data/config"
	"github.com/earshot-app/earshot/review"
)

// Sessions is the folder in which a library's shared sessions keep what must
// outlive them, each in one named by its id.
func Sessions(file string) string { return filepath.Join(filepath.Dir(file), "sessions") }

// traces are what lies outside a library's file of what was in it.
type traces struct {
	file    string
	folders config.Folders
}

// wipe deletes the cache, which knows recordings by their content and cannot tell
// whose is whose, and what sessions left behind that had what was forgotten.
func (t traces) wipe(_ context.Context, sessions []string) error {
	err := cache.Clear(t.folders.Cache)
	for _, id := range sessions {
		err = errors.Join(err, review.WithoutPath(os.RemoveAll(filepath.Join(Sessions(t.file), filepath.Base(id)))))
	}
	return err
}
