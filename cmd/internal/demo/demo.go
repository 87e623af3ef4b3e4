// Package demo makes the demo library: the calls that Earshot brings along,
// drawn, and most of them heard.
//
// [Make] writes the recordings into a folder, imports them with their table,
// draws [Drawn] of them and has the first [Heard] heard by the script's truth:
// each issue tagged where the customer names it, in the customer's words, and
// what is no customer's call skipped. So there is a ranking to look at, and the
// visitor hears the rest. All of it goes through the desk, as if a person did
// it; that person has an identity of their own which nobody keeps, so that a
// visitor cannot undo what the demo came with.
package demo

import (
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	demoassets "github.com/earshot-app/earshot/assets/demo"
	"github.com/earshot-app/earshot/data/catalog"
	"github.com/earshot-app/earshot/data/folder"
	"github.com/earshot-app/earshot/data/sqlite"
	"github.com/earshot-app/earshot/data/transcript"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/journal"
)

// How many calls are drawn, and how many of them the demo comes with heard.
const (
	Drawn = 24
	Heard = 18
)

// steps is how often progress is told: for the recordings, the import and the
// draw, and once for each call.
const steps = 3 + Heard

// Parts are what the demo needs from outside.
type Parts struct {
	Folder string // of the app's data; the library lies in it, the recordings in demo beneath
	Random io.Reader
	Clock  desk.Clock
	IDs    desk.IDs
	Zone   *time.Location
}

// Library is the demo library's file in folder.
func Library(folder string) string { return filepath.Join(folder, "demo.earshot") }

// Make makes the demo library, unless it is there already, and answers its
// file; recordings that are gone are written again. A library is only ever there
// whole. progress is told how many of how
// many steps are done.
func Make(ctx context.Context, p Parts, progress func(done, total int)) (library string, err error) {
	library = Library(p.Folder)
	calls := filepath.Join(p.Folder, "demo")
	if err := unpack(calls); err != nil {
		return "", review.Fail(sqlite.LibraryFolder, nil).Because(err)
	}
	if _, err := os.Stat(library); err == nil {
		return library, nil
	}
	draft := library + ".new"
	for _, left := range []string{draft, draft + "-wal", draft + "-shm"} {
		if err := os.Remove(left); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", review.Fail(sqlite.LibraryFolder, nil).Because(err)
		}
	}
	if err := fill(ctx, draft, calls, p, progress); err != nil {
		return "", fmt.Errorf("make the demo: %w", err)
	}
	return library, os.Rename(draft, library)
}

// unpack writes the recordings and their table, where they are not there yet.
func unpack(folder string) error {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	return fs.WalkDir(demoassets.Files(), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := fs.ReadFile(demoassets.Files(), name)
		if err != nil {
			return err
		}
		file := filepath.Join(folder, filepath.FromSlash(name))
		if info, err := os.Stat(file); err == nil && info.Size() == int64(len(content)) {
			return nil
		}
		return os.WriteFile(file, content, 0o600)
	})
}

// fill makes the library at file and closes it.
func fill(ctx context.Context, file, calls string, p Parts, progress func(done, total int)) (err error) {
	store, err := sqlite.Open(ctx, file, sqlite.Options{Random: p.Random, Now: p.Clock.Now})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	seed := make([]byte, ed25519.SeedSize)
	if _, err := io.ReadFull(p.Random, seed); err != nil {
		return err
	}
	author, err := journal.NewAuthor(seed)
	if err != nil {
		return err
	}
	v := &visit{
		ctx: ctx, calls: calls, progress: progress,
		desk: desk.New(desk.Parts{
			Store: store, Source: catalog.New(folder.Walk, p.Zone), Sidecars: transcript.New(folder.Walk), Author: author, Clock: p.Clock, IDs: p.IDs,
		}),
	}
	return v.listen()
}

// visit is what the demo's person does.
type visit struct {
	ctx      context.Context
	desk     *desk.Desk
	calls    string
	done     int
	progress func(done, total int)
}

func (v *visit) step() {
	v.done++
	v.progress(v.done, steps)
}

func (v *visit) listen() error {
	v.step()
	table := filepath.Join(v.calls, demoassets.Table)
	imported, err := v.desk.Import(v.ctx, desk.ImportRequest{Paths: []string{v.calls}, Metadata: table}, nil)
	if err != nil {
		return err
	}
	if len(imported.Problems) > 0 {
		return imported.Problems[0].Reason
	}
	v.step()
	draw, err := v.desk.Draw(v.ctx, desk.DrawRequest{N: Drawn}, nil)
	if err != nil {
		return err
	}
	v.step()
	truth, err := truthByCall()
	if err != nil {
		return err
	}
	for _, c := range draw.Calls[:Heard] {
		if err := v.hear(truth[c.UID]); err != nil {
			return err
		}
		v.step()
	}
	return nil
}

func truthByCall() (map[string]demoassets.Call, error) {
	calls, err := demoassets.Truth()
	by := map[string]demoassets.Call{}
	for _, c := range calls {
		by[c.ID] = c
	}
	return by, err
}

// hear does with one call what a careful listener would.
func (v *visit) hear(c demoassets.Call) error {
	if c.NotCustomer != "" {
		return v.desk.Skip(v.ctx, c.ID, review.NotCustomer, c.NotCustomer)
	}
	for _, m := range c.Issues {
		_, err := v.desk.Tag(v.ctx, desk.TagRequest{
			Call: c.ID, Issue: m.Issue, At: seconds(m.At), Until: seconds(m.Until), Words: m.Words,
		})
		if err != nil {
			return err
		}
	}
	for _, m := range c.Praise {
		if _, err := v.desk.Praise(v.ctx, c.ID, seconds(m.At), m.Words); err != nil {
			return err
		}
	}
	return v.desk.Hear(v.ctx, c.ID, 1)
}

func seconds(s float64) time.Duration { return time.Duration(s * float64(time.Second)) }
