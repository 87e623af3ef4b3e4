// Package ranking turns counts into what can be said with them: shares with
// intervals, ranks with theirs, calls a week, what is inside a category, and
// whether enough was heard.
//
// The unit is the call. A call holds an issue or it does not, and one call can
// hold several, so the shares of a ranking do not add up to one. Only calls
// that were drawn and heard are counted; calls opened by hand never are.
//
// [Rank] ranks the issues of a frame and [Unlump] opens its categories. Both
// take counts from the store and know nothing else; a frame or a sample of
// nothing gives shares of 0 within 0 to 1, never a number that is not one.
//
// # Several draws
//
// Draws of different frames give calls different chances, so what was heard is
// counted by [Cell] and weighted. Where one draw, or draws of one frame, made
// the sample, all of it is one cell and every figure is that of a simple
// random sample.
package ranking

import (
	"cmp"
	"slices"
	"time"

	"github.com/earshot-app/earshot/review"
)

// Counts are what a ranking is made of, and what is shown beside it.
type Counts struct {
	Frame      int64 // calls that match the ranking's filter
	Heard      int64 // of them drawn and heard: what every share is divided by
	NotHeard   int64 // drawn, but could not be heard
	NoCustomer int64 // drawn, but no customer's call
	NotReached int64 // drawn, but left unheard when the draw was closed
	Picked     int64 // opened by hand
	NotCovered int64 // in no frame of a draw of which something was heard
	First      time.Time
	Last       time.Time // starts of the frame's first and last call
	Issues     []IssueCount
	Cells      []Cell   // the calls by what the draws tell apart; none means one cell
	Overlap    *Overlap // calls with two issues, by cell; nil while not counted
}

// An IssueCount counts the heard, drawn calls that hold an issue.
type IssueCount struct {
	ID         string
	Name       string
	Key        int // 1 to 9, or 0 for none
	Follow     review.Follow
	Calls      int64
	Categories []string // that they were filed under, most first
	SinceHeard int64    // calls heard after the issue was named, but for the one it was named in
	SinceCalls int64    // of them, calls that hold it
	ToLookAt   int      // moments of split issues that are still to be dealt: its own, or those that may turn out to be of it
	WaitsFor   []string // ids of the split issues of which moments may turn out to be of this one
	Dealing    bool     // it is a split issue with moments to be dealt
}

// A Share is the estimated part of the calls in a frame, with its 95 % interval.
// All three lie between 0 and 1.
type Share struct{ Part, Low, High float64 }

// A Range is a number of calls known only within bounds.
type Range struct{ Low, High int64 }

// A Ranked issue has its place in a ranking.
type Ranked struct {
	IssueCount
	Rank     int // 1 for the largest share; ties are ties: 1, 2, 2, 4
	RankLow  int // the rank is surely not before this
	RankHigh int // nor after this
	Bracket  int // issues of one bracket, from 1, cannot be told apart yet
	Share    Share
	Bounds   Bounds
	PerWeek  Range // calls a week in the whole frame
	More     int64 // calls to hear so that the interval gets half as wide
	Since    Since // among the calls since it was named
	HasSince bool  // enough were

	index int // in Counts.Issues
}

// Bounds are how far the calls that could not be heard could move a share: were
// all of them without the issue, or all with it.
type Bounds struct{ Low, High float64 }

// Rank ranks the issues of a frame that spans so many weeks (see [Weeks]),
// largest share first and ties by name.
func Rank(c Counts, weeks float64) []Ranked {
	c = c.byCells()
	s := newSample(c.Cells)
	ranked := make([]Ranked, len(c.Issues))
	for i, issue := range c.Issues {
		ranked[i] = s.ranked(c, i)
		ranked[i].IssueCount = issue
		ranked[i].PerWeek = perWeek(ranked[i].Share, c.Frame, weeks)
	}
	slices.SortFunc(ranked, func(a, b Ranked) int {
		return cmp.Or(cmp.Compare(b.Share.Part, a.Share.Part), byCalls(a.IssueCount, b.IssueCount))
	})
	for i := range ranked {
		ranked[i].Rank = i + 1
		if i > 0 && ranked[i].Share.Part == ranked[i-1].Share.Part {
			ranked[i].Rank = ranked[i-1].Rank
		}
	}
	s.place(ranked, c, c.LookAhead().AtLeast)
	return ranked
}

