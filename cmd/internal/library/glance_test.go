package library

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/earshot-app/earshot/cmd/internal/place"
	"github.com/earshot-app/earshot/data/catalog"
	"github.com/earshot-app/earshot/data/sqlite"
	"github.com/earshot-app/earshot/data/transcript"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/journal"
)

// long is when the files of these tests changed last, and now when all looks are.
var (
	long = time.Date(2026, 10, 1, 9, 0, 0, 0, time.UTC)
	now  = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
)

type stopped struct{ at time.Time }

func (s *stopped) Now() time.Time {
	s.at = s.at.Add(time.Millisecond) // each look has a number of its own
	return s.at
}

// tallied counts the looks that ask about each file.
type tallied struct {
	*catalog.Catalog
	looks int
	cut   error // of the next look, after its first file
}

func (c *tallied) Walk(ctx context.Context, req desk.ImportRequest, yield func(desk.Found) error) error {
	if req.Known == nil {
		return c.Catalog.Walk(ctx, req, yield)
	}
	c.looks++
	return c.Catalog.Walk(ctx, req, func(f desk.Found) error { return errors.Join(yield(f), c.cut) })
}

// A shelf is a library with a folder of recordings.
type shelf struct {
	*desk.Desk
	t      *testing.T
	source *tallied
	clock  *stopped
	folder string
}

// newShelf makes a folder with two recordings, one in a folder of its own, a
// broken one, a transcript and a table; it lies in another where there is room.
func newShelf(t *testing.T) *shelf {
	t.Helper()
	author, err := journal.NewAuthor(bytes.Repeat([]byte{7}, 32))
	must(t, err)
	store, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "library.earshot"), sqlite.Options{})
	must(t, err)
	t.Cleanup(func() { must(t, store.Close()) })
	s := &shelf{
		t: t, source: &tallied{Catalog: catalog.New(place.Walk, time.UTC)}, clock: &stopped{now}, folder: filepath.Join(t.TempDir(), "calls"),
	}
	s.Desk = desk.New(desk.Parts{
		Store: store, Source: s.source, Sidecars: transcript.New(place.Walk), Author: author, Clock: s.clock, IDs: IDs{}, Glance: place.Glance,
	})
	s.write("a.wav", wave(1))
	s.write("deep/b.wav", wave(2))
	s.write("broken.wav", make([]byte, len(wave(0))))
	s.write("a.vtt", []byte("WEBVTT\n\n00:01.000 --> 00:02.000\nMy bill is late\n"))
	s.write("calls.csv", []byte("file,queue\na.wav,Billing\n"))
	return s
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// wave is a recording unlike those of other numbers, and as long.
func wave(n int) []byte {
	b := binary.LittleEndian.AppendUint32([]byte("RIFF"), 36+80)
	b = append(b, "WAVEfmt \x10\x00\x00\x00\x07\x00\x01\x00\x40\x1f\x00\x00\x40\x1f\x00\x00\x01\x00\x08\x00data"...)
	b = binary.LittleEndian.AppendUint32(b, 80)
	return append(b, bytes.Repeat([]byte{byte(n)}, 80)...)
}

func (s *shelf) at(name string) string { return filepath.Join(s.folder, filepath.FromSlash(name)) }

// write writes a file as if it had been there for long.
func (s *shelf) write(name string, content []byte) {
	s.t.Helper()
	must(s.t, os.MkdirAll(filepath.Dir(s.at(name)), 0o700))
	must(s.t, os.WriteFile(s.at(name), content, 0o600))
	s.touch(name, long)
}

func (s *shelf) touch(name string, at time.Time) {
	s.t.Helper()
	must(s.t, os.Chtimes(s.at(name), at, at))
}

func (s *shelf) move(from, to string) {
	s.t.Helper()
	must(s.t, os.MkdirAll(filepath.Dir(s.at(to)), 0o700))
	must(s.t, os.Rename(s.at(from), s.at(to)))
}

func (s *shelf) bring(req desk.ImportRequest) desk.Imported {
	s.t.Helper()
	done, err := s.Import(s.t.Context(), req, nil)
	must(s.t, err)
	return done
}

