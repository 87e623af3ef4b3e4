package report

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/ranking"
	"github.com/earshot-app/earshot/review/sampling"
)

// library is a desk of which everything is set by hand.
type library struct {
	meeting desk.Meeting
	cards   []ranking.Card
	said    map[string][]desk.Heard // by issue; "" for all, newest first
	issues  []review.Issue
	draws   []desk.Draw
	points  []ranking.Point
	effect  ranking.Effect
}

func (l library) Meeting(context.Context, desk.Filter) (desk.Meeting, error) { return l.meeting, nil }

func (l library) Unlump(context.Context, desk.Filter) ([]ranking.Card, error) {
	return slices.Clone(l.cards), nil
}

func (l library) Said(_ context.Context, of desk.SaidOf, most int) ([]desk.Heard, error) {
	said := l.said[of.Issue]
	return said[:min(most, len(said))], nil
}
func (l library) Issues(context.Context) ([]review.Issue, error) { return l.issues, nil }
func (l library) Draws(context.Context) ([]desk.Draw, error)     { return l.draws, nil }

func (l library) Trend(_ context.Context, issue string, _ desk.Filter, _ ranking.Step) (desk.Trend, error) {
	return desk.Trend{Issue: review.Issue{ID: issue}, Points: l.points}, nil
}

func (l library) Effect(context.Context, string) (desk.Effect, error) {
	return desk.Effect{Effect: l.effect}, nil
}

func ranked(ids ...string) []ranking.Ranked {
	var all []ranking.Ranked
	for _, id := range ids {
		all = append(all, ranking.Ranked{IssueCount: ranking.IssueCount{ID: id, Name: id, Calls: 1}})
	}
	return all
}

func heard(issue, words string) desk.Heard {
	return desk.Heard{Moment: review.Moment{Issue: issue, Words: words}}
}

