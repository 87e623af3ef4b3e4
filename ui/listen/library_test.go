package listen_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/dialogue"
	"github.com/earshot-app/earshot/review/ranking"
	"github.com/earshot-app/earshot/review/sampling"
	"github.com/earshot-app/earshot/review/sound"
)

// library is a desk over a map.
type library struct {
	mu      sync.Mutex
	log     []string
	heard   []time.Duration // what the listening log was told
	next    int
	open    bool
	draw    desk.Draw
	calls   []string
	views   map[string]desk.CallView
	issues  []review.Issue
	before  map[string]bool // ids heard under every category
	gives   desk.Fits
	plan    desk.Planned
	fails   map[string]error // by act
	queues  []string
	catalog []string
	spoken  map[string]dialogue.Transcript // by call
	ownPace bool                           // the session is not played for all
	over    bool                           // the session is closed
	left    int                            // the round at which the session was left
}

func (l *library) did(act, format string, args ...any) error {
	if err := l.fails[act]; err != nil {
		return err
	}
	l.log = append(l.log, strings.TrimSpace(act+" "+fmt.Sprintf(format, args...)))
	return nil
}

func (l *library) take() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	log := slices.DeleteFunc(l.log, func(act string) bool { return strings.HasPrefix(act, "place ") })
	l.log = nil
	return log
}

// change edits a call as an act does.
func (l *library) change(uid string, do func(*desk.CallView)) {
	v, ok := l.views[uid]
	if !ok {
		return
	}
	v.Moments, v.Praise = slices.Clone(v.Moments), slices.Clone(v.Praise)
	do(&v)
	slices.SortStableFunc(v.Moments, func(a, b review.Moment) int { return int(a.At - b.At) })
	l.views[uid] = v
}

func (l *library) id(kind string) string {
	l.next++
	return fmt.Sprintf("%s%d", kind, l.next)
}

func (l *library) Listening(context.Context) (desk.Listening, bool, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.open {
		return desk.Listening{}, false, nil
	}
	out := desk.Listening{Draw: l.draw}
	for _, uid := range l.calls {
		out.Calls = append(out.Calls, l.views[uid].Call)
	}
	return out, true, nil
}

func (l *library) View(_ context.Context, uid string) (desk.CallView, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	v, ok := l.views[uid]
	if !ok {
		return v, review.Fail(review.NoCall, review.Args{"uid": uid})
	}
	return v, nil
}

func (l *library) Transcript(_ context.Context, uid string) (dialogue.Transcript, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.spoken[uid], nil
}

func (l *library) Issues(context.Context) ([]review.Issue, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.issues), nil
}

func (l *library) IssuesOf(context.Context, review.Call) (before, elsewhere []review.Issue, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, issue := range l.issues {
		if l.before[issue.ID] {
			before = append(before, issue)
		} else {
			elsewhere = append(elsewhere, issue)
		}
	}
	return before, elsewhere, nil
}

// Clip makes of a moment what the desk does, in a call of a minute.
func (l *library) Clip(_ context.Context, r desk.ClipRequest) (desk.Clip, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.fails["clip"]; err != nil {
		return desk.Clip{}, err
	}
	c := desk.Clip{Call: r.Of, Name: r.Of + "_clip", Span: sound.Span{To: time.Minute}}
	for uid, v := range l.views {
		for _, m := range v.Moments {
			if m.ID == r.Of {
				c.Call, c.Span = uid, sound.Span{From: m.At, To: m.At + desk.ClipTail}
			}
		}
	}
	if r.From != nil {
		c.Span = sound.Span{From: *r.From, To: *r.To}
	}
	c.Span.From = max(0, c.Span.From-r.Lead)
	if r.Customer {
		c.Lane = 1
	}
	return c, nil
}

func (l *library) Unlump(context.Context, desk.Filter) ([]ranking.Card, error) {
	return []ranking.Card{{Category: "Billing – other", Part: 0.31}}, nil
}
func (l *library) Queues(context.Context) ([]string, error)     { return l.queues, nil }
func (l *library) Categories(context.Context) ([]string, error) { return l.catalog, nil }

func (l *library) Fields(context.Context) ([]desk.Field, error) {
	return []desk.Field{{Name: "Region", Values: 4}, {Name: "Order", Values: 4000}, {Name: "Brand", Values: 1}}, nil
}