// settle imports the folder and fails unless the next look is a glance.
func (s *shelf) settle(req desk.ImportRequest) {
	s.t.Helper()
	req.Paths = []string{s.folder}
	s.bring(req)
	if done, looks := s.again(); looks != 0 || !done.Quiet() || done.LeftOut != 1 || done.Problems[0].File != "broken.wav" {
		s.t.Fatalf("nothing changed, and yet %d looks: %+v", looks, done)
	}
}

// again looks again, and answers how many looks asked about each file.
func (s *shelf) again() (done desk.Rescanned, looks int) {
	s.t.Helper()
	before := s.source.looks
	done, err := s.Rescan(s.t.Context(), []string{s.folder}, nil)
	must(s.t, err)
	return done, s.source.looks - before
}

// A look that only glances misses nothing that a look at each file finds.
func TestAGlanceMissesNoChange(t *testing.T) {
	for name, test := range map[string]struct {
		change func(s *shelf)
		want   func(r desk.Rescanned) bool
	}{
		"a new file":            {func(s *shelf) { s.write("deep/new.wav", wave(3)) }, func(r desk.Rescanned) bool { return r.Recordings == 1 }},
		"a new folder":          {func(s *shelf) { s.write("new/new.wav", wave(3)) }, func(r desk.Rescanned) bool { return r.Recordings == 1 }},
		"a file that is gone":   {func(s *shelf) { must(s.t, os.Remove(s.at("deep/b.wav"))) }, func(r desk.Rescanned) bool { return r.Gone == 1 }},
		"a folder that is gone": {func(s *shelf) { must(s.t, os.RemoveAll(s.at("deep"))) }, func(r desk.Rescanned) bool { return r.Gone == 1 }},
		"a file that moved":     {func(s *shelf) { s.move("a.wav", "other/a.wav") }, func(r desk.Rescanned) bool { return r.Moved == 1 }},
		"a file with a new name": {
			func(s *shelf) { s.move("deep/b.wav", "deep/c.wav") }, func(r desk.Rescanned) bool { return r.Moved == 1 },
		},
		"files that changed places": {func(s *shelf) {
			s.touch("deep/b.wav", long.Add(time.Nanosecond))
			s.again()
			s.again()
			s.move("a.wav", "between.wav")
			s.move("deep/b.wav", "a.wav")
			s.move("between.wav", "deep/b.wav")
		}, nil},
		"another time":         {func(s *shelf) { s.touch("a.wav", long.Add(time.Millisecond)) }, nil},
		"an older time":        {func(s *shelf) { s.touch("a.wav", long.Add(-time.Hour)) }, nil},
		"a longer file":        {func(s *shelf) { s.write("a.wav", append(wave(1), 0, 0)) }, nil},
		"a new transcript":     {func(s *shelf) { s.write("deep/b.vtt", []byte("WEBVTT\n\n00:01.000 --> 00:02.000\nHello\n")) }, func(r desk.Rescanned) bool { return r.Transcripts == 1 }},
		"a changed transcript": {func(s *shelf) { s.write("a.vtt", []byte("WEBVTT\n\n00:01.000 --> 00:02.000\nHello\n")) }, func(r desk.Rescanned) bool { return r.Transcripts == 1 }},
		"a changed table":      {func(s *shelf) { s.write("calls.csv", []byte("file,queue\na.wav,Invoices\n")) }, func(r desk.Rescanned) bool { return r.Updated == 1 }},
		"a broken file that was mended in its place": {func(s *shelf) { s.write("broken.wav", wave(3)) }, func(r desk.Rescanned) bool { return r.Recordings == 1 }},
		"a link to a folder":                         {func(s *shelf) { must(s.t, os.Symlink(s.at("deep"), s.at("link"))) }, func(r desk.Rescanned) bool { return r.LeftOut == 2 }},
		"a link to a file":                           {func(s *shelf) { must(s.t, os.Symlink(s.at("a.wav"), s.at("link.wav"))) }, func(r desk.Rescanned) bool { return r.Recordings == 1 }},
		"a broken link":                              {func(s *shelf) { must(s.t, os.Symlink(s.at("none"), s.at("link.wav"))) }, func(r desk.Rescanned) bool { return r.LeftOut == 2 }},
	} {
		t.Run(name, func(t *testing.T) {
			if runtime.GOOS == "windows" && (name == "a link to a folder" || name == "a link to a file" || name == "a broken link") {
				return // only some people may make one there
			}
			s := newShelf(t)
			s.settle(desk.ImportRequest{Metadata: s.at("calls.csv")})
			test.change(s)
			done, looks := s.again()
			if looks != 1 || test.want != nil && !test.want(done) {
				t.Errorf("%d looks: %+v", looks, done)
			}
		})
	}
}

