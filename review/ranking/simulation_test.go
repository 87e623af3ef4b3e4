package ranking

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// planted is a frame of 20,000 calls of eight weeks under three categories,
// which hold 60, 30 and 10 % of them, with eleven issues in 3 to 50 % of the
// calls. Each issue is more common under one category than under the others,
// most by several times, and four come up more week by week: whoever weighs
// them wrongly is wrong.
type planted struct {
	calls []plantedCall
	truth []float64
}

type plantedCall struct {
	week, category int
	issues         []int
}

const (
	plantedSize   = 20_000
	plantedWeeks  = 8
	plantedIssues = 11
)

func plant() planted {
	r := rand.New(rand.NewPCG(4, 20_000))
	p := planted{truth: make([]float64, plantedIssues)}
	wanted := [plantedIssues]float64{.03, .04, .05, .06, .08, .10, .15, .20, .30, .40, .50}
	for i := range plantedSize {
		c := plantedCall{week: i % plantedWeeks, category: [10]int{0, 0, 0, 0, 0, 0, 1, 1, 1, 2}[i/plantedWeeks%10]}
		for issue, share := range wanted {
			chance := share * [3][3]float64{{1.3, .4, 1}, {.7, 1.6, 1}, {.8, .8, 2.8}}[issue%3][c.category]
			if issue%3 == 1 {
				chance *= .6 + .8*float64(c.week)/(plantedWeeks-1)
			}
			if r.Float64() < chance {
				c.issues = append(c.issues, issue)
				p.truth[issue] += 1.0 / plantedSize
			}
		}
		p.calls = append(p.calls, c)
	}
	return p
}

// A design draws n calls of those that it takes; each call once over all.
type design struct {
	n     int
	takes func(plantedCall) bool
}

func everything(plantedCall) bool         { return true }
func inWeek(n int) func(plantedCall) bool { return func(c plantedCall) bool { return c.week == n } }
func filedUnder(n int) func(plantedCall) bool {
	return func(c plantedCall) bool { return c.category == n }
}

// A library is the planted frame as some designs part it: the cell of each
// call, and the cells before anything is heard. Calls that the same designs
// take are of one cell.
type library struct {
	planted
	designs []design
	cell    []int
	cells   []Cell
}

func (p planted) by(designs []design) library {
	l := library{planted: p, designs: designs, cell: make([]int, plantedSize)}
	index := map[string]int{}
	for i, call := range p.calls {
		signature, kind := "", ""
		for _, d := range designs {
			signature += fmt.Sprint(d.takes(call))
			kind += fmt.Sprint(d.takes(plantedCall{week: 0, category: call.category}) || d.takes(plantedCall{week: 1, category: call.category}))
		}
		cell, ok := index[signature]
		if !ok {
			cell = len(l.cells)
			index[signature] = cell
			l.cells = append(l.cells, Cell{Kind: kind, At: time.Unix(int64(call.week)*604_800, 0), Reached: true})
		}
		l.cell[i] = cell
		l.cells[cell].Size++
	}
	return l
}

// hear draws by the designs, hears everything, and counts.
func (l library) hear(r *rand.Rand) Counts {
	c := Counts{Frame: plantedSize, Cells: slices.Clone(l.cells), Overlap: NewOverlap(plantedIssues)}
	for i := range plantedIssues {
		c.Issues = append(c.Issues, IssueCount{ID: fmt.Sprint(i), Name: fmt.Sprint(i), Key: i})
	}
	for i := range c.Cells {
		c.Cells[i].Issues = make([]int64, plantedIssues)
	}
	heard := map[int]bool{}
	for _, d := range l.designs {
		for left := d.n; left > 0; {
			i := r.IntN(plantedSize)
			if heard[i] || !d.takes(l.calls[i]) {
				continue
			}
			heard[i] = true
			left--
			c.Heard++
			c.Cells[l.cell[i]].Heard++
			c.Overlap.Add(l.cell[i], l.calls[i].issues)
			for _, issue := range l.calls[i].issues {
				c.Issues[issue].Calls++
				c.Cells[l.cell[i]].Issues[issue]++
			}
		}
	}
	return c
}

// Simple, stratified and mixed draws of the planted frame, 2,000 times each: the
// intervals hold the truth in 93 to 97 % averaged over the issues, the mean
// shares lie within 3 standard errors, and the rank ranges hold the true rank
// in at least 93 %.
func TestPlantedFrame(t *testing.T) {
	p := plant()
	var weekly, mixed []design
	for week := range plantedWeeks {
		weekly = append(weekly, design{12, inWeek(week)})
		mixed = append(mixed, design{8, inWeek(week)})
	}
	mixed = append(mixed, design{24, filedUnder(2)})
	tests := []struct {
		name    string
		designs []design
	}{
		{"simple, 60 calls", []design{{60, everything}}},
		{"stratified by category, 60 calls in proportion", []design{{36, filedUnder(0)}, {18, filedUnder(1)}, {6, filedUnder(2)}}},
		{"stratified by category, 90 calls equally", []design{{30, filedUnder(0)}, {30, filedUnder(1)}, {30, filedUnder(2)}}},
		{"eight weeks, 12 calls each", weekly},
		{"eight weeks, 8 calls each, and 24 inside a category", mixed},
		{"60 of all and 30 more inside a category", []design{{60, everything}, {30, filedUnder(1)}}},
	}
	for i, test := range tests {
		t.Run(test.name, func(t *testing.T) { p.by(test.designs).check(t, rand.New(rand.NewPCG(uint64(i), 7))) })
	}
}

func (l library) check(t *testing.T, r *rand.Rand) {
	const runs = 2000
	var sum, squares [plantedIssues]float64
	held, placed := 0, 0
	for range runs {
		for _, issue := range Rank(l.hear(r), plantedWeeks) {
			i, truth := issue.Key, l.truth[issue.Key]
			sum[i] += issue.Share.Part
			squares[i] += issue.Share.Part * issue.Share.Part
			if issue.Share.Low <= truth && truth <= issue.Share.High {
				held++
			}
			if rank := l.rank(i); issue.RankLow <= rank && rank <= issue.RankHigh {
				placed++
			}
		}
	}
	const all = runs * plantedIssues
	t.Logf("interval holds the truth in %.1f %%, rank range in %.1f %%", 100*float64(held)/all, 100*float64(placed)/all)
	if part := float64(held) / all; part < .93 || part > .97 {
		t.Errorf("the intervals hold the truth in %.1f %%", part*100)
	}
	if part := float64(placed) / all; part < .93 {
		t.Errorf("the rank ranges hold the true rank in %.1f %%", part*100)
	}
	for i, truth := range l.truth {
		mean := sum[i] / runs
		se := math.Sqrt((squares[i]/runs - mean*mean) / runs)
		if math.Abs(mean-truth) > 3*se {
			t.Errorf("an issue in %.4f of the calls is estimated at %.4f ± %.4f", truth, mean, se)
		}
	}
}

// rank is the true rank of an issue.
func (p planted) rank(issue int) int {
	rank := 1
	for _, other := range p.truth {
		if other > p.truth[issue] {
			rank++
		}
	}
	return rank
}
