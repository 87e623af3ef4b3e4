package prove

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"time"
)

// vanishRecordings runs the tests of recordings that break off or are gone while
// they play.
func vanishRecordings(ctx context.Context, _ *prover, rounds int) (tally, error) {
	return test(ctx, rounds, "./review/playback", "TestABrokenRecordingIsPlayedToWhereItBreaks|TestAPairBreaksWhereOneBreaksAndClosesBoth|TestABrokenPartBreaksTheWholeThereAndAllAreClosed")
}

// vanishCard runs the tests of a sound card that is lost and comes back.
func vanishCard(ctx context.Context, _ *prover, rounds int) (t tally, err error) {
	t, err = test(ctx, rounds, "./review/playback", "TestALostOutputPausesAndKeepsThePlace")
	if err != nil {
		return t, err
	}
	card, err := test(ctx, rounds, "./data/speaker", "TestACardThatIsLostIsFoundAgain|TestACardIsLostWhenItTakesSoundFasterThanTime")
	t.rounds += card.rounds
	t.losses += card.losses
	t.first += card.first
	return t, err
}

// killWindow runs the test that tags in a real window, kills it and looks for what
// it has shown.
func killWindow(ctx context.Context, _ *prover, rounds int) (tally, error) {
	for _, program := range []string{"Xvfb", "xdotool"} {
		if _, err := exec.LookPath(program); err != nil {
			return tally{}, errNotTried{err}
		}
	}
	return test(ctx, rounds, "./cmd/earshot", "TestAKillAtAnyMomentLosesNoTagThatWasShown")
}

var passed = regexp.MustCompile(`(?m)^\s*--- (PASS|FAIL): (\S+)`)

// test runs tests of a package so many times; each pass of one is a round, each
// failure a loss. None at all is an error: they were renamed.
func test(ctx context.Context, rounds int, pkg, names string) (t tally, err error) {
	cmd := exec.CommandContext(ctx, "go", "test", "-v", "-tags", "migrated_fynedo", fmt.Sprint("-count=", rounds), "-run", "^("+names+")$", pkg)
	out, err := cmd.CombinedOutput()
	for _, m := range passed.FindAllSubmatch(out, -1) {
		t.rounds++
		if string(m[1]) == "FAIL" {
			t.lose("%s", m[2])
		}
	}
	if t.rounds == 0 {
		return t, errNotTried{fmt.Errorf("%s: %w: %.300s", pkg, err, out)}
	}
	return t, nil
}

var target = regexp.MustCompile(`(?m)^func (Fuzz\w+)\(`)

// Fuzz runs every fuzz target of the project for a time, one after the other on
// all cores, and prints a row with the inputs that each was given. Targets whose
// row ("data/csv FuzzRead") only does not match are passed over. What makes one
// fail is kept in its package's testdata. It answers [ErrLost] when something was
// found.
func Fuzz(ctx context.Context, out io.Writer, each time.Duration, only *regexp.Regexp) error {
	files, err := testFiles()
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "\nfuzz targets, %v each\n\n", each)
	found := false
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		for _, m := range target.FindAllSubmatch(raw, -1) {
			row := filepath.ToSlash(filepath.Dir(file)) + " " + string(m[1])
			if !only.MatchString(row) {
				continue
			}
			t, took, err := fault{try: func(ctx context.Context, _ *prover, _ int) (tally, error) {
				return fuzz(ctx, "./"+filepath.ToSlash(filepath.Dir(file)), string(m[1]), each)
			}}.run(ctx, nil, 0)
			if ctx.Err() != nil {
				return ctx.Err()
			}
			found = found || t.losses > 0 || err != nil
			printRow(out, row, t, took, err)
		}
	}
	if found {
		return ErrLost
	}
	return nil
}

// testFiles are the project's, in order.
func testFiles() (files []string, err error) {
	for _, pattern := range []string{"*/*_test.go", "*/*/*_test.go", "*/*/*/*_test.go"} {
		some, err := filepath.Glob(pattern)
		if err != nil {
			return nil, err
		}
		files = append(files, some...)
	}
	slices.Sort(files)
	return files, nil
}

var execs = regexp.MustCompile(`execs: (\d+)`)

// fuzz runs one target; its rounds are the inputs it was given.
func fuzz(ctx context.Context, pkg, name string, each time.Duration) (t tally, err error) {
	cmd := exec.CommandContext(ctx, "go", "test", "-run", "^$", "-fuzz", "^"+name+"$", "-fuzztime", each.String(), "-fuzzminimizetime", "5s", pkg)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	out, err := cmd.CombinedOutput()
	for _, m := range execs.FindAllSubmatch(out, -1) {
		_, _ = fmt.Sscan(string(m[1]), &t.rounds) // digits
	}
	if err == nil {
		return t, nil
	}
	if at := bytes.Index(out, []byte("Failing input written")); at >= 0 {
		t.lose("%.300s", out[at:])
		return t, nil
	}
	if bytes.Contains(out, []byte("context deadline exceeded")) && t.rounds > 0 {
		return t, nil // its time was over while it looked at an input; Go tells that as a failure
	}
	return t, fmt.Errorf("%w: %.300s", err, out)
}
