package ui

import (
	"errors"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/journal"
	"github.com/earshot-app/earshot/ui/command"
	"github.com/earshot-app/earshot/ui/screen"
	"github.com/earshot-app/earshot/ui/widget"
)

func TestAnEmptyLibraryIsMetByTheWelcome(t *testing.T) {
	window(t, 0, func(b *bench) {
		if got := b.screenName(); got != welcome {
			t.Errorf("an empty library shows %s", got)
		}
		b.press(letterN)
		if log := b.went(screen.Listen); strings.Contains(log, "n ") || strings.Contains(log, "show") {
			t.Errorf("the page behind the welcome went %q", log)
		}
		b.press(command.Named(fyne.Key3, ctrl))
		if got := b.screenName(); got != screen.Settings {
			t.Errorf("the settings cannot be reached: %s", got)
		}
		b.press(command.Named(fyne.Key1, ctrl))
		b.desk.change(12, nil)
		b.wait(lookEvery)
		if got := b.screenName(); got != screen.Listen {
			t.Errorf("with the first calls, %s is shown", got)
		}
	})
}

func TestAnotherProgramsChangeIsSeenWithinASecond(t *testing.T) {
	window(t, 5, func(b *bench) {
		b.went(screen.Listen)
		b.wait(3 * lookEvery)
		if log := b.went(screen.Listen); log != "" {
			t.Errorf("nothing changed, and the page went %q", log)
		}
		b.desk.change(6, nil)
		b.wait(lookEvery)
		if log := b.went(screen.Listen); log != "changed" {
			t.Errorf("after a change the page went %q", log)
		}
	})
}

func TestAnActIsSeenAtOnce(t *testing.T) {
	window(t, 5, func(b *bench) {
		b.went(screen.Issues)
		b.desk.change(5, nil)
		b.Wrote()
		b.settle()
		if log := b.went(screen.Issues); log != "changed" {
			t.Errorf("after an act the other page went %q", log)
		}
	})
}

func TestALibraryThatIsGoneIsToldOnce(t *testing.T) {
	window(t, 5, func(b *bench) {
		b.desk.change(5, errors.New("no such disk"))
		b.wait(lookEvery)
		if m := b.modal(); m == nil {
			t.Fatal("nobody was told")
		}
		b.press(escape)
		b.wait(5 * lookEvery)
		if b.modal() != nil {
			t.Error("it was told again")
		}
	})
}

func TestGoingElsewhereHidesAndShows(t *testing.T) {
	window(t, 5, func(b *bench) {
		if log := b.went(screen.Listen); log != "show" {
			t.Errorf("the first page went %q", log)
		}
		b.press(command.Named(fyne.Key2, ctrl))
		if log := b.went(screen.Listen) + ", " + b.went(screen.Issues); log != "hide, show" {
			t.Errorf("the pages went %q", log)
		}
		b.press(command.Named(fyne.Key2, ctrl))
		if log := b.went(screen.Issues); log != "" {
			t.Errorf("going where one is, the page went %q", log)
		}
	})
}

func TestOnlyADialogHearsKeysWhileItIsOpen(t *testing.T) {
	window(t, 5, func(b *bench) {
		b.Canvas().Focus(b.pages[screen.Listen].content)
		chosen, ready := "", false
		ask := func() {
			chosen = ""
			b.Dialog("Close?", widget.NewText("Really", widget.Look{}),
				screen.Answer{Text: "Yes", Primary: true, Enabled: func() bool { return ready }, Choose: func() { chosen += "yes" }},
				screen.Answer{Text: "No", Choose: func() { chosen += "no" }})
		}
		ask()
		b.went(screen.Listen)
		b.press(letterN, ctrlZ, command.Named(fyne.Key2, ctrl))
		if log := b.went(screen.Listen); log != "" {
			t.Errorf("behind the dialog the page went %q", log)
		}
		b.press(enter)
		if chosen != "" {
			t.Errorf("an answer that cannot be given was: %s", chosen)
		}
		ready = true
		b.press(enter)
		if chosen != "yes" || b.modal() != nil {
			t.Errorf("Enter chose %q", chosen)
		}
		ask()
		b.press(escape)
		if chosen != "no" || b.Canvas().Focused() != nil {
			t.Errorf("Esc chose %q, and %v has the focus", chosen, b.Canvas().Focused())
		}
		b.press(letterN)
		if log := b.went(screen.Listen); log != "n" {
			t.Errorf("after the dialog the page went %q", log)
		}
	})
}

func TestAFailureSaysWhatToDo(t *testing.T) {
	window(t, 5, func(b *bench) {
		b.Fail(review.Fail(review.NoCall, review.Args{"uid": "call-01"}))
		b.Fail(review.Fail(review.NoCall, review.Args{"uid": "call-01"}))
		if len(b.modals) != 1 || !strings.Contains(b.modal().title, "call-01") {
			t.Errorf("%d dialogs", len(b.modals))
		}
		b.press(enter)
		b.Fail(review.Fail(review.Cancelled, nil))
		if b.modal() != nil {
			t.Error("what a person stopped is told as a failure")
		}
	})
}

