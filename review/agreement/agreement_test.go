package agreement

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"
)

func near(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if !(math.Abs(got-want) <= within) {
		t.Errorf("%s: %.7f, want %.7f", what, got, want)
	}
}

// read makes ratings of rows of letters or digits; "-" is missing.
func read(rows ...string) Ratings {
	var r Ratings
	for _, row := range rows {
		var person []int
		for _, letter := range row {
			person = append(person, strings.IndexRune("0123456789", letter))
			if letter >= 'a' {
				person[len(person)-1] = int(letter - 'a')
			}
		}
		r = append(r, person)
	}
	return r
}

// Krippendorff 2011, data C: four people, twelve calls, five values (1 to 5,
// here from 0), some missing. AC1 and percent of the same data: R irrCAC.
func TestFiguresMatchKrippendorffAndGwet(t *testing.T) {
	f, ok := Of(read("012210301---", "0122113014--", "-22212311402", "01221330140-"), 5)
	if !ok {
		t.Fatal("nothing was tested")
	}
	near(t, "alpha", f.Alpha, .743421, 5e-7)
	near(t, "AC1", f.AC1, .77544, 5e-6)
	near(t, "percent", f.Percent, .8181818, 5e-8)
}

// Krippendorff 2011, data A and B: two people, nothing missing.
func TestAlphaOfTwoPeople(t *testing.T) {
	for _, test := range []struct {
		a, b   string
		values int
		want   float64
	}{
		{"aabbdcccedda", "babbbccceddd", 5, .691964},
		{"0100000010", "1110010000", 2, .095238},
	} {
		f, _ := Of(read(test.a, test.b), test.values)
		near(t, "alpha", f.Alpha, test.want, 5e-7)
	}
}

// 85 calls where both say no, 5 where both say yes, 5 and 5 where they differ:
// AC1 is .878049, where κ is .444444.
func TestAC1OfARareIssue(t *testing.T) {
	a := strings.Repeat("0", 85) + strings.Repeat("0", 5) + strings.Repeat("1", 5) + strings.Repeat("1", 5)
	b := strings.Repeat("0", 85) + strings.Repeat("1", 5) + strings.Repeat("0", 5) + strings.Repeat("1", 5)
	f, _ := Of(read(a, b), 2)
	near(t, "AC1", f.AC1, .878049, 5e-7)
	near(t, "percent", f.Percent, .9, 1e-12)
}

func TestNothingIsSaidOfNothing(t *testing.T) {
	for name, r := range map[string]Ratings{
		"nobody":               nil,
		"one person":           read("0101"),
		"no call in common":    read("01--", "--01"),
		"all say the same":     read("0000", "0000"),
		"no calls":             read("", ""),
		"one call, one answer": read("1", "-"),
	} {
		if f, ok := Of(r, 2); ok {
			t.Errorf("%s: %+v", name, f)
		}
		if alpha, ok := Alpha([]Ratings{r}, 2); ok {
			t.Errorf("%s: alpha %g over one issue", name, alpha)
		}
	}
}

// Six people tag 200 calls at random, each of twelve issues in 1 to 40 % of
// them: alpha over all issues is that of chance. As one variable they would
// seem to agree.
func TestRandomTagsDoNotAgree(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 200))
	var issues []Ratings
	pooled := make(Ratings, 6)
	for issue := range 12 {
		ratings := make(Ratings, 6)
		for person := range ratings {
			for range 200 {
				held := 0
				if r.Float64() < .01+.39*float64(issue)/11 {
					held = 1
				}
				ratings[person] = append(ratings[person], held)
			}
			pooled[person] = append(pooled[person], ratings[person]...)
		}
		issues = append(issues, ratings)
	}
	alpha, _ := Alpha(issues, 2)
	near(t, "alpha over the issues", alpha, 0, .02)
	if f, _ := Of(pooled, 2); f.Alpha < .05 {
		t.Errorf("pooled as one variable: %.3f; this test shows nothing", f.Alpha)
	}
}
