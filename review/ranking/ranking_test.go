package ranking

import (
	"math"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/earshot-app/earshot/review/sampling"
)

func TestTiesAreTies(t *testing.T) {
	counts := Counts{Frame: 1000, Heard: 60, Issues: []IssueCount{
		{ID: "d", Name: "Router resets", Calls: 2},
		{ID: "c", Name: "Charged twice", Calls: 5},
		{ID: "a", Name: "Old address", Calls: 9},
		{ID: "b", Name: "Cannot find the invoice", Calls: 5},
	}}
	type place struct {
		Rank int
		Name string
	}
	var got []place
	for _, issue := range Rank(counts, 1) {
		got = append(got, place{issue.Rank, issue.Name})
	}
	want := []place{{1, "Old address"}, {2, "Cannot find the invoice"}, {2, "Charged twice"}, {4, "Router resets"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if counts.Issues[0].ID != "d" {
		t.Error("ranking put the caller's counts in another order")
	}
}

func TestRankOfTheFirstIssue(t *testing.T) {
	counts := Counts{Frame: 99344, Heard: 64, NotHeard: 3, Picked: 1, Issues: []IssueCount{{Name: "Old address", Calls: 11}}}
	got := Rank(counts, 8)[0]
	if got.Share.Part != 11.0/64 || got.PerWeek != (Range{1200, 3500}) {
		t.Errorf("share %g, %v a week; want 11/64, 1200–3500", got.Share.Part, got.PerWeek)
	}
}

func TestRankOfNothing(t *testing.T) {
	if got := Rank(Counts{}, 1); len(got) != 0 {
		t.Errorf("an empty library ranks %v", got)
	}
	got := Rank(Counts{Issues: []IssueCount{{Name: "tagged, but its call is not finished"}}}, 0)[0]
	if got.Share != (Share{0, 0, 1}) || got.PerWeek != (Range{}) {
		t.Errorf("nothing heard gives %+v", got)
	}
}

// 31 of 100 calls are filed as billing; of the 20 heard there, 5 had the old
// address, 2 of them were also charged twice, 15 had no problem.
func TestUnlump(t *testing.T) {
	cards := Unlump([]CategoryCount{
		{Category: "Billing – other", Calls: 31, Heard: 20, NoProblem: 15, Issues: []IssueCount{
			{Name: "Charged twice", Calls: 2}, {Name: "Old address", Calls: 5},
		}},
		{Category: "Complaint", Calls: 69},
	})
	billing, complaint := cards[0], cards[1]
	if billing.Part != .31 || billing.NoProblem.Part != .75 {
		t.Errorf("billing is %g of all calls, %g without a problem; want .31, .75", billing.Part, billing.NoProblem.Part)
	}
	first := billing.Issues[0]
	if first.Name != "Old address" || first.Share != Estimate(5, 20, 31) {
		t.Errorf("inside billing first: %+v, want the old address with 5 of 20 of 31", first)
	}
	// The category is a small frame of its own: two thirds of it were heard, so
	// its interval is narrower than that of 5 of 20 in a large one.
	if wide := Estimate(5, 20, 1_000_000); first.Share.High-first.Share.Low >= wide.High-wide.Low {
		t.Error("the interval inside a category takes no notice of its size")
	}
	if complaint.NoProblem != (Share{0, 0, 1}) || complaint.Issues != nil {
		t.Errorf("nothing heard in complaints, but %+v", complaint)
	}
}

func TestUnlumpOfNothing(t *testing.T) {
	cards := Unlump([]CategoryCount{{Category: "Billing"}})
	if cards[0].Part != 0 {
		t.Errorf("a category without calls is %g of all", cards[0].Part)
	}
}

// From the draw to the interval: four issues are planted in 2,000 calls, 64
// calls are drawn and ranked, 500 times with 500 libraries' seeds. The shares
// must come out right on average (within 3 standard errors) and the intervals
// hold the planted shares in 93 to 97 %.
func TestPlantedSharesComeBack(t *testing.T) {
	const size, heard, runs = 2000, 64, 500
	planted := []float64{.30, .15, .08, .04}
	sums := make([]float64, len(planted))
	held := 0
	for run := range runs {
		ranked := Rank(Counts{Frame: size, Heard: heard, Issues: hear(planted, drawn(t, run, size, heard))}, 1)
		for _, issue := range ranked {
			i, p := issue.Key, planted[issue.Key]
			sums[i] += issue.Share.Part
			if issue.Share.Low <= p && p <= issue.Share.High {
				held++
			}
		}
	}
	for i, p := range planted {
		mean := sums[i] / runs
		se := math.Sqrt(p * (1 - p) / heard * (size - heard) / (size - 1) / runs)
		if math.Abs(mean-p) > 3*se {
			t.Errorf("an issue in %g of the calls is estimated at %.4f ± %.4f", p, mean, se)
		}
	}
	if coverage := float64(held) / float64(runs*len(planted)); coverage < .93 || coverage > .97 {
		t.Errorf("the intervals hold the truth in %.1f %%", coverage*100)
	}
}

// drawn draws from the calls 0 to size−1.
func drawn(t *testing.T, run, size, n int) []int {
	t.Helper()
	record, err := sampling.Plan{Number: 1, LibrarySeed: strconv.Itoa(run), Wanted: n}.Draw(
		func(yield func(sampling.Member, error) bool) {
			for i := 0; i < size && yield(sampling.Member{UID: strconv.Itoa(i), Open: true}, nil); i++ {
			}
		})
	if err != nil {
		t.Fatal(err)
	}
	calls := make([]int, 0, n)
	for _, call := range record.Calls {
		i, _ := strconv.Atoi(call.UID) // written above
		calls = append(calls, i)
	}
	return calls
}

// hear counts the planted issues in calls. Issue i is in every call whose number
// modulo 100 falls into its part of a hundred; Key says which it is.
func hear(planted []float64, calls []int) []IssueCount {
	issues := make([]IssueCount, len(planted))
	for i, p := range planted {
		issues[i] = IssueCount{Name: strconv.Itoa(i), Key: i}
		for _, call := range calls {
			if (call+7*i)%100 < int(math.Round(p*100)) {
				issues[i].Calls++
			}
		}
	}
	return issues
}
