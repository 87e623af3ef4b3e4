package session

import (
	"cmp"
	"maps"
	"slices"

	"github.com/earshot-app/earshot/review/agreement"
)

// fewest is how many calls must hold an issue before figures of agreement say
// anything about it.
const fewest = 5

// An Agreement says how far the members tagged alike, over all calls that were
// revealed.
type Agreement struct {
	Calls   int                // that two or more heard, of those that were revealed
	Alpha   float64            // Krippendorff's, disagreement summed within issues
	Percent float64            // pairs that agree on an issue of a call, averaged over issues and calls; 0 to 1
	Tested  bool               // Alpha and Percent say something: two people heard a call, and did not all say the same of everything
	Between agreement.Interval // where Alpha lies
	Issues  []IssueAgreement
}

// IssueAgreement is what members made of one issue.
type IssueAgreement struct {
	Issue, Name string
	HeardIn     []HeardIn // the calls in which it was heard, by round
	// Figures say something when Tested: [fewest] calls hold it and it could be
	// told from chance. Else it was "heard by 3 of 5".
	agreement.Figures
	Tested  bool
	Between agreement.Interval // where Alpha lies, when Tested
}

// HeardIn is how many of those who heard a call, and had an issue on their
// list, heard it.
type HeardIn struct{ Round, Heard, Of int }

// Agreement answers how far the members agree, issues that most calls hold
// first. A rating is what somebody who heard a call to its end says of an
// issue of the codebook: whether the call holds it. Who did not hear it to its
// end, skipped it, or did not have the issue on their list then, gives none.
func (s *State) Agreement() Agreement {
	var a Agreement
	raters := s.raters()
	heard := map[string][]HeardIn{}
	for _, c := range raters.calls {
		for _, row := range s.Table(c.Round).Rows {
			heard[row.Issue] = append(heard[row.Issue], HeardIn{c.Round, row.Heard, row.Of})
		}
		if raters.of(c) > 1 {
			a.Calls++
		}
	}
	var all []agreement.Ratings // in the order of a.Issues
	for _, issue := range slices.Sorted(maps.Keys(heard)) {
		i := IssueAgreement{Issue: issue, Name: s.Issues[issue].Name, HeardIn: heard[issue]}
		ratings := s.ratings(raters, issue)
		all = append(all, ratings)
		if len(i.HeardIn) >= fewest {
			i.Figures, i.Tested = agreement.Of(ratings, 2)
		}
		a.Issues = append(a.Issues, i)
	}
	a.Alpha, a.Tested = agreement.Alpha(all, 2)
	a.Percent = agreement.Percent(all, 2)
	a.between(all)
	slices.SortStableFunc(a.Issues, func(x, y IssueAgreement) int { return cmp.Compare(len(y.HeardIn), len(x.HeardIn)) })
	return a
}

// between says where the figures lie.
func (a *Agreement) between(ratings []agreement.Ratings) {
	whole, each := agreement.Intervals(ratings, 2)
	a.Between = whole
	for i := range a.Issues {
		if a.Issues[i].Tested {
			a.Issues[i].Between = each[i]
		}
	}
}

// raters are who rates which calls.
type raters struct {
	authors []string
	calls   []*Call
}

func (s *State) raters() raters {
	r := raters{authors: s.order}
	for i := range s.Calls {
		if c := &s.Calls[i]; c.Revealed || !s.Blind {
			r.calls = append(r.calls, c)
		}
	}
	return r
}

// of is how many heard a call to its end.
func (r raters) of(c *Call) int {
	n := 0
	for _, author := range r.authors {
		if said := c.Said[author]; said != nil && said.Heard {
			n++
		}
	}
	return n
}

// ratings are everybody's of one issue in all calls: 1 for heard, 0 for not.
func (s *State) ratings(r raters, issue string) agreement.Ratings {
	ratings := make(agreement.Ratings, len(r.authors))
	for i, author := range r.authors {
		for _, c := range r.calls {
			ratings[i] = append(ratings[i], s.rating(c, author, issue))
		}
	}
	return ratings
}

func (s *State) rating(c *Call, author, issue string) int {
	said := c.Said[author]
	if said == nil || !said.Heard {
		return agreement.Missing
	}
	for _, m := range said.Moments {
		if s.Into(m.Issue) == issue {
			return 1
		}
	}
	if !s.listed(issue, author, said.done) {
		return agreement.Missing
	}
	return 0
}
