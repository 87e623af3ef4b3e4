package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"
)

// The tools run by exact version, so that go.mod need not know them.
const (
	gofumpt     = "mvdan.cc/gofumpt@v0.12.0"
	staticcheck = "honnef.co/go/tools/cmd/staticcheck@v0.8.2"
)

// withoutSQLite keeps the race detector out of the C code of SQLite, which was
// translated to Go, runs in one goroutine at a time and would take six times as
// long. All that calls it is watched.
const withoutSQLite = "-gcflags=modernc.org/sqlite/lib=-race=false"

// A step is one check with a heading.
type step struct {
	title string
	run   func(context.Context) error
}

// checks are all that must hold before a change is shared, the quick ones
// first.
func checks() []step {
	return []step{
		{"System packages", func(ctx context.Context) error { return ensure(ctx, building, windows, decoding, reading, describing) }},
		{"Formatting (gofumpt)", checkFormat},
		{"Modules (go mod tidy changes nothing)", goTool("mod", "tidy", "-diff")},
		{"Terminal and dev build without cgo", buildPlain},
		{"go vet", goTool("vet", "-tags", fyneTag, "./...")},
		{"staticcheck", goTool("run", staticcheck, "-tags", fyneTag, "./...")},
		{"Tests with the race detector", func(ctx context.Context) error { return test(ctx, func(name string) bool { return name != window }) }},
		{"Tests in a real window, heard by a clock", func(ctx context.Context) error { return test(ctx, func(name string) bool { return name == window }) }},
	}
}

// window is the package whose tests press keys in real windows and listen to what
// is played when: nothing else runs beside them.
const window = "github.com/earshot-app/earshot/cmd/earshot"

// test tests the packages that are wanted.
func test(ctx context.Context, wanted func(name string) bool) error {
	list := command(ctx, "go", "list", "-tags", fyneTag, "./...")
	list.Stdout = nil
	names, err := list.Output()
	if err != nil {
		return fmt.Errorf("list the packages: %w", err)
	}
	args := []string{"test", "-race", withoutSQLite, "-tags", fyneTag}
	for _, name := range strings.Fields(string(names)) {
		if wanted(name) {
			args = append(args, name)
		}
	}
	return goTool(args...)(ctx)
}

// runSteps runs the steps in order, each under its heading, and stops at the
// first that fails.
func runSteps(ctx context.Context, out io.Writer, steps []step) error {
	begun := time.Now()
	for i, s := range steps {
		fmt.Fprintf(out, "\n[%d/%d] %s\n", i+1, len(steps), s.title)
		start := time.Now()
		err := s.run(ctx)
		took := time.Since(start).Seconds()
		if err != nil {
			fmt.Fprintf(out, "      FAILED after %.1f s\n", took)
			return fmt.Errorf("step %d, %s: %w", i+1, s.title, err)
		}
		fmt.Fprintf(out, "      ok, %.1f s\n", took)
	}
	fmt.Fprintf(out, "\nAll %d steps passed in %.1f s\n", len(steps), time.Since(begun).Seconds())
	return nil
}

// goTool is a step's go command. Number and date formats are tested in one
// language, whatever the machine speaks.
func goTool(args ...string) func(context.Context) error {
	return func(ctx context.Context) error {
		cmd := command(ctx, "go", args...)
		cmd.Env = append(os.Environ(), "CGO_ENABLED=1", "LANG=en_US.UTF-8", "LC_ALL=")
		return cmd.Run()
	}
}

// checkFormat fails when gofumpt would change a file: the tool itself only
// lists such files.
func checkFormat(ctx context.Context) error {
	var list bytes.Buffer
	cmd := command(ctx, "go", "run", gofumpt, "-l", ".")
	cmd.Stdout = &list
	if err := cmd.Run(); err != nil {
		return err
	}
	if list.Len() == 0 {
		return nil
	}
	fmt.Print(list.String())
	return errors.New("these files are not formatted, go run " + gofumpt + " -w . formats them")
}

// buildPlain builds what must never need a C compiler. The programs are thrown
// away.
func buildPlain(ctx context.Context) error {
	dir, err := os.MkdirTemp("", "earshot-build-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	cmd := command(ctx, "go", "build", "-o", dir, "./cmd/earshotctl", "./cmd/dev")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	return cmd.Run()
}
