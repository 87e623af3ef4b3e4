package main

import (
	"context"
	"os"
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
	case len(args) == 2 && args[0] == "--fuzz":
		each, err := time.ParseDuration(args[1])
		if err != nil || each <= 0 {
			return errUsage
		}
		return prove.Fuzz(ctx, os.Stdout, each)
	}
	return errUsage
}
