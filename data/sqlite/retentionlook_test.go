package sqlite_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

// nameless holds a recording whose start nothing tells, changed last in October
// 2026.
type nameless struct{ none }

func (nameless) Walk(_ context.Context, _ desk.ImportRequest, yield func(desk.Found) error) error {
	f := entry(0).Found
	f.Recording.Modified = time.Date(2026, 10, 1, 9, 0, 0, 0, time.UTC)
	f.Meta = desk.Meta{Agent: review.Hide("Qxagent"), Customer: review.Hide("Qxparty")}
	return yield(f)
}

// The library takes the file's time for the start of such a call, and its names
// are too old by that too.
func TestALookBringsNoNamesOfACallWhoseStartNobodyTells(t *testing.T) {
	f := newFixture(t, 0)
	f.Desk = desk.New(desk.Parts{
		Store: f.store, Source: nameless{}, Author: newAuthor(t, 1),
		Clock: &clock{time.Date(2026, 12, 2, 8, 0, 0, 0, time.UTC)}, IDs: &ids{},
	})
	must(t, f.SetRetention(t.Context(), desk.PartNames, 30))
	f.take(t)
	if n, err := f.store.Size(t.Context()); err != nil || n != 1 {
		t.Fatalf("imported %d calls, %v", n, err)
	}
	for _, name := range []string{"Qxagent", "Qxparty"} {
		if files := holding(t, filepath.Dir(f.path), name); len(files) > 0 {
			t.Errorf("%s is in %v", name, files)
		}
	}
}

// A transcript of a call whose words are too old is not even read, and not looked
// at again before it has changed.
func TestALookBringsNoWordsThatAreTooOld(t *testing.T) {
	s := shelf{"000.vtt": "Ada: Qxspoken.", "001.vtt": "Ada: Hello.", "002.vtt": "Ada: My bill is late."}
	f := spoken(t, s)
	f.Desk = desk.New(desk.Parts{
		Store: f.store, Source: none{}, Sidecars: s, Author: newAuthor(t, 1),
		Clock: &clock{time.Date(2026, 12, 2, 9, 30, 0, 0, time.UTC)}, IDs: &ids{}, // 30 days after 2 November, 9:30
	})
	must(t, f.SetRetention(t.Context(), desk.PartWords, 30))
	if done := f.take(t); done.Transcripts != 1 {
		t.Errorf("%d transcripts", done.Transcripts)
	}
	f.take(t)
	if s["read"] != "002.vtt " || f.lines(t, "call-000") != "" || f.lines(t, "call-002") != "0 agent My bill is late." {
		t.Errorf("read %q; of 8:00 %q, of 10:00 %q", s["read"], f.lines(t, "call-000"), f.lines(t, "call-002"))
	}
}
