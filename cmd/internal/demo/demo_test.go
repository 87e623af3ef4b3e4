package demo_test

import (
	"context"
	"crypto/rand"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/uuid"

	demoassets "github.com/earshot-app/earshot/assets/demo"
	"github.com/earshot-app/earshot/cmd/internal/demo"
	"github.com/earshot-app/earshot/data/sqlite"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/dialogue"
	"github.com/earshot-app/earshot/review/journal"
)

type (
	clock struct{}
	ids   struct{}
)

func (clock) Now() time.Time { return time.Now() }
func (ids) New() string      { return uuid.Must(uuid.NewV7()).String() }

func parts(t *testing.T) demo.Parts {
	t.Helper()
	return demo.Parts{Folder: t.TempDir(), Random: rand.Reader, Clock: clock{}, IDs: ids{}, Zone: time.UTC}
}

// open makes the demo and opens its library for someone who visits it.
func open(t *testing.T, p demo.Parts) *desk.Desk {
	t.Helper()
	last, of := 0, 0
	file, err := demo.Make(t.Context(), p, func(done, total int) { last, of = done, total })
	if err != nil {
		t.Fatal(err)
	}
	if last != of {
		t.Errorf("progress ended at %d of %d", last, of)
	}
	store, err := sqlite.Open(t.Context(), file, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	visitor, err := journal.NewAuthor(make([]byte, 32))
	if err != nil {
		t.Fatal(err)
	}
	return desk.New(desk.Parts{Store: store, Author: visitor, Clock: clock{}, IDs: ids{}})
}

// The visitor finds one draw of 24, eighteen of its calls done with and six to
// hear, and no truth told of those six.
func TestTheVisitorHearsTheLastSix(t *testing.T) {
	d := open(t, parts(t))
	l, ok, err := d.Listening(t.Context())
	if err != nil || !ok {
		t.Fatalf("no open draw: %v", err)
	}
	if len(l.Calls) != 24 || l.Next() != 18 || l.Draw.Done != 18 {
		t.Errorf("%d calls drawn, next is %d, %d done; want 24, 18, 18", len(l.Calls), l.Next(), l.Draw.Done)
	}
	for _, c := range l.Calls[18:] {
		view, err := d.View(t.Context(), c.UID)
		if err != nil {
			t.Fatal(err)
		}
		if c.State != review.Drawn || len(view.Moments)+len(view.Praise) > 0 {
			t.Errorf("call %s is %s with %d moments before anyone heard it", c.UID, c.State, len(view.Moments))
		}
	}
}

// What the demo says of a heard call is the script's truth, to the word and
// the tenth of a second.
func TestHeardCallsHoldTheScriptsTruth(t *testing.T) {
	d := open(t, parts(t))
	truth, err := demoassets.Truth()
	if err != nil {
		t.Fatal(err)
	}
	heard := 0
	for _, want := range truth {
		view, err := d.View(t.Context(), want.ID)
		if err != nil {
			t.Fatal(err)
		}
		switch view.Call.State {
		case review.Skipped:
			heard++
			if want.NotCustomer == "" || view.Call.Reason != want.NotCustomer {
				t.Errorf("%s is skipped because of %q, the truth says %q", want.ID, view.Call.Reason, want.NotCustomer)
			}
		case review.Heard:
			heard++
			same(t, want, view)
		}
	}
	if heard != demo.Heard {
		t.Errorf("%d calls are done with, want %d", heard, demo.Heard)
	}
}

func same(t *testing.T, want demoassets.Call, got desk.CallView) {
	t.Helper()
	if len(got.Moments) != len(want.Issues) || len(got.Praise) != len(want.Praise) {
		t.Errorf("%s: %d moments and %d praise, want %d and %d", want.ID, len(got.Moments), len(got.Praise), len(want.Issues), len(want.Praise))
		return
	}
	for i, m := range want.Issues {
		is := got.Moments[i]
		if is.Issue != m.Issue || is.Words != m.Words || is.At.Round(100*time.Millisecond).Seconds() != m.At {
			t.Errorf("%s: %q at %v (%q), want %q at %v (%q)", want.ID, is.Issue, is.At, is.Words, m.Issue, m.At, m.Words)
		}
	}
}

// Ctrl+Z must not take back what the demo came with.
func TestAVisitorCannotUndoTheDemo(t *testing.T) {
	d := open(t, parts(t))
	if _, err := d.Undo(t.Context()); review.CodeOf(err) != review.NothingUndo {
		t.Errorf("undo answered %v", err)
	}
}

// Opened again, the demo holds what the visitor said the first time.
func TestTheDemoIsMadeOnce(t *testing.T) {
	p := parts(t)
	d := open(t, p)
	if _, err := d.Tag(t.Context(), desk.TagRequest{Call: "call-01", Issue: "Mine", At: time.Second}); err != nil {
		t.Fatal(err)
	}
	recording := filepath.Join(p.Folder, "demo", "call-01.wav")
	if err := os.Remove(recording); err != nil {
		t.Fatal(err)
	}
	if _, err := demo.Make(t.Context(), p, func(int, int) {}); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(recording); err != nil {
		t.Errorf("a recording that was thrown away is not back: %v", err)
	}
	view, err := d.View(t.Context(), "call-01")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range view.Moments {
		if m.Issue == "Mine" {
			return
		}
	}
	t.Error("the visitor's moment is gone")
}

// Stopped half way, there is no demo library, and the next attempt makes it.
func TestADemoThatWasStoppedIsMadeAnew(t *testing.T) {
	p := parts(t)
	ctx, stop := context.WithCancel(t.Context())
	_, err := demo.Make(ctx, p, func(done, _ int) {
		if done == 9 {
			stop()
		}
	})
	if review.CodeOf(err) != review.Cancelled {
		t.Fatalf("stopped, it answered %v", err)
	}
	if _, err := os.Stat(demo.Library(p.Folder)); err == nil {
		t.Fatal("half a demo is there")
	}
	open(t, p)
}

// Every call brings its transcript, so that a visitor can search.
func TestTheDemosTranscriptsAreFound(t *testing.T) {
	d := open(t, parts(t))
	if n, err := d.Transcribed(t.Context()); n != 25 || err != nil {
		t.Errorf("%d calls have a transcript, %v, want all 25", n, err)
	}
	found, err := d.Search(t.Context(), `"my old address"`, desk.Page{Limit: 10})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range found.Calls {
		if c.Call.UID == "call-01" && c.Hits[0].At == 5*time.Second && c.Hits[0].Role == dialogue.Customer {
			return
		}
	}
	t.Errorf("what call-01 says at 5.0 s was not found: %+v", found)
}
