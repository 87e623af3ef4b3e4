package speaker

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// An exclusive card can be opened by one program at a time: see
// testdata/exclusive.c.
type exclusive struct{ module, lock string }

func newExclusive(t *testing.T) exclusive {
	t.Helper()
	dir := t.TempDir()
	e := exclusive{filepath.Join(dir, "exclusive.so"), filepath.Join(dir, "lock")}
	build := exec.Command("gcc", "-shared", "-fPIC", "-DPIC", "-o", e.module, filepath.Join("testdata", "exclusive.c"), "-lasound")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if err := os.WriteFile(e.lock, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	return e
}

// config is a configuration of ALSA by which the card is the default one. Sound
// goes on to what is the default in another, if own is one; else the card refuses
// it.
func (e exclusive) config(t *testing.T, own string) string {
	t.Helper()
	all, pipe := []byte("</usr/share/alsa/alsa.conf>\n"), ""
	if own != "" {
		var err error
		if all, err = os.ReadFile(own); err != nil {
			t.Fatal(err)
		}
		pipe = `pipe "behind"`
	}
	text := strings.Replace(string(all), "pcm.!default", "pcm.behind", 1) +
		fmt.Sprintf("pcm_type.exclusive { lib %q }\npcm.!default { type exclusive lock %q %s }\n", e.module, e.lock, pipe)
	file := filepath.Join(t.TempDir(), "asound.conf")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// hold has another program play on the card until it is let go.
func (e exclusive) hold(t *testing.T) (letGo func()) {
	t.Helper()
	other, err := os.Open(e.lock)
	if err == nil {
		err = syscall.Flock(int(other.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	}
	if err != nil {
		t.Fatal("somebody holds the card: ", err)
	}
	return func() { _ = other.Close() } // which unlocks it
}