func (l *library) FrameSize(context.Context, sampling.Filter) (int64, error) {
	return l.draw.Frame.Size, nil
}

func (l *library) WeeklyPlan(context.Context, *time.Location) (desk.Planned, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.plan.Since.IsZero() {
		return desk.Planned{}, review.Fail(desk.NoPlan, nil)
	}
	return l.plan, nil
}

func (l *library) SetPlan(_ context.Context, p desk.Plan) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.plan = desk.Planned{Plan: p, Week: "2026-W47"}
	l.plan.Since = l.draw.At
	return l.did("plan", "%v min on %v, %s %s", p.Minutes, p.Weekday, p.Filter, p.Strata)
}

func (l *library) ClearPlan(context.Context) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.plan = desk.Planned{}
	return l.did("no plan", "")
}

func (l *library) RunPlan(_ context.Context, zone *time.Location, _ func(int64)) (desk.Planned, bool, error) {
	p, err := l.WeeklyPlan(context.Background(), zone)
	if err != nil || !p.Due() {
		return p, false, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.fails["run plan"]; err != nil {
		return p, false, err
	}
	l.open, l.plan.Draw = true, l.draw
	return l.plan, true, nil
}

func (l *library) Tag(_ context.Context, req desk.TagRequest) (desk.Tagged, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	over := req.At.String()
	if req.Until > 0 {
		over += "–" + req.Until.String()
	}
	if err := l.did("tag", "%s %q %v", req.Call, req.Issue, over); err != nil {
		return desk.Tagged{}, err
	}
	i := slices.IndexFunc(l.issues, func(i review.Issue) bool { return review.SameName(i.Name, req.Issue) })
	named := i < 0
	if named {
		i = len(l.issues)
		l.issues = append(l.issues, review.Issue{ID: l.id("issue"), Name: req.Issue})
	}
	m := review.Moment{ID: l.id("m"), Call: req.Call, IssueID: l.issues[i].ID, Issue: l.issues[i].Name, At: req.At, Until: req.Until, Words: req.Words}
	l.change(req.Call, func(v *desk.CallView) { v.Moments = append(v.Moments, m) })
	return desk.Tagged{Moment: m, Named: named}, nil
}

// each changes the moment or praise of an id.
func (l *library) each(act, id, more string, moment func(*desk.CallView, int)) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.did(act, "%s %s", id, more); err != nil {
		return err
	}
	for uid, v := range l.views {
		if i := slices.IndexFunc(v.Moments, func(m review.Moment) bool { return m.ID == id }); i >= 0 {
			l.change(uid, func(v *desk.CallView) { moment(v, i) })
		}
	}
	return nil
}

func (l *library) Untag(_ context.Context, id string) error {
	return l.each("untag", id, "", func(v *desk.CallView, i int) { v.Moments = slices.Delete(v.Moments, i, i+1) })
}

func (l *library) Move(_ context.Context, id string, at time.Duration) error {
	return l.each("move", id, at.String(), func(v *desk.CallView, i int) {
		m := &v.Moments[i]
		if m.Until > 0 {
			m.Until += at - m.At
		}
		m.At = at
	})
}

func (l *library) SetWords(_ context.Context, id, words string) error {
	return l.each("words", id, words, func(v *desk.CallView, i int) { v.Moments[i].Words = words })
}

func (l *library) Praise(_ context.Context, uid string, at time.Duration, _ string) (review.Praise, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	p := review.Praise{ID: l.id("p"), Call: uid, At: at}
	l.change(uid, func(v *desk.CallView) { v.Praise = append(v.Praise, p) })
	return p, l.did("praise", "%s %v", uid, at)
}

func (l *library) Unpraise(_ context.Context, id string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	for uid := range l.views {
		l.change(uid, func(v *desk.CallView) {
			v.Praise = slices.DeleteFunc(v.Praise, func(p review.Praise) bool { return p.ID == id })
		})
	}
	return l.did("unpraise", "%s", id)
}

// state sets the state of a call as an act does.
func (l *library) state(uid string, state review.State, act, format string, args ...any) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.did(act, format, args...); err != nil {
		return err
	}
	l.change(uid, func(v *desk.CallView) { v.Call.State = state })
	return nil
}

