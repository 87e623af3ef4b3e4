package listen_test

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/sound"
	"github.com/earshot-app/earshot/ui/listen"
)

func TestSwappedLanesStaySo(t *testing.T) {
	run(t, func(b *bench) {
		b.press("x")
		b.did("swap c2")
		if !b.player.swapped {
			t.Error("the ears are as before")
		}
		b.plays(time.Minute)
		b.press("n")
		if got := b.trace().Call; got != "c3" || !b.player.swapped {
			t.Errorf("call %s, swapped %v: the source's next call must be swapped too", got, b.player.swapped)
		}
	})
}

func TestTheCallIsFoundWhereItWasLeft(t *testing.T) {
	run(t, func(b *bench) {
		b.press("Space")
		b.plays(17 * time.Second)
		b.page.Hide()
		b.settle()
		if b.player.playing {
			t.Error("plays on behind another page")
		}
		saved := b.desk.views["c2"].Place
		if saved.At != 17*time.Second || !slices.Equal(saved.Played, []sound.Span{{To: 17 * time.Second}}) {
			t.Errorf("saved %+v, want 17 s", saved)
		}
	})
}

func TestThePlaceIsSavedWhilePlaying(t *testing.T) {
	run(t, func(b *bench) {
		b.press("Space")
		b.plays(2 * time.Second)
		b.plays(4 * time.Second)
		if got := b.desk.views["c2"].Place.At; got != 4*time.Second {
			t.Errorf("after 4 s the place is %v: a crash would lose more than a second", got)
		}
	})
}

func TestACallFromElsewhereIsPickedAndLeadsBack(t *testing.T) {
	run(t, func(b *bench) {
		b.press("Space")
		b.plays(9 * time.Second)
		b.page.Open("c5", 20*time.Second)
		b.settle()
		b.did("pick c5")
		if got := b.trace(); got.Call != "c5" || got.Pos != 20 || !got.Playing {
			t.Errorf("call %s at %v, playing %v, want c5 playing from 20 s", got.Call, got.Pos, got.Playing)
		}
		b.press("b")
		if got := b.trace(); got.Call != "c2" || got.Pos != 9 || got.Playing {
			t.Errorf("back in %s at %v, playing %v, want c2 at 9 s, at rest", got.Call, got.Pos, got.Playing)
		}
	})
}

// Whoever changes their mind gets the last call; the recording of the first was
// opened meanwhile and must be closed, which run looks for.
func TestTheLastCallThatWasAskedForIsOpened(t *testing.T) {
	run(t, func(b *bench) {
		b.page.Open("c3", 0)
		synctest.Wait()
		b.page.Open("c4", 0)
		b.settle()
		if got := b.trace().Call; got != "c4" {
			t.Errorf("call %s, want c4", got)
		}
	})
}

func TestACallOfTheDrawIsNotPicked(t *testing.T) {
	run(t, func(b *bench) {
		b.page.Open("c4", 0)
		b.settle()
		b.did()
		if got := b.trace().Call; got != "c4" {
			t.Errorf("call %s, want c4", got)
		}
	})
}

func TestWhatOthersDoIsShownWithoutLosingThePlace(t *testing.T) {
	run(t, func(b *bench) {
		b.press("Space")
		b.plays(14 * time.Second)
		b.desk.change("c2", func(v *desk.CallView) {
			v.Moments = append(v.Moments, review.Moment{ID: "theirs", IssueID: "i3", Issue: "Cannot find the invoice online", At: time.Second})
		})
		b.page.Changed()
		b.settle()
		got := b.trace()
		if len(got.Moments) != 1 || got.Pos != 14 || !got.Playing {
			t.Errorf("%d moments, at %v, playing %v", len(got.Moments), got.Pos, got.Playing)
		}
	})
}

// Undo after Ctrl+Enter gives the call back; the person wants to be in it again.
func TestAnUndoneFinishLeadsBackToItsCall(t *testing.T) {
	run(t, func(b *bench) {
		b.plays(time.Minute)
		b.press("n")
		b.desk.change("c2", func(v *desk.CallView) { v.Call.State = review.Drawn })
		b.page.Changed()
		b.settle()
		if got := b.trace().Call; got != "c2" {
			t.Errorf("call %s, want c2 again", got)
		}
	})
}

// Redo finishes the call again, so it leads on again; a call that is being
// played is not taken away, whoever finished it.
func TestARedoneFinishLeadsOn(t *testing.T) {
	run(t, func(b *bench) {
		b.press("Space")
		b.desk.change("c2", func(v *desk.CallView) { v.Call.State = review.Heard })
		b.page.Changed()
		b.settle()
		if got := b.trace(); got.Call != "c2" || !got.Playing {
			t.Errorf("call %s, playing %v: c2 was taken away while it played", got.Call, got.Playing)
		}
		b.press("Space")
		b.desk.change("c2", func(v *desk.CallView) { v.Call.State = review.Drawn })
		b.page.Changed()
		b.settle()
		b.desk.change("c2", func(v *desk.CallView) { v.Call.State = review.Heard })
		b.page.Changed()
		b.settle()
		if got := b.trace(); got.Call != "c3" || got.Playing {
			t.Errorf("call %s, playing %v, want c3 at rest", got.Call, got.Playing)
		}
	})
}

// A moment on the Issues page may lie in a call of the open draw that is done.
func TestACallThatIsDoneLeadsBackToTheDraw(t *testing.T) {
	run(t, func(b *bench) {
		b.page.Open("c1", 5*time.Second)
		b.settle()
		b.press("b")
		if got := b.trace().Call; got != "c2" {
			t.Errorf("call %s, want c2, for which the draw waits", got)
		}
		b.press("Space", "b")
		if got := b.trace(); got.Call != "c2" || !got.Playing {
			t.Errorf("call %s, playing %v: B must do nothing in the call that is to be heard", got.Call, got.Playing)
		}
	})
}

func TestACallThatCannotBeOpenedCanBeSkipped(t *testing.T) {
	run(t, func(b *bench) {
		b.window.SetContent(b.page.Content())
		b.opens = review.Fail("missing-recording", nil)
		b.page.Open("c3", 0)
		b.settle()
		if got := listen.Trouble(b.page); got == "" || len(b.shell.fails) != 0 {
			t.Errorf("says %q on the page and %v in dialogs, want it once, on the page", got, b.shell.fails)
		}
		b.press("Space")
		b.press("s")
		b.types("The recording is broken")
		b.answer(0)
		b.did("skip c3 not-heard The recording is broken")
	})
}

func TestAFailedActIsTold(t *testing.T) {
	run(t, func(b *bench) {
		b.desk.fails["hear"] = review.Fail(review.Internal, nil)
		b.plays(time.Minute)
		b.press("n")
		if got := b.trace().Call; got != "c2" || !slices.Equal(b.shell.fails, []review.Code{review.Internal}) {
			t.Errorf("call %s, failures %v, want to stay and be told", got, b.shell.fails)
		}
		delete(b.desk.fails, "hear")
		b.press("n")
		b.did("hear c2 1.00")
	})
}
