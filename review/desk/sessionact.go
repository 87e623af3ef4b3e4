package desk

import (
	"context"
	"fmt"

	"github.com/earshot-app/earshot/review/journal"
	"github.com/earshot-app/earshot/review/session"
)

// apart is a body that is this library's own affair, also where it is about a
// session's call.
type apart struct{ journal.Body }

// A saying is what a session is told of a body.
type saying struct {
	session string
	body    journal.Body
	same    bool // it is the journal's body, and so the journal's bytes
	round   int  // of the call that it is said of; 0 for none
	hidden  int  // the round that hides it; 0 for none
}

// saying answers what an open session is told of a body; ok is false for what
// is none's affair. The name of a new issue is told when it is tagged.
func (w *writer) saying(ctx context.Context, body journal.Body) (s saying, ok bool, err error) {
	switch b := body.(type) {
	case apart:
		return s, false, nil
	case journal.Undone:
		return w.unsaying(ctx, b)
	}
	uid := journal.CallOf(body)
	if uid == "" {
		return s, false, nil
	}
	at, err := w.tx.SessionPlace(ctx, uid)
	if err != nil || at.Session == "" {
		return s, false, err
	}
	there, ok := ofCall(body, at.Call)
	if !ok {
		return s, false, nil
	}
	if moment, ok := body.(journal.MomentAdded); ok {
		if err := w.introduce(ctx, at, moment.Issue); err != nil {
			return s, false, err
		}
	}
	return saying{at.Session, there, at.Call == uid, at.Round, at.Hidden()}, true, nil
}

// ofCall says of another call what body says of its own; ok is false for what
// sessions are not told.
func ofCall(body journal.Body, uid string) (told journal.Body, ok bool) {
	switch b := body.(type) {
	case journal.MomentAdded:
		b.Call = uid
		return b, true
	case journal.MomentMoved:
		b.Call = uid
		return b, true
	case journal.MomentRemoved:
		b.Call = uid
		return b, true
	case journal.WordsChanged:
		b.Call = uid
		return b, true
	case journal.PraiseAdded:
		b.Call = uid
		return b, true
	case journal.PraiseRemoved:
		b.Call = uid
		return b, true
	case journal.CallHeard:
		b.Call = uid
		return b, true
	case journal.CallSkipped:
		b.Call = uid
		return b, true
	}
	return body, false
}

// unsaying answers what a session is told of an undo: of what it was told
// itself. It goes where that went.
func (w *writer) unsaying(ctx context.Context, undone journal.Undone) (s saying, ok bool, err error) {
	said, err := w.tx.SessionSays(ctx, undone.Of)
	if err != nil || len(said) == 0 {
		return s, false, err
	}
	s = saying{session: said[0].Session, same: len(said) == len(undone.Of)}
	var of []string
	for _, told := range said {
		if told.Session == s.session {
			of = append(of, told.ID)
			s.same = s.same && told.ID == told.Of
			s.round, s.hidden = told.Round, max(s.hidden, told.Blind)
		}
	}
	s.body = journal.Undone{Of: of}
	return s, true, nil
}

// introduce tells a session the name of an issue that it does not know yet.
func (w *writer) introduce(ctx context.Context, at SessionPlace, issueID string) error {
	known, err := w.tx.SessionKnows(ctx, at.Session, issueID, w.desk.author.ID, at.Hidden())
	if err != nil || known {
		return err
	}
	entries, err := w.tx.Codebook(ctx)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if e.ID == issueID {
			named := journal.IssueNamed{Issue: e.ID, Name: e.Name}
			return w.tell(ctx, saying{session: at.Session, body: named, round: at.Round, hidden: at.Hidden()}, "")
		}
	}
	return nil // its name is still to come from elsewhere
}

// tell adds an event to a session alone. of is the journal's event that it says
// again, "" for none.
func (w *writer) tell(ctx context.Context, s saying, of string) error {
	event, err := w.sign(w.desk.author.In(s.session).Hearing(s.round), s.body)
	if err != nil {
		return err
	}
	return w.keep(ctx, s, event, of)
}

// keep puts a signed event into a session's outbox.
func (w *writer) keep(ctx context.Context, s saying, event journal.Signed, of string) error {
	about := ""
	if named, ok := s.body.(journal.IssueNamed); ok {
		about = named.Issue
	}
	_, err := w.tx.AddSessionEvent(ctx, s.session, SessionEvent{
		Parcel: parcelOf(event, s.hidden), N: event.N, About: about, Of: of,
	})
	return err
}

func parcelOf(e journal.Signed, hidden int) session.Parcel {
	return session.Parcel{
		ID: e.ID, Author: e.Author, Type: string(e.Type), Blind: hidden, Bytes: e.Bytes, Signature: e.Signature, Public: e.Public,
	}
}

// sign makes the next event.
func (w *writer) sign(author journal.Author, body journal.Body) (journal.Signed, error) {
	event, err := author.Sign(w.desk.ids.New(), w.n, w.desk.clock.Now(), body)
	if err != nil {
		return event, fmt.Errorf("sign %s: %w", body.Type(), err)
	}
	w.n++
	return event, nil
}

// tellSession adds events to a session, as the author's own, to its log.
func (d *Desk) tellSession(ctx context.Context, tx Tx, id string, bodies ...journal.Body) error {
	w, err := d.writer(ctx, tx)
	for _, body := range bodies {
		if err == nil {
			err = w.tell(ctx, saying{session: id, body: body}, "")
		}
	}
	return err
}
