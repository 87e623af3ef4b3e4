package sampling

import (
	"fmt"
	"strconv"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
)

// Every set of calls must be equally likely, hence every call and every pair.
// Here each of the 120 sets has its own count: N = 10, k = 3, 30,000 draws with
// the seeds of 30,000 libraries.
func TestEverySetIsDrawnAlike(t *testing.T) {
	const n, k, runs = 10, 3, 30_000
	counts := map[[k]int]int{}
	for run := range runs {
		places := drawPlaces(Seed(strconv.Itoa(run), 1, Filter{}), n, k)
		var set [k]int
		i := 0
		for place, drawn := range places {
			if drawn {
				set[i] = place
				i++
			}
		}
		counts[set]++
	}
	const sets = 120 // 10 over 3
	const expected = float64(runs) / sets
	var x2 float64
	for _, c := range counts {
		x2 += (float64(c) - expected) * (float64(c) - expected) / expected
	}
	x2 += float64(sets-len(counts)) * expected
	alike(t, "sets", x2, sets-1)
}

// The size that was simulated when the draw was designed, with calls and pairs
// counted: N = 60, k = 6, 20,000 draws.
func TestEveryCallAndPairIsDrawnAlike(t *testing.T) {
	const n, k, runs = 60, 6, 20_000
	counts := newInclusion(n, k)
	for run := range runs {
		counts.add(drawPlaces(Seed(strconv.Itoa(run), 1, Filter{}), n, k))
	}
	counts.test(t)
}

// A library with a past: 40 calls, of which a first draw had five (two of them
// skipped since, which pulls no replacement), three others opened by hand, then
// 20 calls added. The second draw's six must be drawn alike from the 55 that no
// draw had: N = 55, k = 6, 20,000 draws.
func TestEveryCallIsDrawnAlikeAfterAPast(t *testing.T) {
	const before, added, first, k, runs = 40, 20, 5, 6, 20_000
	drawn := map[string]bool{}
	sample := newSampler("the first draw", first)
	for uid := range numbered("call", before) {
		sample.add(Member{UID: uid, Open: true})
	}
	for _, call := range sample.sorted() {
		drawn[call.uid] = true // a skipped call stays drawn; a picked one never was
	}
	place := map[string]int{}
	for uid := range numbered("call", before+added) {
		if !drawn[uid] {
			place[uid] = len(place)
		}
	}
	counts := newInclusion(len(place), k)
	for run := range runs {
		sample := newSampler(Seed(strconv.Itoa(run), 2, Filter{}), k)
		for uid := range numbered("call", before+added) {
			sample.add(Member{UID: uid, Open: !drawn[uid]})
		}
		places := make([]bool, len(place))
		for _, call := range sample.sorted() {
			places[place[call.uid]] = true
		}
		counts.add(places)
	}
	counts.test(t)
}

// Calls arrive each week and each week some are drawn from all that are left.
// With one key kept for ever the newest calls would jump the queue or never
// come up; with a seed for each draw they get their fair part. 20 calls a week,
// 5 drawn, 10 weeks, 2,000 libraries: in the tenth draw 20 of the open 155
// calls are new.
func TestLateCallsGetTheirFairPart(t *testing.T) {
	const arriving, k, weeks, runs = 20, 5, 10, 2_000
	newest := 0
	for run := range runs {
		drawn := map[string]bool{}
		for week := 1; week <= weeks; week++ {
			sample := newSampler(Seed(strconv.Itoa(run), week, Filter{}), k)
			for w := 1; w <= week; w++ {
				for uid := range numbered("week-"+strconv.Itoa(w), arriving) {
					sample.add(Member{UID: uid, Open: !drawn[uid]})
				}
			}
			for _, call := range sample.sorted() {
				drawn[call.uid] = true
				if week == weeks && call.uid[:8] == "week-10-" {
					newest++
				}
			}
		}
	}
	const left = arriving*weeks - k*(weeks-1)
	part := float64(arriving) / left
	expected := runs * k * part
	// Hypergeometric variance of one draw, over all runs; one degree of freedom.
	variance := runs * k * part * (1 - part) * (left - k) / (left - 1)
	alike(t, "new calls", (float64(newest)-expected)*(float64(newest)-expected)/variance, 1)
}

// drawPlaces draws k of n calls and says of each whether it was drawn.
func drawPlaces(seed string, n, k int) []bool {
	sample := newSampler(seed, k)
	places := make([]bool, n)
	index := make(map[string]int, n)
	for uid := range numbered("call", n) {
		index[uid] = len(index)
		sample.add(Member{UID: uid, Open: true})
	}
	for _, call := range sample.sorted() {
		places[index[call.uid]] = true
	}
	return places
}

// inclusion counts how often each call and each pair was drawn.
type inclusion struct {
	n, k, runs int
	single     []float64
	pair       [][]float64
}

func newInclusion(n, k int) *inclusion {
	pair := make([][]float64, n)
	for i := range pair {
		pair[i] = make([]float64, n)
	}
	return &inclusion{n: n, k: k, single: make([]float64, n), pair: pair}
}

func (c *inclusion) add(drawn []bool) {
	c.runs++
	for i := range drawn {
		if !drawn[i] {
			continue
		}
		c.single[i]++
		for j := range i {
			if drawn[j] {
				c.pair[i][j]++
				c.pair[j][i]++
			}
		}
	}
}

// test holds the counts to simple random sampling. The counts of one draw hang
// together, so the plain chi-square does not apply; but their covariance is
// that of the Johnson scheme J(n, 2), whose eigenspaces are known.
//
// Calls: variance p(1−p) each and covariance −p(1−p)/(n−1), p = k/n, so
// Σ(c−E)²/(runs·p(1−p)) · (n−1)/n is chi-square with n−1 degrees of freedom.
//
// Pairs: what is left of the pair counts when the effects of their two calls
// are taken out has the variance q₂ − 2q₃ + q₄ in each of its n(n−3)/2
// directions, with q_m the chance that m given calls are all drawn.
func (c *inclusion) test(t *testing.T) {
	t.Helper()
	n, k, runs := float64(c.n), float64(c.k), float64(c.runs)
	p := k / n
	var singles float64
	for _, count := range c.single {
		singles += (count - runs*p) * (count - runs*p)
	}
	alike(t, "calls", singles/(runs*p*(1-p))*(n-1)/n, n-1)

	q2 := k * (k - 1) / (n * (n - 1))
	q3 := q2 * (k - 2) / (n - 2)
	q4 := q3 * (k - 3) / (n - 3)
	effect := make([]float64, c.n)
	for i := range effect {
		for j := range effect {
			if i != j {
				effect[i] += c.pair[i][j] - runs*q2
			}
		}
		effect[i] /= n - 2
	}
	var pairs float64
	for i := range effect {
		for j := range i {
			rest := c.pair[i][j] - runs*q2 - effect[i] - effect[j]
			pairs += rest * rest
		}
	}
	alike(t, "pairs", pairs/(runs*(q2-2*q3+q4)), n*(n-3)/2)
}

// alike fails when chance alone would differ so much in less than one of a
// thousand repetitions; the seeds are fixed, so it does not fail by chance.
func alike(t *testing.T, what string, x2, freedom float64) {
	t.Helper()
	p := distuv.ChiSquared{K: freedom}.Survival(x2)
	result := fmt.Sprintf("%s: chi-square %.1f with %.0f degrees of freedom, p = %.3f", what, x2, freedom, p)
	t.Log(result)
	if p < .001 {
		t.Errorf("not drawn alike: %s", result)
	}
}
