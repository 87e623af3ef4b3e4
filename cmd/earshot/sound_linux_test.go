package main

import (
	"encoding/binary"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/earshot-app/earshot/data/speaker/fifocard"
	"github.com/earshot-app/earshot/ui/screen"
)

// TestSilenceIsSkippedAndTheSpeechStillCounts plays a call of two sounds with six
// seconds of silence between them. What is heard must be as long as what the
// terminal makes of it, and the call can be finished without a question: all
// that was said was heard.
func TestSilenceIsSkippedAndTheSpeechStillCounts(t *testing.T) {
	m := newMachine(t)
	file := m.drawn(1500*time.Millisecond, 6*time.Second, 1500*time.Millisecond)
	m.start()
	m.until("the call is shown", func(s screen.Trace) bool { return s.Call != "" })
	from := m.card.Frames()
	m.key("g", "space")
	m.until("the call has ended", func(s screen.Trace) bool { return !s.Playing && s.Pos > 8.9 })
	heard := span(m.card.Heard(from))

	out := filepath.Join(t.TempDir(), "out.wav")
	decoded := ctl[struct{ Frames int }](m, m.library(), "decode", file, "--skip-silence", "-o", out)
	want := time.Duration(decoded.Frames) * time.Second / 8000
	if (want-3300*time.Millisecond).Abs() > 50*time.Millisecond || (heard-want).Abs() > 50*time.Millisecond {
		t.Errorf("heard %v, the terminal makes it %v, want 3.3 s", heard, want)
	}
	m.key("ctrl+Return")
	m.until("the call is done", func(s screen.Trace) bool { return s.Call == "" || s.Dialog != "" })
	if m.last.Dialog != "" {
		t.Errorf("it asks %q although all of the speech was heard", m.last.Dialog)
	}
	m.quit()
	settings, err := os.ReadFile(filepath.Join(m.home, "config", "earshot", "settings.json"))
	if err != nil || !strings.Contains(string(settings), `"skipping": true`) {
		t.Errorf("the next start would not skip: %v\n%s", err, settings)
	}
}

// TestACardThatHangsPausesTheCallAndGoesOnAtTheSamePlace listens to a rising tone,
// which tells where the recording is.
func TestACardThatHangsPausesTheCallAndGoesOnAtTheSamePlace(t *testing.T) {
	m := newMachine(t)
	m.drawn(30 * time.Second)
	m.start()
	m.until("the call is shown", func(s screen.Trace) bool { return s.Call != "" })
	m.key("space")
	m.until("the call plays", func(s screen.Trace) bool { return s.Playing && s.Pos > 3 })
	m.card.Stick(true)
	lost := m.until("it is paused", func(s screen.Trace) bool { return !s.Playing })
	m.card.Stick(false)
	time.Sleep(time.Second) // what was on its way is played
	from := m.card.Frames()
	m.key("space")
	m.until("it plays on", func(s screen.Trace) bool { return s.Playing && s.Pos > lost.Pos+1 })
	heard := m.card.Heard(from)
	first := begin(heard)
	if place := placeOf(heard[first : first+fifocard.Rate/4]); math.Abs(place-lost.Pos) > 0.3 {
		t.Errorf("lost at %.1f s, it goes on at %.1f s", lost.Pos, place)
	}
	m.quit()
}

// TestTheCardIsOnlyGivenSoundWhereSomethingPlays hears a call twice, with a rest
// between.
func TestTheCardIsOnlyGivenSoundWhereSomethingPlays(t *testing.T) {
	m := newMachine(t)
	m.drawn(2 * time.Second)
	m.start()
	m.until("the call is shown", func(s screen.Trace) bool { return s.Call != "" })
	m.key("ctrl+2")
	m.until("another page is shown", func(s screen.Trace) bool { return s.Screen == screen.Issues })
	m.key("ctrl+1")
	m.until("the call is shown again", func(s screen.Trace) bool { return s.Screen == screen.Listen && s.Call != "" })
	if n := m.card.Frames(); n > 0 {
		t.Errorf("the card was given %d frames before anything was played", n)
	}
	for _, which := range []string{"the first", "another"} {
		m.rests()
		from := m.card.Frames()
		m.key("space")
		m.until("it plays "+which+" time", func(s screen.Trace) bool { return s.Playing && s.Pos < 1.5 })
		m.until("it has played", func(s screen.Trace) bool { return !s.Playing && s.Pos > 1.9 })
		if heard := span(m.card.Heard(from)); heard.Seconds() < 1.95 || heard.Seconds() > 2.05 {
			t.Errorf("%s time %v of 2 s are heard", which, heard)
		}
	}
	m.rests()
	m.quit()
}

