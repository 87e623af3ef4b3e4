package listen_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/session"
	"github.com/earshot-app/earshot/ui/listen"
	"github.com/earshot-app/earshot/ui/widget"
)

// files keep what is saved of a call.
type files struct {
	mu      sync.Mutex
	saved   []string
	clip    desk.Clip // saved last
	encodes bool
	slow    bool // a clip is never done
	there   bool // every file exists
}

func (f *files) deps() listen.Files {
	return listen.Files{
		Folder: "/home/ada", Encodes: func() bool { return f.encodes }, Exists: func(string) bool { return f.there },
		Browse: func(string, func(string)) {},
		Clip: func(ctx context.Context, path string, c desk.Clip, report func(done, total int64)) error {
			report(3, 4)
			if f.slow {
				<-ctx.Done()
				return ctx.Err()
			}
			f.mu.Lock()
			defer f.mu.Unlock()
			f.clip, f.saved = c, append(f.saved, fmt.Sprint(path, " ", c.Span, " lane ", c.Lane))
			return nil
		},
		Labels: func(_ context.Context, path string, moments []review.Moment) error {
			f.mu.Lock()
			defer f.mu.Unlock()
			f.saved = append(f.saved, fmt.Sprint(path, " ", len(moments)))
			return nil
		},
	}
}

func (f *files) wrote(t *testing.T, want ...string) {
	t.Helper()
	f.mu.Lock()
	defer f.mu.Unlock()
	if !slices.Equal(f.saved, want) {
		t.Errorf("saved %q, want %q", f.saved, want)
	}
	f.saved = nil
}

// said are the texts of the dialog that is open.
func (b *bench) said() string {
	if len(b.shell.dialogs) == 0 {
		b.t.Fatal("no dialog is open")
	}
	return strings.Join(textsIn(b.shell.dialogs[len(b.shell.dialogs)-1].content), "\n")
}

func textsIn(o fyne.CanvasObject) (texts []string) {
	switch o := o.(type) {
	case *fyne.Container:
		for _, child := range o.Objects {
			texts = append(texts, textsIn(child)...)
		}
	case *widget.Text:
		texts = append(texts, o.Text())
	}
	return texts
}

// choose chooses in the n-th choice of the dialog that is open.
func (b *bench) choose(n, part int) {
	b.t.Helper()
	choices := all[*widget.Segmented](b.shell.dialogs[len(b.shell.dialogs)-1].content)
	choices[n].SetChosen(part)
	choices[n].OnChange(part)
	b.settle()
}

func all[T fyne.CanvasObject](o fyne.CanvasObject) (found []T) {
	if c, ok := o.(*fyne.Container); ok {
		for _, child := range c.Objects {
			found = append(found, all[T](child)...)
		}
	}
	if o, ok := o.(T); ok {
		found = append(found, o)
	}
	return found
}

func TestTheChosenMomentIsSavedWithItsLeadIn(t *testing.T) {
	run(t, func(b *bench) {
		b.plays(10 * time.Second)
		b.press("2")
		id := b.trace().Moments[0].ID
		b.press("Down", "k")
		if got := b.said(); !strings.Contains(got, "0:05–0:30") {
			t.Errorf("the dialog says %q", got)
		}
		b.answer(0)
		b.files.wrote(t, "/home/ada/"+id+"_clip.wav {5s 30s} lane 0")
		if got := b.shell.toasts[len(b.shell.toasts)-1]; got != "Saved as "+id+"_clip.wav" {
			t.Errorf("said %q", got)
		}
	})
}

func TestAClipIsSavedAsItIsChosen(t *testing.T) {
	run(t, func(b *bench) {
		b.files.encodes, b.files.there = true, true
		b.plays(10 * time.Second)
		b.press(",")
		b.plays(14 * time.Second)
		b.press(".", "k")
		b.choose(1, 0) // no lead-in
		b.choose(2, 1) // the customer
		b.choose(3, 2) // Opus
		if got := b.said(); !strings.Contains(got, "0:10–0:14") || !strings.Contains(got, "will be replaced") {
			t.Errorf("the dialog says %q", got)
		}
		test.Type(all[*widget.Field](b.shell.dialogs[0].content)[0], "for the team")
		b.answer(0)
		b.files.wrote(t, "/home/ada/c2_clip.opus {10s 14s} lane 1")
		b.did("take c2 for the team") // whoever has a clip hears a voice
	})
}

// Without a program that encodes there is no choice between kinds.
func TestOnlyWhatCanBeWrittenIsOffered(t *testing.T) {
	run(t, func(b *bench) {
		b.press("k")
		if got := b.said(); strings.Contains(got, "Format") {
			t.Errorf("the dialog says %q", got)
		}
		b.answer(0)
		b.files.wrote(t, "/home/ada/c2_clip.wav {0s 1m0s} lane 0")
	})
}

