package csv

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/ranking"
)

func expect(t *testing.T, got bytes.Buffer, err error, lines ...string) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Join(lines, "\r\n")+"\r\n", got.String()); diff != "" {
		t.Error(diff)
	}
}

// A week of which too little was heard has no share: the field is empty and not
// nought.
func TestATrendLeavesGapsEmpty(t *testing.T) {
	day := func(n int) time.Time { return time.Date(2026, 11, n, 0, 0, 0, 0, time.UTC) }
	var got bytes.Buffer
	err := WriteTrend(&got, safe, desk.Trend{
		Issue: review.Issue{Name: "Old address"}, Filter: desk.Filter{Queue: "Billing"},
		Points: []ranking.Point{
			{From: day(2), To: day(9), Calls: 900, Heard: 40, Held: 8, NotCovered: 100, OK: true, Share: ranking.Share{Part: .2, Low: .105, High: .3476}},
			{From: day(9), To: day(16), Calls: 950, Heard: 8, Held: 2, Share: ranking.Share{High: 1}},
		},
	})
	expect(t, got, err, "issue,from,to,heard,calls,share,low,high,frame,not_covered,queue,filter_from,filter_to",
		"Old address,2026-11-02T00:00:00Z,2026-11-09T00:00:00Z,40,8,0.2,0.105,0.3476,900,100,Billing,,",
		"Old address,2026-11-09T00:00:00Z,2026-11-16T00:00:00Z,8,2,,,,950,0,Billing,,")
}

func TestTheMismatchTable(t *testing.T) {
	var got bytes.Buffer
	err := WriteMismatch(&got, safe, desk.Filter{}, ranking.Mismatch{
		Issues: []ranking.IssueCount{{Name: "Parcel late"}},
		Rows: []ranking.Filed{
			{Category: "Billing, other", By: ranking.ByCategory, Calls: 600, Heard: 60, Cells: []ranking.FiledCell{
				{Calls: 2, Share: ranking.Share{Part: 1. / 30, Low: .01, High: .11}, OfIssue: .2, Surprise: ranking.Rarer, ToLookAt: 3},
			}},
			{Category: "Delivery", By: ranking.ByQueue, Calls: 300, Cells: []ranking.FiledCell{{Share: ranking.Share{High: 1}}}},
		},
	})
	expect(t, got, err, "category,by,category_calls,category_heard,issue,calls,share,low,high,of_issue,surprise,from,to,queue,to_look_at",
		`"Billing, other",category,600,60,Parcel late,2,0.033333,0.01,0.11,0.2,less,,,,3`,
		`Delivery,queue,300,0,Parcel late,0,,,,,,,,,0`)
}

func TestAProposalEndsWithOther(t *testing.T) {
	var got bytes.Buffer
	issue := ranking.Ranked{
		IssueCount: ranking.IssueCount{Name: "=Old address", ToLookAt: 2, Categories: []string{"Billing – other", "Complaint"}},
		Share:      ranking.Share{Part: .2, Low: .1, High: .3},
	}
	err := WriteProposal(&got, safe, desk.Filter{Queue: "Billing"}, ranking.Proposal{
		Heard: 64, ToLookAt: 5, Categories: []ranking.Proposed{{Ranked: issue, Sure: true}}, Other: ranking.Share{Part: .8, Low: .7, High: .9},
	}, "Sonstiges")
	expect(t, got, err, "category,kind,share,low,high,sure,replaces,heard,from,to,queue,to_look_at",
		"'=Old address,issue,0.2,0.1,0.3,true,Billing – other; Complaint,64,,,Billing,2",
		"Sonstiges,other,0.8,0.7,0.9,,,64,,,Billing,5")
}
