package main

import (
	"context"
	"slices"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/journal"
	shared "github.com/earshot-app/earshot/review/session"
)

// said is one line of what a session in the foreground prints. What does not
// belong to its event is left out.
type said struct {
	Event      string            `json:"event"`
	Do         string            `json:"do,omitempty"` // of error: the order that failed
	Session    string            `json:"session,omitempty"`
	Name       string            `json:"name,omitempty"`
	Link       string            `json:"link,omitempty"`
	Key        string            `json:"key,omitempty"` // of hub: what a hub on a server takes as its --host
	Invitation string            `json:"invitation,omitempty"`
	Member     string            `json:"member,omitempty"`
	Round      int               `json:"round,omitempty"`
	Calls      int               `json:"calls,omitempty"`
	Placed     int               `json:"placed,omitempty"` // calls that this library has, or a guest for
	UID        string            `json:"uid,omitempty"`
	Moment     string            `json:"moment,omitempty"`
	Issue      string            `json:"issue,omitempty"`
	At         *float64          `json:"at,omitempty"` // of tag; 0 is the beginning
	Members    []shared.Attendee `json:"members,omitempty"`
	Rows       []heardBy         `json:"rows,omitempty"`
	Issues     []string          `json:"issues,omitempty"` // names
	Listeners  int               `json:"listeners,omitempty"`
	Agreement  *agreementShown   `json:"agreement,omitempty"`
	Events     int               `json:"events,omitempty"`
	Waiting    int               `json:"waiting,omitempty"`
	Refused    int               `json:"refused,omitempty"`
	Digest     string            `json:"digest,omitempty"`
	Missing    map[string]int    `json:"missing,omitempty"` // events on their way, by author
	Away       []string          `json:"away,omitempty"`    // of closed: names of those who may hold more
	Error      string            `json:"error,omitempty"`
	Message    string            `json:"message,omitempty"`
	Hint       string            `json:"hint,omitempty"`
}

// heardBy is one issue of a revealed call.
type heardBy struct {
	Issue string   `json:"issue"`
	Heard []string `json:"heard"` // authors
	Of    int      `json:"of"`
	At    float64  `json:"at"`
	From  float64  `json:"from"` // where to listen again
}

// hear prints what the room told.
func (st *stage) hear(ctx context.Context) error {
	told := st.mail.take()
	var lines []said
	if told.roster != nil {
		lines = append(lines, said{Event: "roster", Members: told.roster})
	}
	if len(told.joined) > 0 {
		names, err := st.SessionNames(ctx, st.id)
		if err != nil {
			return err
		}
		for _, author := range told.joined {
			lines = append(lines, said{Event: "joined", Member: author, Name: names[author]})
		}
	}
	for _, audio := range told.absent {
		lines = append(lines, st.failed(audio.Err, said{Round: audio.Round}))
	}
	for _, line := range lines {
		if err := st.print(line); err != nil {
			return err
		}
	}
	if told.ended != nil || !told.changed {
		return told.ended
	}
	return st.changes(ctx)
}

// changes prints how the session differs from when it was last looked at.
func (st *stage) changes(ctx context.Context) error {
	state, err := st.Session(ctx, st.id)
	if err != nil {
		return err
	}
	before := st.before
	st.before = state
	if before.Host != "" && state.Host != before.Host {
		if err := st.toldHost(ctx, state.Host); err != nil {
			return err
		}
	}
	if state.At != before.At || len(before.Calls) == 0 && len(state.Calls) > 0 && state.At > 0 {
		if err := st.toldCall(ctx, state); err != nil {
			return err
		}
	}
	if err := st.toldPlaces(ctx, state); err != nil {
		return err
	}
	revealed := false
	for _, call := range state.Calls {
		was := before.Call(call.Round)
		if call.Revealed && (was == nil || !was.Revealed) {
			revealed = true
			if err := st.print(revelation(state, call.Round)); err != nil {
				return err
			}
		}
		if c := call.Consensus; c != nil && (was == nil || was.Consensus == nil || !slices.Equal(was.Consensus.Issues, c.Issues)) {
			if err := st.print(agreed(state, *c)); err != nil {
				return err
			}
		}
	}
	if revealed {
		told := toAgreement(st.id, state.Agreement())
		if err := st.print(said{Event: "agreement", Agreement: &told}); err != nil {
			return err
		}
	}
	return st.toldEnd(ctx, state)
}

