package main

import (
	"bytes"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.uber.org/goleak"
)

// short is a folder whose path leaves room for a socket's name.
func short(t *testing.T) string {
	t.Helper()
	folder, err := os.MkdirTemp("", "es")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	return folder
}

func TestASecondStartHandsItsFoldersToTheFirst(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	library, folder := filepath.Join(t.TempDir(), "a.earshot"), short(t)
	one, handed, err := claim(library, folder, []string{"/calls/october"})
	if err != nil || handed {
		t.Fatalf("the first start: handed %t, %v", handed, err)
	}
	got := make(chan []string, 1)
	one.listen(func(paths []string) { got <- paths })

	_, handed, err = claim(library, folder, []string{"/calls/november"})
	if err != nil || !handed {
		t.Fatalf("the second start: handed %t, %v", handed, err)
	}
	if paths := <-got; !slices.Equal(paths, []string{"/calls/november"}) {
		t.Errorf("the first was handed %v", paths)
	}

	other, handed, err := claim(library+"2", folder, nil)
	if err != nil || handed {
		t.Errorf("a start with another library: handed %t, %v", handed, err)
	}
	other.close()
	one.close()
	again, handed, err := claim(library, folder, nil)
	if err != nil || handed {
		t.Fatalf("a start after the first has ended: handed %t, %v", handed, err)
	}
	again.close()
}

// A start that was killed leaves its socket behind; that must keep nobody out.
func TestASocketThatNobodyListensToIsTakenOver(t *testing.T) {
	library, folder := filepath.Join(t.TempDir(), "a.earshot"), short(t)
	if err := os.WriteFile(socketFile(library, folder), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	one, handed, err := claim(library, folder, nil)
	if err != nil || handed {
		t.Fatalf("handed %t, %v", handed, err)
	}
	one.close()
}

// Someone else's words on the socket must neither hang nor end the first start.
func TestNonsenseOnTheSocketIsLetGo(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	library, folder := filepath.Join(t.TempDir(), "a.earshot"), short(t)
	one, _, err := claim(library, folder, nil)
	if err != nil {
		t.Fatal(err)
	}
	got := make(chan []string, 2)
	one.listen(func(paths []string) { got <- paths })
	file := socketFile(library, folder)
	conn, err := net.Dial("unix", file)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Write([]byte("hello?\n")); err != nil {
		t.Fatal(err)
	}
	_ = conn.Close()
	if err := hand(file, []string{"/calls"}); err != nil {
		t.Fatal(err)
	}
	if paths := <-got; !slices.Equal(paths, []string{"/calls"}) {
		t.Errorf("handed %v", paths)
	}
	one.close()
}

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
