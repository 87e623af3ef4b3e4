package desk

import (
	"context"
	"iter"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/journal"
	"github.com/earshot-app/earshot/review/session"
)

// Without a network a session goes round in files: the host hands out its log,
// members hand back what they said, the host reveals it and hands out the log
// again. data/sessionfile writes and reads them.

// SessionHead is what a session's file says of itself, which nobody signed.
type SessionHead struct {
	Session string
	By      string            // author who wrote it
	Names   map[string]string // what members call themselves, by author
	Made    journal.Signed    // the host's "draw.made"; zero where the writer lacks it
}

// A SessionLine is an event of a session's file, or what is wrong with its
// line.
type SessionLine struct {
	Line   int // from 1
	Parcel session.Parcel
	Reason session.Reason // why it cannot be read; "" where it can
}

// MostSessionLines is how many events a session's file may hold: far more than
// any session has, and few enough to be read at once.
const MostSessionLines = 200_000

// LongSessionFile is answered for a file of more events. Args: max.
const LongSessionFile review.Code = "long-session-file"

// ForHost says that an event of a blind round is the host's alone to take in.
const ForHost session.Reason = "for-host"

// ExportSession answers what this library hands to others of a session: the
// log, and, but for a host, what its author said in rounds that are hidden
// still. It answers [session.NoSession].
func (d *Desk) ExportSession(ctx context.Context, id string) (SessionHead, iter.Seq2[session.Parcel, error], error) {
	shared, err := sharedOf(ctx, d.store, id)
	if err != nil {
		return SessionHead{}, nil, err
	}
	names, err := d.store.SessionNames(ctx, id)
	head := SessionHead{Session: id, By: d.author.ID, Names: names, Made: shared.Made}
	return head, func(yield func(session.Parcel, error) bool) {
		for e, err := range d.store.SessionEvents(ctx, id, 0) {
			if err == nil && e.Blind > 0 && (shared.Hosting || e.Author != d.author.ID) {
				continue
			}
			if err == nil && len(e.Signature) == 0 {
				continue // a tombstone, which nobody else would believe
			}
			if !yield(e.Parcel, err) {
				return
			}
		}
	}, err
}

// SessionImport is a session's file on its way in.
type SessionImport struct {
	Head  SessionHead
	Lines iter.Seq2[SessionLine, error]
	As    string // what this library's author is called, when they join by it
	Admit bool   // let the writer take part, where this library hosts
}

// SessionImported is what an import of a session's file did.
type SessionImported struct {
	Session  string
	Joined   bool // by this file
	Added    int  // events
	Known    int  // events that were here
	Refused  []SessionRefusal
	Admitted []string // authors
	Stranger string   // the writer, who takes no part yet; ""
	Guests   []Guest  // calls whose recordings are not here
	Draw     string   // this library's draw of the same calls; "" where its calls are others
}

// SessionRefusal is a line that is not part of the session.
type SessionRefusal struct {
	Line   int
	Reason session.Reason
}

// ImportSession takes in a session's file. A line that is no event of it is
// refused by its number, and the rest goes on; an event that is here already
// changes nothing. Whoever takes no part in the session yet joins it. Its calls
// are then found here, and its draw made where the frame is the same. It answers
// [BadMember] for who joins without a name, [session.NoSession] for a file
// without the session's beginning, [LongSessionFile], or what reading the file
// answers.
func (d *Desk) ImportSession(ctx context.Context, req SessionImport) (SessionImported, error) {
	out := SessionImported{Session: req.Head.Session}
	lines, batch := []int{}, []session.Delivery{}
	for l, err := range req.Lines {
		if err != nil {
			return out, err
		}
		if l.Reason != "" {
			out.Refused = append(out.Refused, SessionRefusal{l.Line, l.Reason})
			continue
		}
		if len(lines) == MostSessionLines {
			return out, review.Fail(LongSessionFile, review.Args{"max": MostSessionLines})
		}
		lines, batch = append(lines, l.Line), append(batch, fromFile(l.Parcel))
	}
	verdicts := session.AcceptAll(out.Session, batch)
	err := d.inSession(ctx, func(tx Tx) error {
		in := &filing{desk: d, intake: intake{tx: tx, shared: Shared{ID: out.Session}}, req: req, out: &out}
		return in.file(ctx, lines, verdicts)
	})
	if err != nil {
		return out, err
	}
	return out, d.settleIn(ctx, req.Head.Made, &out)
}

// fromFile is a parcel as if its own author had published it.
func fromFile(p session.Parcel) session.Delivery {
	var e journal.Event
	if journal.Read(p.Bytes, &e) != nil {
		return session.Delivery{Parcel: p, Mend: true}
	}
	return session.Delivery{Parcel: p, Subject: e.Author}
}

