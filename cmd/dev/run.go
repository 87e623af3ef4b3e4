package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
)

// fyneTag switches off Fyne's warnings about calls from other goroutines; the
// project obeys the newer threading rule everywhere.
const fyneTag = "migrated_fynedo"

// runApp builds the app and gives it the terminal until it ends.
func runApp(ctx context.Context, args []string) error {
	if len(args) > 0 && args[0] == "--" {
		args = args[1:]
	}
	if err := ensure(ctx, building); err != nil {
		return err
	}
	app := filepath.Join("bin", "earshot")
	if runtime.GOOS == "windows" {
		app += ".exe"
	}
	fmt.Println("Building Earshot (the first time takes some minutes)")
	build := command(ctx, "go", "build", "-tags", fyneTag, "-o", app, "./cmd/earshot")
	build.Env = append(os.Environ(), "CGO_ENABLED=1")
	if err := build.Run(); err != nil {
		return fmt.Errorf("build the app: %w", err)
	}
	full, err := filepath.Abs(app)
	if err != nil {
		return err
	}
	return command(ctx, full, args...).Run()
}

// command is a program that shares dev's terminal and is asked to end, not
// killed, when dev is interrupted.
func command(ctx context.Context, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	return cmd
}
