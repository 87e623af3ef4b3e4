package session_test

import (
	"math"
	"reflect"
	"testing"

	"github.com/earshot-app/earshot/review/agreement"
	"github.com/earshot-app/earshot/review/journal"
	"github.com/earshot-app/earshot/review/session"
)

// Anna and Ben hear ten calls and tag the late bill as the two observers of
// Krippendorff 2011, data A, find their yes: α is .095 there. Beside it Anna
// alone hears no signal in the fourth, and a rude letter in the fifth, which she
// named only then. By hand: of twenty ratings of the bill six are a yes, six of
// ten calls agree, so AC1 is (.6−.42)/.58; over both issues that both had on
// their list ΣDo = 8+2 and ΣDe = 168/19+2.
func TestAgreementOfTheRevealedCalls(t *testing.T) {
	r := open(t, true, 2, 11)
	r.say(0, 0, journal.IssueNamed{Issue: "signal", Name: "No signal"})
	for who, row := range []string{1: "0100000010", 2: "1110010000"} {
		for i, held := range row {
			if held == '1' {
				r.tag(who, i+1, "bill", 5)
			}
		}
	}
	r.tag(1, 4, "signal", 5)
	r.say(1, 5, journal.IssueNamed{Issue: "rude", Name: "Rude letter"})
	r.tag(1, 5, "rude", 5)
	r.tag(1, 11, "bill", 5) // in a call that is not revealed
	for round := range 11 {
		r.hear(round+1, 1, 2)
	}
	for round := range 10 {
		r.reveal(round + 1)
	}
	a := r.state().Agreement()
	near(t, "alpha in all", a.Alpha, 1-10/(168./19+2))
	near(t, "percent in all", a.Percent, .75) // of 20 pairs and a call that only one rates
	if !a.Tested || a.Calls != 10 || len(a.Issues) != 3 {
		t.Fatalf("agreement is %+v", a)
	}
	bill := a.Issues[0]
	near(t, "alpha", bill.Alpha, .095238)
	near(t, "AC1", bill.AC1, .18/.58)
	near(t, "percent", bill.Percent, .6)
	for name, i := range map[string]struct {
		agreement.Interval
		alpha float64
	}{"bill": {bill.Between, bill.Alpha}, "all": {a.Between, a.Alpha}} {
		if !i.Known || i.Low > i.alpha || i.High < i.alpha || i.High-i.Low < .5 { // ten calls tell little
			t.Errorf("α of %s is %v, between %+v", name, i.alpha, i.Interval)
		}
	}
	if !bill.Tested || bill.Name != "Late bill" || len(bill.HeardIn) != 5 {
		t.Errorf("the bill: %+v", bill)
	}
	for _, i := range a.Issues[1:] {
		want := map[string]session.HeardIn{"signal": {Round: 4, Heard: 1, Of: 2}, "rude": {Round: 5, Heard: 1, Of: 1}}[i.Issue]
		if i.Tested || i.Between.Known || !reflect.DeepEqual(i.HeardIn, []session.HeardIn{want}) {
			t.Errorf("%s: %+v", i.Name, i)
		}
	}
}

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) < 1e-6) {
		t.Errorf("%s: %.7f, want %.7f", what, got, want)
	}
}

// What one did not hear to the end, or skipped, says nothing.
func TestWhoDidNotHearACallDoesNotDisagree(t *testing.T) {
	r := open(t, false, 3, 6)
	for round := range 6 {
		r.tag(1, round+1, "bill", 5)
		r.tag(2, round+1, "bill", 5)
		r.hear(round+1, 1, 2)
		r.say(3, round+1, journal.CallSkipped{Call: call(round + 1), Reason: "noise"})
	}
	if a := r.state().Agreement(); a.Tested || a.Calls != 6 || a.Percent != 1 {
		t.Errorf("all who heard them said the same of everything: %+v", a)
	}
}
