package sqlite_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

// file is a file as a walk would meet that of an entry.
func file(e desk.Entry) desk.File {
	return desk.File{Name: e.Name, Size: e.Recording.Size, Modified: e.Recording.Modified}
}

// filed is the i-th entry under another name.
func filed(i int, name string) desk.Entry {
	e := entry(i)
	e.Name, e.Mark = name, int64(100+i)
	return e
}

// A folder's files are one range of the index of paths, in which those of a
// folder beneath it may lie too.
func TestWhatIsKnownOfAFolder(t *testing.T) {
	f := newFixture(t, 0)
	ctx := context.Background()
	all := []desk.Entry{
		filed(0, "m.wav"), filed(1, "m/x.wav"), filed(2, "m0.wav"), filed(3, "line\nbreak.wav"), filed(4, "not \xff utf-8.wav"), filed(5, "録音.wav"),
	}
	f.add(t, all...)
	all[0].Beside = 42 // its contact record came meanwhile
	if again := f.add(t, all...); len(again) != len(all) || again[4].NewFile || again[4].NewCall {
		t.Errorf("the same files again: %+v", again)
	}
	ask := []desk.File{file(all[3]), file(all[0]), file(all[2]), {Name: "new.wav"}, file(all[4]), file(all[5])}
	ask[2].Size++
	known, err := f.store.Known(ctx, "/recordings", ask)
	must(t, err)
	var same, held []string
	for i, k := range known {
		if k.ID > 0 {
			held = append(held, ask[i].Name)
		}
		if k.Same {
			same = append(same, ask[i].Name)
			if k.Recording.Frames != 8000*120 || k.Recording.Format != "wav" || k.Recording.Rate != 8000 {
				t.Errorf("%q is known as %+v", ask[i].Name, k.Recording)
			}
		}
	}
	if known[1].Beside != 42 || known[0].Beside != 0 {
		t.Errorf("beside two files stand %d and %d", known[1].Beside, known[0].Beside)
	}
	if diff := cmp.Diff([]string{"line\nbreak.wav", "m.wav", "m0.wav", "not \xff utf-8.wav", "録音.wav"}, held); diff != "" {
		t.Errorf("held (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"line\nbreak.wav", "m.wav", "not \xff utf-8.wav", "録音.wav"}, same); diff != "" {
		t.Errorf("unchanged (-want +got):\n%s", diff)
	}
}

// What a look has met by its id, or stored anew, is there; the rest is gone.
func TestTheEndOfALookMarksWhatItHasNotMet(t *testing.T) {
	f := newFixture(t, 5)
	ctx := context.Background()
	known, err := f.store.Known(ctx, "/recordings", []desk.File{file(entry(0)), file(entry(3))})
	must(t, err)
	late := entry(6)
	late.Look = 2
	f.add(t, late)
	gone, err := f.store.EndLook(ctx, "/recordings", 2, func(id int64) bool { return id == known[0].ID || id == known[1].ID })
	must(t, err)
	var missing []string
	for c, err := range f.Calls(ctx, review.Missing) {
		must(t, err)
		missing = append(missing, c.UID)
	}
	if diff := cmp.Diff([]string{"call-001", "call-002", "call-004"}, missing); diff != "" || gone != 3 {
		t.Errorf("%d gone, missing (-want +got):\n%s", gone, diff)
	}
	// Known again, they are told of as missing, and not as unchanged.
	known, err = f.store.Known(ctx, "/recordings", []desk.File{file(entry(1))})
	must(t, err)
	if !known[0].Missing || known[0].Same {
		t.Errorf("a missing file is known as %+v", known[0])
	}
	f.checkClean(t)
}

// A recording that moved keeps its call and all that was said of it.
func TestAMovedRecordingKeepsItsCall(t *testing.T) {
	f := newFixture(t, 0)
	ctx := context.Background()
	was := filed(0, "a.wav")
	f.add(t, was)
	f.tag(t, was.UID, "Late", time.Second)
	twins, err := f.store.Twins(ctx, []int64{was.Mark, 7, was.Mark}) // two files may have it
	must(t, err)
	if len(twins) != 1 || twins[0].Path != "/recordings/a.wav" || twins[0].Size != 1000 || !twins[0].Modified.Equal(was.Recording.Modified) {
		t.Fatalf("twins: %+v", twins)
	}
	moved := was
	moved.Root, moved.Name, moved.UID, moved.From = "/elsewhere", "b.wav", "another", "/recordings/a.wav"
	if added := f.add(t, moved); added[0].NewCall || added[0].NewFile || added[0].UID != was.UID {
		t.Errorf("a move is %+v", added)
	}
	recordings, err := f.store.Recordings(ctx, was.UID)
	must(t, err)
	if len(recordings) != 1 || recordings[0].Path.Open() != "/elsewhere/b.wav" {
		t.Errorf("the call has %d recordings", len(recordings))
	}
	f.checkClean(t)
}

func TestASourceRemembersItsLastLook(t *testing.T) {
	f := newFixture(t, 3)
	ctx := context.Background()
	whole := time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC)
	problems := []desk.Problem{
		{File: "bad.wav", Reason: review.Fail("bad-wav", review.Args{"chunk": "fmt", "n": 3})},
		{File: "calls.csv", Line: 7, Reason: review.Fail("no-path", review.Args{"path": review.Hide("/home/ada")})},
	}
	look := desk.LookedAt{Root: "/recordings", Whole: whole, Files: 9, Problems: 2, Metadata: "/t.csv", Profile: "p", Manner: "m"}
	must(t, f.store.SaveLook(ctx, look, problems))
	must(t, f.store.SaveLook(ctx, desk.LookedAt{Root: "/new", Failed: review.Fail("no-path", review.Args{"path": "/new"})}, nil))
	sources, err := f.Sources(ctx)
	must(t, err)
	look.Recordings, look.First, look.Last = 3, entry(0).Meta.Start, entry(2).Meta.Start
	want := []desk.LookedAt{{Root: "/new", Failed: review.Fail("no-path", review.Args{"path": "/new"})}, look}
	if diff := cmp.Diff(want, sources); diff != "" {
		t.Errorf("sources (-want +got):\n%s", diff)
	}
	kept, err := f.ProblemsOf(ctx, "/recordings")
	must(t, err)
	problems[1].Reason = review.Fail("no-path", review.Args{"path": review.Hidden})
	if diff := cmp.Diff(problems, kept); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
}
