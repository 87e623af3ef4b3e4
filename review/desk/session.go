package desk

import (
	"context"
	"strings"
	"unicode"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/journal"
	"github.com/earshot-app/earshot/review/session"
)

// MaxMember is the longest name that a member can have, in bytes.
const MaxMember = 64

// BadMember is answered for a member's name that is too long, or says nothing.
// Args: max.
const BadMember review.Code = "bad-member"

// HostRequest asks for a session about a draw.
type HostRequest struct {
	Draw      string // id
	Name      string // of the session; "" for none
	As        string // what the host is called
	Blind     bool   // tags stay with the host until revealed
	Together  bool   // the host plays for all
	KeepAudio bool   // members may keep what they heard
}

// HostSession opens a session about a draw of this library: it names the
// draw's calls to the members and the issues that the codebook shows, and takes
// part itself. What is said of those calls from then on is said there too.
// progress, if not nil, is told how many of the draw's calls were read. It
// answers [review.NoDraw], [DrawForgotten], [BadMember], [review.BadName], what
// [Contents] answers, or [review.Cancelled].
func (d *Desk) HostSession(ctx context.Context, req HostRequest, progress func(done, all int)) (Shared, error) {
	as, err := cleanMember(req.As)
	if err != nil {
		return Shared{}, err
	}
	if req.Name != "" {
		if req.Name, err = review.CleanName(req.Name); err != nil {
			return Shared{}, err
		}
	}
	draw, err := d.store.Draw(ctx, req.Draw)
	if err != nil {
		return Shared{}, err
	}
	if _, err := d.store.MadeDraw(ctx, draw.ID); err != nil {
		return Shared{}, err
	}
	calls, err := d.sessionCalls(ctx, draw, progress)
	if err != nil {
		return Shared{}, cancelled(ctx, err)
	}
	nonce := d.ids.New()
	shared := Shared{
		ID: session.ID(d.author.Public(), nonce), Hosting: true, Name: req.Name, Draw: draw.ID, Blind: req.Blind,
		Together: req.Together, KeepAudio: req.KeepAudio, Joined: d.clock.Now(),
	}
	opened := journal.SessionOpened{
		Nonce: nonce, Name: req.Name, Draw: draw.ID, FrameDigest: draw.Frame.Digest, Calls: len(calls),
		Blind: req.Blind, Together: req.Together, KeepAudio: req.KeepAudio,
	}
	err = d.inSession(ctx, func(tx Tx) error {
		if shared.Made, err = tx.MadeDraw(ctx, draw.ID); err != nil {
			return err
		}
		if err := tx.KeepSession(ctx, shared); err != nil {
			return err
		}
		if err := tx.NameMember(ctx, shared.ID, d.author.ID, as); err != nil {
			return err
		}
		return d.openSession(ctx, tx, shared.ID, opened, calls)
	})
	return shared, err
}

// openSession tells a new session what it begins with.
func (d *Desk) openSession(ctx context.Context, tx Tx, id string, opened journal.SessionOpened, calls []journal.SessionCall) error {
	bodies := []journal.Body{opened, journal.MemberAdmitted{Member: d.author.ID}}
	for _, call := range calls {
		bodies = append(bodies, call)
		at := SessionPlace{Session: id, Round: call.Round, Call: call.Call, Local: call.Call}
		if err := tx.KeepSessionPlace(ctx, at); err != nil {
			return err
		}
	}
	issues, err := tx.Issues(ctx)
	if err != nil {
		return err
	}
	inOrderOfKeys(issues)
	for _, issue := range issues {
		if !issue.Aside {
			bodies = append(bodies, journal.IssueNamed{Issue: issue.ID, Name: issue.Name})
		}
	}
	return d.tellSession(ctx, tx, id, bodies...)
}

// sessionCalls are a draw's calls as members get to know them.
func (d *Desk) sessionCalls(ctx context.Context, draw Draw, progress func(done, all int)) ([]journal.SessionCall, error) {
	var calls []journal.SessionCall
	for i, drawn := range draw.Calls {
		call, err := d.store.Call(ctx, drawn.UID)
		if err != nil {
			return nil, err
		}
		hashes, err := d.hashes(ctx, drawn.UID)
		if err != nil {
			return nil, err
		}
		calls = append(calls, journal.SessionCall{
			Round: i + 1, Call: call.UID, Hashes: hashes, Length: call.Duration.Milliseconds(), Start: call.Start.Unix(),
			Queue: call.Queue, Category: call.Category,
		})
		if progress != nil {
			progress(i+1, len(draw.Calls))
		}
	}
	return calls, nil
}

