package sqlite_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/journal"
	"github.com/earshot-app/earshot/review/session"
)

// BenchmarkALateJoiner takes in a session of ten thousand tags, in batches as a
// network delivers them.
func BenchmarkALateJoiner(b *testing.B) {
	ctx := context.Background()
	w := newWire(b, 20, desk.HostRequest{}, newPerson(b, 1, entries(0, 40)...), newPerson(b, 2, entries(0, 40)...))
	state, err := w.host().Session(ctx, w.id)
	must(b, err)
	author := newAuthor(b, 2)
	for i := range 10_000 {
		at := state.Calls[i%20]
		event, err := author.In(w.id).Hearing(at.Round).Sign(fmt.Sprint("late-", i), int64(1000+i), time.Unix(9, 0),
			journal.MomentAdded{Moment: fmt.Sprint("m-", i), Call: at.Call, Issue: "issue", At: int64(i)})
		must(b, err)
		p := session.Parcel{ID: event.ID, Author: event.Author, Type: string(event.Type), Bytes: event.Bytes, Signature: event.Signature, Public: event.Public}
		w.log = append(w.log, session.Delivery{Parcel: p, Subject: p.Author, Seq: uint64(len(w.log) + 1)})
	}
	for b.Loop() {
		late := newPerson(b, 3)
		must(b, late.JoinSession(ctx, w.id, "Late"))
		box := late.SessionBox(w.id)
		for from := 0; from < len(w.log); from += 256 {
			batch := w.log[from:min(len(w.log), from+256)]
			must(b, box.Take(ctx, session.Log, batch, session.Cursor{Seq: uint64(from + len(batch))}))
		}
		_, err := late.Session(ctx, w.id)
		must(b, err)
	}
}
