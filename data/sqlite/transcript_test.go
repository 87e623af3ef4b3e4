package sqlite_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/earshot-app/earshot/data/sqlite"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/dialogue"
	"github.com/earshot-app/earshot/review/sound"
)

// shelf is sidecars in memory: what stands in a file, a turn a line.
type shelf map[string]string

func (s shelf) Walk(_ context.Context, _ []string, yield func(desk.Sidecar) error) error {
	for _, name := range []string{"000.vtt", "000.srt", "001.vtt", "002.vtt", "lost.vtt", "c0ffee00-0000-4000-8000-000000000001.json"} {
		text, ok := s[name]
		if !ok {
			continue
		}
		stem := strings.TrimSuffix(name, filepath.Ext(name))
		car := desk.Sidecar{
			Root: "/recordings", Name: name, Size: int64(len(text)), Modified: time.Unix(int64(len(text)), 0),
			Beside: []string{stem}, Place: len(filepath.Ext(name)),
		}
		if filepath.Ext(name) == ".srt" {
			car.Place = 9
		}
		if len(stem) == 36 {
			car.Contacts = []string{stem}
		}
		if err := yield(car); err != nil {
			return err
		}
	}
	return nil
}

func (shelf) May(string) bool { return true }

func (s shelf) Read(_ context.Context, car desk.Sidecar, h desk.Hearing) (dialogue.Transcript, error) {
	s["read"] += car.Name + " "
	var t dialogue.Transcript
	for i, line := range strings.Split(s[car.Name], "\n") {
		if line == "bad" {
			h.Left(i+1, review.Fail("bad-cue", nil))
			continue
		}
		who, text, _ := strings.Cut(line, ": ")
		at := time.Duration(i) * time.Second
		t.Turns = append(t.Turns, dialogue.Turn{At: at, Until: at + time.Second, Role: h.Who(who), Text: text})
	}
	t.Holds = []sound.Span{{From: time.Second, To: 2 * time.Second}}
	return t, nil
}

// none finds no recordings: they are there already.
type none struct{}

func (none) Walk(context.Context, desk.ImportRequest, func(desk.Found) error) error { return nil }

func (none) Recognise(context.Context, []string) (desk.Recognition, error) {
	return desk.Recognition{Profile: "plain"}, nil
}

func (none) Preview(context.Context, desk.ImportRequest, int) (desk.Preview, error) {
	return desk.Preview{}, nil
}

func (none) Stamp(context.Context, string) (string, error) { return "", nil }

// spoken is a library of four calls whose sidecars are in s.
func spoken(t testing.TB, s shelf) *fixture {
	f := newFixture(t, 4)
	f.Desk = desk.New(desk.Parts{
		Store: f.store, Source: none{}, Sidecars: s, Author: newAuthor(t, 1), Clock: &clock{time.Unix(1e9, 0)}, IDs: &ids{},
	})
	return f
}

// take imports the sidecars. EndLook would mark the recordings, which nobody
// looked for, as missing; it does not matter here.
func (f *fixture) take(t testing.TB) desk.Imported {
	t.Helper()
	done, err := f.Import(context.Background(), desk.ImportRequest{Paths: []string{"/recordings"}}, nil)
	must(t, err)
	return done
}

// lines are a call's transcript as "seconds role text".
func (f *fixture) lines(t testing.TB, uid string) string {
	t.Helper()
	got, err := f.Transcript(context.Background(), uid)
	must(t, err)
	var all []string
	for _, turn := range got.Turns {
		all = append(all, fmt.Sprintf("%g %s %s", turn.At.Seconds(), turn.Role, turn.Text))
	}
	return strings.Join(all, "|")
}

// found are the calls that a search finds, with the first hit of each.
func (f *fixture) found(t testing.TB, typed string) string {
	t.Helper()
	got, err := f.Search(context.Background(), typed, desk.Page{Limit: 10})
	must(t, err)
	var all []string
	for _, c := range got.Calls {
		all = append(all, fmt.Sprintf("%s %g", c.Call.UID, c.Hits[0].At.Seconds()))
	}
	return strings.Join(all, "|")
}

