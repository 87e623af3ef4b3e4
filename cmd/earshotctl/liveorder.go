package main

import (
	"context"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/journal"
	shared "github.com/earshot-app/earshot/review/session"
)

// An order is one line of what a session in the foreground is told to do. A
// call is named by its uid, of this library or the host's, or by its round.
type order struct {
	Do     string  `json:"do"`
	UID    string  `json:"uid"`
	Round  int     `json:"round"`
	Issue  string  `json:"issue"` // its name
	Into   string  `json:"into"`
	At     float64 `json:"at"` // seconds
	Until  float64 `json:"until"`
	Words  string  `json:"words"`
	Moment string  `json:"moment"`
	Reason string  `json:"reason"`
	Member string  `json:"member"`
	People int     `json:"people"`
	Hours  float64 `json:"hours"`
	ID     string  `json:"invitation"`
	Issues []struct {
		Issue string  `json:"issue"` // its name
		At    float64 `json:"at"`
	} `json:"issues"`
}

// obey does what an order says.
func (st *stage) obey(ctx context.Context, o order) error {
	do := map[string]func(context.Context, order) error{
		"tag": st.tag, "untag": st.untag, "done": st.done, "skip": st.skip, "undo": st.undo,
		"next": st.next, "open": st.open, "reveal": st.reveal, "match": st.match, "consensus": st.agree,
		"invite": st.invite, "revoke": st.revoke, "remove": st.remove, "host": st.handOver,
		"play": st.play, "pause": st.play, "status": st.status, "leave": st.leave, "close": st.close,
	}[o.Do]
	if do == nil {
		return review.Fail(badOrder, review.Args{"value": o.Do})
	}
	return do(ctx, o)
}

func (st *stage) tag(ctx context.Context, o order) error {
	at, err := st.place(ctx, o.UID, o.Round)
	if err != nil {
		return err
	}
	tagged, err := st.Tag(ctx, desk.TagRequest{Call: at.Local, Issue: o.Issue, At: seconds(o.At), Until: seconds(o.Until), Words: o.Words})
	if err != nil {
		return err
	}
	m, from := tagged.Moment, tagged.Moment.At.Seconds()
	return st.print(said{Event: "tag", Round: at.Round, UID: at.Local, Moment: m.ID, Issue: m.Issue, At: &from})
}

func (st *stage) untag(ctx context.Context, o order) error { return st.Untag(ctx, o.Moment) }

func (st *stage) done(ctx context.Context, o order) error {
	at, err := st.place(ctx, o.UID, o.Round)
	if err == nil {
		err = st.Hear(ctx, at.Local, 1)
	}
	if err != nil {
		return err
	}
	return st.print(said{Event: "done", Round: at.Round, UID: at.Local})
}

func (st *stage) skip(ctx context.Context, o order) error {
	at, err := st.place(ctx, o.UID, o.Round)
	if err != nil {
		return err
	}
	return st.Desk.Skip(ctx, at.Local, review.NotHeard, o.Reason)
}

func (st *stage) undo(ctx context.Context, _ order) error {
	_, err := st.Undo(ctx)
	return err
}

func (st *stage) next(ctx context.Context, o order) error {
	o.Round = st.before.At + 1
	return st.open(ctx, o)
}

func (st *stage) open(ctx context.Context, o order) error {
	return st.room.Ask(ctx, shared.Ask{Do: shared.AskOpen, Round: o.Round})
}

// reveal shows one round, or all that are not revealed where none is named.
func (st *stage) reveal(ctx context.Context, o order) error {
	round, err := st.roundOf(ctx, o)
	if err == nil {
		_, err = st.RevealRound(ctx, st.id, round)
	}
	return err
}

// roundOf is the round that an order names, by itself or by a call; 0 for none.
func (st *stage) roundOf(ctx context.Context, o order) (int, error) {
	if o.UID == "" {
		return o.Round, nil
	}
	at, err := st.place(ctx, o.UID, o.Round)
	return at.Round, err
}

func (st *stage) match(ctx context.Context, o order) error {
	from, err := st.issueOf(ctx, o.Issue)
	if err != nil {
		return err
	}
	into, err := st.issueOf(ctx, o.Into)
	if err != nil {
		return err
	}
	return st.MatchIssues(ctx, st.id, from, into)
}

func (st *stage) agree(ctx context.Context, o order) error {
	round, err := st.roundOf(ctx, o)
	if err != nil {
		return err
	}
	agreed := []journal.Consensus{}
	for _, i := range o.Issues {
		id, err := st.issueOf(ctx, i.Issue)
		if err != nil {
			return err
		}
		agreed = append(agreed, journal.Consensus{Issue: id, At: seconds(i.At).Milliseconds()})
	}
	return st.RecordConsensus(ctx, st.id, round, agreed)
}

// issueOf finds a session's issue by its name or id.
func (st *stage) issueOf(ctx context.Context, name string) (string, error) {
	state, err := st.Session(ctx, st.id)
	if err != nil {
		return "", err
	}
	return issueIn(state, name)
}

func (st *stage) invite(ctx context.Context, o order) error {
	if o.Hours == 0 {
		o.Hours = 24
	}
	link, id, err := st.room.Invite(ctx, max(o.People, 1), time.Duration(o.Hours*float64(time.Hour)))
	if err != nil {
		return err
	}
	return st.print(said{Event: "invitation", Link: link, Invitation: id})
}

func (st *stage) revoke(ctx context.Context, o order) error { return st.room.Revoke(ctx, o.ID) }
func (st *stage) remove(ctx context.Context, o order) error { return st.room.Remove(ctx, o.Member) }

func (st *stage) handOver(ctx context.Context, o order) error {
	return st.room.HandOver(ctx, o.Member)
}

// play plays or pauses for all, from a place if one is named.
func (st *stage) play(ctx context.Context, o order) error {
	if o.At > 0 {
		if err := st.room.Ask(ctx, shared.Ask{Do: shared.AskSeek, PosMS: seconds(o.At).Milliseconds()}); err != nil {
			return err
		}
	}
	return st.room.Ask(ctx, shared.Ask{Do: map[string]shared.AskDo{"play": shared.AskPlay, "pause": shared.AskPause}[o.Do]})
}

// leave ends this command; the session goes on, unless its hub is here.
func (st *stage) leave(ctx context.Context, _ order) error {
	st.over = true
	if st.room.Hosting() {
		return nil
	}
	st.left = true
	return st.LeaveSession(ctx, st.id)
}

// close ends the session for everybody.
func (st *stage) close(ctx context.Context, _ order) error { return st.CloseSession(ctx, st.id) }

func (st *stage) status(ctx context.Context, _ order) error {
	state, err := st.Session(ctx, st.id)
	if err != nil {
		return err
	}
	digest, err := st.SessionDigest(ctx, st.id)
	if err != nil {
		return err
	}
	waiting, err := st.waiting(ctx)
	if err != nil {
		return err
	}
	places, err := st.SessionPlaces(ctx, st.id)
	if err != nil {
		return err
	}
	missing, _ := state.Complete()
	placed, refused := 0, 0
	for _, p := range places {
		if p.Local != "" {
			placed++
		}
	}
	for _, n := range state.Refused {
		refused += n
	}
	return st.print(said{
		Event: "status", Session: st.id, Name: state.Name, Round: state.At, Calls: len(state.Calls), Placed: placed, Members: st.room.Roster(),
		Events: len(state.Accepted), Waiting: waiting, Refused: refused, Missing: missing, Digest: digest,
	})
}
