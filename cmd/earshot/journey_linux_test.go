package main

import (
	"bytes"
	"encoding/binary"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/earshot-app/earshot/data/speaker/fifocard"
	"github.com/earshot-app/earshot/ui/screen"
)

// TestTheJourney goes the way of a first visitor by keys alone: an empty data
// folder, the demo, a call, tags, undo, the ranking, the CSV. What the window
// showed, what was heard and what the library holds must agree.
func TestTheJourney(t *testing.T) {
	m := newMachine(t)
	m.start()
	m.until("the empty library says what to do", func(s screen.Trace) bool { return s.Screen == "welcome" && len(s.Rows) > 0 })
	m.key("ctrl+d")
	first := m.until("the demo's first unheard call is shown", func(s screen.Trace) bool {
		return s.Screen == screen.Listen && s.Call != "" && len(s.Rows) > 0
	})

	silent := m.card.Frames()
	m.key("space")
	m.until("the call plays", func(s screen.Trace) bool { return s.Playing && s.Pos > 1.5 })
	if !sounded(m.card.Heard(silent)) {
		t.Error("the window plays and nothing is heard")
	}
	m.key("space")
	paused := m.until("it is paused", func(s screen.Trace) bool { return !s.Playing })

	tagged := m.tag(paused)
	m.key("ctrl+z")
	m.until("the tag is undone", func(s screen.Trace) bool { return len(s.Moments) == 0 && s.Toast != "" })
	m.key("ctrl+shift+z")
	m.until("the tag is back", func(s screen.Trace) bool { return len(s.Moments) == 1 && s.Moments[0].ID == tagged.ID })

	m.key("t")
	m.until("the issue field has the focus", func(s screen.Trace) bool { return s.Focus == "field" })
	m.typed("Parcel left in the rain")
	m.key("ctrl+Return")
	m.until("the new issue is tagged", func(s screen.Trace) bool {
		return len(s.Moments) == 2 && s.Focus == "surface" &&
			slices.ContainsFunc(s.Moments, func(m screen.TraceMoment) bool { return m.Issue == "Parcel left in the rain" })
	})

	m.key("ctrl+Return")
	m.until("it asks whether to finish a call that was hardly heard", func(s screen.Trace) bool { return s.Dialog != "" })
	m.key("Return")
	m.until("the next call is shown", func(s screen.Trace) bool { return s.Dialog == "" && s.Call != "" && s.Call != first.Call })

	m.key("ctrl+2")
	m.until("the ranking has the new issue", func(s screen.Trace) bool {
		return s.Screen == screen.Issues && slices.ContainsFunc(s.Rows, func(r string) bool { return strings.Contains(r, "Parcel left in the rain") })
	})
	m.key("ctrl+e")
	m.until("the export asks where to", func(s screen.Trace) bool { return s.Dialog != "" })
	m.key("Return")
	m.until("the export is done", func(s screen.Trace) bool { return s.Dialog == "" && strings.Contains(s.Toast, ".csv") })
	m.quit()

	m.checkLibrary(first.Call)
	m.checkCSV()
}

// tag presses the key of the first issue that has one, and waits until the
// moment is shown.
func (m *machine) tag(now screen.Trace) screen.TraceMoment {
	m.t.Helper()
	for _, r := range now.Rows {
		if key, issue, ok := strings.Cut(r, " "); ok && len(key) == 1 && key >= "1" && key <= "9" {
			m.key(key)
			s := m.until("the tag is shown", func(s screen.Trace) bool { return len(s.Moments) == 1 })
			if s.Moments[0].Issue != issue {
				m.t.Errorf("key %s tags %q, want %q", key, s.Moments[0].Issue, issue)
			}
			return s.Moments[0]
		}
	}
	m.t.Fatalf("no issue has a key: %q", now.Rows)
	return screen.TraceMoment{}
}

