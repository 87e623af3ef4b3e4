package main

import (
	"bufio"
	"encoding/json"
	"io"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/earshot-app/earshot/ui/screen"
)

// A terminal is "earshotctl session host" in the foreground.
type terminal struct {
	t      *testing.T
	app    *exec.Cmd
	orders io.WriteCloser
	lines  *bufio.Scanner
}

// said is what of a line of a terminal is looked at.
type said struct{ Event, Name, Member, Link string }

// hostsInTerminal opens a session of two calls in a terminal, under the name of
// Hedda, and answers the link of its invitation.
func (m *machine) hostsInTerminal(t *testing.T) (*terminal, string) {
	t.Helper()
	for i, name := range []string{"a.wav", "b.wav"} {
		m.recorded(name, chatter(uint64(i), 20*time.Second))
	}
	draw := ctl[struct{ ID string }](m, m.library(), "draw", "-n", "2")
	host := &terminal{t: t, app: exec.Command(m.terminal(), "--library", m.library(), "--json",
		"session", "host", "--draw", draw.ID, "--name", "Hedda", "--listen", "127.0.0.1:0")}
	host.app.Env = m.env()
	orders, err := host.app.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := host.app.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	host.orders, host.lines = orders, bufio.NewScanner(out)
	if err := host.app.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = host.app.Process.Kill() // where it has not ended
		_ = host.app.Wait()
	})
	return host, host.until("ready").Link
}

// until reads what the terminal prints up to an event.
func (h *terminal) until(event string) (s said) {
	h.t.Helper()
	for h.lines.Scan() {
		s = said{}
		if err := json.Unmarshal(h.lines.Bytes(), &s); err != nil {
			h.t.Fatal(err)
		}
		if s.Event == event {
			return s
		}
	}
	h.t.Fatalf("the terminal ended without %q", event)
	return s
}

func (h *terminal) do(order map[string]string) {
	h.t.Helper()
	if err := json.NewEncoder(h.orders).Encode(order); err != nil {
		h.t.Fatal(err)
	}
}

// A window becomes the host's when the session is handed to it: it says so and may
// invite. Restarted, it goes on as the host at the hub of the one before, with them
// in it, says where that is, and begins none of its own.
func TestAWindowTakesOverASessionAndComesBackAsItsHost(t *testing.T) {
	hedda, ada := newMachine(t), newMachine(t)
	host, link := hedda.hostsInTerminal(t)
	ada.start()
	ada.until("the empty library says what to do", func(s screen.Trace) bool { return s.Screen == "welcome" })
	ada.joins(link)
	author := host.until("joined").Member
	ada.until("the host is shown", func(s screen.Trace) bool { return row(s, "Hosted by Hedda") })
	host.do(map[string]string{"do": "host", "member": author})
	ada.until("it is told", func(s screen.Trace) bool { return s.Toast == "You are the host of this session from now on." })
	hosts := func(s screen.Trace) bool { return row(s, "Hosted at 127.0.0.1:") && row(s, "Hedda: listening") }
	ada.until("the page is the host's", hosts)
	ada.key("i")
	ada.until("it may invite", func(s screen.Trace) bool { return s.Dialog != "" })
	ada.key("Escape")
	ada.quit()

	ada.start()
	ada.until("it is there again", func(s screen.Trace) bool { return s.Screen != "" })
	ada.key("ctrl+4")
	ada.until("the session is listed", func(s screen.Trace) bool { return s.Screen == screen.Session && len(s.Rows) == 1 })
	ada.key("Return")
	ada.until("it is in front", func(s screen.Trace) bool { return row(s, "Not connected") })
	ada.key("e")
	ada.until("it hosts again, with Hedda", hosts)
	kept := func(name string) (found []string) {
		found, _ = filepath.Glob(filepath.Join(ada.home, "data", "*", "sessions", "*", name))
		return found
	}
	if len(kept("door")) != 1 || len(kept("hub")) != 0 {
		t.Errorf("it knows the way to %q and has begun hubs of its own in %q", kept("door"), kept("hub"))
	}
	ada.quit()
	host.do(map[string]string{"do": "leave"})
	if err := host.app.Wait(); err != nil {
		t.Errorf("the terminal ended with %v", err)
	}
}

// row reports whether a row of a page begins so.
func row(s screen.Trace, start string) bool {
	for _, r := range s.Rows {
		if strings.HasPrefix(r, start) {
			return true
		}
	}
	return false
}