// rests waits until the card is given nothing any more.
func (m *machine) rests() {
	for before := -1; before != m.card.Frames(); time.Sleep(300 * time.Millisecond) {
		before = m.card.Frames()
	}
}

// TestWithoutACardNothingCountsAsHeardUntilOneIsPluggedIn takes the card's
// configuration away and brings it back.
func TestWithoutACardNothingCountsAsHeardUntilOneIsPluggedIn(t *testing.T) {
	m := newMachine(t)
	m.drawn(4 * time.Second)
	_, config := m.card.Env()
	move(t, config, config+".away")
	m.start()
	m.until("the call is shown", func(s screen.Trace) bool { return s.Call != "" })
	m.key("space")
	m.until("it has played silently", func(s screen.Trace) bool { return !s.Playing && s.Pos > 3.9 })
	m.key("ctrl+Return")
	m.until("it asks, as nothing was heard", func(s screen.Trace) bool { return s.Dialog != "" })
	m.key("Escape")
	m.until("the question is gone", func(s screen.Trace) bool { return s.Dialog == "" })

	move(t, config+".away", config)
	m.key("space")
	m.until("it plays from the beginning", func(s screen.Trace) bool { return s.Playing && s.Pos < 3 })
	m.until("it has played to the card", func(s screen.Trace) bool { return !s.Playing && s.Pos > 3.9 })
	if heard := span(m.card.Heard(0)); (heard - 4*time.Second).Abs() > 50*time.Millisecond {
		t.Errorf("heard %v of 4 s", heard)
	}
	m.key("ctrl+Return")
	m.until("the call is done", func(s screen.Trace) bool { return s.Call == "" })
	m.quit()
}

func move(t *testing.T, from, to string) {
	t.Helper()
	if err := os.Rename(from, to); err != nil {
		t.Fatal(err)
	}
}

// library is the one that this machine opens.
func (m *machine) library() string {
	return filepath.Join(m.home, "data", "earshot", "library.earshot")
}

// drawn makes a recording of sound and silence in turn, and a draw of it.
func (m *machine) drawn(parts ...time.Duration) (file string) {
	m.t.Helper()
	var samples []int16
	for i, part := range parts {
		for range int(part.Seconds() * telephone) {
			x := 0.0
			if i%2 == 0 {
				at := float64(len(samples)) / telephone
				x = 12000 * math.Sin(2*math.Pi*(lowest*at+rising/2*at*at))
			}
			samples = append(samples, int16(x))
		}
	}
	file = m.recorded("call.wav", samples)
	ctl[any](m, m.library(), "draw", "-n", "1")
	return file
}

// telephone is the rate of the recordings that are made here.
const telephone = 8000

// recorded makes a recording with one channel and imports it.
func (m *machine) recorded(name string, samples []int16) (file string) {
	m.t.Helper()
	raw := []byte("RIFF\x00\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x01\x00\x01\x00")
	for _, x := range []uint32{telephone, 2 * telephone, 16<<16 | 2} {
		raw = binary.LittleEndian.AppendUint32(raw, x)
	}
	raw = binary.LittleEndian.AppendUint32(append(raw, "data"...), uint32(2*len(samples)))
	for _, x := range samples {
		raw = binary.LittleEndian.AppendUint16(raw, uint16(x))
	}
	binary.LittleEndian.PutUint32(raw[4:], uint32(len(raw)-8))
	file = filepath.Join(m.t.TempDir(), name)
	if err := os.WriteFile(file, raw, 0o600); err != nil {
		m.t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Dir(m.library()), 0o700); err != nil {
		m.t.Fatal(err)
	}
	ctl[any](m, m.library(), "import", file)
	return file
}

// The tone of a recording begins with so many hertz, and rises by so many a
// second.
const lowest, rising = 200, 20

// placeOf is where the recording is, in seconds, by how often the wave goes up
// through nothing.
func placeOf(frames [][2]int16) float64 {
	ups := 0
	for i := 1; i < len(frames); i++ {
		if frames[i-1][0] < 0 && frames[i][0] >= 0 {
			ups++
		}
	}
	seconds := float64(len(frames)) / fifocard.Rate
	return (float64(ups)/seconds-lowest)/rising - seconds/2
}

// begin is the number of the first frame that is no silence.
func begin(frames [][2]int16) int {
	return slices.IndexFunc(frames, func(f [2]int16) bool { return f != [2]int16{} })
}

// span is how long it is from the first sound to the last.
func span(frames [][2]int16) time.Duration {
	first, last := begin(frames), len(frames)-1
	for last > first && frames[last] == [2]int16{} {
		last--
	}
	return time.Duration(last-first) * time.Second / fifocard.Rate
}