// toldHost prints that the session was handed over.
func (st *stage) toldHost(ctx context.Context, author string) error {
	names, err := st.SessionNames(ctx, st.id)
	if err != nil {
		return err
	}
	return st.print(said{Event: "host", Member: author, Name: names[author]})
}

func (st *stage) toldCall(ctx context.Context, state *shared.State) error {
	at, err := st.place(ctx, "", state.At)
	if review.CodeOf(err) == shared.NoRound { // its recording is still looked for
		st.before.At = 0
		return nil
	}
	if err != nil {
		return err
	}
	return st.print(said{Event: "call", Round: at.Round, UID: at.Local, Calls: len(state.Calls)})
}

// toldPlaces prints the calls that each hears at their own pace, as they come to be
// heard here.
func (st *stage) toldPlaces(ctx context.Context, state *shared.State) error {
	if state.Together || len(st.placed) == len(state.Calls) {
		return nil
	}
	places, err := st.SessionPlaces(ctx, st.id)
	if err != nil {
		return err
	}
	for _, p := range places {
		if p.Local == "" || st.placed[p.Round] {
			continue
		}
		st.placed[p.Round] = true
		if err := st.print(said{Event: "call", Round: p.Round, UID: p.Local, Calls: len(state.Calls)}); err != nil {
			return err
		}
	}
	return nil
}

// revelation is a revealed round, the worst disagreement first.
func revelation(state *shared.State, round int) said {
	table := state.Table(round)
	out := said{Event: "revealed", Round: round}
	for _, row := range table.Rows {
		h := heardBy{Issue: row.Name, Heard: []string{}, Of: row.Of, At: row.At.Seconds(), From: row.From.Seconds()}
		for i, cell := range row.Cells {
			if cell == shared.Heard {
				h.Heard = append(h.Heard, table.Members[i])
			}
		}
		out.Rows = append(out.Rows, h)
	}
	return out
}

func agreed(state *shared.State, c journal.ConsensusRecorded) said {
	out := said{Event: "consensus", Round: c.Round, Listeners: c.Listeners, Issues: []string{}}
	for _, issue := range c.Issues {
		out.Issues = append(out.Issues, state.Issues[issue.Issue].Name)
	}
	return out
}

// toldEnd prints that all of this library's own came back, which is nothing to
// tell before anything came, and the end.
func (st *stage) toldEnd(ctx context.Context, state *shared.State) error {
	waiting, err := st.waiting(ctx)
	if err != nil {
		return err
	}
	if synced := waiting == 0 && len(state.Accepted) > 0; synced != st.synced {
		st.synced = synced
		if synced {
			digest, err := st.SessionDigest(ctx, st.id)
			if err != nil {
				return err
			}
			if err := st.print(said{Event: "synced", Digest: digest, Events: len(state.Accepted)}); err != nil {
				return err
			}
		}
	}
	missing, complete := state.Complete()
	if st.closed || !complete || len(missing) > 0 || waiting > 0 {
		return nil
	}
	st.closed = true
	// Who hosts a session again that was closed does so for those who were away.
	st.over = !st.reopened
	digest, err := st.SessionDigest(ctx, st.id)
	if err != nil {
		return err
	}
	return st.print(said{Event: "closed", Digest: digest, Events: len(state.Accepted), Away: st.away()})
}

// away are the names of those who are away, and may yet hold what they said.
func (st *stage) away() []string {
	var names []string
	for _, m := range st.room.Roster() {
		if m.State == shared.Away {
			names = append(names, m.Name)
		}
	}
	return names
}

// waiting is how many own events the server does not have yet, at most a
// thousand. Blind ones wait with the server until they are revealed.
func (st *stage) waiting(ctx context.Context) (int, error) {
	pending, err := st.SessionBox(st.id).Outbox(ctx, 1000)
	n := 0
	for _, p := range pending {
		if p.Acked == 0 {
			n++
		}
	}
	return n, err
}
