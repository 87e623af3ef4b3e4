package codebook_test

import (
	"slices"
	"testing"

	"github.com/earshot-app/earshot/review/codebook"
)

func merge(from, into string) codebook.Step { return codebook.Step{Issue: from, Into: into} }

func split(issue string, parts ...string) codebook.Step {
	step := codebook.Step{Issue: issue}
	for _, part := range parts {
		step.Parts = append(step.Parts, codebook.Part{Issue: part, New: true})
	}
	return step
}

func TestWhereMomentsCountAfterMerges(t *testing.T) {
	for name, c := range map[string]struct {
		steps []codebook.Step
		want  map[string]string
	}{
		"a merge of a merge":                         {[]codebook.Step{merge("a", "b"), merge("b", "c")}, map[string]string{"a": "c", "b": "c", "c": "c"}},
		"into what is merged already":                {[]codebook.Step{merge("b", "c"), merge("a", "b")}, map[string]string{"a": "c", "b": "c"}},
		"two people merge a into b and b into a":     {[]codebook.Step{merge("a", "b"), merge("b", "a")}, map[string]string{"a": "b", "b": "b"}},
		"a ring of three":                            {[]codebook.Step{merge("a", "b"), merge("b", "c"), merge("c", "a")}, map[string]string{"a": "c", "b": "c", "c": "c"}},
		"two people merge a into b and a into c":     {[]codebook.Step{merge("a", "b"), merge("a", "c")}, map[string]string{"a": "b", "b": "b", "c": "c"}},
		"two people merge the same twice":            {[]codebook.Step{merge("a", "b"), merge("a", "b")}, map[string]string{"a": "b", "b": "b"}},
		"an issue into itself":                       {[]codebook.Step{merge("a", "a")}, map[string]string{"a": "a"}},
		"a part is merged back into what was split":  {[]codebook.Step{split("a", "p", "q"), merge("p", "a")}, map[string]string{"p": "a", "q": "q", "a": "a"}},
		"what was split is merged into its own part": {[]codebook.Step{split("a", "p", "q"), merge("a", "p")}, map[string]string{"a": "p", "p": "p"}},
	} {
		l := codebook.Trace(c.steps)
		for issue, want := range c.want {
			if got := l.Survivor(issue); got != want {
				t.Errorf("%s: the moments of %s count for %s, want %s", name, issue, got, want)
			}
		}
	}
}

func TestSplitsOfTwoPeopleAddUpAndRestWhileMerged(t *testing.T) {
	steps := []codebook.Step{split("a", "p", "q"), split("a", "q", "r", "a")}
	l := codebook.Trace(steps)
	if got := l.Parts("a"); !slices.Equal(got, []string{"p", "q", "r"}) {
		t.Errorf("parts %v", got)
	}
	if got := l.PartOf("q"); !slices.Equal(got, []string{"a"}) {
		t.Errorf("q is part of %v", got)
	}
	l = codebook.Trace(append(steps, merge("a", "z")))
	if l.Parts("a") != nil || l.PartOf("q") != nil {
		t.Errorf("a split of a merged issue holds: %v %v", l.Parts("a"), l.PartOf("q"))
	}
}

func TestSinceWhenAllOfAnIssueHadAName(t *testing.T) {
	named := map[string]codebook.Naming{"a": {10, "ea"}, "b": {50, "eb"}, "p": {80, "ep"}, "q": {80, "ep"}, "old": {5, "eo"}}
	for name, c := range map[string]struct {
		steps []codebook.Step
		issue string
		want  int64
	}{
		"alone":                                         {nil, "a", 10},
		"merged, whichever way":                         {[]codebook.Step{merge("a", "b")}, "b", 50},
		"merged, the other way":                         {[]codebook.Step{merge("b", "a")}, "a", 50},
		"a part goes back to what was split":            {[]codebook.Step{split("a", "p", "q")}, "p", 10},
		"to all that had become it":                     {[]codebook.Step{merge("b", "a"), split("a", "p", "q")}, "q", 50},
		"not to what became it later":                   {[]codebook.Step{split("a", "p", "q"), merge("b", "a")}, "q", 10},
		"parts merged again are what was split":         {[]codebook.Step{split("a", "p", "q"), merge("p", "q")}, "q", 10},
		"a part whose split issue has no name any more": {[]codebook.Step{split("gone", "p", "q")}, "p", 80},
	} {
		if got := codebook.Trace(c.steps).Since(c.issue, named).N; got != c.want {
			t.Errorf("%s: since %d, want %d", name, got, c.want)
		}
	}
	kept := codebook.Step{Issue: "a", Parts: []codebook.Part{{Issue: "old"}, {Issue: "b"}}}
	if got := codebook.Trace([]codebook.Step{kept}).Since("b", named).N; got != 50 {
		t.Errorf("a part that was there before has its own naming: %d", got)
	}
}
