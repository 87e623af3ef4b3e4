package main

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/earshot-app/earshot/assets/text"
)

// A screen shows one line, which the next is written over; at the end it is gone.
func TestALongReadTellsHowFarItIs(t *testing.T) {
	var screen strings.Builder
	p := &progress{in: iotest.OneByteReader(strings.NewReader("abc")), size: 3, out: &screen, say: text.For("en").Percent}
	if read, err := io.ReadAll(p); err != nil || string(read) != "abc" {
		t.Fatalf("read %q, %v", read, err)
	}
	p.write("")
	const narrow = "\u202f"
	want := "\r33" + narrow + "%\r" + "\r67" + narrow + "%\r" + "\r100" + narrow + "%\r" + "\r     \r"
	if screen.String() != want {
		t.Errorf("the screen was written %q, want %q", screen.String(), want)
	}
}

// What a script reads from standard error is an error and nothing else.
func TestNothingIsToldOfTheWayWhereNoScreenIs(t *testing.T) {
	c, _ := exported(t)
	file := filepath.Join(t.TempDir(), "moments.csv")
	if err := os.WriteFile(file, []byte("call,at,issue\nc-09,3,Late bill\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, errs, code := c.run("moments", "import", file); code != 0 || errs != "" || !strings.HasPrefix(out, "1 added") {
		t.Errorf("%d, %q, on standard error %q", code, out, errs)
	}
}