// ranked says of issue i all that needs no other issue.
func (s sample) ranked(c Counts, i int) Ranked {
	waits := len(c.Issues[i].WaitsFor) > 0
	if waits {
		c.Cells = held{c.Cells, c.Issues, c.Overlap}.lookedAt(i, c.Issues[i].WaitsFor)
		s = newSample(c.Cells)
	}
	r := Ranked{index: i, Share: s.share(func(cell int) int64 { return c.Cells[cell].Issues[i] })}
	r.Bounds = s.bounds(c.Cells, i)
	r.More = More(r.Share, s.heard, s.size)
	if !waits {
		r.Since, r.HasSince = since(c.Issues[i], c.Frame)
	}
	return r
}

// bounds adds the calls that could not be heard to each part of the sample.
func (s sample) bounds(cells []Cell, issue int) Bounds {
	var b Bounds
	for _, p := range s.parts {
		lost := p.sum(func(cell int) int64 { return cells[cell].NotHeard })
		calls := p.sum(func(cell int) int64 { return cells[cell].Issues[issue] })
		b.Low += s.weight(p) * part(calls, p.heard+lost)
		b.High += s.weight(p) * part(calls+lost, p.heard+lost)
	}
	return b
}

// byCells is c with at least one cell: all calls, when the store told none.
func (c Counts) byCells() Counts {
	if len(c.Cells) > 0 {
		return c
	}
	all := Cell{At: c.First, Size: c.Frame, Heard: c.Heard, NotHeard: c.NotHeard, Reached: c.Heard > 0}
	for _, issue := range c.Issues {
		all.Issues = append(all.Issues, issue.Calls)
	}
	c.Cells = []Cell{all}
	return c
}

// LookAhead says whether enough was heard.
func (c Counts) LookAhead() Unheard {
	calls := make([]int64, len(c.Issues))
	for i, issue := range c.Issues {
		calls[i] = issue.Calls
	}
	return LookAhead(calls, c.Heard)
}

// By says what calls are un-lumped by.
type By string

// Calls are un-lumped by what the agents filed them under, and by their queue
// where there is nothing.
const (
	ByCategory By = "category"
	ByQueue    By = "queue"
)

// A CategoryCount counts what was heard inside one of the agents' categories, or
// in one queue's calls without one.
type CategoryCount struct {
	Category  string // or the queue
	By        By
	Calls     int64 // filed under it
	Heard     int64 // of them drawn and heard
	NoProblem int64 // of these without any issue
	Issues    []IssueCount
	Cells     []Cell // its calls by what the draws tell apart; none means one cell
	// Overlap has its calls with a moment that is to be dealt and another issue;
	// nil where there is none.
	Overlap *Overlap
}

// A Card says what is inside one category, or one queue's calls without one.
type Card struct {
	Category  string // or the queue
	By        By
	Calls     int64    // filed under it
	Heard     int64    // of them drawn and heard
	Part      float64  // of all calls, 0 to 1
	Issues    []Inside // largest share first
	NoProblem Share    // of its calls, without any issue
}

// Inside is an issue inside a category; Share is its part of the category.
type Inside struct {
	IssueCount
	Share Share
}

// Unlump opens each category, in the order given. A call with two issues counts
// in both.
func Unlump(counts []CategoryCount) []Card {
	var all int64
	for _, c := range counts {
		all += c.Calls
	}
	cards := make([]Card, len(counts))
	for i, c := range counts {
		c = c.byCells()
		s := newSample(c.Cells)
		cards[i] = Card{
			Category: c.Category, By: c.By, Calls: c.Calls, Heard: c.Heard, Part: part(c.Calls, all),
			NoProblem: s.share(func(cell int) int64 { return c.Cells[cell].NoProblem }),
		}
		for j, issue := range c.Issues {
			e := c.estimate(s, j, issue.WaitsFor)
			cards[i].Issues = append(cards[i].Issues, Inside{issue, shareOf(e.p, e.n)})
		}
		slices.SortFunc(cards[i].Issues, func(a, b Inside) int {
			return cmp.Or(cmp.Compare(b.Share.Part, a.Share.Part), byCalls(a.IssueCount, b.IssueCount))
		})
	}
	return cards
}

// byCells is c with at least one cell: the whole category, when the store told
// none.
func (c CategoryCount) byCells() CategoryCount {
	if len(c.Cells) > 0 {
		return c
	}
	whole := Cell{Size: c.Calls, Heard: c.Heard, NoProblem: c.NoProblem, Reached: c.Heard > 0}
	for _, issue := range c.Issues {
		whole.Issues = append(whole.Issues, issue.Calls)
	}
	c.Cells = []Cell{whole}
	return c
}

func byCalls(a, b IssueCount) int {
	return cmp.Or(cmp.Compare(b.Calls, a.Calls), cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
}
