package desk

import (
	"context"
	"maps"
	"slices"
	"sync"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/codebook"
	"github.com/earshot-app/earshot/review/journal"
	"github.com/earshot-app/earshot/review/session"
)

// stories are the sessions that were read so far: while events arrive, each is
// decoded once. What a transaction sees is told apart from what is on the disk.
type stories struct {
	mu      sync.Mutex
	read    map[string]*toldStory
	written map[string]*toldStory
}

// toldStory is a session up to an event's place in the library.
type toldStory struct {
	*session.Story
	place      int64
	generation int64 // of the library: forgetting moves it, whoever does that
}

// of is the story of a session as a transaction sees it, or everybody. What is of
// another generation is read anew: what it was told may be forgotten.
func (s *stories) of(id string, inTx bool, generation int64) *toldStory {
	if s.read == nil {
		s.read, s.written = map[string]*toldStory{}, map[string]*toldStory{}
	}
	told := s.read
	if inTx {
		told = s.written
	}
	if told[id] == nil || told[id].generation != generation {
		told[id] = &toldStory{Story: session.NewStory(id), generation: generation}
	}
	return told[id]
}

// inSession writes what is about a session. What a transaction saw that came to
// nothing is forgotten.
func (d *Desk) inSession(ctx context.Context, do func(Tx) error) error {
	err := d.store.Write(ctx, do)
	if err != nil {
		d.stories.mu.Lock()
		clear(d.stories.written)
		d.stories.mu.Unlock()
	}
	return err
}

// Session answers a session as this library's author may see it: of a round
// that is not revealed only what they said themself, also where the library
// holds more. It answers [session.NoSession].
func (d *Desk) Session(ctx context.Context, id string) (*session.State, error) {
	state, err := d.sessionState(ctx, d.store, id)
	if err != nil {
		return nil, err
	}
	mine := *state.For(d.author.ID)
	refused, err := d.store.SessionRefused(ctx, id)
	mine.Refused = maps.Clone(mine.Refused)
	for why, n := range refused {
		mine.Refused[why] += n
	}
	return &mine, err
}

// SessionTable is who heard which issue in a round. It answers
// [session.NoSession], [session.NoRound] or, in a blind session,
// [session.NotRevealed].
func (d *Desk) SessionTable(ctx context.Context, id string, round int) (session.Table, error) {
	state, err := d.Session(ctx, id)
	if err != nil {
		return session.Table{}, err
	}
	call := state.Call(round)
	switch {
	case call == nil:
		return session.Table{}, review.Fail(session.NoRound, review.Args{"round": round})
	case state.Blind && !call.Revealed:
		return session.Table{}, review.Fail(session.NotRevealed, review.Args{"round": round})
	}
	return state.Table(round), nil
}

// SessionRoster is who of the members is through with a round, or with 0 with
// the whole draw, as far as this library holds it. It answers
// [session.NoSession].
func (d *Desk) SessionRoster(ctx context.Context, id string, round int) ([]session.Attendee, error) {
	state, err := d.sessionState(ctx, d.store, id)
	if err != nil {
		return nil, err
	}
	names, err := d.store.SessionNames(ctx, id)
	roster := state.Roster(round)
	for i := range roster {
		roster[i].Name = names[roster[i].Author]
	}
	return roster, err
}

// SessionDigest is the same for all who hold the same of a session. It answers
// [session.NoSession].
func (d *Desk) SessionDigest(ctx context.Context, id string) (string, error) {
	state, err := d.sessionState(ctx, d.store, id)
	if err != nil {
		return "", err
	}
	return state.Digest(), nil
}

// sessionState reads all that the library holds of a session, hidden or not. A
// transaction that asks is one of [Desk.inSession].
func (d *Desk) sessionState(ctx context.Context, r Reader, id string) (*session.State, error) {
	if _, err := sharedOf(ctx, r, id); err != nil {
		return nil, err
	}
	d.stories.mu.Lock()
	defer d.stories.mu.Unlock()
	generation, err := r.Generation(ctx)
	if err != nil {
		return nil, err
	}
	told := d.stories.of(id, r != Reader(d.store), generation)
	if err := told.read(ctx, r, id); err != nil {
		return nil, err
	}
	return told.State(), nil
}

