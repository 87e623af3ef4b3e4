package ui

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/earshot-app/earshot/review/desk"
)

func TestTheSourcesAreLookedThroughOnceAMinuteAtMost(t *testing.T) {
	window(t, 5, func(b *bench) {
		for range 3 { // a start, and coming back to the window
			b.Rescan()
			b.settle()
		}
		if b.desk.rescans != 1 {
			t.Errorf("looked %d times at once", b.desk.rescans)
		}
		b.wait(rescanEvery + time.Second)
		b.Rescan()
		b.settle()
		if b.desk.rescans != 2 {
			t.Errorf("looked %d times in a minute and more", b.desk.rescans)
		}
		if got := b.toast.Shown(); got != "" {
			t.Errorf("nothing was found, and it says %q", got)
		}
		b.RescanNow()
		b.settle()
		if got := b.toast.Shown(); b.desk.rescans != 3 || got != "Nothing has changed in the folders." {
			t.Errorf("asked to look, it looked %d times and says %q", b.desk.rescans, got)
		}
	})
}

// A look of ten seconds, as through a million files, is not taken every minute.
func TestALongLookIsTakenLessOften(t *testing.T) {
	window(t, 5, func(b *bench) {
		b.desk.found = func(context.Context, func(desk.Imported)) (desk.Rescanned, error) {
			time.Sleep(10 * time.Second)
			return desk.Rescanned{}, nil
		}
		for _, step := range []struct {
			wait time.Duration
			want int
		}{{0, 1}, {2 * time.Minute, 1}, {4 * time.Minute, 2}} {
			b.wait(step.wait)
			b.Rescan()
			b.wait(11 * time.Second)
			if b.desk.rescans != step.want {
				t.Errorf("after %v it looked %d times, want %d", step.wait, b.desk.rescans, step.want)
			}
		}
	})
}

func TestARescanSaysWhatItFound(t *testing.T) {
	window(t, 5, func(b *bench) {
		b.desk.found = func(context.Context, func(desk.Imported)) (desk.Rescanned, error) {
			return desk.Rescanned{Imported: desk.Imported{Recordings: 12, Gone: 1, Moved: 2}, Failed: make([]desk.LookedAt, 1)}, nil
		}
		b.Rescan()
		b.settle()
		want := "12 new recordings, 1 recording is missing now, 2 recordings have moved, 1 folder cannot be reached"
		if got := b.toast.Shown(); got != want {
			t.Errorf("it says %q, want %q", got, want)
		}
	})
}

// What a person asks for comes first, and the strip tells of that.
func TestAnImportEndsALookOfTheShellsOwnAccord(t *testing.T) {
	window(t, 5, func(b *bench) {
		ended := false
		b.desk.found = func(ctx context.Context, progress func(desk.Imported)) (desk.Rescanned, error) {
			for n := range int64(1000) {
				select {
				case <-ctx.Done():
					ended = true
					return desk.Rescanned{}, ctx.Err()
				case <-time.After(time.Second):
					progress(desk.Imported{Files: 1000 * (n + 1), Total: 1_000_000})
				}
			}
			return desk.Rescanned{}, nil
		}
		b.Rescan()
		b.wait(100500 * time.Millisecond)
		got := b.frame.status.text.Text()
		if !strings.HasPrefix(got, "100,000 of 1,000,000 files, 9") || !strings.Contains(got, " a second, about 1") || !strings.HasSuffix(got, "min to go") {
			t.Errorf("it says %q", got)
		}
		b.run(desk.ImportRequest{Paths: []string{"/calls/october"}})
		b.settle()
		if !ended || len(b.desk.imports) != 1 {
			t.Errorf("the look ended: %t; %d imports", ended, len(b.desk.imports))
		}
	})
}
