package session_test

import (
	"fmt"
	"time"

	"pgregory.net/rapid"

	"github.com/earshot-app/earshot/review/journal"
	"github.com/earshot-app/earshot/review/session"
)

// A room is a session with a host and members, who say one thing after the
// other, each knowing what was said before.
type room struct {
	t       rapid.TB
	id      string
	n       int64
	authors []journal.Author // the host first
	said    []journal.Signed
}

func author(t rapid.TB, first byte) journal.Author {
	t.Helper()
	a, err := journal.NewAuthor(append([]byte{first}, make([]byte, 31)...))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// open opens a session of some calls, with members beside the host, and gives
// all of them the issue "bill".
func open(t rapid.TB, blind bool, members, calls int) *room {
	t.Helper()
	r := &room{t: t}
	for i := range members + 1 {
		r.authors = append(r.authors, author(t, byte(i+1)))
	}
	r.id = session.ID(r.authors[0].Public(), "nonce")
	r.say(0, 0, journal.SessionOpened{Nonce: "nonce", Name: "Move team", Draw: "d", Calls: calls, Blind: blind})
	for i := range calls {
		r.say(0, 0, journal.SessionCall{Round: i + 1, Call: call(i + 1), Length: 60_000})
	}
	r.say(0, 0, journal.IssueNamed{Issue: "bill", Name: "Late bill"})
	for i := range members {
		r.say(0, 0, journal.MemberAdmitted{Member: r.authors[i+1].ID})
	}
	return r
}

func call(round int) string { return fmt.Sprintf("call-%d", round) }

// say lets somebody, by number, say something of a round or of none.
func (r *room) say(who, round int, body journal.Body) journal.Signed {
	r.t.Helper()
	r.n++
	e := r.sign(r.authors[who].In(r.id).Hearing(round), r.n, body)
	r.said = append(r.said, e)
	return e
}

func (r *room) sign(by journal.Author, n int64, body journal.Body) journal.Signed {
	r.t.Helper()
	e, err := by.Sign(fmt.Sprintf("%s-%03d", by.ID[:3], n), n, time.UnixMilli(1000*n), body)
	if err != nil {
		r.t.Fatal(err)
	}
	return e
}

// tag lets somebody tag an issue in the call of a round.
func (r *room) tag(who, round int, issue string, at int64) journal.Signed {
	r.t.Helper()
	moment := fmt.Sprintf("m%d", r.n)
	return r.say(who, round, journal.MomentAdded{Moment: moment, Call: call(round), Issue: issue, At: at})
}

func (r *room) hear(round int, who ...int) {
	r.t.Helper()
	for _, i := range who {
		r.say(i, round, journal.CallHeard{Call: call(round), Played: 1})
	}
}

func (r *room) reveal(round int) journal.Signed {
	r.t.Helper()
	return r.say(0, 0, journal.RoundRevealed{Round: round})
}

func (r *room) events() []journal.Event {
	all := make([]journal.Event, len(r.said))
	for i, e := range r.said {
		all[i] = e.Event
	}
	return all
}

func (r *room) state() *session.State { return session.Fold(r.id, r.events()) }

func delivered(e journal.Signed) session.Delivery {
	return session.Delivery{Parcel: parcel(e, 0), Subject: e.Author}
}

func parcel(e journal.Signed, blind int) session.Parcel {
	return session.Parcel{
		ID: e.ID, Author: e.Author, Type: string(e.Type), Blind: blind,
		Bytes: e.Bytes, Signature: e.Signature, Public: e.Public,
	}
}
