//go:build unix

package main

import (
	"bytes"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Each long command ends well when the system or a person tells it to, though it
// waits for input: with what it has done on the disk, and nothing left running.
func TestLongCommandsEndWhenToldTo(t *testing.T) {
	h := newCtl(t)
	dir, table := recordings(t, 3)
	get[any](h, "import", dir, "--metadata", table)
	draw := get[drawn](h, "draw", "-n", "2", "--seed", "meeting-55")
	_, ready := host(h, draw.ID)
	key := strings.Repeat("A", 43)
	for _, told := range []syscall.Signal{syscall.SIGTERM, syscall.SIGINT} {
		own := newCtl(t)
		get[any](own, "import", dir, "--metadata", table)
		mine := get[drawn](own, "draw", "-n", "2", "--seed", "meeting-56")
		for what, sits := range map[string]func() (*seat, string){
			"host": func() (*seat, string) { s, _ := host(own, mine.ID); return s, "" },
			"join": func() (*seat, string) { return join(newCtl(t), "Ada", ready.Link), "" },
			"join's -": func() (*seat, string) {
				return sit(newCtl(t), "Bo", "", "session", "join", "-", "--name", "Bo"), "cancelled"
			},
			"hub":   func() (*seat, string) { return atHub(t, key), "" },
			"batch": func() (*seat, string) { return inBatch(t, own), "cancelled" },
		} {
			s, code := sits()
			if what == "join's -" {
				s.runs()
			}
			if err := s.process.Process.Signal(told); err != nil {
				t.Fatal(err)
			}
			err := s.process.Wait()
			if code == "" && err != nil || code != "" && (err == nil || !bytes.Contains(s.errs.Bytes(), []byte(`"`+code+`"`))) {
				t.Errorf("%s, told to end by %v: %v, %s", what, told, err, s.errs.Bytes())
			}
		}
	}
	if left := hubs(t); left > 1 {
		t.Errorf("%d hubs run, want that of the session that goes on", left)
	}
}

// atHub serves a session for a host elsewhere.
func atHub(t *testing.T, key string) *seat {
	t.Helper()
	s := sit(newCtl(t), "hub", "", "hub", "--session", "abcdefghijklmnop", "--host", key, "--dir", t.TempDir(), "--listen", "127.0.0.1:0")
	s.until("ready")
	return s
}

// inBatch runs a batch that has answered one command and waits for the next.
func inBatch(t *testing.T, c *ctl) *seat {
	t.Helper()
	s := sit(c, "batch", `["draws","--json"]`+"\n", "batch")
	if !s.out.Scan() {
		t.Fatal("the batch answers nothing")
	}
	return s
}

// runs waits until a process that prints nothing has taken its first steps.
func (s *seat) runs() {
	s.t.Helper()
	for {
		stat, err := exec.Command("ps", "-o", "stat=", "-p", strconv.Itoa(s.process.Process.Pid)).Output()
		if err != nil {
			s.t.Fatal(err)
		}
		if files, _ := filepath.Glob(filepath.Join(s.home, "data", "*", "*")); len(files) > 0 && len(stat) > 0 {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// hubs is how many hubs of this test's program run.
func hubs(t *testing.T) int {
	t.Helper()
	all, err := exec.Command("ps", "-eo", "args=").Output()
	if err != nil {
		t.Fatal(err)
	}
	return bytes.Count(all, []byte(terminal+" hub --pipe"))
}

// A hub never outlives the program that began it, though that is killed.
func TestAHubEndsWithItsHost(t *testing.T) {
	h := newCtl(t)
	dir, table := recordings(t, 3)
	get[any](h, "import", dir, "--metadata", table)
	draw := get[drawn](h, "draw", "-n", "2", "--seed", "meeting-57")
	before := hubs(t)
	hostess, _ := host(h, draw.ID)
	if n := hubs(t); n != before+1 {
		t.Fatalf("%d hubs run, want %d", n, before+1)
	}
	hostess.kill()
	for hubs(t) != before {
		time.Sleep(20 * time.Millisecond) // until it has written what it holds
	}
}
