package catalog

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"strings"
	"sync"

	"github.com/earshot-app/earshot/data/audio"
	"github.com/earshot-app/earshot/data/audio/format"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

const (
	workers = 4  // that read headers at once
	ahead   = 64 // files listed before the one that is yielded
)

// A file may be a recording; it is on its way through the workers.
type file struct {
	root, name string
	info       fs.FileInfo
	err        error            // of Files, instead of info
	known      desk.KnownFile   // that the library holds under its path
	news       bool             // of what stands beside it
	keys       []string         // by which a table may call it, beside its name
	found      chan *desk.Found // takes one, nil for a file that is none of our business
}

// recordings yields the recordings of a scan and what is wrong with others.
// Three stages hand files on: one lists them, the workers look at them, and
// this goroutine yields them in the order of the list. The first that fails
// ends all, and all have ended when this returns.
func (c *Catalog) recordings(asked context.Context, s *scan, yield func(desk.Found) error) error {
	ctx, stop := context.WithCancelCause(asked)
	defer stop(nil)
	listed, work := make(chan *file, ahead), make(chan *file)
	var stages sync.WaitGroup
	stages.Go(func() {
		defer close(listed)
		defer close(work)
		hand := func(f *file) error {
			f.found = make(chan *desk.Found, 1)
			for _, to := range []chan<- *file{listed, work} {
				select {
				case to <- f:
				case <-ctx.Done():
					return ctx.Err()
				}
			}
			return nil
		}
		if err := c.list(ctx, s, hand); err != nil {
			stop(err)
		}
	})
	for range workers {
		stages.Go(func() {
			for f := range work {
				f.found <- c.look(ctx, s, f)
			}
		})
	}
	if err := deliver(ctx, s, listed, yield); err != nil {
		stop(err)
	}
	stages.Wait()
	if err := asked.Err(); err != nil {
		return err
	}
	return context.Cause(ctx)
}

// deliver yields what the workers found, in the order of the line, with its
// metadata.
func deliver(ctx context.Context, s *scan, listed <-chan *file, yield func(desk.Found) error) error {
	for f := range listed {
		var found *desk.Found
		select {
		case found = <-f.found:
		case <-ctx.Done():
			return ctx.Err()
		}
		if err := ctx.Err(); err != nil {
			return err // what was found may be no more than that it was stopped
		}
		if found == nil {
			continue
		}
		if s.table != nil && f.err == nil {
			// A broken recording takes its row too: it is told of once.
			meta, contact, told, err := s.table.meta(f.root, f.name, found.Meta, f.keys...)
			if err != nil {
				return err
			}
			if found.Problem == nil {
				found.Meta, found.NoRow, found.Contact = overlay(found.Meta, meta), !told, cmp.Or(contact, found.Contact)
			}
		}
		if err := yield(*found); err != nil {
			return err
		}
	}
	return nil
}

// look says what a file is: a recording, a problem, or nil for neither.
func (c *Catalog) look(ctx context.Context, s *scan, f *file) *desk.Found {
	full := review.Under(f.root, f.name)
	if full == s.metadata {
		return nil
	}
	claims := claimsSound(f.name) || s.named[full]
	of, skip := s.profile.takes(f, claims)
	if skip {
		return f.outdone()
	}
	found := &desk.Found{Root: f.root, Name: f.name, Held: f.known.ID > 0, Same: f.known.Same && !f.news}
	if f.err != nil {
		found.Problem = problem(f.err)
		if !claims && !strings.HasSuffix(f.name, "/") {
			return nil
		}
		return found
	}
	if archived(f.name) {
		found.Problem = review.Fail(Archive, nil)
		return found
	}
	var err error
	if f.known.Same {
		found.Recording = f.known.Recording
		found.Recording.Leg = review.WholeCall
	} else if info, mark, failed := c.probe(ctx, full); failed == nil {
		found.Recording, found.Mark = recording(full, f.info, info), mark
	} else {
		err = failed
	}
	if err == nil {
		if l, ok := legOf(f.name); ok && found.Recording.Channels == 1 {
			found.Recording.Leg, found.Pair = l.leg, l.pair
		}
		if of != nil {
			s.profile.tell(ctx, found, of)
			f.keys = s.profile.keys(of)
		}
		return found
	}
	found.Problem = problem(err)
	if !claims && (f.info.Size() == 0 || silent(found.Problem.Code)) {
		if f.info.Size() > 0 && found.Problem.Code != format.NotARecording && s.unread != nil {
			s.unread()
		}
		return nil
	}
	return found
}

// silent reports whether a code leaves open that the file holds sound.
func silent(code review.Code) bool {
	return code == format.NotARecording || code == audio.Unreadable || code == audio.Missing
}

func problem(err error) *review.Error {
	var known *review.Error
	if errors.As(err, &known) {
		return known
	}
	return review.Fail(review.Internal, nil).Because(err)
}

func recording(full string, file fs.FileInfo, sound audio.Info) review.Recording {
	return review.Recording{
		Path:     review.Hide(full),
		Size:     file.Size(),
		Modified: file.ModTime(),
		Format:   sound.Container + " " + sound.Codec,
		Rate:     sound.Rate,
		Channels: sound.Channels,
		Frames:   sound.Frames,
	}
}
