package main

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestTheCommandLine(t *testing.T) {
	for _, c := range []struct {
		args, lang string
		status     int
		says       string
	}{
		{"--help", "en", done, "usage: earshot [--library FILE]"},
		{"-h", "de", done, "Aufruf: earshot [--library DATEI]"},
		{"--version", "en", done, "Earshot 0.1.0"},
		{"--librarry x", "en", misused, "usage: earshot"},
		{"--library", "de", misused, "Aufruf: earshot"},
	} {
		var out, errs bytes.Buffer
		getenv := func(name string) string { return map[string]string{"EARSHOT_LANG": c.lang}[name] }
		status := run(strings.Fields(c.args), getenv, &out, &errs)
		said := out.String()
		if c.status == misused {
			said = errs.String()
		}
		if status != c.status || !strings.Contains(said, c.says) {
			t.Errorf("earshot %s: status %d, %q; want %d and %q", c.args, status, said, c.status, c.says)
		}
	}
}

func TestTheLanguageThatIsChosenGoesBeforeTheSystems(t *testing.T) {
	for _, c := range []struct{ set, system, chosen, want string }{
		{"", "de_DE.UTF-8", "", "de"},
		{"", "de_DE.UTF-8", "en", "en"},
		{"de", "en_GB.UTF-8", "en", "de"},
	} {
		getenv := func(name string) string { return map[string]string{"EARSHOT_LANG": c.set, "LANG": c.system}[name] }
		if got := language(getenv, c.chosen); got != c.want {
			t.Errorf("%+v speaks %s", c, got)
		}
	}
}

func TestFoldersOnTheCommandLineAreAbsolute(t *testing.T) {
	o, err := parse([]string{"--library", "x.earshot", "calls", "/t/calls.csv"}, nil, nil)
	here, _ := os.Getwd()
	want := []string{filepath.Join(here, "calls"), "/t/calls.csv"}
	if err != nil || o.library != "x.earshot" || !slices.Equal(o.paths, want) {
		t.Errorf("%+v, %v; want paths %v", o, err, want)
	}
}

func TestTheChooserKnowsAPlusFromASpace(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "a b")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		uris []string
		path string
		ok   bool
	}{
		{[]string{"file://" + folder}, folder, true},
		{nil, "", true},
		{[]string{"file://" + folder + " plus"}, "", false},
	} {
		if path, ok := fromURI(c.uris); path != c.path || ok != c.ok {
			t.Errorf("%v is %q, %t; want %q, %t", c.uris, path, ok, c.path, c.ok)
		}
	}
}

func TestATraceIsAppendedTo(t *testing.T) {
	file := filepath.Join(t.TempDir(), "trace")
	for _, line := range []string{"one\n", "two\n"} {
		trace, err := openTrace(file)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = trace.WriteString(line)
		_ = trace.Close()
	}
	if got, _ := os.ReadFile(file); string(got) != "one\ntwo\n" {
		t.Errorf("the trace holds %q", got)
	}
	if _, err := openTrace(filepath.Join(t.TempDir(), "no", "trace")); err == nil {
		t.Error("a trace in no folder is opened")
	}
}
