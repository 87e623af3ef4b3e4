package sqlite_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/ranking"
)

// halfDealt hears 40 of the 60 calls of Billing and 20 of the 30 of Sales.
//
// "Address" is in the first twelve of Billing, in the first of those twice, and
// in the first of Sales; "Late bill" in the 2nd, the 7th and the 20th to 23rd of
// Billing. "Address" is split: of Billing one moment of the 1st and those of the
// 2nd to 4th are dealt to "Bill", those of the 5th and 6th to "Parcel". So seven
// calls of Billing and one of Sales hold moments to be dealt.
func halfDealt(t *testing.T) *fixture {
	t.Helper()
	ctx := context.Background()
	f := newFixture(t, 90)
	heard := map[string][]string{}
	for _, c := range draw(t, f, desk.DrawRequest{N: 90}).Calls {
		queue := state(t, f, c.UID).Queue
		if len(heard[queue]) == map[string]int{"Billing": 40, "Sales": 20}[queue] {
			continue
		}
		heard[queue] = append(heard[queue], c.UID)
		nth := len(heard[queue])
		if queue == "Billing" && nth <= 12 || nth == 1 {
			f.tag(t, c.UID, "Address", time.Second)
		}
		if queue == "Billing" && nth == 1 {
			f.tag(t, c.UID, "Address", time.Minute)
		}
		if queue == "Billing" && (nth == 2 || nth == 7 || nth >= 20 && nth <= 23) {
			f.tag(t, c.UID, "Late bill", 2*time.Second)
		}
		must(t, f.Hear(ctx, c.UID, 1))
	}
	whole := idOf(t, f, "Address")
	parts, err := f.Split(ctx, whole, []string{"Bill", "Parcel"})
	must(t, err)
	part := map[string]string{}
	for i, uid := range heard["Billing"][:6] {
		part[uid] = parts[i/4].ID
	}
	for m, err := range f.Moments(ctx, desk.Filter{}, whole) {
		must(t, err)
		if to := part[m.Call.UID]; to != "" && m.Moment.At == time.Second {
			must(t, f.Deal(ctx, m.Moment.ID, to))
		}
	}
	return f
}

// What is said of an issue inside a category: its share, and how many moments
// may yet change it.
type inside struct {
	Share    ranking.Share
	ToLookAt int
}

// Of Billing 33 heard calls were looked at. "Bill" is in the 2nd to 4th of them:
// the 1st may hold it or not, as its second moment may be of another part, and
// stays out. What is no part is of all 40.
func TestCardsUseTheCallsLookedAt(t *testing.T) {
	f := halfDealt(t)
	cards, err := f.Unlump(context.Background(), desk.Filter{})
	must(t, err)
	got := map[string]inside{}
	for _, c := range cards {
		for _, issue := range c.Issues {
			got[c.Category+" "+issue.Name] = inside{issue.Share, issue.ToLookAt}
		}
	}
	want := map[string]inside{
		"Billing – other Address":   {ranking.Estimate(7, 40, 60), 7},
		"Billing – other Bill":      {ranking.Estimate(3, 33, 60), 7},
		"Billing – other Parcel":    {ranking.Estimate(2, 33, 60), 7},
		"Billing – other Late bill": {ranking.Estimate(6, 40, 60), 0},
		"Sales – other Address":     {ranking.Estimate(1, 20, 30), 1},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if quiet := cards[0].NoProblem; quiet != ranking.Estimate(40-12-4, 40, 60) {
		t.Errorf("no problem heard in %+v", quiet)
	}
}

// The table says so too of a part that was not heard in a category yet: in 19 of
// the 20 heard calls of Sales there is none, and of one nothing can be said.
func TestTheMismatchTableUsesTheCallsLookedAt(t *testing.T) {
	f := halfDealt(t)
	table, err := f.Mismatch(context.Background(), desk.Filter{})
	must(t, err)
	got := map[string]inside{}
	for _, row := range table.Rows {
		for i, c := range row.Cells {
			got[row.Category+" "+table.Issues[i].Name] = inside{c.Share, c.ToLookAt}
		}
	}
	want := map[string]inside{
		"Billing – other Address":   {ranking.Estimate(7, 40, 60), 7},
		"Billing – other Bill":      {ranking.Estimate(3, 33, 60), 7},
		"Billing – other Parcel":    {ranking.Estimate(2, 33, 60), 7},
		"Billing – other Late bill": {ranking.Estimate(6, 40, 60), 0},
		"Sales – other Address":     {ranking.Estimate(1, 20, 30), 1},
		"Sales – other Bill":        {ranking.Estimate(0, 19, 30), 1},
		"Sales – other Parcel":      {ranking.Estimate(0, 19, 30), 1},
		"Sales – other Late bill":   {ranking.Estimate(0, 20, 30), 0},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for _, issue := range table.Issues {
		if want := map[string]int{"Address": 8, "Bill": 8, "Parcel": 8}[issue.Name]; issue.ToLookAt != want {
			t.Errorf("of %s %d moments are to be looked at, want %d", issue.Name, issue.ToLookAt, want)
		}
	}
}

// Of all 60 heard calls 52 were looked at. "Bill" is in three of them, and "Late
// bill" in six of the 60; what is being split is no category. Without these two
// are 45 of the 52: all but the 2nd to 4th and the 20th to 23rd of Billing.
func TestAProposalUsesTheCallsLookedAt(t *testing.T) {
	f := halfDealt(t)
	p, err := f.Propose(context.Background(), desk.Filter{}, .05, 9)
	must(t, err)
	got := map[string]inside{}
	for _, c := range p.Categories {
		got[c.Name] = inside{c.Share, c.Ranked.ToLookAt}
	}
	want := map[string]inside{
		"Late bill": {ranking.Estimate(6, 60, 90), 0},
		"Bill":      {ranking.Estimate(3, 52, 90), 8},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if p.Other != ranking.Estimate(45, 52, 90) || p.ToLookAt != 8 {
		t.Errorf("other %+v with %d to be looked at", p.Other, p.ToLookAt)
	}
	var rest []string
	for _, r := range p.Rest {
		rest = append(rest, r.Name)
	}
	if diff := cmp.Diff([]string{"Address", "Parcel"}, rest); diff != "" {
		t.Errorf("the rest: %s", diff)
	}
}

// Dealing the last moment ends the waiting: nothing is left out any more.
func TestNothingWaitsOnceAllIsDealt(t *testing.T) {
	ctx := context.Background()
	f := halfDealt(t)
	whole := idOf(t, f, "Address")
	parcel := idOf(t, f, "Parcel")
	for m, err := range f.Moments(ctx, desk.Filter{}, whole) {
		must(t, err)
		must(t, f.Deal(ctx, m.Moment.ID, parcel))
	}
	cards, err := f.Unlump(ctx, desk.Filter{})
	must(t, err)
	got := map[string]inside{}
	for _, issue := range cards[0].Issues {
		got[issue.Name] = inside{issue.Share, issue.ToLookAt}
	}
	want := map[string]inside{
		"Parcel":    {ranking.Estimate(9, 40, 60), 0}, // the 1st and the 5th to 12th
		"Bill":      {ranking.Estimate(4, 40, 60), 0},
		"Late bill": {ranking.Estimate(6, 40, 60), 0},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	p, err := f.Propose(ctx, desk.Filter{}, .05, 9)
	must(t, err)
	if p.Other != ranking.Estimate(60-13-4, 60, 90) || p.ToLookAt != 0 {
		t.Errorf("other %+v with %d to be looked at", p.Other, p.ToLookAt)
	}
}
