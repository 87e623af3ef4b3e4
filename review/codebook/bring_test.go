package codebook_test

import (
	"slices"
	"testing"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/codebook"
)

func entry(id, name string, set func(*codebook.Entry)) codebook.Entry {
	e := codebook.Entry{Issue: review.Issue{ID: id, Name: name}, State: codebook.Open}
	if set != nil {
		set(&e)
	}
	return e
}

func TestTwoCodebooksMeet(t *testing.T) {
	mine := []codebook.Entry{
		entry("1", "Invoice goes to the old address", func(e *codebook.Entry) { e.Definition = "Mine." }),
		entry("2", "Refund promised, not paid", nil),
		entry("3", "Refund is late", func(e *codebook.Entry) { e.State, e.Into = codebook.Merged, "2" }),
	}
	theirs := []codebook.Entry{
		entry("1", "Bill to the old address", func(e *codebook.Entry) { e.Definition, e.Fixer = "Theirs.", "Billing" }),
		entry("9", "refund IS late", func(e *codebook.Entry) { e.Example = "“Where is my money?”" }),
		entry("8", "invoice old adress", nil),
		entry("7", "No signal", nil),
		entry("6", "Gone", func(e *codebook.Entry) { e.State = codebook.Merged }),
	}
	got := codebook.Meet(mine, theirs)
	if len(got) != 4 {
		t.Fatalf("%d meetings, want 4: %+v", len(got), got)
	}
	if m := got[0]; m.How != codebook.ByID || m.Fill.Definition != "Mine." || m.Fill.Fixer != "Billing" {
		t.Errorf("the same issue: %+v", m)
	}
	if m := got[1]; m.How != codebook.ByName || m.Mine.ID != "2" || m.Fill.Example == "" {
		t.Errorf("one whose name was merged leads to the survivor: %+v", m)
	}
	if m := got[2]; m.How != codebook.Nearly || m.Near[0].ID != "1" {
		t.Errorf("one that may be the same: %+v", m)
	}
	if m := got[3]; m.How != codebook.New {
		t.Errorf("a new one: %+v", m)
	}
}

// A row that comes twice is one issue; what was merged is told with what became
// of it, unless nobody knows what that was.
func TestRowsOfOneIssueMeetOnce(t *testing.T) {
	merged := func(into string) func(*codebook.Entry) {
		return func(e *codebook.Entry) { e.State, e.Into = codebook.Merged, into }
	}
	theirs := []codebook.Entry{
		entry("1", "Late bill", nil),
		entry("1", "Bill comes late", func(e *codebook.Entry) { e.Fixer = "Printing" }),
		entry("", "No signal", nil),
		entry("2", "no SIGNAL", nil),
		entry("3", "Late bill", merged("1")), // its survivor took the name
		entry("4", "Bill lost", merged("nobody knows")),
		entry("5", "Address", func(e *codebook.Entry) { e.State = codebook.Split }),
		entry("6", "Router", func(e *codebook.Entry) { e.State = codebook.Split }),
		entry("7", "Router resets", func(e *codebook.Entry) { e.PartOf = []string{"6"} }),
	}
	var got []string
	for _, m := range codebook.Meet(nil, theirs) {
		got = append(got, string(m.How)+" "+m.Theirs.Name)
		if m.Theirs.ID == "1" && m.Fill.Fixer != "Printing" {
			t.Errorf("what the second row says is lost: %+v", m.Fill)
		}
	}
	want := []string{"new Late bill", "new No signal", "new Late bill", "new Router", "new Router resets"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestANameLeadsToTheIssueThatIsNotMerged(t *testing.T) {
	entries := []codebook.Entry{
		entry("a", "Late bill", func(e *codebook.Entry) { e.State, e.Into = codebook.Merged, "b" }),
		entry("b", "late BILL", nil),
	}
	if e, ok := codebook.Find(entries, "Late Bill"); !ok || e.ID != "b" {
		t.Errorf("%+v", e)
	}
	if e, _ := codebook.Find(entries, "a"); e.ID != "a" {
		t.Errorf("an id leads to %+v", e)
	}
}
