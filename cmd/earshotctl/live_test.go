package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	shared "github.com/earshot-app/earshot/review/session"
)

// A seat is a person at a terminal: a process that takes part in a session, and
// what it prints.
type seat struct {
	*ctl
	name    string
	process *exec.Cmd
	in      io.WriteCloser
	out     *bufio.Scanner
	errs    bytes.Buffer
	heard   []said
}

// sit starts a command of a session; first is what it reads before orders.
func sit(c *ctl, name, first string, args ...string) *seat {
	c.t.Helper()
	s := &seat{ctl: c, name: name, process: c.command(args...)}
	in, err1 := s.process.StdinPipe()
	out, err2 := s.process.StdoutPipe()
	s.process.Stderr = io.MultiWriter(os.Stderr, &s.errs)
	if err := s.process.Start(); err1 != nil || err2 != nil || err != nil {
		c.t.Fatal(err1, err2, err)
	}
	s.in, s.out = in, bufio.NewScanner(out)
	c.t.Cleanup(func() {
		_ = s.in.Close()
		_ = s.process.Process.Kill()
		_ = s.process.Wait()
	})
	fmt.Fprint(s.in, first)
	return s
}

func host(c *ctl, draw string, args ...string) (*seat, said) {
	c.t.Helper()
	s := sit(c, "host", "", append([]string{"session", "host", "--draw", draw, "--name", "Hedda", "--listen", "127.0.0.1:0"}, args...)...)
	return s, s.until("ready")
}

func join(c *ctl, name, link string) *seat {
	c.t.Helper()
	s := sit(c, name, link+"\n", "session", "join", "-", "--name", name)
	s.until("ready")
	return s
}

// next is what the process prints next, which must be no error.
func (s *seat) next() said {
	s.t.Helper()
	what := s.line()
	if what.Event == "error" {
		s.t.Fatalf("%s: %+v", s.name, what)
	}
	return what
}

// fails reads until an order is answered with an error, which must be of a code.
func (s *seat) fails(code string) {
	s.t.Helper()
	what := s.line()
	for what.Event != "error" {
		what = s.line()
	}
	if what.Error != code || what.Message == "" || what.Hint == "" {
		s.t.Errorf("%s was told %+v, want %s", s.name, what, code)
	}
}

func (s *seat) line() said {
	s.t.Helper()
	if !s.out.Scan() {
		s.t.Fatalf("%s ended: %v; it said %+v", s.name, s.out.Err(), s.heard)
	}
	var what said
	if err := json.Unmarshal(s.out.Bytes(), &what); err != nil {
		s.t.Fatalf("%s printed %q", s.name, s.out.Text())
	}
	s.heard = append(s.heard, what)
	return what
}

// until reads until an event comes.
func (s *seat) until(event string) said {
	s.t.Helper()
	return s.when(func(what said) bool { return what.Event == event })
}

func (s *seat) when(is func(said) bool) said {
	s.t.Helper()
	for {
		if what := s.next(); is(what) {
			return what
		}
	}
}

// do gives an order.
func (s *seat) do(o map[string]any) {
	s.t.Helper()
	raw, err := json.Marshal(o)
	if err != nil {
		s.t.Fatal(err)
	}
	if _, err := fmt.Fprintf(s.in, "%s\n", raw); err != nil {
		s.t.Fatal(err)
	}
}

// tag tags a call and waits until that is in the library.
func (s *seat) tag(round int, issue string, at float64) {
	s.t.Helper()
	s.do(map[string]any{"do": "tag", "round": round, "issue": issue, "at": at, "words": "said by " + s.name})
	s.until("tag")
}

func (s *seat) done(round int) {
	s.t.Helper()
	s.do(map[string]any{"do": "done", "round": round})
	s.until("done")
}

// kill ends the process as a power cut would.
func (s *seat) kill() {
	s.t.Helper()
	if err := s.process.Process.Kill(); err != nil {
		s.t.Fatal(err)
	}
	_ = s.process.Wait()
}

// here waits until all calls of the session have a place in the library.
func (s *seat) here(calls int) {
	s.t.Helper()
	for {
		s.do(map[string]any{"do": "status"})
		if s.until("status").Placed == calls {
			return
		}
	}
}

// holds reports whether the library's files hold a text.
func (s *seat) holds(text string) bool {
	s.t.Helper()
	files, _ := filepath.Glob(filepath.Join(s.home, "data", "*", "*"))
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err == nil && bytes.Contains(content, []byte(text)) {
			return true
		}
	}
	return false
}

// everybodyDone waits until the roster says that all are through.
func everybodyDone(people int) func(said) bool {
	return func(what said) bool {
		done := 0
		for _, m := range what.Members {
			if m.State == shared.Done {
				done++
			}
		}
		return what.Event == "roster" && done == people
	}
}

// Five members, of whom two have the recordings, hear four calls at their own
// pace without seeing each other's tags; one is killed and comes back.
func TestASessionOfSix(t *testing.T) {
	h := newCtl(t)
	dir, table := recordings(t, 10)
	get[any](h, "import", dir, "--metadata", table)
	draw := get[drawn](h, "draw", "-n", "4", "--seed", "meeting-47")
	hostess, ready := host(h, draw.ID)
	first := hostess.until("call")
	seats := []*seat{hostess}
	for i, name := range []string{"Ada", "Bo", "Cem", "Dora", "Eve"} {
		c := newCtl(t)
		if i < 2 {
			get[any](c, "import", dir, "--metadata", table)
		}
		seats = append(seats, join(c, name, ready.Link))
	}
	for i, s := range seats {
		s.here(4)
		for round := 1; round <= 4; round++ {
			if (i+round)%3 > 0 {
				s.tag(round, "Late bill", 10)
			}
			if i == 4 && round == 2 {
				s.kill()
				s = join(s.ctl, s.name, ready.Link)
				s.here(4)
				seats[i] = s
			}
			s.done(round)
		}
	}
	hostess.when(everybodyDone(6))
	for _, s := range seats[1:] {
		if s.holds("said by host") || s.name != "Bo" && s.holds("said by Bo") {
			t.Errorf("%s's library holds what others said before it was revealed", s.name)
		}
	}
	hostess.do(map[string]any{"do": "reveal"})
	for round := 1; round <= 4; round++ {
		hostess.until("revealed")
	}
	hostess.do(map[string]any{"do": "consensus", "uid": first.UID, "issues": []map[string]any{{"issue": "late bill", "at": 10}}})
	hostess.until("consensus")
	hostess.do(map[string]any{"do": "close"})
	ended(t, ready.Session, seats)
}

// ended waits until the session is closed for all, who must hold the same of
// it, and can export it.
func ended(t *testing.T, session string, seats []*seat) {
	t.Helper()
	digests := map[string][]string{}
	for _, s := range seats {
		digest := s.until("closed").Digest
		digests[digest] = append(digests[digest], s.name)
		if err := s.process.Wait(); err != nil {
			t.Errorf("%s: %v", s.name, err)
		}
		again := get[struct{ Digest string }](s.ctl, "session", "digest", session)
		if again.Digest != digest {
			t.Errorf("%s: the library says %s", s.name, again.Digest)
		}
		file := filepath.Join(t.TempDir(), "session")
		get[any](s.ctl, "session", "export", session, "-o", file)
		if content, err := os.ReadFile(file); err != nil || strings.Count(string(content), "\n") < 10 {
			t.Errorf("%s's export: %d bytes, %v", s.name, len(content), err)
		}
	}
	if len(digests) != 1 {
		t.Errorf("digests differ: %v", digests)
	}
}
