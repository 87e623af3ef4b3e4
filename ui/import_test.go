package ui

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/ui/command"
)

func TestALongImportIsShownWithinHalfASecond(t *testing.T) {
	window(t, 5, func(b *bench) {
		b.desk.work = func(_ context.Context, progress func(desk.Imported)) (desk.Imported, error) {
			for n := range 10 {
				time.Sleep(time.Second)
				progress(desk.Imported{Seen: 1000 * (n + 1)})
			}
			return desk.Imported{Calls: 9000, Recordings: 10000}, nil
		}
		whole := b.view.Size().Height
		b.run(desk.ImportRequest{Paths: []string{"/calls/october"}})
		b.wait(500 * time.Millisecond)
		if got := b.frame.status; !got.content.Visible() || !strings.Contains(got.title.Text(), "october") {
			t.Fatalf("after half a second it says %q", got.title.Text())
		}
		if high := b.view.Size().Height; high >= whole {
			t.Errorf("the page is %v high of %v: it lies under what is told", high, whole)
		}
		b.wait(4700 * time.Millisecond)
		if got := b.frame.status.text.Text(); !strings.HasPrefix(got, "5,000 recordings looked at, 9") { // 5000 in 5.2 s
			t.Errorf("after five seconds it says %q", got)
		}
		b.wait(10 * time.Second)
		if b.frame.status.content.Visible() {
			t.Error("it is still shown when it is over")
		}
		if high := b.view.Size().Height; high != whole {
			t.Errorf("the page is %v high afterwards, %v before", high, whole)
		}
		if got := b.toast.Shown(); got != "9,000 new calls, 10,000 new recordings" {
			t.Errorf("at the end it says %q", got)
		}
	})
}

func TestAShortImportShowsNoProgress(t *testing.T) {
	window(t, 5, func(b *bench) {
		b.desk.work = func(context.Context, func(desk.Imported)) (desk.Imported, error) {
			time.Sleep(100 * time.Millisecond)
			return desk.Imported{}, nil
		}
		b.run(desk.ImportRequest{Paths: []string{"/calls/october"}})
		for range 10 {
			b.wait(50 * time.Millisecond)
			if b.frame.status.content.Visible() {
				t.Fatal("it flashed")
			}
		}
		if got := b.toast.Shown(); !strings.Contains(got, "“october” holds nothing") {
			t.Errorf("at the end it says %q", got)
		}
	})
}

// Who chose the wrong folder is not told that all of it is known.
func TestAFolderWithoutRecordingsIsSaidToBeOne(t *testing.T) {
	window(t, 5, func(b *bench) {
		b.desk.work = func(context.Context, func(desk.Imported)) (desk.Imported, error) {
			return desk.Imported{Files: 2, None: true}, nil
		}
		b.run(desk.ImportRequest{Paths: []string{"/calls/invoices"}})
		b.settle()
		if m := b.modal(); m == nil || m.title != "No recording was found in “invoices”" || b.toast.Shown() != "" {
			t.Errorf("it says %v, and in passing %q", m, b.toast.Shown())
		}
	})
}

func TestAStoppedImportSaysSo(t *testing.T) {
	window(t, 5, func(b *bench) {
		b.desk.work = func(ctx context.Context, _ func(desk.Imported)) (desk.Imported, error) {
			<-ctx.Done()
			return desk.Imported{}, review.Fail(review.Cancelled, nil)
		}
		b.run(desk.ImportRequest{Paths: []string{"/calls/october"}})
		b.wait(time.Second)
		b.run(desk.ImportRequest{Paths: []string{"/calls/november"}})
		if len(b.desk.imports) != 1 {
			t.Error("a second import began beside the first")
		}
		b.frame.status.stop.Tapped(nil)
		b.settle()
		if b.frame.status.content.Visible() || !strings.HasPrefix(b.toast.Shown(), "Stopped.") || b.modal() != nil {
			t.Errorf("stopped, it says %q", b.toast.Shown())
		}
	})
}

