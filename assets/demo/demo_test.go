package demo_test

import (
	"encoding/binary"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io/fs"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/earshot-app/earshot/assets/demo"
)

// rows returns the metadata table by file name, each row by column.
func rows(t *testing.T) map[string]map[string]string {
	t.Helper()
	f, err := demo.Files().Open(demo.Table)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	table := map[string]map[string]string{}
	for _, record := range all[1:] {
		row := map[string]string{}
		for i, column := range all[0] {
			row[column] = record[i]
		}
		table[row["file"]] = row
	}
	return table
}

func truth(t *testing.T) []demo.Call {
	t.Helper()
	calls, err := demo.Truth()
	if err != nil {
		t.Fatal(err)
	}
	return calls
}

// seconds reads the length of a recording from its header: the fact chunk at
// byte 38 holds the frames, the fmt chunk at byte 12 the shape.
func seconds(t *testing.T, file string) float64 {
	t.Helper()
	raw, err := fs.ReadFile(demo.Files(), file)
	if err != nil {
		t.Fatal(err)
	}
	tag, channels := binary.LittleEndian.Uint16(raw[20:]), binary.LittleEndian.Uint16(raw[22:])
	rate, frames := binary.LittleEndian.Uint32(raw[24:]), binary.LittleEndian.Uint32(raw[46:])
	if tag != 7 || channels != 2 || rate != 8000 {
		t.Errorf("%s: format %d, %d channels, %d Hz; want µ-law (7), 2, 8000", file, tag, channels, rate)
	}
	if want := 58 + 2*int(frames); len(raw) != want {
		t.Errorf("%s: %d bytes for %d frames, want %d", file, len(raw), frames, want)
	}
	return float64(frames) / float64(rate)
}

func TestEveryCallHasARecordingAndMetadata(t *testing.T) {
	table, calls := rows(t), truth(t)
	if len(calls) < 24 || len(table) != len(calls) {
		t.Fatalf("%d calls and %d rows, want the same number, at least 24", len(calls), len(table))
	}
	for _, call := range calls {
		row, ok := table[call.File]
		if !ok {
			t.Errorf("%s has no row", call.File)
			continue
		}
		if row["call_id"] != call.ID {
			t.Errorf("%s: call id %q in the table, %q in the truth", call.File, row["call_id"], call.ID)
		}
		length := seconds(t, call.File)
		if length < 20 || length > 60 {
			t.Errorf("%s lasts %.1f s, want 20 to 60", call.File, length)
		}
		said, err := strconv.ParseFloat(row["duration"], 64)
		if err != nil || math.Abs(said-length) > 0.051 {
			t.Errorf("%s: the table says %q s, the recording lasts %.3f s", call.File, row["duration"], length)
		}
	}
}

func TestCallsStartInTheFourWeeksBeforeTheDemo(t *testing.T) {
	until := time.Date(2026, 11, 16, 0, 0, 0, 0, time.UTC)
	for file, row := range rows(t) {
		start, err := time.Parse(time.RFC3339, row["start"])
		if err != nil {
			t.Errorf("%s: %v", file, err)
		}
		if start.Before(until.AddDate(0, 0, -28)) || !start.Before(until) {
			t.Errorf("%s starts %s, not in the four weeks before %s", file, start, until)
		}
	}
}

func TestMomentsLieInsideTheirCall(t *testing.T) {
	for _, call := range truth(t) {
		length, before := seconds(t, call.File), 0.0
		for _, m := range call.Issues {
			if m.At < before || m.Until <= m.At || m.Until > length {
				t.Errorf("%s: %q from %.1f to %.1f s in %.1f s of call", call.File, m.Issue, m.At, m.Until, length)
			}
			if m.Issue == "" || m.Words == "" {
				t.Errorf("%s: moment at %.1f s has no issue or no words", call.File, m.At)
			}
			before = m.At
		}
		if call.NotCustomer != "" && len(call.Issues) > 0 {
			t.Errorf("%s is no customer's call but has issues", call.File)
		}
	}
}

