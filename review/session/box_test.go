package session_test

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/earshot-app/earshot/review/journal"
	"github.com/earshot-app/earshot/review/session"
)

// A box is a library's side of a session in memory. It does what session.Box
// says and no more, and counts how often each event was new to it.
type box struct {
	mu      sync.Mutex
	id, me  string
	host    bool
	kept    map[string]*kept // by id
	order   int
	cursors map[session.Stream]session.Cursor
	refused map[session.Reason]int
	broken  error
}

type kept struct {
	journal.Signed
	order   int
	acked   uint64
	ackedIn int // the round whose blind stream it was sent to
	try     int
	done    bool
	seq     uint64 // in the log
}

func newBox(id string, author journal.Author, host bool) *box {
	return &box{
		id: id, me: author.ID, host: host, kept: map[string]*kept{},
		cursors: map[session.Stream]session.Cursor{}, refused: map[session.Reason]int{},
	}
}

// say puts an own event into the library.
func (b *box) say(e journal.Signed) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.add(e)
}

func (b *box) add(e journal.Signed) *kept {
	if b.kept[e.ID] == nil {
		b.order++
		b.kept[e.ID] = &kept{Signed: e, order: b.order}
	}
	return b.kept[e.ID]
}

func (b *box) state() *session.State {
	var events []journal.Event
	for _, k := range b.kept {
		events = append(events, k.Event)
	}
	return session.Fold(b.id, events)
}

// shown is the session as the library's owner may see it.
func (b *box) shown() *session.State {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.state().For(b.me)
}

func (b *box) holes() []uint64 {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.cursors[session.Log].Holes)
}

func (b *box) refusals(r session.Reason) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.refused[r]
}

// hidden is the round that hides an event now, or 0. While it is not known
// what the session is, everything hides.
func hidden(s *session.State, e journal.Event) int {
	if s.Host == "" {
		return e.Round
	}
	if c := s.Call(e.Round); s.Blind && c != nil && !c.Revealed {
		return e.Round
	}
	return 0
}

func (b *box) Cursor(_ context.Context, s session.Stream) (session.Cursor, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.cursors[s], b.broken
}

// Take takes a while, and comes to nothing when its context ends.
func (b *box) Take(ctx context.Context, s session.Stream, batch []session.Delivery, at session.Cursor) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(5 * time.Millisecond):
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, d := range batch {
		e, reason := session.Accept(b.id, d)
		if reason != "" {
			b.refused[reason]++
			continue
		}
		if k := b.add(e); s == session.Log {
			k.done, k.seq = true, d.Seq
		}
	}
	at.Holes = slices.Clone(at.Holes)
	b.cursors[s] = at
	return b.broken
}

func (b *box) Outbox(_ context.Context, most int) ([]session.Pending, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	state := b.state()
	var all []session.Pending
	for _, k := range slices.SortedFunc(maps.Values(b.kept), func(x, y *kept) int { return cmp.Compare(x.order, y.order) }) {
		blind := hidden(state, k.Event)
		own := k.Author == b.me || b.host && blind == 0
		if k.done || !own || blind > 0 && k.acked > 0 || len(all) == most {
			continue
		}
		p := session.Pending{Parcel: parcel(k.Signed, blind), Acked: k.acked, Try: k.try}
		if k.ackedIn != blind {
			p.Acked, p.Try = 0, 0
		}
		all = append(all, p)
	}
	return all, b.broken
}

func (b *box) Sent(_ context.Context, id string, seq uint64, try int) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	k := b.kept[id]
	k.acked, k.ackedIn, k.try = seq, hidden(b.state(), k.Event), try
	return b.broken
}

func (b *box) Rewind(_ context.Context, s session.Stream) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.cursors, s)
	for _, k := range b.kept {
		if s == session.Log {
			k.acked, k.try, k.done, k.seq = 0, 0, false, 0
		}
	}
	return b.broken
}

func (b *box) At(_ context.Context, seq uint64) (session.Parcel, bool, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, k := range b.kept {
		inLog := k.seq == seq || k.acked == seq && k.ackedIn == 0
		if inLog && (k.Author == b.me || b.host) {
			return parcel(k.Signed, 0), true, b.broken
		}
	}
	return session.Parcel{}, false, b.broken
}