func TestWhatAnImportLeftOutIsListed(t *testing.T) {
	window(t, 5, func(b *bench) {
		b.desk.work = func(context.Context, func(desk.Imported)) (desk.Imported, error) {
			return desk.Imported{
				Calls: 1, Recordings: 1, Updated: 1,
				Problems: []desk.Problem{
					{File: "a/broken.wav", Reason: review.Fail("bad-wav", review.Args{"chunk": "fmt"})},
					{File: "calls.csv", Line: 12, Reason: review.Fail("metadata-start", review.Args{"column": "Start"})},
				},
				Changes: []desk.CallChange{{UID: "c1", Fields: []desk.FieldChange{{Field: "queue", From: "Sales", To: "Billing"}}}},
			}, nil
		}
		b.run(desk.ImportRequest{Paths: []string{"/calls/october"}})
		b.settle()
		if m := b.modal(); m == nil || m.title != "1 new call, 1 new recording" {
			t.Fatal("no summary")
		}
		_, lines, ok := b.LastImport()
		for i, want := range []string{
			"a/broken.wav: The header of this WAV file is damaged",
			"calls.csv, line 12: The cell under “Start” is not a date",
			"Call c1: queue was “Sales”, is now “Billing”",
		} {
			if !ok || i >= len(lines) || !strings.HasPrefix(lines[i], want) {
				t.Errorf("line %d is not %q: %q", i, want, lines)
			}
		}
	})
}

// A table beside the recordings is what says how agents filed the calls, so it
// is offered and not overlooked.
func TestATableInADroppedFolderIsOffered(t *testing.T) {
	folder := t.TempDir()
	table := filepath.Join(folder, "Calls.CSV")
	if err := os.WriteFile(table, []byte("file\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		what string
		key  command.Key
		want []desk.ImportRequest
	}{
		{"Enter", enter, []desk.ImportRequest{{Paths: []string{folder}, Metadata: table}}},
		{"Esc", escape, nil},
	} {
		window(t, 5, func(b *bench) {
			b.dropped([]fyne.URI{storage.NewFileURI(folder)})
			b.settle()
			if m := b.modal(); m == nil || !strings.Contains(m.title, "Calls.CSV") {
				t.Fatal("the table is not offered")
			}
			b.press(c.key)
			if !slices.EqualFunc(b.desk.imports, c.want, func(a, b desk.ImportRequest) bool {
				return a.Metadata == b.Metadata && slices.Equal(a.Paths, b.Paths)
			}) {
				t.Errorf("%s imports %v", c.what, b.desk.imports)
			}
		})
	}
}

func TestAFolderAndItsTableAreImportedTogether(t *testing.T) {
	window(t, 5, func(b *bench) {
		b.Import([]string{"/calls/october", "/tables/october.csv"})
		b.settle()
		b.Import([]string{"/calls/november/november.csv"})
		b.settle()
		b.Import(nil)
		b.settle()
		want := []desk.ImportRequest{
			{Paths: []string{"/calls/october"}, Metadata: "/tables/october.csv"},
			{Paths: []string{"/calls/november"}, Metadata: "/calls/november/november.csv"},
		}
		for i, w := range want {
			if len(b.desk.imports) != len(want) || b.desk.imports[i].Metadata != w.Metadata || !slices.Equal(b.desk.imports[i].Paths, w.Paths) {
				t.Errorf("imported %v, want %v", b.desk.imports, want)
			}
		}
	})
}

func TestTheDemoSaysThatItIsOneAndLeadsBack(t *testing.T) {
	windowOn(t, "/l/demo.earshot", 24, func(b *bench) {
		if got := b.toast.Shown(); !strings.Contains(got, "demo") || !strings.Contains(got, "Ctrl D") {
			t.Errorf("the demo opens with %q", got)
		}
		b.press(command.Named(fyne.KeyD, ctrl))
		if !slices.Equal(b.opened, []string{"/l/calls.earshot"}) {
			t.Errorf("Ctrl+D opened %v, want the person's own library", b.opened)
		}
	})
}

func TestTheDemoIsMadeAndOpened(t *testing.T) {
	window(t, 0, func(b *bench) {
		b.press(command.Named(fyne.KeyD, ctrl))
		if !slices.Equal(b.opened, []string{"/l/demo.earshot"}) {
			t.Errorf("opened %v", b.opened)
		}
	})
}
