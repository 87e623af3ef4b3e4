package main

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"go.uber.org/goleak"
)

// terminal is earshotctl as people get it.
var terminal string

// TestMain builds earshotctl, so that tests run real processes against a real
// library. It is also the process of a NATS server.
func TestMain(m *testing.M) {
	if file := os.Getenv(asNATS); file != "" {
		if err := serveNATS(file); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	dir, err := os.MkdirTemp("", "earshotctl")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	terminal = filepath.Join(dir, "earshotctl")
	build := exec.Command("go", "build", "-o", terminal, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	code := 1
	if out, err := build.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "build earshotctl: %v\n%s", err, out)
	} else if code = m.Run(); code == 0 {
		code = leaks()
	}
	_ = os.RemoveAll(dir) // what stays lies in the folder for what may go
	os.Exit(code)
}

// leaks is the exit code of tests after which goroutines are left.
func leaks() int {
	if err := goleak.Find(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// ctl is one user's machine: a home of their own and a library.
type ctl struct {
	t    testing.TB
	home string
}

func newCtl(t testing.TB) *ctl { return &ctl{t, t.TempDir()} }

func (c *ctl) command(args ...string) *exec.Cmd {
	cmd := exec.Command(terminal, args...)
	cmd.Env = append(os.Environ(), "EARSHOT_LANG=en", "TZ=Europe/Berlin", "EARSHOT_LIBRARY=",
		"HOME="+c.home, "XDG_DATA_HOME="+filepath.Join(c.home, "data"), "XDG_CONFIG_HOME="+filepath.Join(c.home, "config"))
	return cmd
}

// run answers standard output, standard error and the exit code.
func (c *ctl) run(args ...string) (out, errs string, code int) {
	c.t.Helper()
	cmd := c.command(args...)
	var o, e bytes.Buffer
	cmd.Stdout, cmd.Stderr = &o, &e
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		c.t.Fatal(err)
	}
	return o.String(), e.String(), cmd.ProcessState.ExitCode()
}

// get runs a command that must be done and decodes its JSON.
func get[T any](c *ctl, args ...string) T {
	c.t.Helper()
	out, errs, code := c.run(append(args, "--json")...)
	if code != 0 {
		c.t.Fatalf("%v: exit %d: %s%s", args, code, out, errs)
	}
	var v T
	if err := json.Unmarshal([]byte(out), &v); err != nil {
		c.t.Fatalf("%v: %v in %.300s", args, err, out)
	}
	return v
}

// refuse runs a command that must fail and checks the code that it answers.
func (c *ctl) refuse(exit int, code string, args ...string) {
	c.t.Helper()
	out, errs, got := c.run(args...)
	var f failed
	if err := json.Unmarshal([]byte(errs), &f); err != nil {
		c.t.Fatalf("%v: no error object: %q %q", args, out, errs)
	}
	if got != exit || string(f.Error) != code || f.Message == "" || f.Hint == "" {
		c.t.Errorf("%v: exit %d, %+v; want exit %d, %s", args, got, f, exit, code)
	}
}

// recordings writes n mono recordings of 8000 frames at 100 frames a second
// (80 s each, so that moments have room) and a table about them.
func recordings(t testing.TB, n int) (dir, table string) {
	t.Helper()
	dir = t.TempDir()
	table = filepath.Join(dir, "calls.csv")
	var rows strings.Builder
	rows.WriteString("Call ID,file,start,skill,wrap_up_code,agent,ani\n")
	for i := range n {
		name := fmt.Sprintf("rec-%02d.wav", i)
		writeWAV(t, filepath.Join(dir, name))
		fmt.Fprintf(&rows, "c-%02d,%s,2026-11-%02dT10:00:00+01:00,Billing,Billing – other,Ada Quill,+4917055501%02d\n", i, name, 2+i%7, i)
	}
	if err := os.WriteFile(table, []byte(rows.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir, table
}

func writeWAV(t testing.TB, path string) {
	t.Helper()
	const rate, frames = 8000, 80 * 8000
	var b bytes.Buffer
	b.WriteString("RIFF")
	for _, v := range []any{
		uint32(36 + frames), []byte("WAVEfmt "), uint32(16), uint16(7), uint16(1), uint32(rate), uint32(rate), uint16(1), uint16(8),
		[]byte("data"), uint32(frames), bytes.Repeat([]byte{0xff}, frames),
	} {
		if err := binary.Write(&b, binary.LittleEndian, v); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
}