func TestThreeCategoriesLumpManyIssues(t *testing.T) {
	table := rows(t)
	inside := map[string]map[string]bool{}
	calls := map[string]int{}
	quiet, double := 0, 0
	for _, call := range truth(t) {
		category := table[call.File]["category"]
		if inside[category] == nil {
			inside[category] = map[string]bool{}
		}
		for _, m := range call.Issues {
			inside[category][m.Issue] = true
			calls[m.Issue]++
		}
		if call.NoProblem() {
			quiet++
		}
		if len(call.Issues) == 2 {
			double++
		}
	}
	if len(inside) != 3 || len(calls) < 9 {
		t.Errorf("%d categories hold %d issues, want 3 and at least 9", len(inside), len(calls))
	}
	for category, issues := range inside {
		if len(issues) < 2 {
			t.Errorf("%q lumps %d issues, want several", category, len(issues))
		}
	}
	if quiet < 2 || double < 3 {
		t.Errorf("%d calls without a problem and %d with two, want at least 2 and 3", quiet, double)
	}
	shares := map[int]bool{}
	for _, n := range calls {
		shares[n] = true
	}
	if len(shares) < 4 {
		t.Errorf("issues differ in only %d frequencies; a ranking needs more", len(shares))
	}
}

// The script is the calls' source, so what it says must be what was spoken.
func TestTruthIsTheScripts(t *testing.T) {
	raw, err := os.ReadFile("script.json")
	if err != nil {
		t.Fatal(err)
	}
	var script struct {
		Voices map[string]struct{ Name string }
		Calls  []struct {
			Agent, Voice string
			Lines        []struct{ Issue, Text string }
		}
	}
	if err := json.Unmarshal(raw, &script); err != nil {
		t.Fatal(err)
	}
	calls, voices := truth(t), map[string]bool{}
	for i, written := range script.Calls {
		var want []string
		for _, line := range written.Lines {
			if line.Issue != "" {
				want = append(want, line.Issue+": "+line.Text)
			}
		}
		for k, m := range calls[i].Issues {
			if k >= len(want) || m.Issue+": "+m.Words != want[k] {
				t.Errorf("%s: truth holds %q, the script does not", calls[i].File, m.Issue)
			}
		}
		if len(calls[i].Issues) != len(want) {
			t.Errorf("%s: %d issues, the script has %d", calls[i].File, len(calls[i].Issues), len(want))
		}
		voices[script.Voices[written.Agent].Name] = true
		voices[script.Voices[written.Voice].Name] = true
	}
	if len(voices) < 4 {
		t.Errorf("%d voices speak, want at least 4", len(voices))
	}
}

// A transcript has the words of the script, each turn by who says it, where the
// truth has heard it.
func TestTranscriptsAreTheScripts(t *testing.T) {
	raw, err := os.ReadFile("script.json")
	if err != nil {
		t.Fatal(err)
	}
	var script struct {
		Calls []struct{ Lines []struct{ Who, Text string } }
	}
	if err := json.Unmarshal(raw, &script); err != nil {
		t.Fatal(err)
	}
	for i, call := range truth(t) {
		captions, err := fs.ReadFile(demo.Files(), call.ID+".vtt")
		if err != nil {
			t.Fatal(err)
		}
		var want, got []string
		for _, line := range script.Calls[i].Lines {
			want = append(want, map[string]string{"agent": "<v Agent>", "customer": "<v Customer>"}[line.Who]+line.Text)
		}
		for line := range strings.Lines(string(captions)) {
			if strings.HasPrefix(line, "<v ") {
				got = append(got, strings.TrimSpace(line))
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s says %q, the script %q", call.ID, got, want)
		}
		for _, m := range call.Issues {
			if at := fmt.Sprintf("\n00:%04.1f00 --> ", m.At); !strings.Contains(string(captions), at) {
				t.Errorf("%s has nothing at %.1f s, where %q is heard", call.ID, m.At, m.Issue)
			}
		}
	}
}
