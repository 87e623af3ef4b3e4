package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// A chart is written as the picture that its name tells, and what is asked for
// wrongly is told without leaving a file.
func TestChartsAreWritten(t *testing.T) {
	c := newCtl(t)
	dir := t.TempDir()
	writeWAV(t, filepath.Join(dir, "a.wav"))
	uid := ""
	for _, args := range [][]string{{"import", dir}, {"draw", "-n", "1"}, {"tag", "", "--issue", "Late bill", "--at", "1"}, {"heard", ""}} {
		if len(args) > 1 && args[1] == "" {
			args[1] = uid
		}
		get[any](c, args...)
		uid = get[[]map[string]any](c, "calls")[0]["uid"].(string)
	}
	for name, magic := range map[string]string{"ranking.svg": "<svg", "ranking.png": "\x89PNG"} {
		file := filepath.Join(dir, name)
		get[any](c, "chart", "ranking", "-o", file)
		if raw, err := os.ReadFile(file); err != nil || !bytes.HasPrefix(raw, []byte(magic)) {
			t.Errorf("%s begins %.10q: %v", name, raw, err)
		}
	}
	if raw, _ := os.ReadFile(filepath.Join(dir, "ranking.svg")); !bytes.Contains(raw, []byte("Late bill")) {
		t.Error("the chart does not name the issue")
	}
	get[any](c, "chart", "unlump", "-o", filepath.Join(dir, "unlump.svg"))
	get[any](c, "chart", "trend", "late bill", "--dark", "-o", filepath.Join(dir, "trend.svg"))
	if raw, _ := os.ReadFile(filepath.Join(dir, "trend.svg")); !bytes.Contains(raw, []byte("too few heard")) {
		t.Error("the trend of one call shows no gap")
	}
	c.refuse(1, "no-such-category", "chart", "unlump", "Complaint", "-o", filepath.Join(dir, "x.svg"), "--json")
	file := filepath.Join(dir, "ranking.pdf")
	c.refuse(1, "not-a-picture", "chart", "ranking", "-o", file, "--json")
	if _, err := os.Stat(file); err == nil {
		t.Error("a file was left")
	}
}
