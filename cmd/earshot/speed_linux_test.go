package main

import (
	"bufio"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"

	"github.com/earshot-app/earshot/data/speaker/fifocard"
	"github.com/earshot-app/earshot/ui/screen"
)

// "go run ./cmd/dev bench window" makes the library and says how long.
var (
	million = flag.String("million", "", "a library of a million calls")
	soak    = flag.Duration("soak", 0, "for how long to work at ten times human pace")
)

// BenchmarkTheWindow measures the app in a real window without a graphics card:
// from a key, pressed by another program, to what was painted or heard. Run it
// with -benchtime 1x.
func BenchmarkTheWindow(b *testing.B) {
	for _, part := range []struct {
		name    string
		measure func(*testing.B)
	}{
		{"empty", measureEmpty},
		{"million", measureMillion},
		{"tag", measureTag},
		{"next", measureNext},
		{"idle", measureIdle},
		{"hour", measureHour},
	} {
		b.Run(part.name, func(b *testing.B) {
			part.measure(b)
			b.ReportMetric(0, "ns/op")
		})
	}
}

// tries is how often a thing that varies is measured.
const tries = 15

func report(b *testing.B, what string, all []time.Duration) {
	slices.Sort(all)
	b.ReportMetric(ms(all[len(all)/2]), "ms/"+what)
	b.ReportMetric(ms(all[len(all)-1]), "most-ms/"+what)
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// emptyWindow is what there is to hold the app against: Fyne, with a window of
// the same size and nothing in it. It tells when it was painted.
func emptyWindow() {
	app := fyneapp.NewWithID("app.earshot.Empty")
	w := app.NewWindow("Empty")
	w.Resize(fyne.NewSize(width, height))
	app.Lifecycle().SetOnEnteredForeground(func() { fmt.Println("shown") })
	w.ShowAndRun()
	os.Exit(0)
}

func measureEmpty(b *testing.B) {
	m := newMachine(b)
	m.app = exec.Command(os.Args[0])
	m.app.Env = append(m.env(), "EARSHOT_TEST_CHILD=empty")
	out, err := m.app.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	begun := time.Now()
	if err := m.app.Start(); err != nil {
		b.Fatal(err)
	}
	m.xdotool("search", "--sync", "--onlyvisible", "--name", "Empty", "windowfocus", "--sync")
	if !bufio.NewScanner(out).Scan() {
		b.Fatal("the empty window was not shown")
	}
	b.ReportMetric(ms(time.Since(begun)), "ms/opened")
	b.ReportMetric(m.idle(), "%cpu/idle")
	b.ReportMetric(m.memory(), "MB")
}

// measureMillion opens a library of a million calls, and scrolls its table by
// the wheel.
func measureMillion(b *testing.B) {
	m := newMachine(b)
	var opened []time.Duration
	for range 5 {
		m.kill()
		begun := time.Now()
		m.start("--library", *million)
		shown := m.until("it is usable", func(s screen.Trace) bool { return s.Screen == screen.Listen })
		opened = append(opened, shown.Time.Sub(begun))
	}
	report(b, "opened", opened)
	pressed := time.Now()
	m.key("ctrl+5")
	rows := m.until("the table is shown", func(s screen.Trace) bool { return s.Screen == screen.Library && len(s.Rows) > 5 })
	b.ReportMetric(ms(rows.Time.Sub(pressed)), "ms/table")
	time.Sleep(5 * time.Second) // until it has settled
	b.ReportMetric(m.memory(), "MB")
	m.xdotool("mousemove", "900", "600")
	cpu, begun := m.cpu(), time.Now()
	m.xdotool("click", "--repeat", "300", "--delay", "16", "5")
	b.ReportMetric(100*(m.cpu()-cpu).Seconds()/time.Since(begun).Seconds(), "%cpu/scrolling")
}

// pause is how long somebody looks at what a key did before they press another: the
// frames that follow it are painted by then.
const pause = 300 * time.Millisecond

// measureTag tags and undoes in the demo, by a program that presses keys when it
// is told to, and by one that is started for each. A moment is stored before it
// is shown.
func measureTag(b *testing.B) {
	m := newMachine(b)
	m.start()
	m.key("ctrl+d")
	first := m.until("a call is shown", func(s screen.Trace) bool { return s.Screen == screen.Listen && s.Call != "" && len(s.Rows) > 0 })
	took := map[string][]time.Duration{}
	measure := func(what string, press func(key string)) {
		pressed := time.Now()
		press("1")
		shown := m.until("the tag is shown", func(s screen.Trace) bool { return len(s.Moments) == len(first.Moments)+1 })
		took[what] = append(took[what], shown.Time.Sub(pressed))
		time.Sleep(pause)
		press("ctrl+z")
		m.until("it is undone", func(s screen.Trace) bool { return len(s.Moments) == len(first.Moments) })
		time.Sleep(pause)
	}
	press := m.keyboard(b)
	for range tries { // in turn, since the first few are slower, whoever presses
		measure("painted", press)
		measure("started", func(key string) { m.key(key) })
	}
	for what, all := range took {
		report(b, what, all)
	}
}

// keyboard is a program that waits for keys to press.
func (m *machine) keyboard(b *testing.B) (press func(key string)) {
	m.t.Helper()
	cmd := exec.CommandContext(b.Context(), "xdotool", "-")
	cmd.Env = append(os.Environ(), "DISPLAY="+m.name)
	keys, err := cmd.StdinPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		_ = keys.Close()
		_ = cmd.Wait() // the benchmark is over
	})
	return func(key string) {
		if _, err := fmt.Fprintln(keys, "key", key); err != nil {
			b.Fatal(err)
		}
	}
}

