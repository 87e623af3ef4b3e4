package catalog

import (
	"context"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/earshot-app/earshot/assets/profiles"
	"github.com/earshot-app/earshot/review/desk"
)

// A contact record comes when the agent has done with the call, which may be
// long after its recording was imported.
func TestASidecarThatComesLaterIsNews(t *testing.T) {
	const (
		call = "conversation_id=9a3e1e32-29e3-4b8e-8a58-a5bbb1f3bb2a/5ae72bb1-0d3c-4a2e-9f4f-d9a5e6c9c001.wav"
		same = "conversation_id=1b3e1e32-29e3-4b8e-8a58-a5bbb1f3bb2b/6ae72bb1-0d3c-4a2e-9f4f-d9a5e6c9c002.wav"
	)
	root := folder(t, map[string]string{call: string(wave(80)), same: string(wave(80)), same + "_metadata.json": `{"queueName":"Sales"}`})
	held := map[string]desk.KnownFile{}
	req := desk.ImportRequest{
		Paths: []string{root}, Profile: "genesys-cloud", Pass: true,
		Known: func(_ context.Context, _ string, files []desk.File) ([]desk.KnownFile, error) {
			known := make([]desk.KnownFile, len(files))
			for i, f := range files {
				known[i] = held[f.Name]
			}
			return known, nil
		},
	}
	look := func() (told []string) {
		found := map[string]desk.KnownFile{} // held when the look is over: it asks while it tells
		err := New(diskFiles, time.UTC).Walk(t.Context(), req, func(f desk.Found) error {
			told = append(told, filepath.Base(f.Name)+" "+f.Meta.Queue)
			found[f.Name] = desk.KnownFile{ID: int64(len(held) + len(found) + 1), Same: true, Beside: f.Beside, Recording: f.Recording}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		maps.Copy(held, found)
		return told
	}
	if first := look(); len(first) != 2 {
		t.Fatalf("the first look tells %v", first)
	}
	if again := look(); len(again) != 0 {
		t.Errorf("a look at the same files tells %v", again)
	}
	if err := os.WriteFile(filepath.Join(root, call+"_metadata.json"), []byte(`{"queueName":"Billing"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{filepath.Base(call) + " Billing"}, look()); diff != "" {
		t.Errorf("a look after a sidecar came (-want +got):\n%s", diff)
	}
	if again := look(); len(again) != 0 {
		t.Errorf("the look after that tells %v", again)
	}
}

// Legs that were imported before their mix came are told of once more, so that
// nobody hears the call twice.
func TestAMixThatComesLaterOutdoesItsLegs(t *testing.T) {
	const in, out, mix = "20051020-103108_6666-in.wav", "20051020-103108_6666-out.wav", "20051020-103108_6666-all.wav"
	root := folder(t, map[string]string{in: string(wave(80)), out: string(wave(80))})
	l := library{}
	l.look(t, root, "vicidial")
	if err := os.WriteFile(filepath.Join(root, mix), wave(80), 0o600); err != nil {
		t.Fatal(err)
	}
	want := map[string]int64{mix: 0, in: desk.Outdone, out: desk.Outdone}
	if diff := cmp.Diff(want, l.look(t, root, "vicidial")); diff != "" {
		t.Errorf("a look after the mix came (-want +got):\n%s", diff)
	}
	if again := l.look(t, root, "vicidial"); len(again) != 0 {
		t.Errorf("the look after that tells %v", again)
	}
	if err := os.Remove(filepath.Join(root, mix)); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]int64{in: 0, out: 0}, l.look(t, root, "vicidial")); diff != "" {
		t.Errorf("a look after it went (-want +got):\n%s", diff)
	}
}

// library is what one holds of files, by name.
type library map[string]desk.KnownFile

// look looks through root in the manner of before and answers what was told.
func (l library) look(t *testing.T, root, profile string) map[string]int64 {
	t.Helper()
	told := map[string]int64{}
	req := desk.ImportRequest{
		Paths: []string{root}, Profile: profile, Pass: true,
		Known: func(_ context.Context, _ string, files []desk.File) ([]desk.KnownFile, error) {
			known := make([]desk.KnownFile, len(files))
			for i, f := range files {
				known[i] = l[f.Name]
			}
			return known, nil
		},
	}
	held := library{}
	err := New(diskFiles, time.UTC).Walk(t.Context(), req, func(f desk.Found) error {
		told[f.Name] = f.Beside
		held[f.Name] = desk.KnownFile{ID: 1, Same: true, Beside: f.Beside, Recording: f.Recording}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, file := range held {
		l[name] = file
	}
	return told
}

// The number that is kept must be the same when the program is started again.
func TestWhatStandsBesideIsTheSameInEveryRun(t *testing.T) {
	raw, err := profiles.Files.ReadFile("amazon-connect.json")
	if err != nil {
		t.Fatal(err)
	}
	const record = `{"ContactId":"7","Queue":{"Name":"Billing"},"Agent":{"Username":"jane"},"Attributes":{"product":"Internet","reason":"x"}}`
	stamps := map[int64]bool{}
	for range 20 {
		p, err := parseProfile(raw)
		if err != nil {
			t.Fatal(err)
		}
		r := newReading(p, time.UTC)
		if err := r.documents(t.Context(), 0, strings.NewReader(record)); err != nil {
			t.Fatal(err)
		}
		for _, n := range r.index.notes {
			stamps[n.stamp()] = true
		}
	}
	if len(stamps) != 1 {
		t.Errorf("one record has the stamps %v", stamps)
	}
}
