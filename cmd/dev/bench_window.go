package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"runtime"
)

// windowGroup measures the app in a real window: opened with a million calls, from
// a key to what is painted or heard, at rest, and through an hour's work. Keys
// are pressed and the card is heard by a benchmark of cmd/earshot, on an X server
// without a graphics card, so this is for Linux.
var windowGroup = group{name: "window", kits: []kit{building, windows}, run: benchWindow}

// soak is how long acts at ten times human pace go on: an hour of a person's.
const soak = "6m"

// A windowRow is one line of the table: a metric of a part of the benchmark,
// and what it may be at the most; 0 for no limit.
type windowRow struct {
	what, part, unit string
	most             float64
	above            string // part whose metric of the unit is taken off
}

var windowRows = []windowRow{
	{what: "a million calls: start to usable, ms", part: "million", unit: "ms/opened", most: 1000},
	{what: "  an empty Fyne window, ms", part: "empty", unit: "ms/opened"},
	{what: "  key to the table of calls, ms", part: "million", unit: "ms/table"},
	{what: "  memory above the empty window, MB", part: "million", unit: "MB", above: "empty"},
	{what: "  scrolling 60 steps a second, % of a core", part: "million", unit: "%cpu/scrolling"},
	{what: "key to the stored and painted tag, ms", part: "tag", unit: "ms/painted", most: 50},
	{what: "  with the start of the key's program, ms", part: "tag", unit: "ms/started"},
	{what: "finished to the next call's first sound, ms", part: "next", unit: "ms/heard", most: 200},
	{what: "idle before the first play, % of a core", part: "idle", unit: "%cpu/before", most: 1},
	{what: "idle after it, % of a core", part: "idle", unit: "%cpu/after", most: 4},
	{what: "  an empty Fyne window, % of a core", part: "empty", unit: "%cpu/idle"},
	{what: "idle memory above the empty window, MB", part: "idle", unit: "MB", most: 70, above: "empty"},
	{what: "grown in " + soak + " at ten times human pace, MB", part: "hour", unit: "MB/grown", most: 5},
}

func benchWindow(ctx context.Context, b *bench) error {
	if runtime.GOOS != "linux" {
		return nil
	}
	library := b.file("million.earshot")
	if err := grownApart(ctx, library, 1_000_000); err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, "go", "test", "-tags", fyneTag, "-run", "^$", "-bench", "TheWindow", "-benchtime", "1x",
		"-timeout", "30m", "./cmd/earshot", "-args", "-million", library, "-soak", soak)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=1")
	said, err := cmd.Output()
	if err != nil {
		return fmt.Errorf("measure the window: %w\n%s", err, said)
	}
	for _, row := range windowRows {
		measured := metrics(said, row.part)
		if _, ok := measured[row.unit]; !ok {
			return fmt.Errorf("%s was not measured\n%s", row.what, said)
		}
		value := measured[row.unit]
		if row.above != "" {
			value -= metrics(said, row.above)[row.unit]
		}
		fmt.Fprintln(b.out, row.line(value, measured["most-"+row.unit]))
	}
	return nil
}

// line is the row with what was measured; worst is 0 where it was measured once.
func (r windowRow) line(value, worst float64) string {
	line := fmt.Sprintf("%-48s %8.1f", r.what, value)
	if worst > 0 {
		line += fmt.Sprintf(" (most %.1f)", worst)
	}
	if r.most > 0 {
		line += fmt.Sprintf("   at most %g", r.most)
	}
	if r.most > 0 && value > r.most {
		line += "  MISSED"
	}
	return line
}
