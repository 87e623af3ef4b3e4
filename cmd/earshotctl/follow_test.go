package main

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/ranking"
)

// hearAll hears the calls of a draw; the first tagged of them hold the issue.
func (c *ctl) hearAll(d drawn, issue string, tagged int) {
	c.t.Helper()
	var lines strings.Builder
	for i, call := range d.Calls {
		if i < tagged {
			fmt.Fprintf(&lines, "[%q,%q,%q,%q,%q,%q]\n", "tag", call.UID, "--issue", issue, "--at", "1")
		}
		fmt.Fprintf(&lines, "[%q,%q]\n", "heard", call.UID)
	}
	batch := c.command("batch")
	batch.Stdin = strings.NewReader(lines.String())
	if out, err := batch.CombinedOutput(); err != nil {
		c.t.Fatalf("%v: %s", err, out)
	}
}

// Half of 32 calls from before a fix hold the issue, and none of 32 drawn like
// them from after it.
func TestAnIssueIsFollowedUntilItsFixIsSeen(t *testing.T) {
	c := newCtl(t)
	dir, table := recordings(t, 80)
	get[any](c, "import", dir, "--metadata", table)
	c.hearAll(get[drawn](c, "draw", "-n", "32", "--to", "2026-11-06"), "Late bill", 16)

	if w := get[[]way](c, "issues")[0]; w != (way{State: review.Open}) {
		t.Errorf("nobody has spoken of it, and it is %+v", w)
	}
	c.refuse(1, "not-fixed", "effect", "Late bill")
	c.refuse(1, "no-issue", "follow", "Nobody named this")
	c.refuse(2, "no-fix-day", "follow", "Late bill", "--state", "fixed")
	c.refuse(2, "bad-argument", "follow", "Late bill", "--on", "soon")
	c.refuse(2, "usage", "follow", "Late bill", "--state", "open", "--on", "2026-11-06")
	get[any](c, "follow", "late bill", "--owner", "Billing team", "--state", "fixing", "--next", "Print the due date")
	get[any](c, "follow", "Late bill", "--on", "2026-11-06")
	want := way{review.Fixed, "Billing team", "2026-11-06", "Print the due date"}
	if w := get[[]way](c, "issues")[0]; w != want {
		t.Errorf("the codebook says %+v", w)
	}
	if w := get[rankShown](c, "rank").Issues[0].way; w != want {
		t.Errorf("the ranking says %+v", w)
	}

	if out, _, _ := c.run("issues"); !strings.Contains(out, "fixed on 6 Nov 2026") {
		t.Errorf("the table of issues says %q", out)
	}

	early := get[effectShown](c, "effect", "Late bill")
	if early.Verdict != ranking.TooEarly || early.After.Share != nil || early.Change != nil || early.HearMore < 30 {
		t.Errorf("nothing heard since: %+v", early)
	}
	second := get[drawn](c, "effect", "Late bill", "--draw")
	if again := get[drawn](c, "effect", "Late bill", "--draw"); again.ID != second.ID {
		t.Error("drew twice while the first is to be heard")
	}
	if second.Wanted != 32 || second.Filter.From != "2026-11-05T23:00:00Z" || second.Filter.To != "" {
		t.Errorf("the second draw: %+v", second)
	}
	c.hearAll(second, "", 0)
	e := get[effectShown](c, "effect", "Late bill")
	if e.Verdict != ranking.Down || *e.Before.Share != .5 || *e.After.Share != 0 || *e.High >= 0 || !e.Luck || e.HearMore != 0 {
		t.Errorf("%+v", e)
	}
	for _, says := range []string{"From 50\u202f% to 0\u202f%: down by ", "luck of the first draw"} {
		if out, _, _ := c.run("effect", "Late bill"); !strings.Contains(out, says) {
			t.Errorf("%q does not say %q", out, says)
		}
	}
	get[any](c, "undo")
	get[any](c, "check")
}

// One week, of which 40 of 80 calls were heard and 10 of these hold the issue;
// nobody draws from the week after.
func TestTrendMismatchAndProposal(t *testing.T) {
	c := newCtl(t)
	dir, table := recordings(t, 80)
	get[any](c, "import", dir, "--metadata", table)
	if r := get[rankShown](c, "rank"); r.NextNew != nil {
		t.Errorf("nothing heard, and the next call is new in %g", *r.NextNew)
	}
	c.hearAll(get[drawn](c, "draw", "-n", "40"), "Late bill", 10)

	trend := get[trendShown](c, "trend", "late bill")
	if trend.By != ranking.ByWeek || len(trend.Points) != 1 {
		t.Fatalf("%+v", trend)
	}
	p := trend.Points[0]
	if p.From != "2026-11-02T00:00:00+01:00" || p.Heard != 40 || p.Calls != 10 || p.Frame != 80 || *p.Share != .25 || p.NotCovered != 0 {
		t.Errorf("%+v", p)
	}
	// Wilson at 40·79/40 = 79: 10 of 40 lies between .1676 and .3556.
	if math.Abs(*p.Low-.1676) > .0001 || math.Abs(*p.High-.3556) > .0001 {
		t.Errorf("%.4f to %.4f", *p.Low, *p.High)
	}
	if days := get[trendShown](c, "trend", "Late bill", "--by", "week", "--to", "2026-11-04"); days.Points[0].Share != nil {
		t.Errorf("of two days too little was heard, but %+v", days.Points[0])
	}

	m := get[mismatchShown](c, "mismatch")
	if len(m.Categories) != 1 || m.Categories[0].Issues[0].Calls != 10 || *m.Categories[0].Issues[0].OfIssue != 1 {
		t.Errorf("%+v", m)
	}
	best := get[proposalShown](c, "categories", "propose", "--above", "20%")
	if len(best.Categories) != 1 || best.Categories[0].Sure || best.Categories[0].Replaces[0] != "Billing – other" || *best.Other.Share != .75 {
		t.Errorf("%+v", best)
	}
	if none := get[proposalShown](c, "categories", "propose", "--above", ".5"); len(none.Categories) != 0 || none.Other.Issues[0] != "Late bill" {
		t.Errorf("%+v", none)
	}
	c.refuse(2, "bad-argument", "categories", "propose", "--above", "3")
	c.refuse(2, "bad-argument", "categories", "propose", "--most", "10")
	for table, head := range map[string]string{
		"mismatch": "category,by,", "categories": "category,kind,", "trend": "issue,from,",
	} {
		if out, errs, code := c.run("export", table, "--issue", "Late bill"); code != 0 || !strings.HasPrefix(out, head) {
			t.Errorf("export %s: %d %q %s", table, code, out, errs)
		}
	}
}

// Every number that a ranking tells has a sentence that says what it means.
func TestEveryFigureIsExplained(t *testing.T) {
	c := newCtl(t)
	says := ""
	for _, e := range get[[]explained](c, "explain") {
		if e.Command == "rank" {
			says += e.Figure + ", "
		}
		if len(strings.Fields(e.Means)) < 5 || strings.Contains(e.Means, "{") {
			t.Errorf("%s of %s means %q", e.Figure, e.Command, e.Means)
		}
	}
	for _, figure := range strings.Fields("share low high rank_low rank_high bracket since_naming next_new unheard_at_least not_covered more bounds per_week picked") {
		if !strings.Contains(says, figure+", ") {
			t.Errorf("nothing says what %s means", figure)
		}
	}
}
