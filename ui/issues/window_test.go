package issues

import (
	"context"
	"errors"
	"iter"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	fynetheme "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"
	"go.uber.org/goleak"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/codebook"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/ranking"
	"github.com/earshot-app/earshot/ui/command"
	"github.com/earshot-app/earshot/ui/screen"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
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

// A page is the screen in a window, with a shell that notes what it is asked.
type page struct {
	t       *testing.T
	lang    string
	library *library
	screen  *Screen
	window  fyne.Window
	surface *widget.Surface
	table   *command.Table
	queue   chan func()

	toast    string
	act      func() // of the toast
	failure  error
	opened   string
	at       time.Duration
	went     string
	dialog   string
	answers  []screen.Answer
	popup    *fynewidget.PopUp
	exported []ExportRequest
	painted  int
}

// Say and what follows make a page a screen.Shell.
func (p *page) Say(key text.Key, args review.Args) string { return p.Text().Say(key, args) }
func (p *page) Text() *text.Catalog                       { return text.For(p.lang) }
func (p *page) Zone() *time.Location                      { return time.UTC }
func (p *page) Post(do func())                            { p.queue <- do }
func (p *page) Canvas() fyne.Canvas                       { return p.window.Canvas() }
func (p *page) Surface()                                  { p.surface.Take() }
func (p *page) Toast(message, _ string, act func())       { p.toast, p.act = message, act }
func (p *page) Fail(err error)                            { p.failure = err }
func (p *page) Full(bool)                                 {}
func (p *page) Go(name string)                            { p.went = name }
func (p *page) Open(uid string, at time.Duration)         { p.opened, p.at = uid, at }
func (p *page) Wrote()                                    { p.screen.Changed() }
func (p *page) Painted()                                  { p.painted++ }

func (p *page) Key(id string) string {
	if p.table == nil {
		return ""
	}
	return p.table.Label(id, p.Say)
}

func (p *page) Dialog(title string, content fyne.CanvasObject, answers ...screen.Answer) func() {
	p.dialog, p.answers = title, answers
	buttons := container.NewHBox()
	for i, a := range answers {
		buttons.Add(widget.NewButton(a.Text, widget.Weight(1-min(i, 1)), nil))
	}
	box := container.New(widget.Column{Gap: theme.Gap, Margin: theme.Gap},
		widget.NewText(title, widget.Look{Size: theme.TextHeading, Bold: true}), content, buttons)
	p.popup = fynewidget.NewModalPopUp(box, p.Canvas())
	p.popup.Resize(fyne.NewSize(500, box.MinSize().Height))
	p.popup.Show()
	return func() {
		p.dialog = ""
		p.popup.Hide()
	}
}

// open shows a library on a page; change, which may be nil, gives it other deps.
func open(t *testing.T, l *library, lang string, change func(*Deps)) *page {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.Fixed(fynetheme.VariantLight))
	p := &page{t: t, lang: lang, library: l, queue: make(chan func(), 1000)}
	p.window = test.NewTempWindow(t, widget.NewText("", widget.Look{}))
	p.window.SetPadded(false)
	deps := Deps{
		Shell: p, Desk: l, Now: func() time.Time { return noon }, Folder: "/home/ada/Documents",
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
	t.Cleanup(p.screen.Close)
	table, err := command.New(p.screen.Commands()...)
	if err != nil {
		t.Fatal(err)
	}
	p.table, p.surface = table, widget.NewSurface(p.Canvas())
	at := func() command.Context {
		return command.Context{Screen: screen.Issues, Place: command.PlaceOn(p.Canvas())}
	}
	p.surface.OnKey = func(name fyne.KeyName, mod fyne.KeyModifier, repeat bool) {
		p.table.Press(command.Named(name, mod), at(), repeat)
	}
	p.surface.OnRune = func(r rune, repeat bool) { p.table.Press(command.Rune(r), at(), repeat) }
	p.window.SetContent(p.screen.Content())
	p.window.Resize(fyne.NewSize(1192, 800))
	p.screen.Show()
	p.wait()
	return p
}

// wait runs what the jobs post until none is under way.
func (p *page) wait() {
	p.t.Helper()
	for p.screen.reading.Busy() || p.screen.hearing != nil || p.screen.tracing != nil || p.screen.writing {
		(<-p.queue)()
	}
	for range 3 { // texts that wrap know their height on the frame after
		p.window.Content().Refresh()
	}
}

// until runs what the jobs post until something is so.
func (p *page) until(so func() bool) {
	p.t.Helper()
	for !so() {
		(<-p.queue)()
	}
}

// press gives keys to whatever hears them.
func (p *page) press(names ...fyne.KeyName) {
	p.t.Helper()
	for _, name := range names {
		if focus := p.Canvas().Focused(); focus != nil {
			focus.TypedKey(&fyne.KeyEvent{Name: name})
		} else {
			p.surface.TypedKey(&fyne.KeyEvent{Name: name})
		}
		p.wait()
	}
}

// write gives letters to whatever hears them.
func (p *page) write(letters string) {
	p.t.Helper()
	for _, r := range letters {
		if focus := p.Canvas().Focused(); focus != nil {
			focus.TypedRune(r)
		} else {
			p.surface.TypedRune(r)
		}
		p.wait()
	}
}

func (p *page) rows() []string {
	var t screen.Trace
	p.screen.Trace(&t)
	return t.Rows
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
