package main

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/earshot-app/earshot/data/speaker/fifocard"
	"github.com/earshot-app/earshot/ui/screen"
)

// TestMain lets the test binary be the app itself, so that the journeys drive
// a real window of the code under test.
func TestMain(m *testing.M) {
	switch os.Getenv("EARSHOT_TEST_CHILD") {
	case "1":
		main()
	case "empty":
		emptyWindow()
	}
	code := m.Run()
	if builtTerminal != "" {
		_ = os.RemoveAll(filepath.Dir(builtTerminal)) // what stays of it is harmless
	}
	os.Exit(code)
}

// atMost is how long a journey waits for what must come. It is no bound on
// anything: it only ends a test whose wait is hopeless.
const atMost = 90 * time.Second

// display is an X server without a screen.
type display struct {
	t    testing.TB
	name string
}

func newDisplay(t testing.TB) *display {
	t.Helper()
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	server := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", "1280x800x24", "-nolisten", "tcp")
	server.ExtraFiles = []*os.File{write}
	if err := server.Start(); err != nil {
		t.Fatalf("start Xvfb, which \"go run ./cmd/dev test\" installs: %v", err)
	}
	t.Cleanup(func() {
		_ = server.Process.Kill()
		_ = server.Wait() // it was killed
	})
	_ = write.Close()
	number := make([]byte, 16)
	n, err := read.Read(number)
	if err != nil {
		t.Fatalf("Xvfb names no display: %v", err)
	}
	return &display{t, ":" + strings.TrimSpace(string(number[:n]))}
}

// machine is one user's computer: a home, a display and a sound card.
type machine struct {
	*display
	home  string
	card  *fifocard.Card
	trace string
	app   *exec.Cmd
	log   string // file of what the app says on standard error
	read  int    // bytes of the trace that were read
	last  screen.Trace
}

func newMachine(t testing.TB) *machine {
	t.Helper()
	m := &machine{display: newDisplay(t), home: t.TempDir(), log: filepath.Join(t.TempDir(), "log")}
	var err error
	if m.card, err = fifocard.New(t.TempDir()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		m.kill()
		_ = m.card.Close() // it was only for this test
	})
	return m
}

// env is what a program of this machine is started with.
func (m *machine) env() []string {
	card, config := m.card.Env()
	return append(os.Environ(), "EARSHOT_TEST_CHILD=1", "DISPLAY="+m.name, "LIBGL_ALWAYS_SOFTWARE=1",
		card+"="+config, "EARSHOT_LANG=en", "LANG=en_US.UTF-8", "LC_ALL=", "EARSHOT_LIBRARY=", "EARSHOT_TRACE="+m.trace,
		"HOME="+m.home, "XDG_DATA_HOME="+filepath.Join(m.home, "data"), "XDG_CONFIG_HOME="+filepath.Join(m.home, "config"),
		"XDG_CACHE_HOME="+filepath.Join(m.home, "cache"), "DBUS_SESSION_BUS_ADDRESS=")
}

// start opens the app and waits until its window hears keys.
func (m *machine) start(args ...string) {
	m.t.Helper()
	m.trace, m.read, m.last = filepath.Join(m.t.TempDir(), "trace"), 0, screen.Trace{}
	m.app = exec.Command(os.Args[0], args...)
	m.app.Env = m.env()
	log, err := os.OpenFile(m.log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		m.t.Fatal(err)
	}
	defer func() { _ = log.Close() }() // the app has its own
	m.app.Stderr = log
	if err := m.app.Start(); err != nil {
		m.t.Fatal(err)
	}
	m.until("the window is open", func(s screen.Trace) bool { return s.Screen != "" })
	m.xdotool("search", "--sync", "--onlyvisible", "--name", "Earshot", "windowfocus", "--sync")
}

// kill ends the app as a power cut would.
func (m *machine) kill() {
	if m.app == nil {
		return
	}
	_ = m.app.Process.Kill()
	_ = m.app.Wait() // it was killed
	m.app = nil
}

// quit closes the app by its key and checks that it ended well and that the
// race detector and Fyne found nothing. An app that does not end is made to say
// what it waits for.
func (m *machine) quit() {
	m.t.Helper()
	m.key("ctrl+q")
	hopeless := time.AfterFunc(atMost, func() { _ = m.app.Process.Signal(syscall.SIGQUIT) })
	err := m.app.Wait()
	if hopeless.Stop(); err != nil {
		m.t.Errorf("the app ended with %v\n%s", err, m.said())
	}
	m.app = nil
	for _, bad := range []string{"DATA RACE", "Error in Fyne call thread", "panic:"} {
		if strings.Contains(m.said(), bad) {
			m.t.Errorf("the app said:\n%s", m.said())
		}
	}
}

