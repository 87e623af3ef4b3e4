package main

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"time"

	"github.com/google/uuid"

	"github.com/earshot-app/earshot/data/audio"
	"github.com/earshot-app/earshot/data/catalog"
	"github.com/earshot-app/earshot/data/config"
	"github.com/earshot-app/earshot/data/folder"
	"github.com/earshot-app/earshot/data/sqlite"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/journal"
	"github.com/earshot-app/earshot/review/playback"
)

type (
	clock struct{}
	ids   struct{}
)

// Now implements desk.Clock.
func (clock) Now() time.Time { return time.Now() }

// New implements desk.IDs. It fails only when the system has no randomness, and
// then nothing else works either.
func (ids) New() string { return uuid.Must(uuid.NewV7()).String() }

// library is an open library.
type library struct {
	file   string
	author string // id of the person at this machine
	desk   *desk.Desk
	store  *sqlite.Store
}

// openLibrary opens the library in file for the person at this machine.
func openLibrary(ctx context.Context, file string, folders config.Folders) (*library, error) {
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
		Store: store, Source: catalog.New(folder.Walk, time.Local), Author: author, Clock: clock{}, IDs: ids{},
	})
	return &library{file: file, author: author.ID, desk: d, store: store}, nil
}

func (l *library) close(log *slog.Logger) {
	if err := l.store.Close(); err != nil {
		log.Error("close the library", "error", err)
	}
}

// openRecordings opens a call's recordings, in the order in which they play, as
// one source.
func openRecordings(ctx context.Context, recordings []review.Recording) (playback.Source, error) {
	var sources []playback.Source
	for _, r := range recordings {
		source, err := audio.Open(r.Path.Open())
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			for _, opened := range sources {
				err = errors.Join(err, opened.Close())
			}
			return nil, err
		}
		sources = append(sources, source)
	}
	if len(sources) == 0 {
		return nil, review.Fail(audio.Missing, nil)
	}
	return playback.Join(sources...), nil
}