// checkLibrary holds the library to what the window has shown.
func (m *machine) checkLibrary(uid string) {
	m.t.Helper()
	call := ctl[struct {
		State   string
		Moments []struct{ Issue string }
	}](m, m.demoLibrary(), "show", uid)
	if call.State != "heard" || len(call.Moments) != 2 {
		m.t.Errorf("the library says of the call: %+v", call)
	}
	if check := ctl[struct{ OK bool }](m, m.demoLibrary(), "check"); !check.OK {
		m.t.Error("check finds the library broken")
	}
}

// checkCSV holds the exported file to the terminal's ranking.
func (m *machine) checkCSV() {
	m.t.Helper()
	files, err := filepath.Glob(filepath.Join(m.home, "*.csv"))
	if deeper, _ := filepath.Glob(filepath.Join(m.home, "*", "*.csv")); len(files) == 0 {
		files = slices.DeleteFunc(deeper, func(f string) bool { return strings.HasSuffix(f, "calls.csv") })
	}
	if err != nil || len(files) != 1 {
		m.t.Fatalf("exported %v, %v", files, err)
	}
	f, err := os.Open(files[0])
	if err != nil {
		m.t.Fatal(err)
	}
	defer func() { _ = f.Close() }() // it was only read
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		m.t.Fatal(err)
	}
	ranking := ctl[struct{ Issues []struct{ Issue string } }](m, m.demoLibrary(), "rank")
	if len(rows) != len(ranking.Issues)+1 || len(rows) < 3 {
		m.t.Fatalf("%d rows for %d issues", len(rows), len(ranking.Issues))
	}
	for i, issue := range ranking.Issues {
		if rows[i+1][1] != issue.Issue {
			m.t.Errorf("row %d is %q, the ranking has %q", i+1, rows[i+1], issue.Issue)
		}
	}
}

// TestAKillLosesNothingThatWasShown kills the window after the trace has shown
// a moment. The next start shows the same call, at the same second, with it.
func TestAKillLosesNothingThatWasShown(t *testing.T) {
	m := newMachine(t)
	m.start()
	m.key("ctrl+d")
	m.until("a call is shown", func(s screen.Trace) bool { return s.Screen == screen.Listen && s.Call != "" && len(s.Rows) > 0 })
	m.key("Right")
	m.until("it stands at ten seconds", func(s screen.Trace) bool { return s.Pos >= 9.9 })
	shown := m.last
	moment := m.tag(shown)
	m.kill()

	m.start("--library", m.demoLibrary())
	again := m.until("the call is shown again", func(s screen.Trace) bool { return s.Call != "" && len(s.Moments) > 0 })
	if again.Call != shown.Call || len(again.Moments) != 1 || again.Moments[0].ID != moment.ID {
		t.Errorf("shown %s with %+v, now %s with %+v", shown.Call, moment, again.Call, again.Moments)
	}
	if off := again.Pos - shown.Pos; off < -1 || off > 1 {
		t.Errorf("left at %.1f s, found at %.1f s", shown.Pos, again.Pos)
	}
	m.quit()
}

// TestTheJourneyWithOwnRecordings goes the way of someone who starts with a
// folder of calls: a draw by keys, one call heard to its end without a problem,
// one with an issue, one skipped. The terminal then finds the calls so, and the
// draw as it was made.
func TestTheJourneyWithOwnRecordings(t *testing.T) {
	m := newMachine(t)
	m.start(m.recordings(6))
	m.amount("3")
	m.key("Tab", "Right") // calls, not minutes
	m.key("d")
	first := m.until("the draw's first call is shown", func(s screen.Trace) bool { return s.Call != "" })

	silent := m.card.Frames()
	m.key("space")
	m.until("it was played to its end", func(s screen.Trace) bool { return !s.Playing && s.Pos > 2.9 })
	if !sounded(m.card.Heard(silent)) {
		t.Error("the window played and nothing was heard")
	}
	m.key("n")
	second := m.until("the next call plays, without a question", func(s screen.Trace) bool {
		return s.Call != "" && s.Call != first.Call && s.Playing
	})
	m.key("t")
	m.until("the issue field has the focus", func(s screen.Trace) bool { return s.Focus == "field" })
	m.typed("Parcel left in the rain")
	m.key("ctrl+Return")
	m.until("it is tagged", func(s screen.Trace) bool { return len(s.Moments) == 1 && s.Focus == "surface" })
	m.until("it was played to its end", func(s screen.Trace) bool { return !s.Playing && s.Pos > 2.9 })
	m.key("ctrl+Return")
	third := m.until("the last call is shown", func(s screen.Trace) bool { return s.Call != "" && s.Call != second.Call })
	m.key("s")
	m.until("it asks why", func(s screen.Trace) bool { return s.Dialog != "" })
	m.typed("Test call")
	m.key("Return")
	m.until("the draw is done", func(s screen.Trace) bool { return s.Call == "" && s.Dialog == "" && len(s.Rows) > 0 })
	m.quit()
	m.checkDraw(map[string]string{first.Call: "heard", second.Call: "heard", third.Call: "skipped"})
}

