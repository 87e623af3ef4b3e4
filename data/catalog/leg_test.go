package catalog

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

// found is what is known of one recording of a folder.
type foundLeg struct {
	Leg         review.Leg
	Pair, Queue string
}

func legs(t *testing.T, req desk.ImportRequest) map[string]foundLeg {
	t.Helper()
	got := map[string]foundLeg{}
	err := New(diskFiles, time.UTC).Walk(t.Context(), req, func(f desk.Found) error {
		if f.Problem != nil {
			t.Errorf("%s:%d %v", f.Name, f.Line, f.Problem)
		}
		got[f.Name] = foundLeg{f.Recording.Leg, f.Pair, f.Meta.Queue}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// The names are those that VICIdial, Asterisk and exporters write.
func TestLegsAreToldByTheEndOfTheirNames(t *testing.T) {
	mono := string(wave(80))
	stereo := []byte(mono)
	stereo[22], stereo[32] = 2, 4 // channels, bytes a frame
	root := folder(t, map[string]string{
		"20261110-094200_6666-in.wav": mono, "20261110-094200_6666-out.wav": mono,
		"a/1794303720.17-RX.wav": mono, "a/1794303720.17-TX.wav": mono,
		"b/call_caller.wav": mono, "b/call_agent.wav": mono,
		"b/mix.r.wav": mono, "b/mix.t.wav": mono,
		"c/drive-in.wav": string(stereo), "c/in.wav": mono, "out-5550100-101.wav": mono, "c/-in.wav": mono,
	})
	want := map[string]foundLeg{
		"20261110-094200_6666-in.wav":  {Leg: review.CustomerLeg, Pair: "20261110-094200_6666-{out}.wav"},
		"20261110-094200_6666-out.wav": {Leg: review.AgentLeg, Pair: "20261110-094200_6666-{out}.wav"},
		"a/1794303720.17-RX.wav":       {Leg: review.CustomerLeg, Pair: "a/1794303720.17-{tx}.wav"},
		"a/1794303720.17-TX.wav":       {Leg: review.AgentLeg, Pair: "a/1794303720.17-{tx}.wav"},
		"b/call_caller.wav":            {Leg: review.CustomerLeg, Pair: "b/call_{agent}.wav"},
		"b/call_agent.wav":             {Leg: review.AgentLeg, Pair: "b/call_{agent}.wav"},
		"b/mix.r.wav":                  {Leg: review.CustomerLeg, Pair: "b/mix.{t}.wav"},
		"b/mix.t.wav":                  {Leg: review.AgentLeg, Pair: "b/mix.{t}.wav"},
		"c/drive-in.wav":               {}, // two channels: both people
		"c/in.wav":                     {},
		"c/-in.wav":                    {},
		"out-5550100-101.wav":          {},
	}
	if diff := cmp.Diff(want, legs(t, desk.ImportRequest{Paths: []string{root}})); diff != "" {
		t.Errorf("found (-want +got):\n%s", diff)
	}
}

// VICIdial's report names the recording, and neither of its files.
func TestARowThatNamesTheCallIsAboutBothLegs(t *testing.T) {
	sound := string(wave(80))
	for name, csv := range map[string]string{
		"by file name":              "recording_filename,queue\n7,Q\n",
		"by path":                   "file,queue\na/7.wav,Q\n",
		"by call id":                "call id,queue\n7,Q\n",
		"by the file names of both": "file,queue\n7-in.wav,Q\n7-out.wav,Q\n",
	} {
		t.Run(name, func(t *testing.T) {
			root := folder(t, map[string]string{"a/7-in.wav": sound, "a/7-out.wav": sound, "a/8.wav": sound})
			table := filepath.Join(folder(t, map[string]string{"calls.csv": csv}), "calls.csv")
			got := legs(t, desk.ImportRequest{Paths: []string{root}, Metadata: table})
			if got["a/7-in.wav"].Queue != "Q" || got["a/7-out.wav"].Queue != "Q" || got["a/8.wav"].Queue != "" {
				t.Errorf("the row went to %+v", got)
			}
		})
	}
}

func TestARowStaysWithTheRecordingThatItNames(t *testing.T) {
	sound := string(wave(80))
	root := folder(t, map[string]string{"7.wav": sound, "7-in.wav": sound, "7-out.wav": sound, "calls.csv": "file,queue\n7.wav,Q\n"})
	got := legs(t, desk.ImportRequest{Paths: []string{root}, Metadata: filepath.Join(root, "calls.csv")})
	if got["7.wav"].Queue != "Q" || got["7-in.wav"].Queue != "" || got["7-out.wav"].Queue != "" {
		t.Errorf("the row went to %+v", got)
	}
}
