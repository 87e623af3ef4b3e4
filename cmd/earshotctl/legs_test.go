package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/earshot-app/earshot/review"
)

// TestTwoLegsAreShownAsOneCall imports what VICIdial keeps of two calls, one of
// them recorded of the customer only.
func TestTwoLegsAreShownAsOneCall(t *testing.T) {
	c := newCtl(t)
	dir := t.TempDir()
	for _, name := range []string{"20261110-094200_6666-in.wav", "20261110-094200_6666-out.wav", "20261110-101500_6666-in.wav"} {
		writeWAV(t, filepath.Join(dir, name))
	}
	table := filepath.Join(dir, "report.csv")
	rows := "call_date\tuser\tstatus_name\trecording_filename\n" +
		"2026-11-10 09:42:00\t6666\tBilling\t20261110-094200_6666\n2026-11-10 10:15:00\t6666\tTech\t20261110-101500_6666\n"
	if err := os.WriteFile(table, []byte(rows), 0o600); err != nil {
		t.Fatal(err)
	}
	if in := get[imported](c, "import", dir, "--metadata", table); in.Calls != 2 || in.Recordings != 3 || in.Updated != 0 || len(in.Problems) != 0 {
		t.Fatalf("import: %+v", in)
	}
	calls := get[[]callRow](c, "calls")
	if len(calls) != 2 || calls[0].Category != "Billing" || calls[0].Duration != 80 || calls[1].Category != "Tech" {
		t.Fatalf("calls: %+v", calls)
	}
	type shown struct {
		Recordings []struct {
			Part int
			Leg  review.Leg
		}
	}
	both := get[shown](c, "show", calls[0].UID).Recordings
	if len(both) != 2 || both[0].Leg != review.CustomerLeg || both[1].Leg != review.AgentLeg || both[0].Part != both[1].Part {
		t.Errorf("the pair: %+v", both)
	}
	if one := get[shown](c, "show", calls[1].UID).Recordings; len(one) != 1 || one[0].Leg != review.CustomerLeg {
		t.Errorf("the lone leg: %+v", one)
	}
	out, err := c.command("show", calls[0].UID).Output()
	if err != nil || !strings.Contains(string(out), "wav mulaw  the agent’s leg\n") {
		t.Errorf("%v: shown as\n%s", err, out)
	}
}

// The mix of both legs is heard in their place while it is there.
func TestLegsAreHeardAgainWhenTheirMixIsGone(t *testing.T) {
	c := newCtl(t)
	dir := t.TempDir()
	const call = "20261110-094200_6666"
	for _, end := range []string{"-in.wav", "-out.wav"} {
		writeWAV(t, filepath.Join(dir, call+end))
	}
	get[any](c, "import", dir)
	uid := get[[]callRow](c, "calls")[0].UID
	heard := func() (legs []review.Leg) {
		get[any](c, "rescan", dir)
		for _, r := range get[struct{ Recordings []struct{ Leg review.Leg } }](c, "show", uid).Recordings {
			legs = append(legs, r.Leg)
		}
		return legs
	}
	mix := filepath.Join(dir, call+"-all.wav")
	writeWAV(t, mix)
	if done := get[rescanned](c, "rescan", dir); done.Recordings != 1 || done.Updated != 0 {
		t.Errorf("corrected, as if the mix came after its legs: %+v", done)
	}
	if legs := heard(); !slices.Equal(legs, []review.Leg{review.WholeCall}) {
		t.Errorf("with the mix, %q are heard", legs)
	}
	if err := os.Remove(mix); err != nil {
		t.Fatal(err)
	}
	if legs := heard(); !slices.Equal(legs, []review.Leg{review.CustomerLeg, review.AgentLeg}) {
		t.Errorf("without it, %q are heard", legs)
	}
	if call := get[[]callRow](c, "calls")[0]; call.Duration != 80 {
		t.Errorf("the call lasts %v s", call.Duration)
	}
}
