package issues

import (
	"context"
	"errors"
	"iter"
	"slices"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/codebook"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/ranking"
	"github.com/earshot-app/earshot/ui/screen"
	"github.com/earshot-app/earshot/ui/screen/screentest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// noon is when the tests take place: a Saturday.
var noon = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

// A library is what the fake desk reads: counts as a store would give them.
type library struct {
	counts     ranking.Counts
	categories []ranking.CategoryCount
	codebook   []review.Issue
	queues     []string
	sessions   []desk.Shared
	moments    map[string][]desk.Heard // by issue
	weeks      float64
	toppedUp   bool
	points     []ranking.Point
	effect     desk.Effect

	booked
	steps []ranking.Step // of the trends asked for
	drawn []string       // issues of the second draws

	read   []desk.Filter // of the rankings asked for
	keyed  []int
	failed error
}

func (l *library) Rank(_ context.Context, f desk.Filter) (desk.Ranked, error) {
	l.read = append(l.read, f)
	return desk.Ranked{Filter: f, Counts: l.counts, Weeks: l.weeks, Issues: ranking.Rank(l.counts, l.weeks), Unheard: l.counts.LookAhead(), ToppedUp: l.toppedUp}, l.failed
}

func (l *library) Unlump(context.Context, desk.Filter) ([]ranking.Card, error) {
	return ranking.Unlump(l.categories), l.failed
}

func (l *library) Mismatch(context.Context, desk.Filter) (ranking.Mismatch, error) {
	return ranking.FiledUnder(l.categories), l.failed
}

func (l *library) Propose(_ context.Context, _ desk.Filter, above float64, most int) (ranking.Proposal, error) {
	p := ranking.Propose(ranking.Rank(l.counts, l.weeks), above, most)
	p.Heard = l.counts.Heard
	p.Other = ranking.Share{Part: .3, Low: .2, High: .42}
	return p, l.failed
}

func (l *library) Moments(_ context.Context, _ desk.Filter, issueID string) iter.Seq2[desk.Heard, error] {
	return func(yield func(desk.Heard, error) bool) {
		for _, h := range l.moments[issueID] {
			if !yield(h, nil) {
				return
			}
		}
	}
}

// LatestMoments goes back in time: the moments are listed oldest first.
func (l *library) LatestMoments(_ context.Context, _ desk.Filter, issueID string, most int) ([]desk.Heard, error) {
	latest := slices.Clone(l.moments[issueID])
	slices.Reverse(latest)
	return latest[:min(len(latest), most)], nil
}

func (l *library) Issues(context.Context) ([]review.Issue, error) { return l.codebook, nil }
func (l *library) Queues(context.Context) ([]string, error)       { return l.queues, nil }

func (l *library) Sessions(context.Context) ([]desk.Shared, error) {
	return slices.Clone(l.sessions), nil
}

// SetKey gives the key as the desk does: whoever had it loses it.
func (l *library) SetKey(_ context.Context, issueID string, key int) error {
	l.keyed = append(l.keyed, key)
	for i := range l.codebook {
		switch {
		case l.codebook[i].ID == issueID:
			l.codebook[i].Key = key
		case l.codebook[i].Key == key:
			l.codebook[i].Key = 0
		}
	}
	for i := range l.counts.Issues {
		at := slices.IndexFunc(l.codebook, func(c review.Issue) bool { return c.ID == l.counts.Issues[i].ID })
		l.counts.Issues[i].Key = l.codebook[at].Key
	}
	return l.failed
}

func (l *library) Codebook(context.Context) (all []codebook.Entry, err error) {
	for _, issue := range l.codebook {
		e := codebook.Entry{Issue: issue, State: codebook.Open}
		if issue.ID == "i0" {
			e.Definition = "The move is saved, the billing address is not."
		}
		all = append(all, l.split(e))
	}
	return append(all, l.parts...), nil
}

func (l *library) Follow(_ context.Context, issueID string, follow review.Follow) error {
	for i := range l.codebook {
		if l.codebook[i].ID == issueID {
			l.codebook[i].Follow = follow
		}
	}
	return l.failed
}

func (l *library) Trend(_ context.Context, issueID string, f desk.Filter, by ranking.Step) (desk.Trend, error) {
	l.steps = append(l.steps, by)
	i := slices.IndexFunc(l.codebook, func(c review.Issue) bool { return c.ID == issueID })
	return desk.Trend{Issue: l.codebook[i], Filter: f, By: by, Points: l.points}, l.failed
}

func (l *library) Effect(context.Context, string) (desk.Effect, error) { return l.effect, l.failed }

func (l *library) EffectDraw(_ context.Context, issueID string, _ func(int64)) (desk.Draw, error) {
	l.drawn = append(l.drawn, issueID)
	return desk.Draw{Size: 30}, l.failed
}

// A page is the screen in a window of a library.
type page struct {
	*screentest.Page
	library  *library
	screen   *Screen
	exported []ExportRequest
}

// open shows a library on a page; change, which may be nil, gives it other deps.
func open(t *testing.T, l *library, lang string, change func(*Deps)) *page {
	t.Helper()
	p := &page{library: l}
	p.Page = screentest.Open(t, lang, func(shell screen.Shell) (screen.Screen, func() bool) {
		deps := Deps{
			Shell: shell, Desk: l, Now: func() time.Time { return noon }, Folder: "/home/ada/Documents",
			Exists: func(string) bool { return false },
			Export: func(_ context.Context, req ExportRequest) error {
				p.exported = append(p.exported, req)
				return l.failed
			},
			Preview: previews,
		}
		if change != nil {
			change(&deps)
		}
		p.screen = New(deps)
		return p.screen, func() bool {
			return p.screen.reading.Busy() || p.screen.hearing != nil || p.screen.tracing != nil || p.screen.writing
		}
	})
	return p
}

var errDisk = errors.New("disk")

// billing is a library of the size that the ranking's picture shows.
func billing() *library {
	l := &library{weeks: 8, queues: []string{"Billing", "Technical"}, moments: map[string][]desk.Heard{}}
	l.counts = ranking.Counts{
		Frame: 99344, Heard: 64, NotHeard: 2, NoCustomer: 1, NotReached: 4, Picked: 1, NotCovered: 120,
		First: noon.AddDate(0, 0, -56), Last: noon,
	}
	for i, of := range []struct {
		name  string
		calls int64
		filed []string
	}{
		{"Invoice goes to the old address", 11, []string{"Billing – other", "Address change"}},
		{"Charged twice after a plan change", 9, []string{"Billing – other", "Complaint"}},
		{"Cannot find the invoice online", 6, []string{"Billing – other", "Technical – other"}},
		{"Address change needs two calls", 5, []string{"Address change", "Billing – other"}},
		{"Refund promised, not paid", 4, []string{"Complaint", "Billing – other"}},
		{"Discount missing from first bill", 4, []string{"Billing – other"}},
		{"Paper bill fee not announced", 3, []string{"Billing – other"}},
		{"SIM activation code unclear", 3, []string{"Technical – other"}},
	} {
		l.add(i, of.name, of.calls, of.filed)
	}
	words := []string{"I moved in June and the bill still goes to my ex.", "You have my new address, I can see it right here.", "", "So I got the reminder before I got the bill."}
	for i, said := range words {
		l.moments["i0"] = append(l.moments["i0"], desk.Heard{
			Moment: review.Moment{ID: "m", Call: "call-" + string(rune('a'+i)), IssueID: "i0", At: time.Duration(160-40*i) * time.Second, Words: said},
			Call: review.Call{
				UID: "call-" + string(rune('a'+i)), Start: noon.AddDate(0, 0, -11-7*(3-i)), State: review.Heard, Scope: review.Everywhere,
			},
		})
	}
	l.moments["i0"][1].Call.Scope, l.moments["i0"][1].Call.Picked = review.Nowhere, true
	inside := func(from, to int, calls int64) (in []ranking.IssueCount) {
		for i := from; i < to; i++ {
			count := l.counts.Issues[i]
			count.Calls = max(1, calls-int64(i-from))
			in = append(in, count)
		}
		return in
	}
	l.categories = []ranking.CategoryCount{
		{Category: "Billing – other", Calls: 30800, Heard: 20, NoProblem: 3, Issues: inside(0, 8, 5)},
		{Category: "Technical – other", Calls: 21860, Heard: 14, NoProblem: 4, Issues: inside(5, 8, 3)},
		{Category: "Address change", Calls: 10930, Heard: 7, NoProblem: 3, Issues: inside(3, 5, 3)},
		{Category: "Complaint", Calls: 6000, Heard: 4, NoProblem: 1, Issues: inside(4, 6, 2)},
		{Category: "Contract", Calls: 900},
	}
	return l
}

// mended is billing after the first issue was fixed: eight weeks, of which the
// third has too few calls, and a fix on the first day of the sixth.
func mended() *library {
	l := billing()
	l.codebook[0].Follow = review.Follow{Owner: "Billing platform", State: review.Fixed, On: "2026-11-02", Next: "Hear what is left"}
	fixed := time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC)
	slice := func(held, heard int64) ranking.Slice {
		return ranking.Slice{Calls: 12000, Heard: heard, Held: held, Cells: []ranking.Cell{{Size: 12000, Heard: heard, Reached: true, Issues: []int64{held}}}}
	}
	for i, held := range []int64{6, 8, 3, 7, 6, 2, 1, 2} {
		heard := int64(40)
		if i == 2 {
			heard = 12
		}
		s := slice(held, heard)
		s.From = fixed.AddDate(0, 0, 7*(i-5))
		s.To = s.From.AddDate(0, 0, 7)
		l.points = append(l.points, ranking.Trend([]ranking.Slice{s})...)
	}
	l.effect = desk.Effect{Issue: l.codebook[0], Fixed: fixed, Effect: ranking.NewEffect(slice(30, 172), slice(5, 120), false)}
	return l
}

func (l *library) add(i int, name string, calls int64, filed []string) {
	id := "i" + string(rune('0'+i%10))
	if i > 9 {
		id = "i" + name
	}
	key := 0
	if i < 6 {
		key = i + 1
	}
	l.codebook = append(l.codebook, review.Issue{ID: id, Name: name, Key: key, Calls: int(calls)})
	l.counts.Issues = append(l.counts.Issues, ranking.IssueCount{ID: id, Name: name, Key: key, Calls: calls, Categories: filed})
}
