package main

import (
	"context"
	"fmt"
	"os/exec"
	"strconv"
	"strings"
	"time"

	"github.com/earshot-app/earshot/assets"
	"github.com/earshot-app/earshot/cmd/dev/bundle"
)

// makePackages packs the last commit for Linux and Windows into dist.
func makePackages(ctx context.Context) error {
	if err := ensure(ctx, building, crossing, describing); err != nil {
		return err
	}
	when, err := commitTime(ctx)
	if err != nil {
		return err
	}
	release := bundle.Release{Version: assets.Version, Time: when, Out: "dist"}
	var made []string
	tell := func(name string) {
		made = append(made, name)
		fmt.Println("dist/" + name)
	}
	if err := release.Linux(ctx, tell); err != nil {
		return err
	}
	if err := release.Windows(ctx, tell); err != nil {
		return err
	}
	return release.Sums(made)
}

// commitTime is when the last commit was made, which packages are dated.
func commitTime(ctx context.Context) (time.Time, error) {
	out, err := exec.CommandContext(ctx, "git", "log", "-1", "--format=%ct").Output()
	if err != nil {
		return time.Time{}, fmt.Errorf("ask git for the last commit: %w", err)
	}
	seconds, err := strconv.ParseInt(strings.TrimSpace(string(out)), 10, 64)
	return time.Unix(seconds, 0), err
}
