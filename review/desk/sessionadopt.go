package desk

import (
	"context"
	"slices"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/codebook"
	"github.com/earshot-app/earshot/review/journal"
	"github.com/earshot-app/earshot/review/session"
)

// AdoptedConsensus is what adopting a session's consensus changed.
type AdoptedConsensus struct {
	Calls   int // that are as agreed now and were not before
	Added   int // moments
	Removed int // moments
	Named   int // issues
}

// AdoptConsensus makes a session's consensus this library's own findings, as
// one act: of every call that the members agreed on, what they deny is taken
// away and what they found is added; it is heard, and counts once, however many
// listened. What everybody said stays in the session. To adopt again changes
// what was agreed anew since. It answers [session.NoSession], or
// [session.NoFrame] for a library of other calls, whose shares it says nothing
// about.
func (d *Desk) AdoptConsensus(ctx context.Context, id string) (AdoptedConsensus, error) {
	_, made, err := d.DrawHere(ctx, id)
	if err != nil {
		return AdoptedConsensus{}, err
	}
	var done AdoptedConsensus
	err = d.act(ctx, func(tx Tx) ([]journal.Body, error) {
		state, err := d.sessionState(ctx, tx, id)
		if err != nil {
			return nil, err
		}
		names, err := d.namer(ctx, tx)
		if err != nil {
			return nil, err
		}
		a := &adopting{tx: tx, state: state.For(""), names: names, anew: made}
		if a.before, err = tx.Adopted(ctx); err != nil {
			return nil, err
		}
		for i := range a.state.Calls {
			if err := a.adopt(ctx, &a.state.Calls[i]); err != nil {
				return nil, err
			}
		}
		done = a.done
		return a.bodies, nil
	})
	return done, err
}

// Adopted are the consensuses of sessions that are this library's findings, by
// call.
func (d *Desk) Adopted(ctx context.Context) (map[string]journal.ConsensusAdopted, error) {
	return d.store.Adopted(ctx)
}

// adopting is a consensus on its way into a library.
type adopting struct {
	tx     Tx
	state  *session.State
	names  *namer
	before map[string]journal.ConsensusAdopted
	anew   bool // the draw was made just now, so that moments of before do not count
	bodies []journal.Body
	done   AdoptedConsensus
}

// say adds to the act what no session is told.
func (a *adopting) say(body journal.Body) { a.bodies = append(a.bodies, apart{body}) }

// adopt makes the findings of a call what was agreed.
func (a *adopting) adopt(ctx context.Context, call *session.Call) error {
	if call.Consensus == nil || a.state.Blind && !call.Revealed {
		return nil
	}
	heard, err := a.tx.Call(ctx, call.Call)
	if err != nil {
		return err
	}
	moments, err := a.tx.Moments(ctx, call.Call)
	if err != nil {
		return err
	}
	first := len(a.bodies)
	agreed, err := a.agreed(call.Consensus.Issues)
	if err != nil {
		return err
	}
	affirmed := a.sift(moments, agreed)
	for _, c := range agreed {
		if !affirmed[c.local] {
			a.add(review.Moment{Call: call.Call, At: millis(c.At)}, c.local)
		}
	}
	if heard.State != review.Heard {
		a.say(journal.CallHeard{Call: call.Call})
	}
	now := journal.ConsensusAdopted{Call: call.Call, Shared: a.state.ID, Listeners: call.Consensus.Listeners}
	if len(a.bodies) > first || a.before[call.Call] != now {
		a.say(now)
		a.done.Calls++
	}
	return nil
}

// An agreedIssue is an issue of a consensus with the issue of this library that
// it is.
type agreedIssue struct {
	journal.Consensus
	local string
}

// agreed finds the issues of a consensus in this library, or names them.
func (a *adopting) agreed(issues []journal.Consensus) ([]agreedIssue, error) {
	var all []agreedIssue
	for _, c := range issues {
		c.Issue = a.state.Into(c.Issue)
		local, err := a.local(c.Issue)
		if err != nil {
			return nil, err
		}
		if local != "" && !slices.ContainsFunc(all, func(b agreedIssue) bool { return b.local == local }) {
			all = append(all, agreedIssue{c, local})
		}
	}
	return all, nil
}

// local is the issue of this library that a session's issue is: of its id, or
// of its name, or one that is named now; "" while its name is on its way.
func (a *adopting) local(id string) (string, error) {
	if i := slices.IndexFunc(a.names.entries, func(e codebook.Entry) bool { return e.ID == id }); i >= 0 {
		return codebook.Survivor(a.names.entries, a.names.entries[i]).ID, nil
	}
	shared, ok := a.state.Issues[id]
	if !ok {
		return "", nil
	}
	issue, before, err := a.names.issue(shared.Name)
	if err != nil {
		return "", err
	}
	if named, ok := before.(journal.IssueNamed); ok {
		named.Issue = id
		a.names.entries[len(a.names.entries)-1].ID = id
		issue.ID, before = id, named
		a.done.Named++
	}
	if before != nil {
		a.say(before)
	}
	return issue.ID, nil
}

// sift takes away the moments that the consensus denies, and answers what the
// others affirm. A moment of an issue that was matched with an agreed one is
// that one's now.
func (a *adopting) sift(moments []review.Moment, agreed []agreedIssue) map[string]bool {
	affirmed := map[string]bool{}
	for _, m := range moments {
		local := a.affirms(m, agreed)
		if local == m.IssueID && !a.anew {
			affirmed[local] = true
			continue
		}
		a.say(journal.MomentRemoved{Moment: m.ID, Call: m.Call})
		a.done.Removed++
		if local != "" {
			affirmed[local] = true
			a.add(m, local)
		}
	}
	return affirmed
}

// affirms is the agreed issue that a moment is of, or "".
func (a *adopting) affirms(m review.Moment, agreed []agreedIssue) string {
	for _, c := range agreed {
		if c.local == m.IssueID {
			return c.local
		}
	}
	for _, i := range a.state.Issues {
		if i.ID != m.IssueID && !review.SameName(i.Name, m.Issue) {
			continue
		}
		for _, c := range agreed {
			if c.Issue == i.Into {
				return c.local
			}
		}
	}
	return ""
}

// add tags an issue as m is, of which the id and issue are made anew.
func (a *adopting) add(m review.Moment, issueID string) {
	a.say(journal.MomentAdded{
		Moment: a.names.ids.New(), Call: m.Call, Issue: issueID, At: m.At.Milliseconds(), Until: m.Until.Milliseconds(), Words: m.Words,
	})
	a.done.Added++
}