// JoinSession takes part in a session from here on, under a name. What it is
// about is learnt from its events. Whoever takes part already is named anew. It
// answers [BadMember].
func (d *Desk) JoinSession(ctx context.Context, id, as string) error {
	as, err := cleanMember(as)
	if err != nil {
		return err
	}
	return d.inSession(ctx, func(tx Tx) error {
		shared, err := sharedOf(ctx, tx, id)
		switch {
		case review.CodeOf(err) == session.NoSession:
			err = tx.KeepSession(ctx, Shared{ID: id, Joined: d.clock.Now()})
		case err == nil && shared.Closed:
			err = d.comeBack(ctx, tx, shared)
		}
		if err != nil {
			return err
		}
		return tx.NameMember(ctx, id, d.author.ID, as)
	})
}

// comeBack goes on with a session that was left and is not over.
func (d *Desk) comeBack(ctx context.Context, tx Tx, shared Shared) error {
	state, err := d.sessionState(ctx, tx, shared.ID)
	if err != nil || state.Closed {
		return err
	}
	shared.Closed = false
	return tx.KeepSession(ctx, shared)
}

// LeaveSession ends this library's part in a session: what is said of its calls
// stays here. Guests go, unless the host lets members keep them. It answers
// [session.NoSession].
func (d *Desk) LeaveSession(ctx context.Context, id string) error {
	return d.inSession(ctx, func(tx Tx) error {
		shared, err := sharedOf(ctx, tx, id)
		if err != nil || shared.Closed {
			return err
		}
		if !shared.Hosting {
			if err := d.tellSession(ctx, tx, id, journal.MemberRemoved{Member: d.author.ID}); err != nil {
				return err
			}
		}
		return endShared(ctx, tx, shared)
	})
}

// endShared ends this library's part in a session.
func endShared(ctx context.Context, tx Tx, shared Shared) error {
	shared.Closed = true
	err := tx.KeepSession(ctx, shared)
	if err == nil && !shared.KeepAudio {
		err = tx.DropGuests(ctx, shared.ID)
	}
	return err
}

// Sessions are those that this library takes or took part in, the latest first.
func (d *Desk) Sessions(ctx context.Context) ([]Shared, error) { return d.store.Sessions(ctx) }

// SharedOf answers one session as it was opened, or [session.NoSession].
func (d *Desk) SharedOf(ctx context.Context, id string) (Shared, error) {
	return sharedOf(ctx, d.store, id)
}

func sharedOf(ctx context.Context, r Reader, id string) (Shared, error) {
	all, err := r.Sessions(ctx)
	for _, s := range all {
		if s.ID == id {
			return s, err
		}
	}
	if err == nil {
		err = review.Fail(session.NoSession, review.Args{"id": id})
	}
	return Shared{}, err
}

// SessionNames are what the members of a session call themselves, by author, as
// far as this library was told.
func (d *Desk) SessionNames(ctx context.Context, id string) (map[string]string, error) {
	return d.store.SessionNames(ctx, id)
}

// SessionPlaces are the rounds of a session by number, with the calls that this
// library has for them.
func (d *Desk) SessionPlaces(ctx context.Context, id string) ([]SessionPlace, error) {
	return d.store.SessionPlaces(ctx, id)
}

// cleanMember tidies what a person types as their name.
func cleanMember(name string) (string, error) {
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(name, ""))
	name = strings.Join(strings.Fields(name), " ")
	if name == "" || len(name) > MaxMember {
		return "", review.Fail(BadMember, review.Args{"max": MaxMember})
	}
	return name, nil
}

// cancelled answers [review.Cancelled] where ctx ended.
func cancelled(ctx context.Context, err error) error {
	if err != nil && ctx.Err() != nil {
		return review.Fail(review.Cancelled, nil).Because(err)
	}
	return err
}
