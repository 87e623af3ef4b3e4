// Command dev is for people who work on Earshot. It runs the app, checks and
// measures the project and makes the demo calls, after installing the system
// packages that each needs:
//
//	go run ./cmd/dev run [-- app arguments]   build and open the app
//	go run ./cmd/dev test                     every check that must pass
//	go run ./cmd/dev demo                     speak the demo calls again
//	go run ./cmd/dev bench [GROUP]            measure, beside peers or limits
//	go run ./cmd/dev prove [--quick]          do to libraries what computers do to files
//	go run ./cmd/dev prove --fuzz 10m         give every parser noise, each for so long
//	go run ./cmd/dev package                  make what people install, in dist
//
// It needs nothing but Go, so that it builds where no C compiler is yet. What
// it prints is for programmers and stays English; the app's own sentences lie
// in assets/text. The tests of this package hold the rules of the whole
// project: who may import whom, how long a function may be, what is commented.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
)

const usage = `usage: go run ./cmd/dev COMMAND

  run [-- ARG…]   install what is missing, build, open the app with ARG…
  test            install what is missing, run every check of the project
  demo            install what is missing, make the demo calls again
  bench [GROUP]   install what is missing, measure beside other programs
  prove [--quick | --fuzz TIME [--fuzz-only PATTERN]]
                  kill, cut power, fill disks, change bytes, and count what is
                  lost; or run the fuzz targets for so long each
  package         install what is missing, make tarball, .deb and Windows zip
`

// errUsage makes dev end with status 2 after showing how it is used.
var errUsage = errors.New("unknown command")

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := dispatch(ctx, os.Args[1:])
	stop()
	os.Exit(status(err))
}

func dispatch(ctx context.Context, args []string) error {
	if len(args) == 0 {
		return errUsage
	}
	if err := enterModule(ctx); err != nil {
		return err
	}
	switch name, rest := args[0], args[1:]; {
	case name == "run":
		return runApp(ctx, rest)
	case name == "test" && len(rest) == 0:
		return runSteps(ctx, os.Stdout, checks())
	case name == "demo" && len(rest) == 0:
		return makeDemo(ctx)
	case name == "package" && len(rest) == 0:
		return makePackages(ctx)
	case name == "prove":
		return runProve(ctx, rest)
	case name == "bench":
		return runBench(ctx, rest)
	case name == "grow" && len(rest) == 2: // bench asks for it
		return grow(ctx, rest[0], rest[1])
	}
	return errUsage
}

// status reports err and answers the exit status. An app or tool that failed
// has said why itself, so its status is passed on.
func status(err error) int {
	var exit *exec.ExitError
	switch {
	case err == nil:
		return 0
	case errors.Is(err, errUsage):
		fmt.Fprint(os.Stderr, usage)
		return 2
	case errors.As(err, &exit) && exit.ExitCode() > 0:
		fmt.Fprintln(os.Stderr, "dev:", err)
		return exit.ExitCode()
	}
	fmt.Fprintln(os.Stderr, "dev:", err)
	return 1
}

// enterModule makes the folder of go.mod the working folder, so that dev can
// be started from anywhere inside the project.
func enterModule(ctx context.Context) error {
	out, err := exec.CommandContext(ctx, "go", "env", "GOMOD").Output()
	if err != nil {
		return fmt.Errorf("find go.mod: %w", err)
	}
	file := strings.TrimSpace(string(out))
	if file == "" || file == os.DevNull {
		return errors.New("find go.mod: start dev inside the project")
	}
	return os.Chdir(filepath.Dir(file))
}
