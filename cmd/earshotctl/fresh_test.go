package main

import (
	"os"
	"path/filepath"
	"testing"
)

// What is the same in every library is told where there is none, and makes none.
func TestWhatNeedsNoLibraryMakesNone(t *testing.T) {
	for _, args := range [][]string{
		{"export", "--dictionary"},
		{"export", "--dictionary", "--preset", "spreadsheet"},
		{"session", "key"},
		{"plan", "size", "--share", "5"},
		{"profiles"},
		{"explain"},
		{"backup", "list"},
		{"moments", "import", "--help"},
	} {
		c := newCtl(t)
		if out, errs, code := c.run(args...); code != 0 || out == "" || errs != "" {
			t.Errorf("%q: %d, %.80q, %s", args, code, out, errs)
		}
		if made, err := filepath.Glob(filepath.Join(c.home, "data", "earshot", "*.earshot")); err != nil || len(made) > 0 {
			t.Errorf("%q made %v, %v", args, made, err)
		}
	}
	c := newCtl(t)
	file := filepath.Join(t.TempDir(), "dictionary.csv")
	get[any](c, "export", "--dictionary", "-o", file)
	if info, err := os.Stat(file); err != nil || info.Size() == 0 {
		t.Errorf("the dictionary's file: %v, %v", info, err)
	}
	c.refuse(2, "not-jira", "export", "--dictionary", "--preset", "jira")
	c.refuse(2, "not-since", "export", "--dictionary", "--since", "0")
}