func TestASidecarIsReadOnceAndAgainWhenItHasChanged(t *testing.T) {
	s := shelf{"000.vtt": "Ada: Hello.\nX: My bill.", "lost.vtt": "X: nobody's"}
	f := spoken(t, s)
	if done := f.take(t); done.Transcripts != 1 || s["read"] != "000.vtt " {
		t.Errorf("%d transcripts, read %q", done.Transcripts, s["read"])
	}
	if got := f.lines(t, "call-000"); got != "0 agent Hello.|1  My bill." {
		t.Errorf("call-000 says %s", got)
	}
	if done := f.take(t); done.Transcripts != 0 || s["read"] != "000.vtt " {
		t.Errorf("unchanged: %d transcripts, read %q", done.Transcripts, s["read"])
	}
	s["000.vtt"] = "bad\nX: My invoice."
	done := f.take(t)
	if got := f.lines(t, "call-000"); got != "1  My invoice." || f.found(t, "bill") != "" || f.found(t, "invoice") != "call-000 1" {
		t.Errorf("changed: %s, bill in %q", got, f.found(t, "bill"))
	}
	if len(done.Problems) != 1 || done.Problems[0].File != "000.vtt" || done.Problems[0].Line != 1 {
		t.Errorf("problems %+v", done.Problems)
	}
	delete(s, "000.vtt")
	f.take(t)
	if n, err := f.Transcribed(context.Background()); n != 0 || err != nil || f.lines(t, "call-000") != "" || f.found(t, "invoice") != "" {
		t.Errorf("gone: %d transcripts, %v", n, err)
	}
	if _, err := f.Transcript(context.Background(), "call-999"); review.CodeOf(err) != review.NoCall {
		t.Errorf("of no call: %v", err)
	}
}

// Two sidecars of one recording tell the same: one is shown and found, and when
// it goes the other takes its place.
func TestOfSeveralSidecarsTheBestIsShown(t *testing.T) {
	s := shelf{"000.vtt": "X: captions", "000.srt": "X: subtitles"}
	f := spoken(t, s)
	f.take(t)
	if got := f.lines(t, "call-000"); got != "0  captions" || f.found(t, "subtitles") != "" {
		t.Errorf("shown %s", got)
	}
	delete(s, "000.vtt")
	f.take(t)
	if got := f.lines(t, "call-000"); got != "0  subtitles" || f.found(t, "subtitles") != "call-000 0" {
		t.Errorf("then shown %s", got)
	}
}