func TestUndoSaysWhatAndOffersTheWayBack(t *testing.T) {
	window(t, 5, func(b *bench) {
		b.desk.undo = func() (desk.Step, error) { return desk.Step{Type: journal.TypeCallHeard, Call: "call-01"}, nil }
		b.desk.redo = func() (desk.Step, error) { return desk.Step{Type: journal.TypeMomentAdded, Call: "call-01"}, nil }
		b.press(ctrlZ)
		if got := b.toast.Shown(); got != "Undone: the call is not finished any more." {
			t.Errorf("undo says %q", got)
		}
		b.press(command.Named(fyne.KeyZ, ctrl, fyne.KeyModifierShift))
		if got := b.toast.Shown(); got != "Redone: the moment is there again." {
			t.Errorf("redo says %q", got)
		}
		b.desk.undo = func() (desk.Step, error) { return desk.Step{}, review.Fail(review.NothingUndo, nil) }
		b.press(ctrlZ)
		if got := b.toast.Shown(); !strings.HasPrefix(got, "There is nothing to undo.") {
			t.Errorf("undo of nothing says %q", got)
		}
		b.wait(10 * time.Second)
		if got := b.toast.Shown(); got != "" {
			t.Errorf("after ten seconds %q is still shown", got)
		}
	})
}

// Quick undos are done in the order of the keys, however long the first takes.
func TestUndosDoNotOvertakeEachOther(t *testing.T) {
	window(t, 5, func(b *bench) {
		var done []int
		b.desk.undo = func() (desk.Step, error) {
			n := len(done)
			time.Sleep(time.Duration(5-n) * time.Second)
			done = append(done, n)
			return desk.Step{Type: journal.TypeCallHeard}, nil
		}
		b.key(ctrlZ, false)
		b.key(ctrlZ, false)
		b.wait(20 * time.Second)
		if len(done) != 2 || done[0] != 0 || done[1] != 1 {
			t.Errorf("done in the order %v", done)
		}
	})
}

func TestEveryActThatCanBeUndoneHasItsWords(t *testing.T) {
	known := []journal.Type{
		journal.TypeMomentAdded, journal.TypeMomentMoved, journal.TypeMomentRemoved, journal.TypeWordsChanged,
		journal.TypePraiseAdded, journal.TypePraiseRemoved, journal.TypeCallHeard, journal.TypeCallSkipped,
		journal.TypeCallPicked, journal.TypeIssueNamed, journal.TypeIssueKeyed, journal.TypeIssueFollowed, journal.TypeDrawMade,
		journal.TypeMomentDealt, journal.TypeIssueRenamed, journal.TypeIssueDescribed, journal.TypeIssueMerged, journal.TypeIssueSplit, journal.TypeIssueRetired, journal.TypeIssueRevived, journal.TypeConsensusAdopted,
		journal.TypeDrawClosed, journal.TypeRevealed, journal.TypeUndone,
	}
	for _, lang := range []string{"en", "de"} {
		for _, kind := range known {
			if !journal.Undoable(kind) {
				continue
			}
			for _, said := range []map[journal.Type]text.Key{undone, redone} {
				if got := text.For(lang).Say(said[kind], nil); strings.HasPrefix(got, "[?") {
					t.Errorf("%s: no words for %s: %s", lang, kind, got)
				}
			}
		}
	}
}

func TestTheHelpPageShowsTheKeysOfAllScreens(t *testing.T) {
	window(t, 5, func(b *bench) {
		b.press(command.Rune('?'))
		if m := b.modal(); m == nil || m.title != "All keys" {
			t.Fatal("? shows no help")
		}
		b.press(escape)
		if b.modal() != nil {
			t.Error("Esc does not close it")
		}
		b.Go(screen.Settings)
		b.press(command.Rune('?'))
		if b.modal() == nil {
			t.Error("no help on another screen")
		}
	})
}

func TestNothingRunsAfterClose(t *testing.T) {
	window(t, 5, func(b *bench) {
		ran := false
		b.Shell.Post(func() { ran = true })
		b.Close()
		b.settle()
		if ran {
			t.Error("what was posted ran after Close")
		}
		if log := b.went(screen.Listen); !strings.HasSuffix(log, "hide close") {
			t.Errorf("the page in front went %q", log)
		}
	})
}

// A menu shows what can be done now, also when that came about without a key:
// a call that has been opened meanwhile.
func TestTheMenusFollowWhatTheScreensShow(t *testing.T) {
	window(t, 5, func(b *bench) {
		off := func() bool {
			for _, menu := range b.menus.Main.Items {
				for _, item := range menu.Items {
					if strings.HasPrefix(item.Label, "Import a folder…") {
						return item.Disabled
					}
				}
			}
			t.Fatal("no such item")
			return false
		}
		b.run(desk.ImportRequest{Paths: []string{"/calls/october"}})
		if !off() {
			t.Error("a second import is offered during the first")
		}
		b.settle()
		if off() {
			t.Error("no import is offered after the first")
		}
	})
}
