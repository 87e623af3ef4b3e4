// Package report makes the weekly page: what a leader hands round so that people
// act. It holds figures and the names of texts; data/render writes it as a file,
// in the reader's language.
//
// The page tells of a period and queue how many calls were heard and how they
// were drawn, what customers call about, what hides inside the agents' categories,
// what changed, three customers' words, one praise, what was decided, and what
// these numbers cannot say. It names no agent, because none of its parts holds
// one.
package report

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/ranking"
	"github.com/earshot-app/earshot/review/sampling"
)

// Desk is what a page is made from. A [desk.Desk] is one.
type Desk interface {
	Meeting(ctx context.Context, f desk.Filter) (desk.Meeting, error)
	Unlump(ctx context.Context, f desk.Filter) ([]ranking.Card, error)
	Said(ctx context.Context, of desk.SaidOf, most int) ([]desk.Heard, error)
	Issues(ctx context.Context) ([]review.Issue, error)
	Draws(ctx context.Context) ([]desk.Draw, error)
	Trend(ctx context.Context, issue string, f desk.Filter, by ranking.Step) (desk.Trend, error)
	Effect(ctx context.Context, issue string) (desk.Effect, error)
}

// How much fits on a page that is read.
const (
	mostRanked = 12
	mostCards  = 6
	mostInside = 6
	mostWords  = 3
	mostDraws  = 6
)

// A Line is a sentence: the name of its text and what that is filled with. A
// [Share] is to be written as a percentage, a time as a day.
type Line struct {
	Key  string
	Args review.Args
}

// A Share is a part, 0 to 1.
type Share float64

// A Page is a weekly page.
type Page struct {
	Made      time.Time
	Ranked    desk.Ranked // cut to the issues that fit
	More      int         // issues that were cut off
	Codebook  []review.Issue
	Drawn     []Line
	Cards     []Card
	MoreCards int // categories with something heard that were left out
	Effects   []Effect
	Trends    []desk.Trend // of the issues of the next meeting, where two periods or more are known
	Words     []Quote
	Praise    *Quote // nil where nobody was praised
	Decisions []Decision
	Limits    []Line
}

// A Card is what hides inside a category.
type Card struct {
	ranking.Card     // cut to the issues that fit
	More         int // issues that were cut off
}

// An Effect is what became of an issue that was fixed.
type Effect struct {
	Issue string
	Fixed time.Time
	Lines []Line
}

// A Quote is what a person said, with what the library knows of the call and
// does not hide.
type Quote struct {
	Words    string
	Issue    string // "" of a praise
	Category string
	Call     time.Time // its start
	At       time.Duration
}

// A Decision is who sees to an issue.
type Decision struct {
	Issue string
	review.Follow
}

// Make makes the page of a period and queue, as of now.
func Make(ctx context.Context, d Desk, f desk.Filter, now time.Time) (Page, error) {
	meeting, err := d.Meeting(ctx, f)
	if err != nil {
		return Page{}, err
	}
	p := Page{Made: now, Ranked: meeting.Ranked}
	p.Ranked.Issues, p.More = firsts(meeting.Ranked.Issues, mostRanked)
	p.Limits = limits(meeting.Ranked)
	if meeting.Praise != nil {
		p.Praise = &Quote{
			Words: meeting.Praise.Praise.Words, Category: meeting.Praise.Call.Category,
			Call: meeting.Praise.Call.Start, At: meeting.Praise.Praise.At,
		}
	}
	if p.Codebook, err = d.Issues(ctx); err != nil {
		return Page{}, err
	}
	p.Decisions = decisions(meeting, p.Codebook)
	for _, part := range []func() error{
		func() error { return p.addDraws(ctx, d, f) },
		func() error { return p.addCards(ctx, d, f) },
		func() error { return p.addChanges(ctx, d, meeting.Issues, f) },
		func() error { return p.addWords(ctx, d, meeting) },
	} {
		if err := part(); err != nil {
			return Page{}, err
		}
	}
	return p, nil
}

