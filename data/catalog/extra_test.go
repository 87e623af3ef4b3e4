package catalog

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// keptOf reads a table of one line and says which columns are kept of it.
func keptOf(t *testing.T, csv string) map[string]string {
	t.Helper()
	rows, faults := all(t, read(t, csv))
	if len(rows) != 1 {
		t.Fatalf("%d rows, faults %+v", len(rows), faults)
	}
	kept := map[string]string{}
	for _, f := range rows[0].fields {
		kept[f.Name] = f.Value.Open()
	}
	return kept
}

func TestFurtherColumnsAreKept(t *testing.T) {
	got := keptOf(t, "file,category,Product,Line of business,Customer segment,Agent team\na.wav,Other, Fibre  100 ,Home,Gold,Team 4\n")
	want := map[string]string{"Product": "Fibre 100", "Line of business": "Home", "Customer segment": "Gold", "Agent team": "Team 4"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// Whoever was on a call, their numbers and where files lie stay out of the
// library, under whatever name a table has them.
func TestPrivateColumnsAreNotKept(t *testing.T) {
	names := []string{
		"Agent", "Agent ID", "agent_email", "Supervisor", "Full name", "Extension", "Nebenstelle", "Mitarbeiter-Nr.",
		"Customer", "Kundennummer", "cnam", "src", "dst", "did", "clid", "Phone", "Telefonnummer", "E-Mail", "IBAN",
		"Account", "Recording URL", "path", "Dateiname", "Date of birth", "Notes", "user", "channel", "uniqueid",
	}
	for _, name := range names {
		if got := keptOf(t, "file,"+name+"\na.wav,Smith\n"); len(got) > 0 {
			t.Errorf("%s is kept: %v", name, got)
		}
	}
}

func TestCellsThatLookPrivateAreNotKept(t *testing.T) {
	for _, cell := range []string{
		"+49 170 5550100", "0301234567", "ada@example.com", `\\store\calls\a.wav`, "/var/calls/a.wav", "https://example.com/1",
		strings.Repeat("a long text ", 11),
	} {
		if got := keptOf(t, "file,Extra\na.wav,"+cell+"\n"); len(got) > 0 {
			t.Errorf("%v is kept", got)
		}
	}
	for _, cell := range []string{"Fibre 1000", "TV/Internet", "2026", "Q3-1234"} {
		if got := keptOf(t, "file,Extra\na.wav,"+cell+"\n"); got["Extra"] != cell {
			t.Errorf("%s is not kept: %v", cell, got)
		}
	}
}
