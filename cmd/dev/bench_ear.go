package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
)

// toTheEar prints how long after a key the middle of an hour is heard: where the
// call is opened there, and where it is open and sought there. A benchmark of the
// app listens to a sound card that is a pipe, which only ALSA has, so this is for
// Linux.
func (b *bench) toTheEar(ctx context.Context) error {
	const most = 150 // ms
	if runtime.GOOS != "linux" {
		return nil
	}
	var hours []string
	for _, in := range inputs {
		hours = append(hours, b.file(in.file))
	}
	cmd := exec.CommandContext(ctx, "go", "test", "-tags", fyneTag, "-run", "^$", "-bench", "ToTheEar", "-benchtime", "9x",
		"./cmd/earshot", "-args", "-hours", strings.Join(hours, ","))
	cmd.Env = append(os.Environ(), "CGO_ENABLED=1")
	said, err := cmd.Output()
	if err != nil {
		return fmt.Errorf("listen to the card: %w\n%s", err, said)
	}
	fmt.Fprintln(b.out)
	for _, in := range inputs {
		took := metrics(said, in.file)
		opened, sought := took["ms/opened"], took["ms/sought"]
		if opened == 0 || sought == 0 {
			return fmt.Errorf("%s was not heard\n%s", in.what, said)
		}
		verdict := ""
		if max(opened, sought) > most {
			verdict = "  MISSED"
		}
		fmt.Fprintf(b.out, "to the ear %-16s opened there %4.0f ms (most %4.0f), sought %4.0f ms (most %4.0f)   at most %d ms%s\n",
			in.what, opened, took["most-ms/opened"], sought, took["most-ms/sought"], most, verdict)
	}
	return nil
}

// metrics are the values, by unit, that go test has printed of one benchmark; none
// if it has not run.
func metrics(said []byte, benchmark string) map[string]float64 {
	values := map[string]float64{}
	for line := range bytes.Lines(said) {
		fields := strings.Fields(string(line))
		if len(fields) == 0 || !strings.Contains(fields[0], "/"+benchmark) {
			continue
		}
		for i := 2; i+1 < len(fields); i += 2 { // after the name and the rounds
			if value, err := strconv.ParseFloat(fields[i], 64); err == nil {
				values[fields[i+1]] = value
			}
		}
	}
	return values
}