// What is beeped out stays so until it is let in again, in every clip that it
// lies in, and is no span for the next issue.
func TestAMarkedSpanIsBeepedOut(t *testing.T) {
	run(t, func(b *bench) {
		b.press("h")
		if got := b.shell.toasts; len(got) != 1 || !strings.HasPrefix(got[0], "Mark what is to be beeped out first") {
			t.Errorf("said %q", got)
		}
		for _, span := range [][2]time.Duration{{10, 14}, {40, 41}} {
			b.plays(span[0] * time.Second)
			b.press(",")
			b.plays(span[1] * time.Second)
			b.press(".", "h")
		}
		b.press("k")
		b.answer(0)
		if got := fmt.Sprint(b.files.clip.Beeps); got != "[{10s 14s} {40s 41s}]" {
			t.Errorf("beeped %s out of the whole call", got)
		}
		b.press("k")
		buttons := all[*widget.Button](b.shell.dialogs[0].content)
		buttons[0].OnTap()
		b.settle()
		b.answer(0)
		if got := fmt.Sprint(b.files.clip.Beeps); got != "[{40s 41s}]" {
			t.Errorf("after one was let in it beeped out %s", got)
		}
		b.plays(50 * time.Second)
		b.press("2", "Down", "k")
		b.answer(0)
		if got := fmt.Sprint(b.files.clip.Beeps); got != "[]" {
			t.Errorf("beeped %s out of a moment at 45 s", got)
		}
	})
}

// The host opens the next call under the dialog: the clip is of the call that it
// was asked of, with that call's beeps, and the next call keeps its own.
func TestAClipKeepsTheBeepsOfItsCall(t *testing.T) {
	run(t, func(b *bench) {
		r := b.joins()
		mark := func(from, to time.Duration) {
			b.plays(from * time.Second)
			b.command("listen.span-begin")
			b.plays(to * time.Second)
			b.command("listen.span-end")
			b.command("listen.beep")
		}
		mark(10, 14)
		mark(40, 41)
		b.press("k")
		r.play = session.Play{Epoch: 2, Round: 2, Rate: 1}
		b.tell()
		if got := b.trace().Call; got != "c5" {
			t.Fatalf("call %s is open, want c5", got)
		}
		mark(10, 14)
		all[*widget.Button](b.shell.dialogs[0].content)[0].OnTap()
		b.settle()
		b.answer(0)
		if got := fmt.Sprint(b.files.clip.Call, " ", b.files.clip.Beeps); got != "c4 [{40s 41s}]" {
			t.Errorf("of the call before it beeped out %s", got)
		}
		b.press("k")
		b.answer(0)
		if got := fmt.Sprint(b.files.clip.Call, " ", b.files.clip.Beeps); got != "c5 [{10s 14s}]" {
			t.Errorf("of the next call it beeped out %s", got)
		}
	})
}

// The draw may be closed under the dialog, as in another window: then no call is
// open.
func TestAClipKeepsItsBeepsWithNoCallOpen(t *testing.T) {
	run(t, func(b *bench) {
		for _, span := range [][2]time.Duration{{10, 14}, {40, 41}} {
			b.plays(span[0] * time.Second)
			b.press(",")
			b.plays(span[1] * time.Second)
			b.press(".", "h")
		}
		b.press("k")
		b.closed()
		if got := b.trace().Call; got != "" {
			t.Fatalf("call %s is open", got)
		}
		all[*widget.Button](b.shell.dialogs[0].content)[0].OnTap()
		b.settle()
		b.answer(0)
		if got := fmt.Sprint(b.files.clip.Beeps); got != "[{40s 41s}]" {
			t.Errorf("after one was let in it beeped out %s", got)
		}
	})
}

// What cannot be journalled is not taken.
func TestNoClipIsTakenUnseen(t *testing.T) {
	run(t, func(b *bench) {
		b.desk.fails["take"] = review.Fail(desk.WordsTooBig, nil)
		b.press("k")
		b.answer(0)
		b.files.wrote(t)
		if !slices.Equal(b.shell.fails, []review.Code{desk.WordsTooBig}) {
			t.Errorf("told %q", b.shell.fails)
		}
	})
}

func TestWhyThereIsNoClipIsToldInTheDialog(t *testing.T) {
	run(t, func(b *bench) {
		b.desk.fails["clip"] = review.Fail(desk.OneLane, nil)
		b.press("k")
		want, _ := b.shell.Text().Error(b.desk.fails["clip"])
		if got := b.said(); !strings.Contains(got, want) {
			t.Errorf("the dialog says %q, want %q", got, want)
		}
		if b.shell.dialogs[0].answers[0].Enabled() {
			t.Error("it can be saved all the same")
		}
	})
}

func TestAClipThatTakesLongIsToldAndCanBeStopped(t *testing.T) {
	run(t, func(b *bench) {
		b.files.slow = true
		b.press("k")
		b.answer(0)
		time.Sleep(time.Second)
		b.settle()
		last := len(b.shell.toasts) - 1
		if got := b.shell.toasts[last]; got != "Writing c2_clip.wav… 75\u202f%" {
			t.Fatalf("said %q", got)
		}
		b.shell.acts[last]()
		b.settle()
		if got := b.shell.toasts[len(b.shell.toasts)-1]; got != "Stopped. Nothing was written." || len(b.shell.fails) > 0 {
			t.Errorf("said %q and told %q", got, b.shell.fails)
		}
	})
}

func TestTheMomentsOfACallAreSavedAsLabels(t *testing.T) {
	run(t, func(b *bench) {
		b.command("listen.labels")
		if len(b.shell.dialogs) > 0 {
			t.Fatal("labels of no moments are offered")
		}
		b.plays(10 * time.Second)
		b.press("2", "3")
		b.command("listen.labels")
		b.choose(0, 1)
		b.answer(0)
		b.files.wrote(t, "/home/ada/c2.txt 2")
	})
}
