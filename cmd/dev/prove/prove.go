// Package prove does to a library what computers do to files, many times over,
// and counts what was lost by it: processes are killed, power is cut, disks fill
// up, bytes change, clocks jump.
//
// A loss is what was answered or shown and is not there afterwards, or a library
// that is not whole. Every fault runs real processes of earshotctl, or of the app
// in a window, on real files; what needs a disk of its own is done on a file that is mounted as one, which only
// root on Linux may do. A fault that cannot be tried is told as such.
package prove

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// Options say how much is tried.
type Options struct {
	Quick bool // a few rounds of each fault
}

// A fault is something that happens to a library.
type fault struct {
	name   string
	rounds int // in full
	quick  int
	try    func(context.Context, *prover, int) (tally, error)
}

// A tally is what came of a fault's rounds.
type tally struct {
	rounds, losses int
	first          string // the first loss
}

// lose counts a loss.
func (t *tally) lose(format string, args ...any) {
	if t.losses == 0 {
		t.first = fmt.Sprintf(format, args...)
	}
	t.losses++
}

// faults are all that is tried, in the order of the table.
var faults = []fault{
	{"kill -9 while importing", 200, 3, killImport},
	{"kill -9 while tagging", 400, 6, killTagging},
	{"kill -9 while merging issues", 150, 3, killMerging},
	{"kill -9 while migrating", 100, 3, killMigration},
	{"kill -9 while exporting", 100, 3, killExport},
	{"kill -9 in a session", 50, 2, killSession},
	{"kill -9 of the window while tagging by keys", 20, 2, killWindow},
	{"power cut", 60, 3, cutPower},
	{"disk full at a write", 120, 4, fillDisk},
	{"disk that may only be read", 3, 1, lockDisk},
	{"library removed while open", 30, 2, removeLibrary},
	{"opened twice", 30, 2, openTwice},
	{"bytes changed, then rescued", 200, 4, flipBytes},
	{"clock set back", 50, 5, setClockBack},
	{"recordings that vanish", 3, 1, vanishRecordings},
	{"sound card that vanishes", 3, 1, vanishCard},
}

// errNotTried says why a fault was not tried.
type errNotTried struct{ why error }

func (e errNotTried) Error() string { return "not tried: " + e.why.Error() }

// ErrLost is answered when something was lost.
var ErrLost = errors.New("something was lost")

// Run tries all faults and prints a row for each as it ends. The folder of go.mod
// must be the working folder. It answers [ErrLost].
func Run(ctx context.Context, out io.Writer, o Options) (err error) {
	dir, err := os.MkdirTemp("", "earshot-prove-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	p, err := newProver(ctx, dir)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "\nfaults on %s/%s, %d cores\n\n", runtime.GOOS, runtime.GOARCH, runtime.NumCPU())
	lost := false
	for _, f := range faults {
		rounds := f.rounds
		if o.Quick {
			rounds = f.quick
		}
		t, took, err := f.run(ctx, p, rounds)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		lost = lost || t.losses > 0 || err != nil && !errors.As(err, new(errNotTried))
		printRow(out, f.name, t, took, err)
	}
	if lost {
		return ErrLost
	}
	return nil
}

func (f fault) run(ctx context.Context, p *prover, rounds int) (tally, time.Duration, error) {
	begun := time.Now()
	t, err := f.try(ctx, p, rounds)
	return t, time.Since(begun), err
}

// printRow prints a row of the table.
func printRow(out io.Writer, name string, t tally, took time.Duration, err error) {
	said := ""
	switch {
	case err != nil:
		said = "  " + strings.ReplaceAll(err.Error(), "\n", " ")
	case t.losses > 0:
		said = "  LOST: " + t.first
	}
	fmt.Fprintf(out, "%-44s %9d rounds %4d losses %8.1f s%s\n", name, t.rounds, t.losses, took.Seconds(), said)
}

// A prover is where faults are tried.
type prover struct {
	dir      string
	terminal string // earshotctl
	random   *rand.Rand
	made     int // folders
}

// newProver builds earshotctl.
func newProver(ctx context.Context, dir string) (*prover, error) {
	p := &prover{dir: dir, terminal: filepath.Join(dir, "earshotctl"), random: rand.New(rand.NewPCG(20261122, 8))}
	if runtime.GOOS == "windows" {
		p.terminal += ".exe"
	}
	build := exec.CommandContext(ctx, "go", "build", "-o", p.terminal, "./cmd/earshotctl")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("build earshotctl: %w\n%s", err, out)
	}
	return p, nil
}

// folder is a new folder.
func (p *prover) folder() (string, error) {
	p.made++
	dir := filepath.Join(p.dir, fmt.Sprint(p.made))
	return dir, os.Mkdir(dir, 0o700)
}
