//go:build unix

package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// A folder in which everything is odd that a folder may hold: nothing makes the
// import hang or end, and what cannot be read is told of.
func TestAFolderOfOddFilesIsImported(t *testing.T) {
	c := newCtl(t)
	dir := t.TempDir()
	good := []string{"plain.wav", "line\nbreak.wav", "\xff\xfe no letters.wav", "Gespra\u0308ch 録音 🎧.wav", "-in front.wav", strings.Repeat("n", 251) + ".wav"}
	for _, name := range good {
		writeWAV(t, filepath.Join(dir, name))
	}
	sub := filepath.Join(dir, "sub")
	for _, err := range []error{
		os.Mkdir(sub, 0o700),
		os.Symlink(dir, filepath.Join(sub, "loop")),
		os.Symlink("self.wav", filepath.Join(dir, "self.wav")),
		syscall.Mkfifo(filepath.Join(dir, "pipe.wav"), 0o600),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	deep(t, filepath.Join(dir, "deep"))
	in := get[imported](c, "import", dir)
	if in.Calls != len(good) {
		t.Errorf("%d calls of %d good files: %+v", in.Calls, len(good), in.Problems)
	}
	told := func(part string) bool {
		return slices.ContainsFunc(in.Problems, func(p problem) bool { return strings.Contains(p.File, part) && p.Reason != "" })
	}
	for _, name := range []string{"pipe.wav", "self.wav", "deep"} {
		if !told(name) {
			t.Errorf("nothing is told of %s: %+v", name, in.Problems)
		}
	}
}

// deep makes a recording whose path is longer than the system takes one to be.
func deep(t *testing.T, dir string) {
	t.Helper()
	home, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := os.Chdir(home); err != nil {
			t.Fatal(err)
		}
	}()
	steps := []string{dir}
	for range 20 {
		steps = append(steps, strings.Repeat("d", 250))
	}
	for _, step := range steps {
		if err := os.Mkdir(step, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.Chdir(step); err != nil {
			t.Fatal(err)
		}
	}
	writeWAV(t, "call.wav")
}

// A table that is a pipe, a folder or a device is refused at once.
func TestAMetadataTableThatIsNoFileIsRefused(t *testing.T) {
	c := newCtl(t)
	dir, _ := recordings(t, 1)
	pipe := filepath.Join(t.TempDir(), "calls.csv")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, table := range []string{pipe, dir, os.DevNull} {
		c.refuse(1, "metadata-unreadable", "import", dir, "--metadata", table)
	}
}

// What a person may not read is told of, and the rest comes in: a file, a folder,
// a table. The superuser may read all, so the import is then somebody else's.
func TestWhatMayNotBeReadIsToldOf(t *testing.T) {
	c := newCtl(t)
	dir := filepath.Join(c.home, "calls")
	for _, folder := range []string{dir, filepath.Join(dir, "closed")} {
		if err := os.Mkdir(folder, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"open.wav", "secret.wav", "closed/lost.wav"} {
		writeWAV(t, filepath.Join(dir, name))
	}
	table := filepath.Join(c.home, "calls.csv")
	for _, err := range []error{
		os.WriteFile(table, []byte("file\n"), 0o600),
		os.Chmod(filepath.Join(dir, "open.wav"), 0o644), os.Chmod(filepath.Join(dir, "secret.wav"), 0), os.Chmod(table, 0),
		os.Chmod(filepath.Join(dir, "closed"), 0), os.Chmod(c.home, 0o777),
		os.Chmod(filepath.Dir(c.home), 0o755), os.Chmod(filepath.Dir(terminal), 0o755),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() { _ = os.Chmod(filepath.Join(dir, "closed"), 0o700) })
	var in imported
	out, errs, code := c.bySomebody("import", dir)
	if err := json.Unmarshal(out, &in); err != nil || code != 0 {
		t.Fatalf("exit code %d, %v\n%s", code, err, errs)
	}
	want := map[string]string{"secret.wav": "unreadable-recording", "closed": "unreadable-folder"}
	for _, p := range in.Problems {
		if name := strings.TrimSuffix(p.File, "/"); want[name] == string(p.Code) {
			delete(want, name)
		}
	}
	if in.Calls != 1 || len(want) > 0 {
		t.Errorf("%d calls; not told of: %v; told: %+v", in.Calls, want, in.Problems)
	}
	if _, errs, code := c.bySomebody("import", dir, "--metadata", table); code != 1 || !strings.Contains(string(errs), "metadata-unreadable") {
		t.Errorf("a table that may not be read: exit code %d\n%s", code, errs)
	}
}

// nobody is a user who may do little.
const nobody = 65534

// bySomebody runs the terminal as one who is not the superuser.
func (c *ctl) bySomebody(args ...string) (out, errs []byte, code int) {
	c.t.Helper()
	cmd := c.command(append(args, "--json")...)
	if os.Getuid() == 0 {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	}
	cmd.Dir = c.home
	var said bytes.Buffer
	cmd.Stderr = &said
	out, _ = cmd.Output() // the code tells
	return out, said.Bytes(), cmd.ProcessState.ExitCode()
}

// A recording that is still being written is one all the same, and is read anew
// once it is whole.
func TestARecordingThatGrowsIsReadAnew(t *testing.T) {
	c := newCtl(t)
	dir := t.TempDir()
	whole := filepath.Join(dir, "grows.wav")
	writeWAV(t, whole)
	content, err := os.ReadFile(whole)
	if err != nil {
		t.Fatal(err)
	}
	half := len(content) / 2
	if err := os.WriteFile(whole, content[:half], 0o600); err != nil {
		t.Fatal(err)
	}
	file, err := os.OpenFile(whole, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	written := make(chan error, 1)
	go func() {
		rest, err := content[half:], error(nil)
		for len(rest) > 0 && err == nil {
			n := min(1000, len(rest))
			_, err = file.Write(rest[:n])
			rest = rest[n:]
		}
		written <- errors.Join(err, file.Close())
	}()
	first := get[imported](c, "import", dir)
	if err := <-written; err != nil {
		t.Fatal(err)
	}
	if first.Calls != 1 || len(first.Problems) != 0 {
		t.Fatalf("while it grows: %+v", first)
	}
	get[rescanned](c, "rescan")
	if calls := get[[]callRow](c, "calls"); len(calls) != 1 || calls[0].Duration != 80 {
		t.Errorf("when it is whole: %+v", calls)
	}
}
