package main

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/earshot-app/earshot/cmd/internal/library"
	"github.com/earshot-app/earshot/cmd/internal/recording"
	"github.com/earshot-app/earshot/data/audio"
	"github.com/earshot-app/earshot/data/config"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/playback"
)

// The legs in testdata are the two channels of call.wav (testdata/make.sh), so
// together they must sound like it. The agent's comes a day later than the
// customer's, and is gone again at the end.
func TestTwoLegsOpenAsTheCallThatTheyWereTakenFrom(t *testing.T) {
	folder, data := t.TempDir(), t.TempDir()
	l, err := library.Open(t.Context(), filepath.Join(data, "library.earshot"), config.Folders{Data: data, Config: data})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	for _, step := range []struct {
		comes    string
		channels int
		sounds   string
	}{
		{"call-in.wav", 1, "testdata/legs/call-in.wav"},
		{"call-out.wav", 2, "testdata/call.wav"},
	} {
		raw, err := os.ReadFile(filepath.Join("testdata", "legs", step.comes))
		if err == nil {
			err = os.WriteFile(filepath.Join(folder, step.comes), raw, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
		if _, err := l.Import(t.Context(), desk.ImportRequest{Paths: []string{folder}}, nil); err != nil {
			t.Fatal(err)
		}
		channels, heard := hear(t, theCall(t, l))
		if channels != step.channels || !slices.Equal(heard, decoded(t, step.sounds)) {
			t.Errorf("after %s the call has %d channels and does not sound like %s", step.comes, channels, step.sounds)
		}
	}
	call := theCall(t, l)
	if err := os.Remove(filepath.Join(folder, "call-out.wav")); err != nil {
		t.Fatal(err)
	}
	if channels, heard := hear(t, call); channels != 1 || !slices.Equal(heard, decoded(t, "testdata/legs/call-in.wav")) {
		t.Errorf("without the agent's leg the call has %d channels", channels)
	}
}

// theCall is the only one of a library.
func theCall(t *testing.T, l *library.Library) desk.CallView {
	t.Helper()
	var views []desk.CallView
	for call, err := range l.Calls(t.Context(), "") {
		if err != nil {
			t.Fatal(err)
		}
		v, err := l.View(t.Context(), call.UID)
		if err != nil {
			t.Fatal(err)
		}
		views = append(views, v)
	}
	if len(views) != 1 {
		t.Fatalf("the legs made %d calls", len(views))
	}
	return views[0]
}

func hear(t *testing.T, v desk.CallView) (channels int, samples []float32) {
	t.Helper()
	source, err := recording.Open(t.Context(), v.Recordings)
	if err != nil {
		t.Fatal(err)
	}
	return source.Channels(), drain(t, source)
}

func decoded(t *testing.T, file string) []float32 {
	t.Helper()
	source, err := audio.Open(context.Background(), file)
	if err != nil {
		t.Fatal(err)
	}
	return drain(t, source)
}

// drain reads all of a source and closes it.
func drain(t *testing.T, source playback.Source) []float32 {
	t.Helper()
	defer source.Close()
	var all []float32
	piece := make([]float32, 1000*source.Channels())
	for {
		n, err := source.ReadFrames(piece)
		all = append(all, piece[:n*source.Channels()]...)
		switch {
		case errors.Is(err, io.EOF):
			return all
		case err != nil:
			t.Fatal(err)
		}
	}
}
