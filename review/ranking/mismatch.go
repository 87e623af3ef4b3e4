package ranking

import (
	"cmp"
	"math"
	"slices"
)

// A Mismatch is the table of categories and issues: what is filed under which.
// Of one list that fits the calls, every row would have one issue.
type Mismatch struct {
	Issues []IssueCount // the columns, with the calls counted in the table, most first
	Rows   []Filed      // biggest category first
}

// Filed is a row: one category, or a queue where calls have no category.
type Filed struct {
	Category string
	By       By
	Calls    int64 // filed under it
	Heard    int64 // of them drawn and heard
	Cells    []FiledCell
}

// A FiledCell is one issue under one category.
type FiledCell struct {
	Calls    int64    // heard calls of the category with the issue
	Share    Share    // of the category's calls
	OfIssue  float64  // of the issue's calls, the part filed here; of heard categories
	Surprise Surprise // against the other categories
	ToLookAt int      // moments of a split, still to be dealt, that may yet put calls here
}

// Surprise says that an issue is surely more or less common under a category
// than under all others together.
type Surprise int

// The surprises.
const (
	Rarer       Surprise = -1
	AsElsewhere Surprise = 0 // chance can make as much of a difference
	Commoner    Surprise = 1
)

// ToLookAt is how many moments of splits are still to be dealt in the calls of
// the table.
func (t Mismatch) ToLookAt() (moments int) {
	for _, issue := range t.Issues {
		if issue.Dealing {
			moments += issue.ToLookAt
		}
	}
	return moments
}

// FiledUnder makes the table from counts by category.
//
// A cell surprises when Fisher's exact test tells its share from that of the
// other categories at 5 % over all cells (Bonferroni). The sizes that it tests
// are the calls heard, or fewer where cells were heard unevenly: those of the
// simple samples that would be as sure.
func FiledUnder(counts []CategoryCount) Mismatch {
	t := Mismatch{Issues: allIssues(counts)}
	estimates := make([][]filedPart, len(counts)) // by issue, then category
	for i, c := range counts {
		t.Rows = append(t.Rows, Filed{Category: c.Category, By: c.By, Calls: c.Calls, Heard: c.Heard})
		t.Rows[i].Cells, estimates[i] = c.row(t.Issues)
	}
	for issue := range t.Issues {
		t.Issues[issue].ToLookAt = 0
		parts := make([]filedPart, len(counts))
		for i := range counts {
			parts[i] = estimates[i][issue]
			t.Issues[issue].ToLookAt += t.Rows[i].Cells[issue].ToLookAt
		}
		t.compare(issue, parts)
	}
	return t
}

// allIssues are the issues of all categories with their calls together, most
// first.
func allIssues(counts []CategoryCount) []IssueCount {
	place := map[string]int{}
	var all []IssueCount
	for _, c := range counts {
		for _, issue := range c.Issues {
			i, ok := place[issue.ID]
			if !ok {
				i = len(all)
				place[issue.ID] = i
				all = append(all, issue)
				all[i].Calls = 0
			}
			all[i].Calls += issue.Calls
		}
	}
	slices.SortFunc(all, byCalls)
	return all
}

// A filedPart is the part of a category's calls that hold an issue, as sure as
// of a simple sample of n. Heard are those that it is made of.
type filedPart struct {
	calls, heard int64
	p, n         float64
}

// row counts and estimates each of the issues in the category.
func (c CategoryCount) row(issues []IssueCount) ([]FiledCell, []filedPart) {
	c = c.byCells()
	s := newSample(c.Cells)
	cells, parts := make([]FiledCell, len(issues)), make([]filedPart, len(issues))
	for i, issue := range issues {
		own := slices.IndexFunc(c.Issues, func(o IssueCount) bool { return o.ID == issue.ID })
		e := c.estimate(s, own, issue.WaitsFor)
		cells[i].Share, cells[i].ToLookAt = shareOf(e.p, e.n), c.toLookAt(issue.WaitsFor)
		if own >= 0 {
			cells[i].Calls, cells[i].ToLookAt = c.Issues[own].Calls, c.Issues[own].ToLookAt
		}
		e.n = min(e.n, float64(e.heard))
		parts[i] = e
	}
	return cells, parts
}

// compare holds each category's part of an issue against the others'.
func (t *Mismatch) compare(issue int, parts []filedPart) {
	var all float64
	heard := 0
	for _, p := range parts {
		all += float64(p.calls) * p.p
		if p.heard > 0 {
			heard++
		}
	}
	tests := float64(max(1, heard*len(t.Issues)))
	for i, p := range parts {
		cell := &t.Rows[i].Cells[issue]
		if all > 0 {
			cell.OfIssue = float64(p.calls) * p.p / all
		}
		q, m := others(parts, i)
		if p.n == 0 || m == 0 || fisher(p.p*p.n, p.n, q*m, m) > .05/tests {
			continue
		}
		cell.Surprise = Surprise(cmp.Compare(p.p, q))
	}
}

// others is the part of the calls of all categories but one, weighed by their
// sizes, and the size of the simple sample that would be as sure (Kish 1965).
func others(parts []filedPart, but int) (p, n float64) {
	var calls float64
	for i, c := range parts {
		if i != but && c.n > 0 {
			calls += float64(c.calls)
		}
	}
	var v float64
	for i, c := range parts {
		if i != but && c.n > 0 {
			w := float64(c.calls) / calls
			p += w * c.p
			v += w * w / c.n
		}
	}
	if v == 0 {
		return 0, 0
	}
	return p, 1 / v
}

// fisher is the two-sided p of Fisher's exact test of k of n calls against l of
// m, rounded to whole calls: the chance of all tables with the same sums that
// are no more likely. From the table seen it goes from each to the next by the
// ratio of their chances, until the rest adds nothing.
func fisher(k, n, l, m float64) float64 {
	k, n, l, m = math.Round(k), math.Round(n), math.Round(l), math.Round(m)
	with := k + l
	seen := math.Exp(lnChoose(n, k) + lnChoose(m, l) - lnChoose(n+m, with))
	p := seen
	add := func(chance float64) (more bool) {
		if chance <= seen*(1+1e-7) { // or the same, computed otherwise
			p += chance
		}
		return chance > p*1e-17
	}
	for i, chance := k, seen; i < min(n, with); i++ {
		if chance *= (n - i) * (with - i) / ((i + 1) * (m - with + i + 1)); !add(chance) {
			break
		}
	}
	for i, chance := k, seen; i > max(0, with-m); i-- {
		if chance *= i * (m - with + i) / ((n - i + 1) * (with - i + 1)); !add(chance) {
			break
		}
	}
	return min(1, p)
}

// lnChoose is the logarithm of the binomial coefficient.
func lnChoose(n, k float64) float64 {
	a, _ := math.Lgamma(n + 1)
	b, _ := math.Lgamma(k + 1)
	c, _ := math.Lgamma(n - k + 1)
	return a - b - c
}
