package main

import (
	"context"
	"os"
	"regexp"
	"strings"
	"time"

	"github.com/earshot-app/earshot/cmd/dev/prove"
)

// runProve tries what can happen to a library, all of it, a part, or with
// --fuzz the noise that parsers are given. A mount needs root: without it those
// rows say that they were not tried.
func runProve(ctx context.Context, args []string) error {
	switch {
	case len(args) == 0:
		return prove.Run(ctx, os.Stdout, prove.Options{})
	case len(args) == 1 && args[0] == "--quick":
		return prove.Run(ctx, os.Stdout, prove.Options{Quick: true})
	case args[0] == "--fuzz":
		return runFuzz(ctx, args[1:])
	}
	return errUsage
}

// runFuzz fuzzes each target for a time, or only those that a pattern names.
func runFuzz(ctx context.Context, args []string) error {
	if len(args) != 1 && (len(args) != 3 || args[1] != "--fuzz-only") {
		return errUsage
	}
	each, err := time.ParseDuration(args[0])
	if err != nil || each <= 0 {
		return errUsage
	}
	only, err := regexp.Compile(strings.Join(args[min(2, len(args)):], ""))
	if err != nil {
		return errUsage
	}
	return prove.Fuzz(ctx, os.Stdout, each, only)
}
