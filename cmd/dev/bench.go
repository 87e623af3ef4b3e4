package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"time"
)

// groups are what can be measured, each in a file of its own.
var groups = []group{playbackGroup, numbersGroup, csvGroup, importGroup, sessionGroup, windowGroup}

// A group is a table of measurements that belong together.
type group struct {
	name   string
	kits   []kit // what its peers need
	rounds int   // 0 for the usual ones
	run    func(context.Context, *bench) error
}

// runBench measures the named group, or all.
func runBench(ctx context.Context, args []string) error {
	chosen := groups
	if len(args) > 0 {
		chosen = slices.DeleteFunc(slices.Clone(groups), func(g group) bool { return g.name != args[0] })
	}
	if len(chosen) == 0 || len(args) > 1 {
		return errUsage
	}
	for _, g := range chosen {
		if err := g.measure(ctx); err != nil {
			return fmt.Errorf("bench %s: %w", g.name, err)
		}
	}
	return nil
}

// measure runs a group in a folder of its own, with earshotctl in it.
func (g group) measure(ctx context.Context) (err error) {
	if err := ensure(ctx, g.kits...); err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "earshot-bench-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	b := &bench{dir: dir, out: os.Stdout, rounds: cmp.Or(g.rounds, rounds)}
	build := command(ctx, "go", "build", "-o", b.earshot(), "./cmd/earshotctl")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if err := build.Run(); err != nil {
		return fmt.Errorf("build earshotctl: %w", err)
	}
	fmt.Fprintf(b.out, "\n%s: medians of %d rounds, in turn; %s/%s, %d cores\n\n",
		g.name, b.rounds, runtime.GOOS, runtime.GOARCH, runtime.NumCPU())
	return g.run(ctx, b)
}

// A bench is where a group measures and prints.
type bench struct {
	dir    string
	out    io.Writer
	rounds int // how often each contender runs
}

// file is the path of a file of the bench.
func (b *bench) file(name string) string { return filepath.Join(b.dir, name) }

func (b *bench) earshot() string {
	if runtime.GOOS == "windows" {
		return b.file("earshotctl.exe")
	}
	return b.file("earshotctl")
}

// A contender does the same work as the others of its contest, as a program
// that is started for it and ends.
type contender struct {
	name  string
	args  []string
	tells int // if above 0, it prints what so many times the work alone took, as "earshotctl bench" does
}

func (b *bench) own(args ...string) contender {
	return contender{name: "earshot", args: append([]string{b.earshot()}, args...)}
}

// rounds is how often each contender runs where a group does not say.
const rounds = 5

// A cost is what one run of a program took.
type cost struct {
	cpu, wall time.Duration
	memory    int64 // bytes at the most, or 0 where the system does not tell
}

// contest runs the contenders by turns, so that whatever else the computer does
// is shared by all, and returns the median cost of each.
func (b *bench) contest(ctx context.Context, contenders ...contender) ([]cost, error) {
	costs := make([][]cost, len(contenders))
	for range b.rounds {
		for i, c := range contenders {
			once, err := c.run(ctx)
			if err != nil {
				return nil, err
			}
			costs[i] = append(costs[i], once)
		}
	}
	medians := make([]cost, len(contenders))
	for i, all := range costs {
		medians[i] = middle(all)
	}
	return medians, nil
}

func (c contender) run(ctx context.Context) (cost, error) {
	cmd := exec.CommandContext(ctx, c.args[0], c.args[1:]...)
	var told, said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &told, &said
	begun := time.Now()
	if err := cmd.Run(); err != nil {
		return cost{}, fmt.Errorf("%s: %w\n%s", c.name, err, said.Bytes())
	}
	state := cmd.ProcessState
	whole := cost{state.UserTime() + state.SystemTime(), time.Since(begun), peakMemory(state)}
	if c.tells == 0 {
		return whole, nil
	}
	var work struct{ CPU, Wall float64 } // seconds
	if err := json.Unmarshal(told.Bytes(), &work); err != nil {
		return cost{}, fmt.Errorf("%s: %w", c.name, err)
	}
	times := float64(c.tells)
	return cost{duration(work.CPU / times), duration(work.Wall / times), whole.memory}, nil
}

func duration(seconds float64) time.Duration { return time.Duration(seconds * float64(time.Second)) }

func median[C any, T int64 | time.Duration](all []C, of func(C) T) T {
	var values []T
	for _, c := range all {
		values = append(values, of(c))
	}
	slices.Sort(values)
	return values[len(values)/2]
}

func (c cost) String() string {
	text := fmt.Sprintf("%7.3f %7.3f", c.cpu.Seconds(), c.wall.Seconds())
	if c.memory > 0 {
		text += fmt.Sprintf(" %4d", c.memory>>20)
	}
	return text
}

// A mark is what a ratio of a peer's figure over the project's should reach.
type mark float64

// judge says what the mark is, and whether a ratio misses it.
func (m mark) judge(ratio float64) string {
	text := fmt.Sprintf("%7.2f×  mark %g×", ratio, float64(m))
	if ratio < float64(m) {
		text += "  MISSED"
	}
	return text
}

// costHead stands above the rows that compare prints.
const costHead = "                                  earshot                        peer\n" +
	"                              CPU s  wall s   MB             CPU s  wall s   MB     ratio\n"

// compare prints a contest of the first contender with its peers, judged by the
// cost that by picks.
func (b *bench) compare(ctx context.Context, what string, m mark, by func(cost) time.Duration, contenders ...contender) error {
	costs, err := b.contest(ctx, contenders...)
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	for i, peer := range costs[1:] {
		ratio := float64(by(peer)) / float64(by(costs[0]))
		fmt.Fprintf(b.out, "%-27s %v   %-7s %v %s\n", what, costs[0], contenders[i+1].name, peer, m.judge(ratio))
	}
	return nil
}

func byCPU(c cost) time.Duration  { return c.cpu }
func byWall(c cost) time.Duration { return c.wall }