// measureNext plays calls of three seconds to their ends and finishes them.
func measureNext(b *testing.B) {
	m := newMachine(b)
	m.drawAll(tries + 2)
	m.key("space")
	var took []time.Duration
	for range tries {
		s := m.until("it was played to its end", func(s screen.Trace) bool { return !s.Playing && s.Pos > 2.9 })
		m.quiet()
		from, pressed := m.card.Frames(), time.Now()
		m.key("n")
		m.until("the next call plays", func(t screen.Trace) bool { return t.Call != s.Call && t.Playing && t.Pos > 0.3 })
		took = append(took, m.firstSound(from).Sub(pressed))
	}
	report(b, "heard", took)
}

// drawAll imports n calls and draws all of them.
func (m *machine) drawAll(n int) {
	m.start(m.recordings(n))
	m.amount(strconv.Itoa(n))
	m.key("Tab", "Right", "d") // calls, not minutes
	m.until("the draw's first call is shown", func(s screen.Trace) bool { return s.Call != "" })
}

// quiet waits until the card has played nothing for a quarter of a second.
func (m *machine) quiet() {
	for from := max(0, m.card.Frames()-fifocard.Rate/4); ; time.Sleep(5 * time.Millisecond) {
		heard := m.card.Heard(from)
		if last := lastSound(heard); last >= 0 {
			from += last + 1
		} else if len(heard) >= fifocard.Rate/4 {
			return
		}
	}
}

func lastSound(frames [][2]int16) int {
	for i := len(frames) - 1; i >= 0; i-- {
		if frames[i] != [2]int16{} {
			return i
		}
	}
	return -1
}

// firstSound is when the card played the first sound since a frame.
func (m *machine) firstSound(from int) time.Time {
	first := slices.IndexFunc(m.card.Heard(from), func(f [2]int16) bool { return f != [2]int16{} })
	if first < 0 {
		m.t.Fatal("nothing was heard")
	}
	first += from
	const hundredth = fifocard.Rate / 100 // what At tells apart
	return m.card.At(first).Add(time.Duration(first%hundredth) * time.Second / fifocard.Rate)
}

// measureIdle leaves the app alone, before it has played and after.
func measureIdle(b *testing.B) {
	m := newMachine(b)
	m.drawAll(2)
	m.until("nothing is said any more", func(s screen.Trace) bool { return s.Toast == "" })
	b.ReportMetric(m.idle(), "%cpu/before")
	b.ReportMetric(m.memory(), "MB")
	m.key("space")
	m.until("it was played to its end", func(s screen.Trace) bool { return !s.Playing && s.Pos > 2.9 })
	b.ReportMetric(m.idle(), "%cpu/after")
}

// idle is what the app uses of a core, in percent, when it is left alone.
func (m *machine) idle() float64 {
	m.t.Helper()
	time.Sleep(5 * time.Second) // until it has settled
	cpu, begun := m.cpu(), time.Now()
	time.Sleep(10 * time.Second)
	return 100 * (m.cpu() - cpu).Seconds() / time.Since(begun).Seconds()
}

// measureHour tags, undoes, plays and looks around, an act every 0.3 seconds,
// and tells what memory grew after the first minute.
func measureHour(b *testing.B) {
	m := newMachine(b)
	m.start()
	m.key("ctrl+d")
	m.until("a call is shown", func(s screen.Trace) bool { return s.Screen == screen.Listen && s.Call != "" && len(s.Rows) > 0 })
	work := func(long time.Duration) {
		for begun := time.Now(); time.Since(begun) < long; m.lines() {
			for _, key := range []string{"space", "1", "Right", "ctrl+z", "ctrl+2", "Down", "Down", "ctrl+5", "Down", "ctrl+1"} {
				m.key(key)
				time.Sleep(300 * time.Millisecond)
			}
		}
	}
	work(time.Minute)
	before := m.memory()
	work(*soak)
	b.ReportMetric(m.memory()-before, "MB/grown")
}

// memory is what the app holds of it, in MB (RSS).
func (m *machine) memory() float64 {
	m.t.Helper()
	raw, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(m.app.Process.Pid), "status"))
	if err != nil {
		m.t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(raw), "VmRSS:")
	kilobytes, err := strconv.ParseFloat(strings.Fields(rest)[0], 64)
	if err != nil {
		m.t.Fatal(err)
	}
	return kilobytes / 1024
}

// cpu is what the app has used, in steps of a hundredth of a second (proc(5)).
func (m *machine) cpu() time.Duration {
	m.t.Helper()
	raw, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(m.app.Process.Pid), "stat"))
	if err != nil {
		m.t.Fatal(err)
	}
	fields := strings.Fields(string(raw[strings.LastIndexByte(string(raw), ')')+1:]))
	var ticks int
	for _, field := range fields[11:13] { // utime and stime
		n, err := strconv.Atoi(field)
		if err != nil {
			m.t.Fatal(err)
		}
		ticks += n
	}
	return time.Duration(ticks) * time.Second / 100
}