// What a call's second recording says comes behind all of the first, 120 s.
func TestTheSecondRecordingSpeaksLater(t *testing.T) {
	s := shelf{"000.vtt": "X: first", "001.vtt": "X: second"}
	f := newFixture(t, 1)
	e := entry(1)
	e.UID = "call-000"
	f.add(t, e)
	f.Desk = desk.New(desk.Parts{Store: f.store, Source: none{}, Sidecars: s, Author: newAuthor(t, 1), Clock: &clock{time.Unix(1e9, 0)}, IDs: &ids{}})
	f.take(t)
	if got := f.lines(t, "call-000"); got != "0  first|120  second" || f.found(t, "second") != "call-000 120" {
		t.Errorf("%s, found at %s", got, f.found(t, "second"))
	}
	holds, err := f.Holds(context.Background(), "call-000")
	want := []sound.Span{{From: time.Second, To: 2 * time.Second}, {From: 121 * time.Second, To: 122 * time.Second}}
	if diff := cmp.Diff(want, holds); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

// A vendor's analysis lies in a folder of its own; the contact's id leads to the
// recording, by the call's uid or by the recording's name.
func TestAnAnalysisBelongsToItsContact(t *testing.T) {
	const id = "c0ffee00-0000-4000-8000-000000000001"
	for _, byName := range []bool{false, true} {
		f := spoken(t, shelf{id + ".json": "X: analysed"})
		e := entry(9)
		e.UID = id
		if byName {
			e.UID, e.Name = "call-009", "2026/"+strings.ToUpper(id)+"_20261104T13:14_UTC.wav"
		}
		f.add(t, e)
		f.take(t)
		if got := f.lines(t, e.UID); got != "0  analysed" {
			t.Errorf("by name %v: %s", byName, got)
		}
	}
}

func TestSearchFindsWordsRowsAndBeginnings(t *testing.T) {
	f := spoken(t, shelf{
		"000.vtt": "X: I moved in June, and the bill goes to my old address.\nX: My address is old.",
		"001.vtt": "X: Ich möchte kündigen, die Kündigung liegt bei.\nX: 39.90 € – don't \"pay\" twice",
		"002.vtt": "X: Straße Ёлка naïve NOT an OR operator",
	})
	f.take(t)
	for typed, want := range map[string]string{
		"address":            "call-000 0",
		"ADDRESS old":        "call-000 0",
		`"address is"`:       "call-000 1",
		`"old address"`:      "call-000 0",
		"kundigung":          "call-001 0",
		"KÜNDI*":             "call-001 0",
		"kündi":              "",
		"39.90":              "call-001 1",
		"don't":              "call-001 1",
		`say "pay"`:          "",
		`"pay"`:              "call-001 1",
		"naive":              "call-002 0",
		"ёлка":               "call-002 0",
		"NOT operator":       "call-002 0",
		"address OR bill":    "",
		"text:address":       "",
		"^moved":             "call-000 0",
		"NEAR(moved june)":   "",
		"o*":                 "call-002 0|call-000 0",
		`" * ^ ( ) - + : '`:  "",
		"":                   "",
		`"`:                  "",
		"moved\x00june":      "call-000 0",
		"moved\xffjune":      "call-000 0",
		"{moved} [june]":     "call-000 0",
		"'; DROP TABLE call": "",
	} {
		if got := f.found(t, typed); got != want {
			t.Errorf("%q finds %q, want %q", typed, got, want)
		}
	}
}

func TestFindingsShowWhereTheWordsStand(t *testing.T) {
	f := spoken(t, shelf{"000.vtt": strings.Repeat("Ada: a refund, a refund\n", 5) + "X: no", "001.vtt": "X: Refund!"})
	f.take(t)
	got, err := f.Search(context.Background(), "refund", desk.Page{Limit: 1, Skip: 1})
	must(t, err)
	if got.Total != 2 || len(got.Calls) != 1 || got.Calls[0].Call.UID != "call-000" {
		t.Fatalf("the second of two calls is %+v", got)
	}
	c := got.Calls[0]
	if len(c.Hits) != desk.MostHits || c.More != 2 || c.Hits[1].At != time.Second || c.Hits[1].Role != dialogue.Agent {
		t.Errorf("hits %+v, %d more, want 3 and 2", c.Hits, c.More)
	}
	want := []desk.Piece{{Text: "a "}, {Text: "refund", Found: true}, {Text: ", a "}, {Text: "refund", Found: true}}
	if diff := cmp.Diff(want, c.Hits[0].Snippet); diff != "" {
		t.Error(diff)
	}
}

// Words that were taken out must not be left in the file for anyone to read.
func TestForgottenWordsLeaveTheFile(t *testing.T) {
	s := shelf{"000.vtt": "X: xylophonist quetzalcoatl"}
	path := filepath.Join(t.TempDir(), "library.earshot")
	store, err := sqlite.Open(context.Background(), path, sqlite.Options{})
	must(t, err)
	f := &fixture{store: store, path: path, Desk: desk.New(desk.Parts{
		Store: store, Source: none{}, Sidecars: s, Author: newAuthor(t, 1), Clock: &clock{time.Unix(1e9, 0)}, IDs: &ids{},
	})}
	f.add(t, entry(0))
	f.take(t)
	if f.found(t, "xylophonist") == "" {
		t.Fatal("the words were never there")
	}
	delete(s, "000.vtt")
	f.take(t)
	must(t, store.Close())
	raw, err := os.ReadFile(path)
	must(t, err)
	for _, word := range []string{"xylophonist", "quetzalcoatl"} {
		if bytes.Contains(raw, []byte(word)) {
			t.Errorf("%q still stands in the library's file", word)
		}
	}
}

// What anyone may type is never an error.
func FuzzSearch(f *testing.F) {
	lib := spoken(f, shelf{"000.vtt": "X: a refund, naïve"})
	lib.take(f)
	for _, seed := range []string{`"a b"*`, "a NEAR b", "text : x", "-a + b", `"""`, "\x00\x01*", "a* OR"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		if _, err := lib.Search(context.Background(), typed, desk.Page{Limit: 5}); err != nil {
			t.Errorf("%q: %v", typed, err)
		}
	})
}
