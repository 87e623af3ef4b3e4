package sessionfile

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/journal"
	"github.com/earshot-app/earshot/review/session"
)

func signed(t testing.TB, body journal.Body) journal.Signed {
	t.Helper()
	author, err := journal.NewAuthor(bytes.Repeat([]byte{7}, 32))
	if err != nil {
		t.Fatal(err)
	}
	event, err := author.In("session").Hearing(3).Sign("event", 9, time.UnixMilli(5), body)
	if err != nil {
		t.Fatal(err)
	}
	return event
}

func parcels(all ...session.Parcel) func(func(session.Parcel, error) bool) {
	return func(yield func(session.Parcel, error) bool) {
		for _, p := range all {
			if !yield(p, nil) {
				return
			}
		}
	}
}

// file is a session's file with a head and one event.
func file(t testing.TB) string {
	t.Helper()
	made := signed(t, journal.DrawMade{Draw: "draw", Calls: []string{"c-1"}})
	said := signed(t, journal.CallHeard{Call: "c-1"})
	var b strings.Builder
	head := desk.SessionHead{Session: "session", By: made.Author, Names: map[string]string{made.Author: "Ana <\u2028>"}, Made: made}
	err := Write(&b, head, parcels(session.Parcel{Bytes: said.Bytes, Signature: said.Signature, Public: said.Public, Blind: 3}))
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// read answers all of a file.
func read(text string) (head desk.SessionHead, lines []desk.SessionLine, err error) {
	head, all, err := Read(strings.NewReader(text))
	if err != nil {
		return head, nil, err
	}
	for line, err := range all {
		if err != nil {
			return head, lines, err
		}
		lines = append(lines, line)
	}
	return head, lines, nil
}

func TestWhatIsWrittenIsReadBack(t *testing.T) {
	made := signed(t, journal.DrawMade{Draw: "draw", Calls: []string{"c-1"}})
	head, lines, err := read(file(t))
	if err != nil {
		t.Fatal(err)
	}
	want := desk.SessionHead{Session: "session", By: made.Author, Names: map[string]string{made.Author: "Ana <\u2028>"}, Made: made}
	if diff := cmp.Diff(want, head); diff != "" {
		t.Error(diff)
	}
	said := signed(t, journal.CallHeard{Call: "c-1"})
	heard := []desk.SessionLine{{Line: 2, Parcel: session.Parcel{Bytes: said.Bytes, Signature: said.Signature, Public: said.Public, Blind: 3}}}
	if diff := cmp.Diff(heard, lines); diff != "" {
		t.Error(diff)
	}
}

func TestABrokenLineIsToldByItsNumber(t *testing.T) {
	head, event, _ := strings.Cut(file(t), "\n")
	long := `{"event":"` + strings.Repeat("A", 1<<20) + "\"}\n"
	text := head + "\n" + "\n" + "{}\n" + long + event + `{"event":"AA==","round":-1}` + "\n" + strings.TrimSpace(event)
	_, lines, err := read(text)
	if err != nil {
		t.Fatal(err)
	}
	var told []string
	for _, l := range lines {
		told = append(told, fmt.Sprintf("%d %s", l.Line, l.Reason))
	}
	want := []string{"2 unreadable", "3 unreadable", "4 too-long", "5 ", "6 unreadable", "7 "}
	if !slices.Equal(told, want) {
		t.Errorf("told %q, want %q", told, want)
	}
}

func TestWhatIsNoSessionIsRefused(t *testing.T) {
	head, _, _ := strings.Cut(file(t), "\n")
	for name, text := range map[string]string{
		"nothing":       "",
		"a letter":      "Dear all,\n",
		"another kind":  strings.Replace(head, `"earshot":"session"`, `"earshot":"backup"`, 1),
		"a later one":   strings.Replace(head, `"v":1`, `"v":2`, 1),
		"no session":    strings.Replace(head, `"session":"session"`, `"session":""`, 1),
		"a cut head":    head[:len(head)-9],
		"an event only": `{"event":"AA=="}`,
	} {
		if _, _, err := read(text); review.CodeOf(err) != NotASession {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A draw that its host did not sign says nothing about a frame.
func TestAForgedDrawIsLeftOut(t *testing.T) {
	forged := base64.StdEncoding.EncodeToString([]byte(`{"id":"event","v":1,"t":"draw.made","a":"x","n":1,"at":1,"b":{}}`))
	head, _, _ := strings.Cut(file(t), "\n")
	at := strings.Index(head, `"draw":{"event":"`) + len(`"draw":{"event":"`)
	end := at + strings.Index(head[at:], `"`)
	if got, _, err := read(head[:at] + forged + head[end:]); err != nil || got.Made.ID != "" {
		t.Errorf("read %+v, %v", got.Made, err)
	}
}

func TestAFailingDiskIsAnError(t *testing.T) {
	broken := errors.New("the disk is gone")
	_, lines, err := Read(io.MultiReader(strings.NewReader(file(t)), iotest.ErrReader(broken)))
	if err != nil {
		t.Fatal(err)
	}
	for _, err = range lines {
	}
	if !errors.Is(err, broken) {
		t.Errorf("the lines end with %v", err)
	}
	if _, _, err := Read(iotest.ErrReader(broken)); !errors.Is(err, broken) {
		t.Errorf("the head ends with %v", err)
	}
}

// FuzzRead reads anything: each line is an event or a reason, by numbers that
// rise, and what was read is written and read again the same.
func FuzzRead(f *testing.F) {
	f.Add(file(f))
	f.Add(`{"earshot":"session","v":1,"session":"s"}` + "\n\n{}\n")
	f.Add(`{"earshot":"session","v":1,"session":"s","draw":{"event":"AA=="}}` + "\n" + `{"event":"AA==","round":9}`)
	f.Fuzz(func(t *testing.T, text string) {
		head, lines, err := read(text)
		if err != nil {
			return
		}
		var events []session.Parcel
		last := 1
		for _, l := range lines {
			if l.Line <= last || (l.Reason == "") == (len(l.Parcel.Bytes) == 0) {
				t.Fatalf("after %d: %+v", last, l)
			}
			last = l.Line
			if l.Reason == "" {
				events = append(events, l.Parcel)
			}
		}
		var b strings.Builder
		if err := Write(&b, head, parcels(events...)); err != nil {
			t.Fatal(err)
		}
		again, more, err := read(b.String())
		if err != nil || again.Session != head.Session || again.Made.ID != head.Made.ID {
			t.Fatalf("read again: %+v, %v", again, err)
		}
		for i, l := range more {
			if !bytes.Equal(l.Parcel.Bytes, events[i].Bytes) || l.Parcel.Blind != events[i].Blind {
				t.Fatalf("event %d comes back as %+v", i, l)
			}
		}
	})
}
