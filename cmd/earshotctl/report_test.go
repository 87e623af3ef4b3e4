package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The table of these calls names an agent, Ada Quill, and a number for each
// customer. The page tells what customers called about and names nobody.
func TestTheWeeklyPageNamesNoAgent(t *testing.T) {
	c := newCtl(t)
	dir, table := recordings(t, 20)
	get[any](c, "import", dir, "--metadata", table)
	c.hearAll(get[drawn](c, "draw", "-n", "16"), "Late bill", 8)
	get[any](c, "follow", "Late bill", "--owner", "Billing team", "--next", "Print the due date")

	file := filepath.Join(dir, "week.html")
	get[any](c, "report", "-o", file)
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	page := string(raw)
	for _, want := range []string{"16 calls were drawn by chance", "Late bill", ">50\u202f%<", "Billing – other", "Print the due date"} {
		if !strings.Contains(page, want) {
			t.Errorf("%q is not on the page", want)
		}
	}
	for _, private := range []string{"Ada", "Quill", "4917055501", dir} {
		if strings.Contains(page, private) {
			t.Errorf("%q is on the page", private)
		}
	}
	c.refuse(1, "not-a-page", "report", "-o", filepath.Join(dir, "week.pdf"))
}