// settleIn finds the calls of a session whose file came in, and makes its draw.
func (d *Desk) settleIn(ctx context.Context, made journal.Signed, out *SessionImported) error {
	if made.ID != "" {
		if err := d.KeepHostDraw(ctx, out.Session, made); err != nil && review.CodeOf(err) != session.NoFrame {
			return err
		}
	}
	var err error
	if out.Guests, err = d.FindCalls(ctx, out.Session); err != nil {
		return err
	}
	draw, _, err := d.DrawHere(ctx, out.Session)
	if review.CodeOf(err) == session.NoFrame {
		return nil
	}
	out.Draw = draw.ID
	return err
}

// filing takes in a session's file, in one transaction.
type filing struct {
	intake
	desk *Desk
	req  SessionImport
	out  *SessionImported
}

func (f *filing) file(ctx context.Context, lines []int, verdicts []session.Verdict) error {
	if err := f.join(ctx); err != nil {
		return err
	}
	// How the session stands decides what of the rest may be kept here.
	for _, v := range verdicts {
		if v.Reason == "" && journal.OfSession(v.Event.Type) {
			if err := f.add(ctx, v, 0); err != nil {
				return err
			}
		}
	}
	if err := f.settle(ctx); err != nil {
		return err
	}
	said := map[string]bool{}
	kept := 0
	for i, v := range verdicts {
		reason, err := f.say(ctx, v)
		if err != nil {
			return err
		}
		if reason != "" {
			f.out.Refused = append(f.out.Refused, SessionRefusal{lines[i], reason})
			continue
		}
		said[v.Event.Author] = true
		kept++
	}
	f.out.Added, f.out.Known = f.added, kept-f.added
	if err := f.letIn(ctx, said); err != nil {
		return err
	}
	return f.settle(ctx)
}

// join takes part in the session of the file, and keeps the names that it
// tells.
func (f *filing) join(ctx context.Context) error {
	id, me := f.req.Head.Session, f.desk.author.ID
	_, err := sharedOf(ctx, f.tx, id)
	if review.CodeOf(err) == session.NoSession {
		err = f.begin(ctx, id)
	}
	if err != nil {
		return err
	}
	known, err := f.tx.SessionNames(ctx, id)
	if err != nil {
		return err
	}
	for author, name := range f.req.Head.Names {
		clean, bad := cleanMember(name)
		if bad != nil || author == me || known[author] != "" && author != f.req.Head.By {
			continue
		}
		if err := f.tx.NameMember(ctx, id, author, clean); err != nil {
			return err
		}
	}
	return nil
}

// begin takes part in a session of which nothing is here yet.
func (f *filing) begin(ctx context.Context, id string) error {
	f.out.Joined = true
	as, err := cleanMember(f.req.As)
	if err != nil {
		return err
	}
	if err := f.tx.KeepSession(ctx, Shared{ID: id, Joined: f.desk.clock.Now()}); err != nil {
		return err
	}
	return f.tx.NameMember(ctx, id, f.desk.author.ID, as)
}

// settle makes the library say how the session stands now.
func (f *filing) settle(ctx context.Context) error {
	id := f.req.Head.Session
	err := f.desk.settle(ctx, f.tx, id)
	if err == nil {
		f.shared, err = sharedOf(ctx, f.tx, id)
		f.places = nil
	}
	if err == nil && f.shared.Draw == "" {
		err = review.Fail(session.NoSession, review.Args{"id": id})
	}
	return err
}

// say keeps what a member said, or answers why not: what is hidden still is for
// its author and the host.
func (f *filing) say(ctx context.Context, v session.Verdict) (session.Reason, error) {
	if v.Reason != "" || journal.OfSession(v.Event.Type) {
		return v.Reason, nil
	}
	hidden, err := f.hidden(ctx, v)
	if err != nil {
		return "", err
	}
	if hidden > 0 && !f.shared.Hosting && v.Event.Author != f.desk.author.ID {
		return ForHost, nil
	}
	return "", f.add(ctx, v, hidden)
}

// add keeps an event that a round hides, or none.
func (f *filing) add(ctx context.Context, v session.Verdict, hidden int) error {
	_, err := f.keep(ctx, v, SessionEvent{Parcel: parcelOf(v.Event, hidden), N: v.Event.N})
	return err
}

// letIn admits who wrote the file, where the host wants that.
func (f *filing) letIn(ctx context.Context, said map[string]bool) error {
	by := f.req.Head.By
	state, err := f.desk.sessionState(ctx, f.tx, f.shared.ID)
	if err != nil || !f.shared.Hosting || !said[by] {
		return err
	}
	if _, takesPart := state.Members[by]; takesPart {
		return nil
	}
	if !f.req.Admit {
		f.out.Stranger = by
		return nil
	}
	f.out.Admitted = append(f.out.Admitted, by)
	return f.desk.tellSession(ctx, f.tx, f.shared.ID, journal.MemberAdmitted{Member: by})
}
