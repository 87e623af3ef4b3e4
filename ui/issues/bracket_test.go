package issues

import (
	"strings"
	"testing"

	"github.com/earshot-app/earshot/review/ranking"
)

// 11 calls against 3 are not enough over the 28 pairs of eight issues: that
// takes z²·14/8² = 3.124²·14/64 times the 64 heard ones, 73 more.
func TestIssuesThatCannotBeToldApartAreJoined(t *testing.T) {
	m := reads(billing(), "en", rankingTab)
	rows := m.rows()
	if rows[0].join != begins || rows[1].join != goesOn || rows[7].join != ends || rows[0].places != "1–8" {
		t.Errorf("the first row is of rank %s, joined %v, %v … %v", rows[0].places, rows[0].join, rows[1].join, rows[7].join)
	}
	want := "Ranks 1 to 8, joined by the line, cannot be told apart yet. " +
		"About 73 more calls would separate “Invoice goes to the old address” from “SIM activation code unclear”."
	if got := m.standing(); got != want {
		t.Errorf("below the table stands %q", got)
	}
	m.brackets[0].waits = true
	if got := m.standing(); strings.Contains(got, "more call") || !strings.Contains(got, "cannot be told apart yet") {
		t.Errorf("while moments of a split are to be dealt: %q", got)
	}
	m.brackets = nil
	if got := m.standing(); got != "" || m.rows()[0].join != alone {
		t.Errorf("without brackets: %q", got)
	}
}

// 9 calls with the one issue only and 3 with the other: .960555 sure of the
// order (statistics.md).
func TestTwoIssuesAreCompared(t *testing.T) {
	l := &library{weeks: 1}
	l.counts = ranking.Counts{Frame: 5000, Heard: 64}
	l.add(0, "Old address", 9, nil)
	l.add(1, "Charged twice", 3, nil)
	m := reads(l, "en", rankingTab)
	m.choose(1)
	m.pin()
	if got := m.standing(); got != "Compare “Charged twice” with another: choose that one." {
		t.Errorf("when it begins: %q", got)
	}
	m.choose(0)
	want := "“Old address” comes before “Charged twice” with 96 % certainty: 9 of the heard calls hold only the first, 3 only the second."
	if got := plain(m.standing()); got != want {
		t.Errorf("said %q", got)
	}
	if rows := m.rows(); !rows[1].pinned || rows[0].pinned {
		t.Error("the row that is compared with is not marked")
	}
	m.pin()
	if strings.Contains(m.standing(), "certainty") {
		t.Error("the comparison did not end")
	}
}

// 2 of 17 issues heard once in 16 calls: the next is new with 1 in 8 (Q1/T).
func TestWhetherEnoughWasHeardIsSaidInPlainNumbers(t *testing.T) {
	l := &library{weeks: 1}
	l.counts = ranking.Counts{Frame: 1000, Heard: 16, NotCovered: 120}
	l.add(0, "Old address", 1, nil)
	l.add(1, "Charged twice", 1, nil)
	l.toppedUp = true
	tallies := reads(l, "en", rankingTab).tallies()
	want := tally{"Still unheard", "1 in 8", "chance of a new issue in the next call · at least 1 unheard · 12 % not covered"}
	tallies[2].rest = plain(tallies[2].rest)
	if tallies[2] != want {
		t.Errorf("said %+v", tallies[2])
	}
	if want := "of 1,000 · 0 skipped · topped up after looking"; tallies[0].rest != want {
		t.Errorf("heard: %q", tallies[0].rest)
	}
}

// Nine of 20 calls since an issue was named hold it, twelve of 64 in all: both
// are told, as statistics.md asks from 20 calls on.
func TestTheShareSinceNamingStandsBeside(t *testing.T) {
	l := billing()
	l.counts.Issues[0].SinceHeard, l.counts.Issues[0].SinceCalls = 20, 9
	l.counts.Issues[1].SinceHeard, l.counts.Issues[1].SinceCalls = 19, 9
	rows := reads(l, "en", rankingTab).rows()
	if got := plain(rows[0].since); got != "45 % since named" {
		t.Errorf("said %q", got)
	}
	if rows[1].since != "" {
		t.Errorf("of 19 calls it said %q", rows[1].since)
	}
}

// 40 calls against 3 of 64 are told apart at once; only the issues between them
// are not, and the sentence must not say more.
func TestABracketOfTwoThatAreToldApartSaysNoMore(t *testing.T) {
	m := reads(billing(), "en", rankingTab)
	m.brackets = []bracket{{first: 0, last: 7, known: true}}
	if got := m.standing(); !strings.HasPrefix(got, "The ranges of ranks 1 to 8, joined by the line, overlap") || strings.Contains(got, "cannot be told apart") {
		t.Errorf("said %q", got)
	}
}

// Of two calls both were heard: a chance of something new in the next one would
// be about a call that there is not.
func TestNothingIsStillUnheardOnceAllIsHeard(t *testing.T) {
	l := billing()
	l.counts = ranking.Counts{Frame: 3, Heard: 2, NoCustomer: 1}
	m := reads(l, "en", rankingTab)
	const want = "nothing: all these calls were heard"
	if got := m.tallies()[2]; got.number != "" || got.rest != want {
		t.Errorf("says %q %q, want %q", got.number, got.rest, want)
	}
	if said := m.explain(unheardFigure, ""); strings.Contains(said, "next call") {
		t.Errorf("explains %q", said)
	}
}