// said is what the app has said on standard error, without ALSA's talk about
// cards it does not find.
func (m *machine) said() string {
	raw, err := os.ReadFile(m.log)
	if err != nil {
		return err.Error()
	}
	var kept strings.Builder
	for line := range strings.Lines(string(raw)) {
		if !strings.HasPrefix(line, "ALSA lib") {
			kept.WriteString(line)
		}
	}
	return kept.String()
}

func (m *machine) xdotool(args ...string) {
	m.t.Helper()
	cmd := exec.Command("xdotool", args...)
	cmd.Env = append(os.Environ(), "DISPLAY="+m.name)
	if out, err := cmd.CombinedOutput(); err != nil {
		m.t.Fatalf("xdotool %v: %v\n%s\n%s", args, err, out, m.said())
	}
}

// key presses keys, one after the other.
func (m *machine) key(keys ...string) {
	m.t.Helper()
	for _, key := range keys {
		m.xdotool("key", "--clearmodifiers", key)
	}
}

// typed types text.
func (m *machine) typed(text string) {
	m.t.Helper()
	m.xdotool("type", "--delay", "30", "--", text)
}

// until reads the trace until a line, from the last one on, is as wanted.
func (m *machine) until(what string, wanted func(screen.Trace) bool) screen.Trace {
	m.t.Helper()
	for begin := time.Now(); time.Since(begin) < atMost; time.Sleep(20 * time.Millisecond) {
		for _, line := range m.lines() {
			m.last = line
			if wanted(line) {
				return line
			}
		}
		if m.last.Screen != "" && wanted(m.last) {
			return m.last
		}
	}
	shown, _ := json.MarshalIndent(m.last, "", " ")
	m.t.Fatalf("waited in vain until %s; the window shows %s\n%s", what, shown, m.said())
	return screen.Trace{}
}

// now is what the window has shown last.
func (m *machine) now() screen.Trace {
	m.t.Helper()
	for _, line := range m.lines() {
		m.last = line
	}
	return m.last
}

// lines are the whole lines of the trace that were not read yet.
func (m *machine) lines() []screen.Trace {
	m.t.Helper()
	f, err := os.Open(m.trace)
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil {
		m.t.Fatal(err)
	}
	defer func() { _ = f.Close() }() // it was only read
	if _, err := f.Seek(int64(m.read), io.SeekStart); err != nil {
		m.t.Fatal(err)
	}
	raw, err := io.ReadAll(f)
	if err != nil {
		m.t.Fatal(err)
	}
	whole := raw[:bytes.LastIndexByte(raw, '\n')+1]
	m.read += len(whole)
	var lines []screen.Trace
	for line := range bytes.Lines(whole) {
		var t screen.Trace
		if err := json.Unmarshal(line, &t); err != nil {
			m.t.Fatalf("trace line %s: %v", line, err)
		}
		lines = append(lines, t)
	}
	return lines
}

// ctl runs the terminal on a library of this machine and decodes its answer.
func ctl[T any](m *machine, library string, args ...string) T {
	m.t.Helper()
	cmd := exec.Command(m.terminal(), append([]string{"--library", library, "--json"}, args...)...)
	cmd.Env = m.env()
	out, err := cmd.Output()
	if err != nil {
		m.t.Fatalf("earshotctl %v: %v %s", args, err, out)
	}
	var v T
	if err := json.Unmarshal(out, &v); err != nil {
		m.t.Fatalf("earshotctl %v: %v in %.200s", args, err, out)
	}
	return v
}

// terminal builds earshotctl, once for all tests.
func (m *machine) terminal() string {
	m.t.Helper()
	if builtTerminal != "" {
		return builtTerminal
	}
	dir, err := os.MkdirTemp("", "earshotctl")
	if err != nil {
		m.t.Fatal(err)
	}
	path := filepath.Join(dir, "earshotctl")
	build := exec.Command("go", "build", "-o", path, "../earshotctl")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		m.t.Fatalf("build earshotctl: %v %s", err, out)
	}
	builtTerminal = path
	return path
}

var builtTerminal string

// demoLibrary is where the demo's library lies on this machine.
func (m *machine) demoLibrary() string {
	return filepath.Join(m.home, "data", "earshot", "demo.earshot")
}
