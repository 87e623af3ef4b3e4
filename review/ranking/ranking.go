// Package ranking turns counts into what can be said with them: shares with
// intervals, ranks, calls a week, and what is inside a category.
//
// The unit is the call. A call holds an issue or it does not, and one call can
// hold several, so the shares of a ranking do not add up to one. Only calls
// that were drawn and heard are counted; calls opened by hand never are.
//
// [Rank] ranks the issues of a frame and [Unlump] opens its categories. Both
// take counts from the store and know nothing else; a frame or a sample of
// nothing gives shares of 0 within 0 to 1, never a number that is not one.
package ranking

import (
	"cmp"
	"slices"
	"time"
)

// Counts are what a ranking is made of, and what is shown beside it.
type Counts struct {
	Frame      int64 // calls that match the ranking's filter
	Heard      int64 // of them drawn and heard: what every share is divided by
	NotHeard   int64 // drawn, but could not be heard
	NoCustomer int64 // drawn, but no customer's call
	NotReached int64 // drawn, but left unheard when the draw was closed
	Picked     int64 // opened by hand
	NotCovered int64 // in no draw's frame
	First      time.Time
	Last       time.Time // starts of the frame's first and last call
	Issues     []IssueCount
}

// An IssueCount counts the heard, drawn calls that hold an issue.
type IssueCount struct {
	ID         string
	Name       string
	Key        int // 1 to 9, or 0 for none
	Calls      int64
	Categories []string // that they were filed under, most first
}

// A Share is the estimated part of the calls in a frame, with its 95 % interval.
// All three lie between 0 and 1.
type Share struct{ Part, Low, High float64 }

// A Range is a number of calls known only within bounds.
type Range struct{ Low, High int64 }

// A Ranked issue has its place in a ranking.
type Ranked struct {
	IssueCount
	Rank    int // 1 for the most calls; ties are ties: 1, 2, 2, 4
	Share   Share
	PerWeek Range // calls a week in the whole frame
}

// Rank ranks the issues of a frame that spans so many weeks (see [Weeks]), most
// calls first and ties by name.
func Rank(c Counts, weeks float64) []Ranked {
	issues := slices.Clone(c.Issues)
	slices.SortFunc(issues, byCalls)
	ranked := make([]Ranked, len(issues))
	for i, issue := range issues {
		rank := i + 1
		if i > 0 && issue.Calls == issues[i-1].Calls {
			rank = ranked[i-1].Rank
		}
		share := Estimate(issue.Calls, c.Heard, c.Frame)
		ranked[i] = Ranked{issue, rank, share, perWeek(share, c.Frame, weeks)}
	}
	return ranked
}

// A CategoryCount counts what was heard inside one of the agents' categories.
type CategoryCount struct {
	Category  string
	Calls     int64 // filed under it
	Heard     int64 // of them drawn and heard
	NoProblem int64 // of these without any issue
	Issues    []IssueCount
}

// A Card says what is inside one category.
type Card struct {
	Category  string
	Calls     int64    // filed under it
	Heard     int64    // of them drawn and heard
	Part      float64  // of all calls, 0 to 1
	Issues    []Inside // most calls first
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
		cards[i] = Card{
			Category: c.Category, Calls: c.Calls, Heard: c.Heard, Part: part(c.Calls, all),
			NoProblem: Estimate(c.NoProblem, c.Heard, c.Calls),
		}
		issues := slices.Clone(c.Issues)
		slices.SortFunc(issues, byCalls)
		for _, issue := range issues {
			cards[i].Issues = append(cards[i].Issues, Inside{issue, Estimate(issue.Calls, c.Heard, c.Calls)})
		}
	}
	return cards
}

func byCalls(a, b IssueCount) int {
	return cmp.Or(cmp.Compare(b.Calls, a.Calls), cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
}