// read adds the events that came since.
func (t *toldStory) read(ctx context.Context, r Reader, id string) error {
	for kept, err := range r.SessionEvents(ctx, id, t.place) {
		if err != nil {
			return err
		}
		var e journal.Event
		if err := journal.Read(kept.Bytes, &e); err != nil {
			return err
		}
		t.Add(e)
		t.place = kept.Place
	}
	return nil
}

// settle makes the library's tables of a session say what its events say: who
// hosts it, which calls it has, what is revealed, and whether it is over.
func (d *Desk) settle(ctx context.Context, tx Tx, id string) error {
	state, err := d.sessionState(ctx, tx, id)
	if err != nil {
		return err
	}
	if err := settlePlaces(ctx, tx, state); err != nil {
		return err
	}
	if err := bringIssues(ctx, tx, state); err != nil {
		return err
	}
	shared, err := sharedOf(ctx, tx, id)
	if err != nil {
		return err
	}
	shared.Name, shared.Draw, shared.Hosting = state.Name, state.Draw, state.Host == d.author.ID
	shared.Blind, shared.Together, shared.KeepAudio = state.Blind, state.Together, state.KeepAudio
	me, takesPart := state.Members[d.author.ID]
	switch over := state.Closed || me.Removed; {
	case over && !shared.Closed:
		return endShared(ctx, tx, shared)
	case !over && takesPart && !shared.Hosting:
		shared.Closed = false // let in again
	}
	return tx.KeepSession(ctx, shared)
}

// settlePlaces keeps the calls of a session, and lets what a revealed round hid
// belong in the log.
func settlePlaces(ctx context.Context, tx Tx, state *session.State) error {
	places, err := tx.SessionPlaces(ctx, state.ID)
	if err != nil {
		return err
	}
	for _, call := range state.Calls {
		i := slices.IndexFunc(places, func(p SessionPlace) bool { return p.Round == call.Round })
		at := SessionPlace{Session: state.ID, Round: call.Round, Call: call.Call, Revealed: call.Revealed}
		if i >= 0 {
			at.Local = places[i].Local
			if places[i].Revealed == call.Revealed {
				continue
			}
		}
		if err := tx.KeepSessionPlace(ctx, at); err != nil {
			return err
		}
		if call.Revealed {
			if _, err := tx.RevealRound(ctx, state.ID, call.Round); err != nil {
				return err
			}
		}
	}
	return nil
}

// bringIssues brings the issues that a session's host named into the codebook,
// as the host said it, unless one of that id or name is there.
func bringIssues(ctx context.Context, tx Tx, state *session.State) error {
	entries, err := tx.Codebook(ctx)
	if err != nil {
		return err
	}
	lacks := func(i session.Issue) bool {
		if i.By != state.Host || i.ID == "" {
			return false
		}
		_, known := codebook.Find(entries, i.ID)
		_, called := codebook.Called(entries, i.Name)
		return !known && !called
	}
	if !slices.ContainsFunc(slices.Collect(maps.Values(state.Issues)), lacks) {
		return nil
	}
	var named []journal.Signed
	for kept, err := range tx.SessionEvents(ctx, state.ID, 0) {
		if err != nil {
			return err
		}
		if issue, ok := state.Issues[kept.About]; ok && kept.Blind == 0 && kept.Author == issue.By && lacks(issue) {
			event, err := journal.Open(kept.Bytes, kept.Signature, kept.Public)
			if err != nil {
				return err
			}
			named = append(named, event)
			entries = append(entries, codebook.Entry{Issue: review.Issue{ID: issue.ID, Name: issue.Name}})
		}
	}
	for _, event := range named {
		if err := tx.Append(ctx, event, event.ID); err != nil {
			return err
		}
	}
	return nil
}
