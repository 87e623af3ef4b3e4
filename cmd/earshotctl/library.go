package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/earshot-app/earshot/data/catalog"
	"github.com/earshot-app/earshot/data/config"
	"github.com/earshot-app/earshot/data/folder"
	"github.com/earshot-app/earshot/data/sqlite"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/journal"
)

// library is an open library and its desk.
type library struct {
	*desk.Desk
	store *sqlite.Store
}

// systemClock and timeIDs are the desk's clock and ids in earnest.
type (
	systemClock struct{}
	timeIDs     struct{}
)

func (systemClock) Now() time.Time { return time.Now() }

// New answers a UUIDv7. It fails only when the system has no randomness, and
// then nothing else works either.
func (timeIDs) New() string { return uuid.Must(uuid.NewV7()).String() }

// openLibrary opens the library that the flag, the environment or the user's
// data folder names.
func openLibrary(ctx context.Context, flag string, p program) (*library, error) {
	folders := config.Standard()
	path, err := folders.Library(flag, p.getenv)
	if err != nil {
		return nil, err
	}
	seed, err := folders.Identity(rand.Reader)
	if err != nil {
		return nil, err
	}
	author, err := journal.NewAuthor(seed)
	if err != nil {
		return nil, err
	}
	store, err := sqlite.Open(ctx, path, sqlite.Options{})
	if err != nil {
		return nil, err
	}
	d := desk.New(desk.Parts{
		Store: store, Source: catalog.New(folder.Walk, time.Local), Author: author, Clock: systemClock{}, IDs: timeIDs{},
	})
	return &library{Desk: d, store: store}, nil
}

// Close closes the library's file.
func (l *library) Close() error {
	if err := l.store.Close(); err != nil {
		return fmt.Errorf("close the library: %w", err)
	}
	return nil
}
