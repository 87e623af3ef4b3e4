package ranking

// MostProposed are the most categories of a proposal: more than nine, and
// agents file under "other" again.
const MostProposed = 9

// A Proposal is a better list of categories: the issues that calls hold, and the
// rest honestly "other".
type Proposal struct {
	Above      float64 // the share that a category was asked to have
	Most       int     // the categories that were asked for at most
	Categories []Proposed
	Other      Share    // of all calls, those that hold none of the categories
	Rest       []Ranked // the issues that stay in "other", largest share first
	Heard      int64
	NotCovered int64 // calls that this says nothing of
	ToLookAt   int   // moments of splits, still to be dealt: until they are, shares use only the calls looked at
}

// Proposed is an issue that becomes a category. A call with two of them would be
// filed under one, so the shares are what each gets at most.
type Proposed struct {
	Ranked
	Sure bool // also the low end of the interval is above the share asked for
}

// Propose takes from a ranking the issues whose share is above, at most so many.
// One that is being split stays in the rest, as its parts may be categories. What
// is left is for the caller to count: see [Without].
func Propose(ranked []Ranked, above float64, most int) Proposal {
	p := Proposal{Above: above, Most: most}
	for _, r := range ranked {
		if r.Dealing {
			p.ToLookAt += r.ToLookAt
		}
		if !r.Dealing && r.Share.Part >= above && r.Calls > 0 && len(p.Categories) < most {
			p.Categories = append(p.Categories, Proposed{r, r.Share.Low >= above})
		} else {
			p.Rest = append(p.Rest, r)
		}
	}
	return p
}

// Without is the share of calls that hold none of some issues, from the cells of
// a ranking with those calls as [Cell.NoProblem].
func Without(cells []Cell) Share {
	return newSample(cells).share(func(cell int) int64 { return cells[cell].NoProblem })
}
