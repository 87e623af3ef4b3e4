package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// lastWeekRecordings makes n recordings of the week before, every third of the
// South, with a table of them.
func lastWeekRecordings(t *testing.T, n int) (dir, table string) {
	t.Helper()
	dir = t.TempDir()
	lines := []string{"file,call id,start,duration,queue,category,agent,Agent email,Region"}
	begins := time.Now().UTC().AddDate(0, 0, -(int(time.Now().UTC().Weekday()+6)%7)-7).Truncate(24 * time.Hour).Add(30 * time.Hour)
	for i := range n {
		name := fmt.Sprintf("%02d.wav", i)
		writeWAV(t, filepath.Join(dir, name))
		region := []string{"North", "North", "South"}[i%3]
		start := begins.Add(time.Duration(i) * time.Hour).Format(time.RFC3339)
		lines = append(lines, fmt.Sprintf("%s,c-%02d,%s,80,Billing,Other,Ada Agent,ada@example.com,%s", name, i, start, region))
	}
	table = filepath.Join(t.TempDir(), "calls.csv")
	if err := os.WriteFile(table, []byte(strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir, table
}

func TestAWeeklyPlan(t *testing.T) {
	c := newCtl(t)
	dir, table := lastWeekRecordings(t, 24)
	get[any](c, "import", dir, "--metadata", table)
	c.refuse(1, "no-plan", "plan", "run")
	set := get[planned](c, "plan", "set", "--minutes", "8", "--weekday", "monday", "--from", "last-week", "--stratify", "Region")
	if !set.Due || set.Weekday != "monday" || set.Stratify != "Region" || set.Draw != nil {
		t.Fatalf("set: %+v", set)
	}
	first := get[planned](c, "plan", "run")
	if first.Draw == nil {
		t.Fatalf("run: %+v", first)
	}
	// Eight minutes of calls of 80 seconds are 6: 4 of 16 in the North, 2 of 8 in the South.
	if !first.Made || len(first.Draw.Calls) != 6 || first.Draw.Frame.Size != 24 || first.Draw.Planned != first.Week {
		t.Fatalf("draw: %+v", first.Draw)
	}
	if s := first.Draw.Strata; len(s) != 2 || s[0] != (stratum{"North", 16, 4, 4}) || s[1] != (stratum{"South", 8, 2, 4}) {
		t.Errorf("strata: %+v", s)
	}
	again := get[planned](c, "plan", "run")
	if again.Made || again.Draw == nil || again.Draw.ID != first.Draw.ID || len(again.Draw.Calls) != 6 {
		t.Errorf("again: %+v", again)
	}
	more, moreTable := lastWeekRecordings(t, 27)
	get[any](c, "import", more, "--metadata", moreTable)
	if shown := get[planned](c, "plan", "show"); shown.Late != 3 || shown.Due {
		t.Errorf("later: %+v", shown)
	}
	if v := get[verified](c, "draw", "verify", first.Draw.ID); !v.Holds {
		t.Errorf("verify: %+v", v)
	}
	file := filepath.Join(t.TempDir(), "draw.txt")
	get[any](c, "draw", "export", first.Draw.ID, "-o", file)
	if v := get[verified](c, "draw", "verify", "--file", file); !v.Holds {
		t.Errorf("verify the file: %+v", v)
	}
	get[any](c, "plan", "clear")
	c.refuse(1, "no-plan", "plan", "show")
	if ok := get[checked](c, "check"); !ok.OK {
		t.Errorf("check: %+v", ok)
	}
}

func TestFieldsAreShownWhereAskedForOnly(t *testing.T) {
	c := newCtl(t)
	dir, table := lastWeekRecordings(t, 3)
	get[any](c, "import", dir, "--metadata", table)
	if fields := get[[]fieldShown](c, "fields"); len(fields) != 1 || fields[0] != (fieldShown{"Region", 2, true}) {
		t.Fatalf("fields: %+v", fields)
	}
	for _, args := range [][]string{{"calls"}, {"show", "c-00"}, {"fields"}} {
		for _, more := range [][]string{nil, {"--json"}} {
			out, _, _ := c.run(append(args, more...)...)
			if strings.Contains(out, "North") || strings.Contains(out, "ada@") || strings.Contains(out, "Ada Agent") {
				t.Errorf("%v tells %s", args, out)
			}
		}
	}
	calls := get[[]callRow](c, "calls", "--field", "region")
	if calls[0].Fields["Region"] != "North" || calls[2].Fields["Region"] != "South" {
		t.Errorf("calls: %+v", calls)
	}
	if shown := get[callRow](c, "show", "c-02"); shown.Fields["Region"] != "hidden" {
		t.Errorf("show: %+v", shown.Fields)
	}
	c.refuse(1, "no-field", "draw", "-n", "2", "--stratify", "Colour")
}

// The figures are those of the statistics: 59 calls at 5 %, 45 of a frame of 100.
func TestPlanSizeNeedsNoLibrary(t *testing.T) {
	c := newCtl(t)
	type sized struct{ Calls int }
	if got := get[sized](c, "plan", "size", "--share", "5", "--certainty", "95"); got.Calls != 59 {
		t.Errorf("hear %d", got.Calls)
	}
	if got := get[sized](c, "plan", "size", "--share", "5", "--frame", "100"); got.Calls != 45 {
		t.Errorf("hear %d of 100", got.Calls)
	}
	if got := get[sized](c, "plan", "size", "--share", "5%", "--certainty", "95 %"); got.Calls != 59 {
		t.Errorf("of 5%%, hear %d", got.Calls)
	}
	for _, args := range [][]string{{"--share", "x"}, {"--share", "0"}, {"--share", "100"}, {"--share", "5", "--certainty", "100"}, {"--share", "5", "--frame", "0"}} {
		c.refuse(2, "bad-argument", append([]string{"plan", "size"}, args...)...)
	}
}
