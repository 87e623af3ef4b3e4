// Package library opens a library for the person at this machine, with all
// that a desk needs in earnest. The window and the terminal both work on what
// [Open] answers, so neither can do anything that the other does not know.
package library

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"github.com/google/uuid"

	"github.com/earshot-app/earshot/cmd/internal/place"
	"github.com/earshot-app/earshot/cmd/internal/recording"
	"github.com/earshot-app/earshot/data/catalog"
	"github.com/earshot-app/earshot/data/config"
	"github.com/earshot-app/earshot/data/sqlite"
	"github.com/earshot-app/earshot/data/transcript"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/journal"
)

// Clock tells the system's time. It implements desk.Clock.
type Clock struct{}

// Now implements desk.Clock.
func (Clock) Now() time.Time { return time.Now() }

// IDs makes UUIDv7s. It implements desk.IDs.
type IDs struct{}

// New implements desk.IDs. It fails only when the system has no randomness, and
// then nothing else works either.
func (IDs) New() string { return uuid.Must(uuid.NewV7()).String() }

// Library is an open library and the desk of the person at this machine.
type Library struct {
	*desk.Desk
	File   string
	Author string // id of the person
	store  *sqlite.Store
}

// NoLibrary is answered where no file is. Args: file.
const NoLibrary review.Code = "no-library"

// Find makes sure that there is a library to open, for those who would rather
// be told of a mistyped name than get an empty library. It answers [NoLibrary].
func Find(file string) error {
	if _, err := os.Stat(file); errors.Is(err, fs.ErrNotExist) {
		return review.Fail(NoLibrary, review.Args{"file": file})
	}
	return nil // what else is wrong with it, opening it tells
}

// Open opens the library in file, or makes it, for the person whose identity lies in folders.
// It answers the codes of data/config and data/sqlite.
func Open(ctx context.Context, file string, folders config.Folders) (*Library, error) {
	seed, err := folders.Identity(rand.Reader)
	if err != nil {
		return nil, err
	}
	author, err := journal.NewAuthor(seed)
	if err != nil {
		return nil, err
	}
	store, err := sqlite.Open(ctx, file, sqlite.Options{})
	if err != nil {
		return nil, err
	}
	d := desk.New(desk.Parts{
		Store: store, Source: catalog.New(place.Walk, time.Local).Elsewhere(place.Open), Sidecars: transcript.New(place.Walk).Elsewhere(place.Read), Author: author, Clock: Clock{}, IDs: IDs{},
		Count: place.Count, Glance: place.Glance, Contents: recording.Contents{}, Wipe: traces{file, folders}.wipe,
	})
	// What cannot be wiped now, as on a full disk, is tried again the next time.
	_, _ = d.FinishForgetting(ctx)
	return &Library{Desk: d, File: file, Author: author.ID, store: store}, nil
}

// Close closes the library's file.
func (l *Library) Close() error {
	if err := l.store.Close(); err != nil {
		return fmt.Errorf("close the library: %w", err)
	}
	return nil
}
