package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/earshot-app/earshot/ui/screen"
)

// TestWordsAreDraggedFromTheTranscript takes words of a demo call with the mouse,
// from the middle of one turn to that of a later one, and gives them to a moment.
func TestWordsAreDraggedFromTheTranscript(t *testing.T) {
	m := newMachine(t)
	m.start()
	m.until("the empty library says what to do", func(s screen.Trace) bool { return s.Screen == "welcome" })
	m.key("ctrl+d")
	call := m.until("a call of the demo is shown", func(s screen.Trace) bool { return s.Call != "" && len(s.Rows) > 0 }).Call
	m.key("r")
	time.Sleep(time.Second) // until the transcript is painted
	m.xdotool("mousemove", "480", "588", "sleep", "0.3", "mousedown", "1", "sleep", "0.1",
		"mousemove", "500", "616", "sleep", "0.1", "mousemove", "520", "643", "sleep", "0.3", "mouseup", "1")
	m.key("q", "1")
	words := m.until("a moment has words", func(s screen.Trace) bool {
		return len(s.Moments) == 1 && s.Moments[0].Words != ""
	}).Moments[0].Words
	m.quit()
	said := spoken(t, call)
	if !strings.Contains(said, words) || len(strings.Fields(words)) < 4 || len(words) > len(said)/2 {
		t.Errorf("the moment has %q\nof %q", words, said)
	}
}

// spoken is all that is said in a call of the demo, without who says it and when.
func spoken(t *testing.T, call string) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("..", "..", "assets", "demo", call+".vtt"))
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for line := range strings.Lines(string(raw)) {
		if _, words, ok := strings.Cut(line, ">"); ok && strings.HasPrefix(line, "<v ") {
			said = append(said, strings.TrimSpace(words))
		}
	}
	return strings.Join(said, " ")
}
