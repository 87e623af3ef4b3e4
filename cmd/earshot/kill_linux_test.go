package main

import (
	"math/rand/v2"
	"os"
	"os/exec"
	"testing"

	"github.com/earshot-app/earshot/ui/screen"
)

// TestAKillAtAnyMomentLosesNoTagThatWasShown kills the window while keys that tag
// are on their way, after any number of tags. All that the trace has told is in
// the library, which is whole. "go run ./cmd/dev prove" repeats it.
func TestAKillAtAnyMomentLosesNoTagThatWasShown(t *testing.T) {
	m := newMachine(t)
	m.start()
	m.key("ctrl+d")
	call := m.until("a call is shown", func(s screen.Trace) bool { return s.Screen == screen.Listen && s.Call != "" && len(s.Rows) > 0 }).Call
	pressing := m.press("1", "2", "3", "4", "5", "6", "7", "8", "9", "Right", "1", "2", "3", "4", "5", "6", "7", "8", "9")
	shown := map[string]bool{}
	see := func(s screen.Trace) bool {
		for _, moment := range s.Moments {
			shown[moment.ID] = true
		}
		return true
	}
	after := 1 + rand.IntN(17)
	m.until("so many tags are shown", func(s screen.Trace) bool { return see(s) && len(shown) >= after })
	m.kill()
	for _, s := range m.lines() { // told before it was killed
		see(s)
	}
	_ = pressing.Wait() // the window is gone

	if check := ctl[struct{ OK bool }](m, m.demoLibrary(), "check"); !check.OK {
		t.Error("check finds the library broken")
	}
	kept := map[string]bool{}
	for _, moment := range ctl[struct{ Moments []struct{ Moment string } }](m, m.demoLibrary(), "show", call).Moments {
		kept[moment.Moment] = true
	}
	for id := range shown {
		if !kept[id] {
			t.Errorf("of %d tags that were shown %s is lost", len(shown), id)
		}
	}
}

// press begins to press keys, one after the other, and does not wait.
func (m *machine) press(keys ...string) *exec.Cmd {
	m.t.Helper()
	cmd := exec.Command("xdotool", append([]string{"key", "--clearmodifiers", "--delay", "60"}, keys...)...)
	cmd.Env = append(os.Environ(), "DISPLAY="+m.name)
	if err := cmd.Start(); err != nil {
		m.t.Fatal(err)
	}
	return cmd
}
