package main

import (
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/earshot-app/earshot/data/config"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/sound"
)

func TestASurveyIsRecalledInTheNextStartUntilTheRecordingChanges(t *testing.T) {
	folder := t.TempDir()
	file := filepath.Join(folder, "call.sln")
	if err := os.WriteFile(file, make([]byte, 16000), 0o600); err != nil {
		t.Fatal(err)
	}
	log := slog.New(slog.NewTextHandler(io.Discard, nil))
	start := func() surveys { return newSurveys(config.Folders{Cache: filepath.Join(folder, "cache")}, log) }
	recordings := []review.Recording{{Path: review.Hide(file)}}
	if _, ok := start().Recall(t.Context(), recordings); ok {
		t.Fatal("a call that was never opened has a survey")
	}
	want := sound.NewSurvey(8000, 1, 8000)
	if err := want.Scan(t.Context(), &second{make([]float32, 8000)}, func(time.Duration) {}); err != nil {
		t.Fatal(err)
	}
	start().Keep(t.Context(), recordings, want)
	got, ok := start().Recall(t.Context(), recordings)
	if !ok || !got.Of(8000, 1, 8000) || !cmp.Equal(got.Gains, want.Gains) {
		t.Errorf("recalled %v: %+v", ok, got)
	}
	later := []review.Recording{{Path: review.Hide(file), Offset: time.Second}}
	if _, ok := start().Recall(t.Context(), later); ok {
		t.Error("a leg that begins later has the same survey")
	}
	if err := os.WriteFile(file, append(make([]byte, 15999), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, ok := start().Recall(t.Context(), recordings); ok {
		t.Error("the survey of what the file was is recalled")
	}
}

// second gives its samples and ends.
type second struct{ samples []float32 }

func (s *second) ReadFrames(dst []float32) (int, error) {
	if len(s.samples) == 0 {
		return 0, io.EOF
	}
	n := copy(dst, s.samples)
	s.samples = s.samples[n:]
	return n, nil
}
