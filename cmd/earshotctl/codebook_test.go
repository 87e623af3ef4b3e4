package main

import (
	"strings"
	"testing"
)

// codebookOf makes a library of six drawn and heard calls: the first three hold
// one issue, the third and fourth another, and nothing was heard in the rest.
func codebookOf(t *testing.T) (*ctl, []string) {
	t.Helper()
	c := newCtl(t)
	dir, table := recordings(t, 6)
	get[any](c, "import", dir, "--metadata", table)
	var uids []string
	for _, call := range get[drawn](c, "draw", "-n", "6", "--seed", "s").Calls {
		uids = append(uids, call.UID)
	}
	for i, uid := range uids {
		if i < 3 {
			get[any](c, "tag", uid, "--issue", "Invoice goes to the old address", "--at", "1")
		}
		if i == 2 || i == 3 {
			get[any](c, "tag", uid, "--issue", "Late bill", "--at", "2")
		}
		get[any](c, "heard", uid)
	}
	return c, uids
}

// shares are the calls that hold each issue, as rank tells them.
func shares(c *ctl) map[string]int64 {
	calls := map[string]int64{}
	for _, i := range get[rankShown](c, "rank").Issues {
		calls[i.Issue] = i.Calls
	}
	return calls
}

func TestACallWithBothCountsOnceAfterAMerge(t *testing.T) {
	c, _ := codebookOf(t)
	into := get[entryShown](c, "codebook", "merge", "late bill", "Invoice goes to the old address")
	if got := shares(c); len(got) != 1 || got["Invoice goes to the old address"] != 4 || into.Calls != 4 {
		t.Errorf("after the merge %v, %+v", got, into)
	}
	entries := get[[]entryShown](c, "codebook")
	if len(entries) != 2 || entries[1].State != "merged" || entries[1].MergedInto != entries[0].ID || entries[1].Key != 0 {
		t.Errorf("%+v", entries)
	}
	if issues := get[[]any](c, "issues"); len(issues) != 1 {
		t.Errorf("a merged issue is listed: %v", issues)
	}
	c.refuse(1, "issue-merged", "codebook", "rename", "Late bill", "Later bill")
	if tagged := get[map[string]any](c, "tag", "c-00", "--issue", "Late bill", "--at", "3"); tagged["issue"] != "Invoice goes to the old address" {
		t.Errorf("a merged name leads to %v", tagged)
	}
	get[any](c, "undo")
	if undone := get[step](c, "undo"); undone.Undone != "issue.merged" {
		t.Errorf("undid %s", undone.Undone)
	}
	if got := shares(c); got["Invoice goes to the old address"] != 3 || got["Late bill"] != 2 {
		t.Errorf("after undo %v", got)
	}
	if ok := get[checked](c, "check"); !ok.OK {
		t.Errorf("check: %+v", ok)
	}
}

func TestASplitIsDealtMomentByMoment(t *testing.T) {
	c, uids := codebookOf(t)
	c.refuse(1, "too-few-parts", "codebook", "split", "Late bill", "Bill lost")
	split := get[splitShown](c, "codebook", "split", "Invoice goes to the old address", "Moved in June", "Moved abroad")
	if len(split.Moments) != 3 || split.ToLookAt != 3 || len(split.Children) != 2 || split.Children[0].ToLookAt != 3 {
		t.Fatalf("%+v", split)
	}
	byCall := map[string]string{}
	for _, m := range split.Moments {
		byCall[m.Call] = m.Moment
	}
	c.refuse(1, "not-a-part", "codebook", "deal", byCall[uids[0]], "Late bill")
	part := get[entryShown](c, "codebook", "deal", byCall[uids[0]], "Moved in June")
	if part.ToLookAt != 2 || part.Calls != 1 {
		t.Errorf("after one was dealt %+v", part)
	}
	// One of the six calls was dealt to it and two wait, so it is in 1 of 4.
	for _, i := range get[rankShown](c, "rank").Issues {
		if i.Issue == "Moved in June" && (i.Share != .25 || i.ToLookAt != 2 || i.Bounds.High != .5) {
			t.Errorf("%+v, bounds %+v", i, i.Bounds)
		}
	}
	checkWaiting(t, c, "Moved in June", 2)
	get[any](c, "codebook", "deal", byCall[uids[1]], "Moved in June")
	get[any](c, "codebook", "deal", byCall[uids[2]], "Moved abroad")
	if got := shares(c); len(got) != 3 || got["Moved in June"] != 2 || got["Moved abroad"] != 1 || got["Late bill"] != 2 {
		t.Errorf("after the last was dealt %v", got)
	}
	if issues := get[[]any](c, "issues"); len(issues) != 3 {
		t.Errorf("a split issue without moments is listed: %v", issues)
	}
	for range 4 {
		get[any](c, "undo")
	}
	if got := shares(c); len(got) != 2 || got["Invoice goes to the old address"] != 3 {
		t.Errorf("after undoing it all %v", got)
	}
	if ok := get[checked](c, "check"); !ok.OK {
		t.Errorf("check: %+v", ok)
	}
}

