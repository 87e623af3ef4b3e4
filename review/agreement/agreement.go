// Package agreement says how far several people who heard the same calls tagged
// them alike.
//
// The variable is nominal: for one issue, whether a call holds it. A rating that
// was not given is [Missing], which is not the same as a no: a call that someone
// did not hear, or an issue that one person named and the others did not have on
// their list.
//
// # Figures
//
// Krippendorff's α compares the disagreement among all pairs of ratings of a
// call with that of any pairs (Krippendorff 2011, Computing Krippendorff's
// Alpha-Reliability). Like all figures of the κ kind it collapses where an issue
// is rare, so beside it stand Gwet's AC1 (2008, Br. J. Math. Stat. Psychol.
// 61:29–48) and the plain part of pairs that agree. 1 is full agreement and 0
// what chance would give.
package agreement

// Missing is the rating of someone who gave none.
const Missing = -1

// Ratings are by person and call: a value from 0 on, or [Missing]. All people
// have the same calls in the same order.
type Ratings [][]int

// Figures are what is said of one set of ratings.
type Figures struct {
	Alpha   float64 // Krippendorff's α, nominal
	AC1     float64 // Gwet's
	Percent float64 // see [Percent]
}

// Of answers the figures of ratings that take so many values, two or more. ok is
// false when no call was rated by two people, or all ratings of such calls are
// the same value: then nothing was tested.
func Of(r Ratings, values int) (f Figures, ok bool) {
	d := disagreementOf(r, values)
	if d.expected == 0 {
		return Figures{}, false
	}
	f.Alpha = 1 - d.observed/d.expected
	f.Percent, f.AC1 = gwet(r, values)
	return f, true
}

// Alpha answers one α for several issues: disagreement, observed and expected,
// is summed within each. Pooled as one variable instead, people who tag at
// random would seem to agree, because all leave rare issues out.
func Alpha(issues []Ratings, values int) (alpha float64, ok bool) {
	var all disagreement
	for _, r := range issues {
		d := disagreementOf(r, values)
		all.observed += d.observed
		all.expected += d.expected
	}
	if all.expected == 0 {
		return 0, false
	}
	return 1 - all.observed/all.expected, true
}

// Percent answers the part of pairs of ratings that agree, averaged over the
// issues and calls that two or more people rated; 0 where none did.
func Percent(issues []Ratings, values int) float64 {
	var agree, paired float64
	for _, r := range issues {
		for call := range r.calls() {
			if counts, m := r.count(call, values); m > 1 {
				paired++
				agree += agreeing(counts, m)
			}
		}
	}
	return agree / max(1, paired)
}

// disagreement counts pairs of ratings that differ: those of the same call, and
// as many as there would be if any two ratings were a pair.
type disagreement struct{ observed, expected float64 }

// disagreementOf weighs the pairs of a call that m people rated by 1/(m − 1), so
// that each rating counts once. Calls with one rating have no pair.
func disagreementOf(r Ratings, values int) disagreement {
	var d disagreement
	totals, all := make([]float64, values), 0.0
	for call := range r.calls() {
		counts, m := r.count(call, values)
		if m < 2 {
			continue
		}
		for value, n := range counts {
			d.observed += n * (m - n) / (m - 1)
			totals[value] += n
		}
		all += m
	}
	for _, n := range totals {
		if all > 1 {
			d.expected += n * (all - n) / (all - 1)
		}
	}
	return d
}

// agreeing is the part of pairs among m ratings of a call that agree.
func agreeing(counts []float64, m float64) float64 {
	same := 0.0
	for _, n := range counts {
		same += n * (n - 1)
	}
	return same / (m * (m - 1))
}

// gwet answers the part of pairs that agree and AC1 from it. How common a value
// is counts all ratings, also where a call has one.
func gwet(r Ratings, values int) (percent, ac1 float64) {
	var rated float64
	prevalence := make([]float64, values)
	for call := range r.calls() {
		counts, m := r.count(call, values)
		if m == 0 {
			continue
		}
		rated++
		for value, n := range counts {
			prevalence[value] += n / m
		}
	}
	percent = Percent([]Ratings{r}, values)
	chance := 0.0
	for _, p := range prevalence {
		chance += p / rated * (1 - p/rated) / float64(values-1)
	}
	return percent, (percent - chance) / (1 - chance)
}

// calls is how many calls were rated.
func (r Ratings) calls() int {
	if len(r) == 0 {
		return 0
	}
	return len(r[0])
}

// count answers how many people gave each value to a call, and how many gave
// any.
func (r Ratings) count(call, values int) (counts []float64, all float64) {
	counts = make([]float64, values)
	for _, person := range r {
		if value := person[call]; value != Missing {
			counts[value]++
			all++
		}
	}
	return counts, all
}
