package desk

import (
	"context"
	"slices"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/journal"
	"github.com/earshot-app/earshot/review/session"
)

// hosting tells a session what decide answers, as its host, and makes it so
// here. It answers [session.NoSession], [session.NotHost] or
// [session.SessionClosed].
func (d *Desk) hosting(ctx context.Context, id string, decide func(Tx, *session.State) ([]journal.Body, error)) error {
	return d.inSession(ctx, func(tx Tx) error {
		state, err := d.sessionState(ctx, tx, id)
		switch {
		case err != nil:
			return err
		case state.Host != d.author.ID:
			return review.Fail(session.NotHost, nil)
		case state.Closed:
			return review.Fail(session.SessionClosed, review.Args{"name": state.Name})
		}
		bodies, err := decide(tx, state)
		if err != nil || len(bodies) == 0 {
			return err
		}
		if err := d.tellSession(ctx, tx, id, bodies...); err != nil {
			return err
		}
		return d.settle(ctx, tx, id)
	})
}

// Admit lets an author take part in a session, under a name; "" keeps the name
// that is known. It answers what all acts of a host answer: [session.NoSession],
// [session.NotHost] or [session.SessionClosed]; and [BadMember].
func (d *Desk) Admit(ctx context.Context, id, author, name string) error {
	if name != "" {
		clean, err := cleanMember(name)
		if err != nil {
			return err
		}
		name = clean
	}
	return d.hosting(ctx, id, func(tx Tx, state *session.State) ([]journal.Body, error) {
		if name != "" {
			if err := tx.NameMember(ctx, id, author, name); err != nil {
				return nil, err
			}
		}
		if m, ok := state.Members[author]; ok && !m.Removed {
			return nil, nil
		}
		return []journal.Body{journal.MemberAdmitted{Member: author}}, nil
	})
}

// RemoveMember ends an author's part in a session. What they said before
// stays. It answers what [Desk.Admit] answers, or [session.NotMember].
func (d *Desk) RemoveMember(ctx context.Context, id, author string) error {
	return d.ofMember(ctx, id, author, journal.MemberRemoved{Member: author})
}

// HandOver makes another member the host. It answers what [Desk.RemoveMember]
// answers.
func (d *Desk) HandOver(ctx context.Context, id, to string) error {
	return d.ofMember(ctx, id, to, journal.HostChanged{To: to})
}

// ofMember tells a session something about another than the host.
func (d *Desk) ofMember(ctx context.Context, id, author string, body journal.Body) error {
	return d.hosting(ctx, id, func(_ Tx, state *session.State) ([]journal.Body, error) {
		if m, ok := state.Members[author]; !ok || m.Removed || author == state.Host {
			return nil, review.Fail(session.NotMember, nil)
		}
		return []journal.Body{body}, nil
	})
}

// OpenRound takes everybody to a call. It answers what [Desk.Admit] answers, or
// [session.NoRound].
func (d *Desk) OpenRound(ctx context.Context, id string, round int) error {
	return d.hosting(ctx, id, func(_ Tx, state *session.State) ([]journal.Body, error) {
		if state.Call(round) == nil {
			return nil, review.Fail(session.NoRound, review.Args{"round": round})
		}
		return []journal.Body{journal.RoundOpened{Round: round}}, nil
	})
}

// AllRounds stands for every round that is not revealed.
const AllRounds = 0

// RevealRound shows everybody what was said of a call, or of all with
// [AllRounds]: it belongs in the log from then on. A round that is revealed
// stays so. It answers the rounds that it revealed, and what [Desk.Admit]
// answers, or [session.NoRound].
func (d *Desk) RevealRound(ctx context.Context, id string, round int) ([]int, error) {
	var revealed []int
	err := d.hosting(ctx, id, func(tx Tx, state *session.State) ([]journal.Body, error) {
		if round != AllRounds && state.Call(round) == nil {
			return nil, review.Fail(session.NoRound, review.Args{"round": round})
		}
		var bodies []journal.Body
		revealed = nil
		for _, call := range state.Calls {
			if call.Revealed || round != AllRounds && call.Round != round {
				continue
			}
			n, err := tx.RevealRound(ctx, id, call.Round)
			if err != nil {
				return nil, err
			}
			bodies = append(bodies, journal.RoundRevealed{Round: call.Round, Count: n})
			revealed = append(revealed, call.Round)
		}
		return bodies, nil
	})
	return revealed, err
}

// MatchIssues lets all tags of an issue count as another's, for everybody. It
// answers what [Desk.Admit] answers, [review.NoIssue], or [SameIssue] where they
// count as one.
func (d *Desk) MatchIssues(ctx context.Context, id, from, into string) error {
	return d.hosting(ctx, id, func(_ Tx, state *session.State) ([]journal.Body, error) {
		state = state.For(d.author.ID)
		for _, issue := range []string{from, into} {
			if _, ok := state.Issues[issue]; !ok {
				return nil, review.Fail(review.NoIssue, review.Args{"name": issue})
			}
		}
		if state.Issues[from].Into == state.Issues[into].Into {
			return nil, review.Fail(SameIssue, review.Args{"name": state.Issues[from].Name})
		}
		return []journal.Body{journal.IssuesMatched{From: from, Into: into}}, nil
	})
}

// RecordConsensus records what the members agreed that a call holds, once it is
// revealed, in place of what was recorded before. It answers what [Desk.Admit]
// answers, [session.NoRound], [session.NotRevealed], [review.NoIssue] or
// [TimeOutside].
func (d *Desk) RecordConsensus(ctx context.Context, id string, round int, issues []journal.Consensus) error {
	return d.hosting(ctx, id, func(_ Tx, state *session.State) ([]journal.Body, error) {
		call := state.Call(round)
		if call == nil {
			return nil, review.Fail(session.NoRound, review.Args{"round": round})
		}
		if state.Blind && !call.Revealed {
			return nil, review.Fail(session.NotRevealed, review.Args{"round": round})
		}
		agreed := []journal.Consensus{}
		for _, c := range issues {
			issue, ok := state.For(d.author.ID).Issues[c.Issue]
			if !ok {
				return nil, review.Fail(review.NoIssue, review.Args{"name": c.Issue})
			}
			if err := within(millis(c.At), 0, millis(call.Length)); err != nil {
				return nil, err
			}
			c.Issue = issue.Into
			if !slices.ContainsFunc(agreed, func(a journal.Consensus) bool { return a.Issue == c.Issue }) {
				agreed = append(agreed, c)
			}
		}
		return []journal.Body{journal.ConsensusRecorded{Round: round, Issues: agreed, Listeners: listeners(call)}}, nil
	})
}

// listeners are how many members heard a call to its end.
func listeners(call *session.Call) int {
	n := 0
	for _, said := range call.Said {
		if said.Heard {
			n++
		}
	}
	return n
}

// CloseSession ends a session for everybody, with what each author's events
// come to. Events on their way still arrive; guests go, unless members may keep
// them. It answers what [Desk.Admit] answers.
func (d *Desk) CloseSession(ctx context.Context, id string) error {
	return d.hosting(ctx, id, func(_ Tx, state *session.State) ([]journal.Body, error) {
		return []journal.Body{journal.SessionClosed{Authors: state.Tally()}}, nil
	})
}