// What the system has for itself is no change.
func TestAHiddenFileIsNoChange(t *testing.T) {
	s := newShelf(t)
	s.settle(desk.ImportRequest{})
	s.write(".hidden.wav", wave(4))
	if _, looks := s.again(); looks != 0 {
		t.Errorf("%d looks", looks)
	}
}

// How files are read decides as much as the files.
func TestAnotherWayToReadTheSameFilesIsALook(t *testing.T) {
	s := newShelf(t)
	table := filepath.Join(t.TempDir(), "elsewhere.csv")
	must(t, os.WriteFile(table, []byte("file,queue\na.wav,Billing\n"), 0o600))
	must(t, os.Chtimes(table, long, long))
	s.settle(desk.ImportRequest{Metadata: table})
	for _, change := range []func(req *desk.ImportRequest){
		func(req *desk.ImportRequest) { req.Profile = "vicidial" },
		func(req *desk.ImportRequest) { req.Unredacted = true },
		func(*desk.ImportRequest) { must(t, os.Chtimes(table, now, now)) },
	} {
		before := s.source.looks
		req := desk.ImportRequest{Paths: []string{s.folder}, Metadata: table}
		change(&req)
		s.bring(req)
		if s.source.looks == before {
			t.Errorf("%+v was a glance", req)
		}
	}
	if _, looks := s.again(); looks != 1 {
		t.Error("a table that may change within the same tick is taken for one that has not")
	}
}

// A file that changed just before the look may change again within the same tick
// of the clock, and then looks as it did.
func TestFilesThatHaveJustChangedAreLookedAt(t *testing.T) {
	s := newShelf(t)
	s.touch("a.wav", now.Add(-time.Second))
	s.bring(desk.ImportRequest{Paths: []string{s.folder}})
	if _, looks := s.again(); looks != 1 {
		t.Errorf("a file of a second ago: %d looks", looks)
	}
	s.clock.at = now.Add(3 * time.Second)
	s.again() // leaves a digest
	if _, looks := s.again(); looks != 0 {
		t.Errorf("a file of some seconds ago: %d looks", looks)
	}
}

// The library may hold what a stopped look met, though the folder is again as it
// was before.
func TestAfterAStoppedLookComesAWholeOne(t *testing.T) {
	s := newShelf(t)
	s.settle(desk.ImportRequest{})
	s.write("a.wav", wave(9)[:60])
	s.source.cut = errors.New("stopped")
	if _, err := s.Import(t.Context(), desk.ImportRequest{Paths: []string{s.folder}}, nil); err == nil {
		t.Fatal("it was not stopped")
	}
	s.source.cut = nil
	s.write("a.wav", wave(1))
	for range 2 { // the first cannot know whether the stopped one has ended
		if _, looks := s.again(); looks != 1 {
			t.Errorf("%d looks", looks)
		}
	}
	if _, looks := s.again(); looks != 0 {
		t.Errorf("%d looks when all is quiet", looks)
	}
}

// A file that cannot be read while a look is at it may be a recording, though its
// name does not say so. That it can be read again changes neither size nor time.
func TestAFileThatCouldNotBeReadIsLookedAtAgain(t *testing.T) {
	s := newShelf(t)
	s.write("unnamed", wave(3))
	info, err := os.Stat(s.at("unnamed"))
	must(t, err)
	s.move("unnamed", "../away")
	s.source.Catalog = catalog.New(func(ctx context.Context, paths []string, yield func(string, string, fs.FileInfo, error) error) error {
		return errors.Join(place.Walk(ctx, paths, yield), yield(s.folder, "unnamed", info, nil))
	}, time.UTC)
	s.bring(desk.ImportRequest{Paths: []string{s.folder}})
	s.source.Catalog = catalog.New(place.Walk, time.UTC)
	s.move("../away", "unnamed")
	if done, looks := s.again(); looks != 1 || done.Recordings != 1 {
		t.Errorf("%d looks: %+v", looks, done)
	}
	if done, looks := s.again(); looks != 0 || !done.Quiet() {
		t.Errorf("%d looks when all is read: %+v", looks, done)
	}
}