// firsts are the first of all, at most so many, and how many are left.
func firsts[T any](all []T, most int) ([]T, int) {
	n := min(len(all), most)
	return all[:n], len(all) - n
}

// addDraws tells of the newest draws that the shares come from, and of how many a
// person chose the seed.
func (p *Page) addDraws(ctx context.Context, d Desk, f desk.Filter) error {
	draws, err := d.Draws(ctx)
	typed := 0
	for _, draw := range slices.Backward(draws) {
		of, err := sampling.ParseFilter(draw.Filter)
		if err != nil {
			return err
		}
		if draw.Done == 0 || !meets(of, f) {
			continue
		}
		if draw.ChosenSeed {
			typed++
		}
		if len(p.Drawn) < mostDraws {
			p.Drawn = append(p.Drawn, drawn(draw))
		}
	}
	if typed > 0 {
		p.Limits = append(p.Limits, Line{"report.limit-seed", review.Args{"n": typed}})
	}
	return err
}

// meets reports whether a draw may have picked calls that match a filter.
func meets(of sampling.Filter, f desk.Filter) bool {
	before := func(a, b time.Time) bool { return !a.IsZero() && !b.IsZero() && !b.After(a) }
	return (of.Queue == "" || f.Queue == "" || of.Queue == f.Queue) && !before(f.From, of.To) && !before(of.From, f.To)
}

func drawn(d desk.Draw) Line {
	key := "report.draw"
	switch {
	case d.TopsUp != "":
		key = "report.draw-more"
	case d.Strata != sampling.Unstratified:
		key = "report.draw-dealt"
	}
	return Line{key, review.Args{"n": d.Number, "size": d.Size, "frame": d.Frame.Size, "day": d.At, "done": d.Done}}
}

// addCards opens the biggest categories in which something was heard.
func (p *Page) addCards(ctx context.Context, d Desk, f desk.Filter) error {
	cards, err := d.Unlump(ctx, f)
	cards = slices.DeleteFunc(cards, func(c ranking.Card) bool { return len(c.Issues) == 0 })
	cards, p.MoreCards = firsts(cards, mostCards)
	for _, c := range cards {
		card := Card{Card: c}
		card.Issues, card.More = firsts(c.Issues, mostInside)
		p.Cards = append(p.Cards, card)
	}
	return err
}

// addChanges tells what became of fixed issues, and how the issues of the
// meeting went.
func (p *Page) addChanges(ctx context.Context, d Desk, issues []ranking.Ranked, f desk.Filter) error {
	for _, issue := range p.Codebook {
		if issue.Follow.State != review.Fixed {
			continue
		}
		e, err := d.Effect(ctx, issue.ID)
		if err != nil {
			return err
		}
		p.Effects = append(p.Effects, Effect{issue.Name, e.Fixed, Told(e.Effect)})
	}
	for _, issue := range issues {
		t, err := d.Trend(ctx, issue.ID, f, ranking.Automatic)
		if err != nil {
			return err
		}
		known := 0
		for _, point := range t.Points {
			if point.OK {
				known++
			}
		}
		if known > 1 {
			p.Trends = append(p.Trends, t)
		}
	}
	return nil
}

// Told are the sentences on what became of an issue.
func Told(e ranking.Effect) []Line {
	keys := map[ranking.Verdict]string{
		ranking.Down: "rank.effect_down", ranking.Up: "rank.effect_up",
		ranking.Unchanged: "rank.effect_unchanged", ranking.TooEarly: "rank.effect_too_early",
	}
	least, most := e.Points()
	lines := []Line{{keys[e.Verdict], review.Args{
		"before": Share(e.Before.Share.Part), "after": Share(e.After.Share.Part), "low": least, "high": most,
	}}}
	if e.HearMore > 0 {
		lines = append(lines, Line{"rank.effect_hear_after", review.Args{"n": e.HearMore}})
	}
	if e.HearBefore > 0 {
		lines = append(lines, Line{"rank.effect_hear_before", review.Args{"n": e.HearBefore}})
	}
	if e.Luck && e.Verdict == ranking.Down {
		lines = append(lines, Line{"rank.effect_luck", nil})
	}
	return lines
}