func (l *library) Hear(_ context.Context, uid string, played float64) error {
	return l.state(uid, review.Heard, "hear", "%s %.2f", uid, played)
}

func (l *library) Skip(_ context.Context, uid string, kind review.SkipKind, reason string) error {
	return l.state(uid, review.Skipped, "skip", "%s %s %s", uid, kind, reason)
}

func (l *library) Pick(_ context.Context, uid string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.did("pick", "%s", uid)
}

func (l *library) Reveal(_ context.Context, uid, reason string) (desk.Revealed, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return desk.Revealed{Agent: "Kim Winter", Customer: "+49 30 1234"}, l.did("reveal", "%s %s", uid, reason)
}

func (l *library) SavePlace(_ context.Context, p desk.Place) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.change(p.Call, func(v *desk.CallView) { v.Place = p })
	return l.did("place", "%s %v", p.Call, p.At)
}

func (l *library) SwapLanes(_ context.Context, uid string) (bool, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	swapped := !l.views[uid].Swapped
	for other := range l.views { // one source
		l.change(other, func(v *desk.CallView) { v.Swapped = swapped })
	}
	return swapped, l.did("swap", "%s", uid)
}

func (l *library) CallsFor(context.Context, desk.DrawRequest) (desk.Fits, error) { return l.gives, nil }

func (l *library) Draw(_ context.Context, req desk.DrawRequest, _ func(int64)) (desk.Draw, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.did("draw", "%v min, %d calls, %s %s", req.Minutes, req.N, req.Filter, req.Seed); err != nil {
		return desk.Draw{}, err
	}
	l.open = true
	for _, uid := range l.calls {
		l.change(uid, func(v *desk.CallView) { v.Call.State = review.Drawn })
	}
	return l.draw, nil
}

func (l *library) CloseDraw(_ context.Context, id string) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.open = false
	return 2, l.did("close", "%s", id)
}

func (l *library) VerifyDraw(context.Context, string) (desk.Verdict, error) {
	return desk.Verdict{}, nil
}

// newLibrary has a draw of four calls, of a minute each, of which the first is
// heard, and a fifth that was never drawn.
func newLibrary() *library {
	l := &library{open: true, views: map[string]desk.CallView{}, fails: map[string]error{}, gives: desk.Fits{Calls: 12}}
	l.draw = desk.Draw{At: time.Date(2026, 11, 16, 8, 30, 0, 0, time.UTC), Size: 4}
	l.draw.ID, l.draw.Number, l.draw.Filter, l.draw.Wanted = "d3", 3, "{}", 4
	l.draw.Seed, l.draw.Frame.Size = "1f0c8a2be4d05c7e9a31", 12418
	l.draw.Digest = "9b74c9897bac770ffc029102a200c5de9b74c9897bac770ffc029102a200c5de"
	for i := range 5 {
		uid := fmt.Sprintf("c%d", i+1)
		state, id := review.Drawn, "d3"
		if i == 0 {
			state = review.Heard
		}
		if i == 4 {
			state, id = review.New, ""
		}
		l.views[uid] = desk.CallView{
			Call: review.Call{
				UID: uid, Start: time.Date(2026, 11, 10, 9, 42, 0, 0, time.UTC), Duration: time.Minute, Queue: "Billing",
				Category: "Billing – other", Direction: "inbound", State: state, Draw: id,
			},
			Recordings: []review.Recording{{Path: review.Hide(uid), Format: "WAV, µ-law", Rate: 8000, Channels: 2, Frames: 60 * 8000}},
		}
		if i < 4 {
			l.calls = append(l.calls, uid)
		}
	}
	for i, name := range []string{"Invoice goes to the old address", "Charged twice after a plan change", "Cannot find the invoice online"} {
		l.issues = append(l.issues, review.Issue{ID: fmt.Sprintf("i%d", i+1), Name: name, Key: i + 1})
	}
	l.issues = append(l.issues, review.Issue{ID: "i4", Name: "Address change needs two calls", Key: 7}, review.Issue{ID: "i5", Name: "Refund promised, not paid"})
	l.before = map[string]bool{"i1": true, "i2": true}
	return l
}