// checkWaiting holds un-lump, mismatch and proposal to how many moments of a
// split are still to be looked at for one of its parts.
func checkWaiting(t *testing.T, c *ctl, part string, want int) {
	t.Helper()
	inCards, inTable := 0, 0
	for _, card := range get[[]card](c, "unlump") {
		for _, i := range card.Issues {
			if i.Issue == part {
				inCards += i.ToLookAt
			}
		}
	}
	for _, row := range get[mismatchShown](c, "mismatch").Categories {
		for _, i := range row.Issues {
			if i.Issue == part {
				inTable += i.ToLookAt
			}
		}
	}
	if inCards != want || inTable != want {
		t.Errorf("cards say %d, the table %d are to be looked at; want %d", inCards, inTable, want)
	}
	list := get[proposalShown](c, "categories", "propose", "--above", "10%")
	if p := list.Categories[1]; p.Category != part || p.Share != .25 || p.ToLookAt != want || list.ToLookAt != want {
		t.Errorf("the list proposes %+v, with %d to be looked at", p, list.ToLookAt)
	}
}

func TestAnIssueIsDescribedRenamedAndRetired(t *testing.T) {
	c, _ := codebookOf(t)
	get[any](c, "codebook", "describe", "Late bill", "--definition", "The bill came after its due day.", "--fixer", "Printing")
	e := get[entryShown](c, "codebook", "describe", "Late bill", "--exclude", "Lost bills")
	if e.Definition == "" || e.Fixer != "Printing" || e.Exclude != "Lost bills" {
		t.Errorf("%+v", e)
	}
	c.refuse(1, "name-taken", "codebook", "rename", "Late bill", "invoice goes to the OLD address")
	get[any](c, "codebook", "rename", "Late bill", "Bill too late")
	if e := get[entryShown](c, "codebook", "retire", "Bill too late"); e.State != "retired" || e.Key != 0 {
		t.Errorf("%+v", e)
	}
	if got := shares(c); got["Bill too late"] != 2 {
		t.Errorf("a retired issue lost its calls: %v", got)
	}
	if e := get[entryShown](c, "codebook", "retire", "Bill too late", "--revive"); e.State != "open" {
		t.Errorf("%+v", e)
	}
	if near := get[[]string](c, "codebook", "near", "invoice old adress"); len(near) != 1 || near[0] != "Invoice goes to the old address" {
		t.Errorf("near %v", near)
	}
	for range 5 {
		get[any](c, "undo")
	}
	e = get[[]entryShown](c, "codebook")[1]
	if e.Name != "Late bill" || e.Definition != "" || e.Key != 2 {
		t.Errorf("after undo %+v", e)
	}
}

func TestCallsHeardBeforeAnIssueExistedAreHeardAgain(t *testing.T) {
	c, uids := codebookOf(t)
	queue := get[struct {
		Calls int
		First []string
	}](c, "codebook", "again", "Late bill")
	// It was named on the third call; two were heard before.
	if queue.Calls != 2 || len(queue.First) != 2 || !strings.Contains(strings.Join(uids[:2], " "), queue.First[0]) {
		t.Fatalf("%+v of %v", queue, uids)
	}
	get[any](c, "heard", queue.First[0])
	left := get[struct{ First []string }](c, "codebook", "again", "Late bill")
	if len(left.First) != 1 || left.First[0] != queue.First[1] {
		t.Errorf("left %v of %v", left.First, queue.First)
	}
}