// addWords quotes the story of the meeting, then the newest words about its
// other issues, then the newest at all: first one of each issue.
func (p *Page) addWords(ctx context.Context, d Desk, m desk.Meeting) error {
	var found []desk.Heard
	if m.Story != nil && m.Story.Moment.Words != "" {
		found = append(found, *m.Story)
	}
	asked := []desk.SaidOf{}
	for _, issue := range m.Issues {
		asked = append(asked, desk.SaidOf{Issue: issue.ID})
	}
	for _, of := range append(asked, desk.SaidOf{}) {
		said, err := d.Said(ctx, of, mostWords)
		if err != nil {
			return err
		}
		found = append(found, said...)
	}
	for _, again := range []bool{false, true} {
		p.quote(found, again)
	}
	return nil
}

// quote adds words until there are enough: of issues that were not quoted yet,
// or of any.
func (p *Page) quote(found []desk.Heard, again bool) {
	for _, h := range found {
		q := Quote{Words: h.Moment.Words, Issue: h.Moment.Issue, Category: h.Call.Category, Call: h.Call.Start, At: h.Moment.At}
		same := func(other Quote) bool { return other == q || !again && other.Issue == q.Issue }
		if len(p.Words) < mostWords && !slices.ContainsFunc(p.Words, same) {
			p.Words = append(p.Words, q)
		}
	}
}

// decisions are those about the issues of the meeting, decided or not, and about
// every other issue that somebody sees to, as they are ranked.
func decisions(m desk.Meeting, codebook []review.Issue) []Decision {
	place := map[string]int{}
	for i, r := range m.Ranked.Issues {
		place[r.ID] = i + 1
	}
	var kept []review.Issue
	for _, issue := range codebook {
		asked := slices.ContainsFunc(m.Issues, func(r ranking.Ranked) bool { return r.ID == issue.ID })
		decided := issue.Follow.Owner != "" || issue.Follow.Next != "" || issue.Follow.State == review.Fixing || issue.Follow.State == review.Fixed
		if asked || decided {
			kept = append(kept, issue)
		}
	}
	last := len(m.Ranked.Issues) + 1
	slices.SortStableFunc(kept, func(a, b review.Issue) int {
		return cmp.Compare(cmp.Or(place[a.ID], last), cmp.Or(place[b.ID], last))
	})
	var out []Decision
	for _, issue := range kept {
		out = append(out, Decision{issue.Name, issue.Follow})
	}
	return out
}

// limits are what the numbers of a ranking cannot say: what always holds, and
// what these calls add.
func limits(r desk.Ranked) []Line {
	c := r.Counts
	lines := []Line{{"report.limit-calls", nil}, {"report.limit-sum", nil}, {"report.limit-agents", nil}}
	add := func(when bool, key string, args review.Args) {
		if when {
			lines = append(lines, Line{key, args})
		}
	}
	const hardly = 0.005 // would be written as 0 %
	add(c.Heard > 0 && r.Unheard.NextNew < hardly, "report.limit-rare", nil)
	add(c.Heard > 0 && r.Unheard.NextNew >= hardly, "report.limit-unheard", review.Args{"p": Share(r.Unheard.NextNew), "n": r.Unheard.AtLeast})
	add(c.NotHeard > 0, "report.limit-not-heard", review.Args{"n": c.NotHeard})
	add(c.NoCustomer > 0, "report.limit-no-customer", review.Args{"n": c.NoCustomer})
	add(c.NotReached > 0, "report.limit-not-reached", review.Args{"n": c.NotReached})
	add(c.Picked > 0, "report.limit-picked", review.Args{"n": c.Picked})
	if c.Frame > 0 {
		add(c.NotCovered > 0, "report.limit-not-covered", review.Args{"p": Share(float64(c.NotCovered) / float64(c.Frame))})
	}
	add(r.ToppedUp, "report.limit-topped-up", nil)
	return lines
}