// Another look at a part of the folder leaves the library as that part was then.
func TestALookAtAPartEndsWhatTheWholeLeft(t *testing.T) {
	s := newShelf(t)
	s.settle(desk.ImportRequest{})
	s.write("deep/b.wav", wave(9)[:60])
	s.bring(desk.ImportRequest{Paths: []string{s.at("deep/b.wav")}})
	s.write("deep/b.wav", wave(2))
	if _, looks := s.again(); looks != 1 {
		t.Errorf("%d looks", looks)
	}
}

// A recording that moved into another source and back is where it was.
func TestAMoveToAnotherSourceAndBackIsALook(t *testing.T) {
	s := newShelf(t)
	s.settle(desk.ImportRequest{})
	s.move("deep/b.wav", "../other/b.wav")
	s.bring(desk.ImportRequest{Paths: []string{s.at("../other")}})
	s.move("../other/b.wav", "deep/b.wav")
	if done, looks := s.again(); looks != 1 || done.Moved != 1 {
		t.Errorf("%d looks: %+v", looks, done)
	}
}

// A transcript may come before the call that it belongs to, from elsewhere.
func TestATranscriptWaitsForItsCall(t *testing.T) {
	const contact = "58805c4e-2f4d-4b6c-9d0e-0123456789ab"
	s := newShelf(t)
	s.write(contact+".vtt", []byte("WEBVTT\n\n00:01.000 --> 00:02.000\nHello\n"))
	s.bring(desk.ImportRequest{Paths: []string{s.folder}})
	s.write("../other/"+contact+".wav", wave(5))
	s.bring(desk.ImportRequest{Paths: []string{s.at("../other")}})
	if done, looks := s.again(); looks != 1 || done.Transcripts != 1 {
		t.Errorf("%d looks: %+v", looks, done)
	}
}

// Forgetting takes away what the last look said, so the next says it again.
func TestAfterForgettingComesAWholeLook(t *testing.T) {
	s := newShelf(t)
	s.settle(desk.ImportRequest{})
	var uid string
	for c, err := range s.Calls(t.Context(), review.New) {
		must(t, err)
		uid = c.UID
	}
	_, err := s.Forget(t.Context(), []string{uid}, nil)
	must(t, err)
	if done, looks := s.again(); looks != 1 || done.Forgotten != 1 || done.Recordings != 0 {
		t.Errorf("%d looks: %+v", looks, done)
	}
}

// Genesys Cloud's export has the ids of agents; who they are may come later, in a
// file beside it.
func TestAFileOfNamesThatComesLaterNamesAgents(t *testing.T) {
	const call = "conversation_id=9a3e1e32-29e3-4b8e-8a58-a5bbb1f3bb2a/5ae72bb1-0d3c-4a2e-9f4f-d9a5e6c9c001.wav"
	s := newShelf(t)
	must(t, os.RemoveAll(s.folder))
	s.write(call, wave(1))
	s.write(call+"_metadata.json", []byte(`{"startTime": "2023-08-29T23:19:04.873+0000", "userIds": ["ee12"]}`))
	if done := s.bring(desk.ImportRequest{Paths: []string{s.folder}}); done.Profile != "genesys-cloud" || done.Calls != 1 {
		t.Fatalf("imported as %+v", done)
	}
	agent := func() (uid, name string) {
		for c, err := range s.Calls(t.Context(), review.New) {
			must(t, err)
			uid, name = c.UID, c.Agent.Open()
		}
		return uid, name
	}
	before, _ := agent()
	s.write("users.csv", []byte("id,name\nee12,Jane Doe\n"))
	if done, _ := s.again(); done.Updated != 1 {
		t.Errorf("looked again: %+v", done)
	}
	if uid, name := agent(); uid != before || name != "Jane Doe" {
		t.Errorf("%s is %s's", uid, name)
	}
	if done, looks := s.again(); looks != 0 || !done.Quiet() {
		t.Errorf("%d looks: %+v", looks, done)
	}
}
