package desk

import (
	"context"
	"iter"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/journal"
	"github.com/earshot-app/earshot/review/sampling"
)

// Told is a moment as an export tells it. Of its call it has what a store says
// in [ReadExports].
type Told struct {
	Heard
	Author string // id of whoever tagged it
}

// About is what a ranking does not count.
type About struct {
	Definition  string
	First, Last time.Time // starts of the first and last heard, drawn call with the issue
}

// FullRanking is a ranking with what else there is to say of its issues, by id.
type FullRanking struct {
	Ranked
	About map[string]About
}

// CallIssues is a call with the names of its issues, in the order of their first
// moments.
type CallIssues struct {
	Call   review.Call
	Issues []string
}

// CallTold is a call with its issues, in the order of their first moments. What
// could name someone says "hidden", unless it was asked for.
type CallTold struct {
	Call            review.Call
	Issues          []string
	Agent, Customer string
	Files           []string          // names of the recordings without folders; one "hidden" for all
	Fields          map[string]string // what metadata says beside, by name
}

// CallsRequest asks for calls to export. What is in Shown is not hidden: "agent",
// "customer", "file", and "field_" with the name of a field.
type CallsRequest struct {
	Filter Filter
	Only   map[string]bool // uids; nil for all that match the filter
	Shown  []string
}

// FieldColumn begins the name of a field in what is to be shown.
const FieldColumn = "field_"

func (r CallsRequest) shows(column string) bool {
	return slices.ContainsFunc(r.Shown, func(shown string) bool { return strings.EqualFold(shown, column) })
}

// DrawTold is a draw with those of its calls that are asked for.
type DrawTold struct {
	Draw  Draw
	Calls []review.Call
}

// ReadExports reads what only exports need.
type ReadExports interface {
	// MomentsSince are the moments of the calls that match the filter and that an
	// event after the one of an id is about, all for "", by start, uid and time. Of
	// their calls they have uid, start, queue, category and draw.
	MomentsSince(ctx context.Context, f Filter, since string) iter.Seq2[Told, error]
	// CallsWithIssues are the calls that match the filter, by start and uid, with
	// what metadata says beside.
	CallsWithIssues(ctx context.Context, f Filter) iter.Seq2[CallIssues, error]
	// TouchedSince are the uids of calls and the ids of issues and draws that the
	// events after the one of an id are about.
	TouchedSince(ctx context.Context, since string) (map[string]bool, error)
	// LastEvent is the id of the event that came last, or "".
	LastEvent(ctx context.Context) (string, error)
	// HeardBetween are the starts of the first and last heard, drawn call with each
	// issue, of those that match the filter, by the issue's id.
	HeardBetween(ctx context.Context, f Filter) (map[string][2]time.Time, error)
}

// LastEvent is the id of the event that came last, or "": after it begins what
// an export of only the new will tell next time.
func (d *Desk) LastEvent(ctx context.Context) (string, error) { return d.store.LastEvent(ctx) }

// TouchedSince are the uids of calls and the ids of issues and draws that the
// events after the one of an id are about.
func (d *Desk) TouchedSince(ctx context.Context, since string) (map[string]bool, error) {
	return d.store.TouchedSince(ctx, since)
}

// TellMoments are the moments of the calls that match the filter, with who
// tagged them; since is an event, of which only those that later ones are about,
// or "" for all.
func (d *Desk) TellMoments(ctx context.Context, f Filter, since string) iter.Seq2[Told, error] {
	return d.store.MomentsSince(ctx, f, since)
}

// FullRank is [Desk.Rank] with what else there is to say of the issues.
func (d *Desk) FullRank(ctx context.Context, f Filter) (FullRanking, error) {
	ranked, err := d.Rank(ctx, f)
	if err != nil {
		return FullRanking{}, err
	}
	between, err := d.store.HeardBetween(ctx, f)
	if err != nil {
		return FullRanking{}, err
	}
	entries, err := d.store.Codebook(ctx)
	out := FullRanking{Ranked: ranked, About: map[string]About{}}
	for _, e := range entries {
		out.About[e.ID] = About{e.Definition, between[e.ID][0], between[e.ID][1]}
	}
	return out, err
}

// TellCalls are the calls that are asked for, by start and uid, with their issues.
// To show what is hidden, [Desk.RevealAll] comes first.
func (d *Desk) TellCalls(ctx context.Context, r CallsRequest) iter.Seq2[CallTold, error] {
	return func(yield func(CallTold, error) bool) {
		for call, err := range d.store.CallsWithIssues(ctx, r.Filter) {
			if err == nil && r.Only != nil && !r.Only[call.Call.UID] {
				continue
			}
			told := CallTold{}
			if err == nil {
				told, err = d.tell(ctx, call.Call, r)
				told.Issues = call.Issues
			}
			if !yield(told, err) || err != nil {
				return
			}
		}
	}
}

// tell tells a call, of what could name someone only what is to be shown.
func (d *Desk) tell(ctx context.Context, call review.Call, r CallsRequest) (CallTold, error) {
	open := func(column string, p review.Private) string {
		if r.shows(column) {
			return p.Open()
		}
		return p.String()
	}
	told := CallTold{Call: call, Agent: open("agent", call.Agent), Customer: open("customer", call.Customer), Files: []string{review.Hidden}}
	if len(call.Fields) > 0 {
		told.Fields = map[string]string{}
	}
	for _, f := range call.Fields {
		told.Fields[f.Name] = open(FieldColumn+f.Name, f.Value)
	}
	if !r.shows("file") {
		return told, nil
	}
	recordings, err := d.store.Recordings(ctx, call.UID)
	told.Files = nil
	for _, rec := range recordings {
		told.Files = append(told.Files, path.Base(strings.ReplaceAll(rec.Path.Open(), `\`, "/")))
	}
	return told, err
}

// lets reports whether the call matches the filter.
func (f Filter) lets(c review.Call) bool {
	return sampling.Filter{From: f.From, To: f.To, Queue: f.Queue}.Match(c)
}

// TellDraws are the draws, oldest first, with those of their calls that match the
// filter and where only is not nil are among what it holds; all calls of a draw
// that it holds itself.
func (d *Desk) TellDraws(ctx context.Context, f Filter, only map[string]bool) iter.Seq2[DrawTold, error] {
	return func(yield func(DrawTold, error) bool) {
		draws, err := d.store.Draws(ctx)
		for i := 0; err == nil && i < len(draws); i++ {
			told := DrawTold{}
			if told.Draw, err = d.store.Draw(ctx, draws[i].ID); err != nil {
				break
			}
			var calls []review.Call
			if calls, err = d.store.DrawCalls(ctx, draws[i].ID); err != nil {
				break
			}
			for _, c := range calls {
				if f.lets(c) && (only == nil || only[c.UID] || only[told.Draw.ID]) {
					told.Calls = append(told.Calls, c)
				}
			}
			if !yield(told, nil) {
				return
			}
		}
		if err != nil {
			yield(DrawTold{}, err)
		}
	}
}

// RevealAll shows columns of an export of many calls that could name someone,
// which is deliberate: which and the reason are journalled, once, with who asked
// and when. It answers [NoReason] or [WordsTooBig].
func (d *Desk) RevealAll(ctx context.Context, columns []string, reason string) error {
	return d.act(ctx, func(Tx) ([]journal.Body, error) {
		reason, err := cleanReason(reason)
		return []journal.Body{journal.Revealed{Field: strings.Join(columns, ", "), Reason: reason}}, err
	})
}