func made(t *testing.T, l library, f desk.Filter) Page {
	t.Helper()
	p, err := Make(t.Context(), l, f, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// The story of the meeting comes first; that of another issue goes before a
// second one of the same.
func TestThreeCustomersSpeakOfDifferentIssues(t *testing.T) {
	story := heard("bill", "twice charged")
	l := library{
		meeting: desk.Meeting{Issues: ranked("bill", "code"), Story: &story},
		said: map[string][]desk.Heard{
			"bill": {heard("bill", "newer"), story},
			"code": {heard("code", "no code"), heard("code", "still no code")},
			"":     {heard("shop", "closed"), heard("bill", "newer")},
		},
	}
	var got []string
	for _, q := range made(t, l, desk.Filter{}).Words {
		got = append(got, q.Words)
	}
	if diff := cmp.Diff([]string{"twice charged", "no code", "closed"}, got); diff != "" {
		t.Error(diff)
	}
	l.said[""] = nil
	if p := made(t, l, desk.Filter{}); len(p.Words) != 3 || p.Words[2].Words != "newer" {
		t.Errorf("with two issues only: %+v", p.Words)
	}
}

// What the meeting asks for stands there undecided; what somebody sees to stands
// there although nobody called about it; the rest does not.
func TestDecisionsAreThoseMadeAndThoseToMake(t *testing.T) {
	fixed := review.Follow{State: review.Fixed, On: "2026-11-10"}
	owned := review.Follow{Owner: "Team network"}
	l := library{
		meeting: desk.Meeting{Ranked: desk.Ranked{Issues: ranked("bill", "code", "shop")}, Issues: ranked("bill")},
		issues:  []review.Issue{{ID: "gone", Name: "gone", Follow: fixed}, {ID: "shop", Name: "shop"}, {ID: "code", Name: "code", Follow: owned}, {ID: "bill", Name: "bill"}},
	}
	want := []Decision{{Issue: "bill"}, {"code", owned}, {"gone", fixed}}
	if diff := cmp.Diff(want, made(t, l, desk.Filter{}).Decisions); diff != "" {
		t.Error(diff)
	}
}

// A draw from another queue or time cannot have picked any of the calls.
func TestOnlyDrawsOfTheseCallsAreTold(t *testing.T) {
	november := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	draw := func(n, done int, f sampling.Filter) desk.Draw {
		return desk.Draw{Record: sampling.Record{Number: n, Filter: f.String()}, Done: done}
	}
	l := library{draws: []desk.Draw{
		draw(1, 5, sampling.Filter{}),
		draw(2, 5, sampling.Filter{To: november}),
		draw(3, 5, sampling.Filter{Queue: "Sales"}),
		draw(4, 0, sampling.Filter{}),
		draw(5, 5, sampling.Filter{From: november, Queue: "Billing"}),
	}}
	var got []any
	for _, line := range made(t, l, desk.Filter{From: november, Queue: "Billing"}).Drawn {
		got = append(got, line.Args["n"])
	}
	if diff := cmp.Diff([]any{5, 1}, got); diff != "" {
		t.Error(diff)
	}
}

// Who chose the seed could have chosen the calls, however many draws there were
// since. Draws of other calls, and those of which nothing was heard, have no say.
func TestThePageSaysWhereAPersonChoseTheSeed(t *testing.T) {
	draw := func(done int, chosen bool) desk.Draw {
		return desk.Draw{Record: sampling.Record{Filter: sampling.Filter{}.String(), ChosenSeed: chosen}, Done: done}
	}
	draws := []desk.Draw{draw(5, true), draw(0, true), draw(5, true)}
	for range mostDraws {
		draws = append(draws, draw(5, false))
	}
	want := append(made(t, library{}, desk.Filter{}).Limits, Line{"report.limit-seed", review.Args{"n": 2}})
	if diff := cmp.Diff(want, made(t, library{draws: draws}, desk.Filter{}).Limits); diff != "" {
		t.Error(diff)
	}
}

// What the numbers cannot say is told when there is something: here 4 calls were
// opened by hand, and of 25 of 100 calls nothing is known.
func TestThePageSaysWhatItsNumbersCannotSay(t *testing.T) {
	always := made(t, library{}, desk.Filter{}).Limits
	counts := ranking.Counts{Frame: 100, Heard: 10, Picked: 4, NotCovered: 25}
	l := library{meeting: desk.Meeting{Ranked: desk.Ranked{Counts: counts, Unheard: ranking.Unheard{NextNew: .2, AtLeast: 3}}}}
	want := append(always,
		Line{"report.limit-unheard", review.Args{"p": Share(.2), "n": 3}},
		Line{"report.limit-picked", review.Args{"n": int64(4)}},
		Line{"report.limit-not-covered", review.Args{"p": Share(.25)}})
	if diff := cmp.Diff(want, made(t, l, desk.Filter{}).Limits); diff != "" {
		t.Error(diff)
	}
}

// A trend of one known period says nothing of a change.
func TestATrendNeedsTwoPeriods(t *testing.T) {
	l := library{meeting: desk.Meeting{Issues: ranked("bill")}, points: []ranking.Point{{OK: true}, {}}}
	if p := made(t, l, desk.Filter{}); len(p.Trends) != 0 {
		t.Error("one period makes a trend")
	}
	l.points[1].OK = true
	if p := made(t, l, desk.Filter{}); len(p.Trends) != 1 {
		t.Error("two periods make no trend")
	}
}

// The bigger cards come first, and those in which nothing was heard not at all.
func TestCardsAreCutToWhatFits(t *testing.T) {
	inside := make([]ranking.Inside, 9)
	l := library{cards: []ranking.Card{{Category: "Nothing heard"}}}
	for range 8 {
		l.cards = append(l.cards, ranking.Card{Category: "Billing", Issues: inside})
	}
	p := made(t, l, desk.Filter{})
	if len(p.Cards) != 6 || p.MoreCards != 2 || len(p.Cards[0].Issues) != 6 || p.Cards[0].More != 3 {
		t.Errorf("%d cards, %d more; in the first %d issues and %d more", len(p.Cards), p.MoreCards, len(p.Cards[0].Issues), p.Cards[0].More)
	}
}
