// Package desk has one method for each thing a person does: import, draw,
// hear, skip, tag, undo, rank, export. The window, the terminal and shared
// sessions call only these, so that all of them obey the same rules.
//
// # How an act goes
//
// An act is decided inside one write transaction of the library, from what the
// library says then: which issue a name means, whether a key is free. It
// becomes signed events of the journal; the store keeps them and what they
// change in the same transaction ([Store.Write]). When a method returns
// without an error, the act is on the disk.
//
// # What it needs
//
// A [Store] for the library, a [Source] that finds recordings, an author who
// signs, a [Clock] and [IDs]: small interfaces, so that a test can say what
// time it is and what the next id will be.
//
// Methods answer *review.Error for what a person can mend; the method's
// comment names the codes.
package desk

import (
	"cmp"
	"context"
	"sync/atomic"
	"time"

	"github.com/earshot-app/earshot/review/journal"
)

// A Clock tells the time.
type Clock interface{ Now() time.Time }

// IDs makes ids that are never made again: UUIDv7 in the app.
type IDs interface{ New() string }

// Parts are what a desk is made of.
type Parts struct {
	Store    Store
	Source   Source
	Sidecars Sidecars // nil when nothing is imported
	// Count counts the files beneath paths, quicker than a Source walks through
	// them, to tell how long an import takes; nil where nobody waits for it.
	Count func(ctx context.Context, paths []string) (int64, error)
	// Glance finds out quickly whether a source has changed; nil where every look
	// asks about each file.
	Glance Glance
	Author journal.Author
	Clock  Clock
	IDs    IDs
	// Contents reads what recordings hold; nil when nothing is shared.
	Contents Contents
	// Wipe deletes what this machine made of recordings, such as their peaks, and
	// what it keeps of some sessions, when calls of them were forgotten; nil where
	// nothing is kept.
	Wipe func(ctx context.Context, sessions []string) error
}

// A Desk is where one person works on one library. Its methods may be called
// from any goroutine.
type Desk struct {
	store    Store
	source   Source
	sidecars Sidecars
	count    func(ctx context.Context, paths []string) (int64, error)
	glance   Glance
	author   journal.Author
	clock    Clock
	ids      IDs
	contents Contents
	wipe     func(ctx context.Context, sessions []string) error
	stories  stories
	acts     atomic.Int64 // that were begun: an import makes way for them
}

// New returns the desk of p.Author.
func New(p Parts) *Desk {
	return &Desk{
		store: p.Store, source: p.Source, sidecars: p.Sidecars, count: p.Count, glance: p.Glance, author: p.Author, clock: p.Clock, ids: p.IDs,
		contents: p.Contents, wipe: p.Wipe,
	}
}

// act appends what decide answers to the journal, as one act that is undone as
// one. When decide answers no bodies, nothing happens.
func (d *Desk) act(ctx context.Context, decide func(Tx) ([]journal.Body, error)) error {
	d.acts.Add(1)
	return d.tellJournal(ctx, decide)
}

// tellJournal is act for what an import finds, which makes way for nobody.
func (d *Desk) tellJournal(ctx context.Context, decide func(Tx) ([]journal.Body, error)) error {
	return d.store.Write(ctx, func(tx Tx) error {
		bodies, err := decide(tx)
		if err != nil || len(bodies) == 0 {
			return err
		}
		w, err := d.writer(ctx, tx)
		for _, body := range bodies {
			if err == nil {
				err = w.append(ctx, body)
			}
		}
		return err
	})
}

// A writer appends the events of one act to the journal.
type writer struct {
	desk *Desk
	tx   Tx
	n    int64  // of the next event
	act  string // its first event
}

func (d *Desk) writer(ctx context.Context, tx Tx) (*writer, error) {
	n, err := tx.NextN(ctx)
	return &writer{desk: d, tx: tx, n: n}, err
}

// append adds one event. What an open session is to know of it goes there in
// the same transaction: the same bytes, or, where that knows the call under
// another uid, an event of its own.
func (w *writer) append(ctx context.Context, body journal.Body) error {
	said, shared, err := w.saying(ctx, body)
	if err != nil {
		return err
	}
	author := w.desk.author
	if shared && said.same {
		author = author.In(said.session).Hearing(said.round)
	}
	if own, ok := body.(apart); ok {
		body = own.Body
	}
	event, err := w.sign(author, body)
	if err != nil {
		return err
	}
	w.act = cmp.Or(w.act, event.ID)
	if err := w.tx.Append(ctx, event, w.act); err != nil || !shared {
		return err
	}
	if said.same {
		return w.keep(ctx, said, event, event.ID)
	}
	return w.tell(ctx, said, event.ID)
}
