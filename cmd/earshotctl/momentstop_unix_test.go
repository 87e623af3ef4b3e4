//go:build unix

package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// Who presses Ctrl+C while a table of moments is brought has the library as it
// was, and is told of the stop.
func TestAStoppedImportOfMomentsBringsNone(t *testing.T) {
	c, _ := exported(t)
	before := c.table("moments")
	pipe := filepath.Join(t.TempDir(), "moments.csv")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := c.command("moments", "import", pipe)
	var errs bytes.Buffer
	cmd.Stderr = &errs
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	table, err := os.OpenFile(pipe, os.O_WRONLY, 0) // waits for the reader
	if err != nil {
		t.Fatal(err)
	}
	// The table has no end: it is read until the command has gone.
	_, err = fmt.Fprintln(table, "call,at,issue")
	for line := 0; err == nil; line++ {
		_, err = fmt.Fprintf(table, "c-0%d,%d.%03d,Stopped\n", line%10, line/10%60, line%1000)
		if line == 20_000 {
			if err := cmd.Process.Signal(os.Interrupt); err != nil {
				t.Fatal(err)
			}
		}
	}
	_ = table.Close() // nobody reads it any more
	if err := cmd.Wait(); err == nil || !bytes.Contains(errs.Bytes(), []byte(`"cancelled"`)) {
		t.Errorf("stopped: %v, %s", err, errs.Bytes())
	}
	if after := c.table("moments"); len(after) != len(before) {
		t.Errorf("%d moments, %d before", len(after), len(before))
	}
	get[any](c, "check")
}