// amount waits for the form of a draw, after an import, and types how much to
// hear.
func (m *machine) amount(text string) {
	m.t.Helper()
	m.until("the calls are in and the page asks for a draw", func(s screen.Trace) bool {
		return s.Screen == screen.Listen && s.Toast != "" && slices.Contains(s.Rows, "New draw")
	})
	m.key("Tab")
	m.until("the amount has the focus", func(s screen.Trace) bool { return s.Focus == "field" })
	m.key("ctrl+a")
	m.typed(text)
}

// checkDraw holds the calls of the library to the states that they were given,
// and its one draw to its record.
func (m *machine) checkDraw(states map[string]string) {
	m.t.Helper()
	library := filepath.Join(m.home, "data", "earshot", "library.earshot")
	calls := ctl[[]struct{ UID, State string }](m, library, "calls")
	for _, c := range calls {
		if want := states[c.UID]; c.State != want && (want != "" || c.State != "new") {
			m.t.Errorf("call %s is %s, want %q", c.UID, c.State, want)
		}
	}
	draws := ctl[[]struct{ ID string }](m, library, "draws")
	if len(calls) != 6 || len(draws) != 1 {
		m.t.Fatalf("%d calls and %d draws, want 6 and 1", len(calls), len(draws))
	}
	if v := ctl[struct{ Holds bool }](m, library, "draw", "verify", draws[0].ID); !v.Holds {
		m.t.Error("the draw does not hold")
	}
	ranking := ctl[struct{ Issues []struct{ Issue string } }](m, library, "rank")
	if len(ranking.Issues) != 1 || ranking.Issues[0].Issue != "Parcel left in the rain" {
		m.t.Errorf("the ranking is %+v", ranking)
	}
}

// recordings writes a folder of n calls of three seconds, each of its own tone,
// as µ-law in WAV.
func (m *machine) recordings(n int) string {
	m.t.Helper()
	const rate, frames = 8000, 3 * 8000
	folder := m.t.TempDir()
	for i := range n {
		sound := make([]byte, frames)
		for frame := range sound {
			sound[frame] = 0x90 // loud, and with the first bit cleared as loud below zero
			if frame/(10+i)%2 == 0 {
				sound[frame] = 0x10
			}
		}
		var b bytes.Buffer
		b.WriteString("RIFF")
		for _, v := range []any{
			uint32(36 + frames), []byte("WAVEfmt "), uint32(16), uint16(7), uint16(1), uint32(rate), uint32(rate), uint16(1), uint16(8),
			[]byte("data"), uint32(frames), sound,
		} {
			if err := binary.Write(&b, binary.LittleEndian, v); err != nil {
				m.t.Fatal(err)
			}
		}
		if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("call-%d.wav", i)), b.Bytes(), 0o600); err != nil {
			m.t.Fatal(err)
		}
	}
	return folder
}

// sounded reports whether there is more than silence in what was heard.
func sounded(heard [][2]int16) bool {
	loud := 0
	for _, frame := range heard {
		if frame[0] > 500 || frame[1] > 500 {
			loud++
		}
	}
	return loud > fifocard.Rate/100
}
