package listen_test

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"

	"github.com/earshot-app/earshot/review/playback"
	"github.com/earshot-app/earshot/ui/listen"
)

// The draw's first call is heard, so the page opens the second. It waits there:
// nothing sounds before someone asks for it.
func TestTheNextCallOfTheDrawIsOpen(t *testing.T) {
	run(t, func(b *bench) {
		if got := b.trace(); got.Call != "c2" || got.Playing {
			t.Errorf("call %s, playing %v, want c2 at rest", got.Call, got.Playing)
		}
	})
}

func TestSpaceArrowsAndBracketsPlay(t *testing.T) {
	run(t, func(b *bench) {
		b.press("Space")
		if !b.player.playing {
			t.Fatal("Space did not play")
		}
		b.plays(20 * time.Second)
		b.press("Right")
		if b.player.at != 30*time.Second {
			t.Errorf("→ went to %v, want 30s", b.player.at)
		}
		b.press("Left", "Left")
		if b.player.at != 10*time.Second {
			t.Errorf("← went to %v, want 10s", b.player.at)
		}
		b.press("]", "]")
		if b.player.speed != 1.5 {
			t.Errorf("]] plays at %v, want 1.5", b.player.speed)
		}
		b.press("[", "[", "[", "[", "[", "[")
		if b.player.speed != playback.Slowest {
			t.Errorf("[[[[[[ plays at %v, want 0.5, the slowest", b.player.speed)
		}
		b.press("Space")
		if b.player.playing {
			t.Error("Space did not pause")
		}
	})
}

func TestADigitTagsTheIssueOfThatKeyWhereTheCallIs(t *testing.T) {
	run(t, func(b *bench) {
		b.press("Space")
		b.plays(12500 * time.Millisecond)
		b.press("2", "7")
		b.did(`tag c2 "Charged twice after a plan change" 12.5s`, `tag c2 "Address change needs two calls" 12.5s`)
		moments := b.trace().Moments
		if len(moments) != 2 || !moments[1].Selected {
			t.Errorf("moments %+v, want two, the last selected", moments)
		}
		b.press("9")
		b.did()
		if len(b.shell.toasts) != 1 {
			t.Error("a key without an issue says nothing")
		}
	})
}

func TestPraiseIsNoIssue(t *testing.T) {
	run(t, func(b *bench) {
		b.press("p")
		b.did("praise c2 0s")
		b.press("Shift+Right")
		b.did() // praise stays where it was given
		b.press("Delete")
		b.did("unpraise p1")
	})
}

func TestMomentsAreSelectedMovedPlayedAndRemoved(t *testing.T) {
	run(t, func(b *bench) {
		for _, at := range []time.Duration{30, 10, 20} {
			b.player.at = at * time.Second
			listen.Tick(b.page, b.player.at)
			b.press("1")
		}
		b.desk.take()
		b.press("Up", "Up", "Up") // the one at 20 s is selected; up to the first, and no further
		b.press("Shift+Right", "Shift+Right", "Shift+Left")
		b.did("move m2 10.1s", "move m2 10.2s", "move m2 10.1s")
		b.press("Return")
		if b.player.at != 5100*time.Millisecond || !b.player.playing {
			t.Errorf("Enter plays from %v, want 5 s before the moment", b.player.at)
		}
		b.press("Delete", "Delete")
		b.did("untag m2", "untag m3")
		if got := b.trace().Moments; len(got) != 1 || !got[0].Selected {
			t.Errorf("moments %+v, want the last one, selected", got)
		}
	})
}

// A key that is held down asks faster than the library answers: each press must
// go on from where the one before has led, also when a reading comes in between
// that is older than what is shown.
func TestAMomentThatIsMovedFastLosesNoStep(t *testing.T) {
	run(t, func(b *bench) {
		b.press("1")
		for range 5 {
			b.shell.table.Press(keyOf("Shift+Right"), contextOf(b), true)
			b.shell.queue.Drain()
			synctest.Wait()
		}
		b.settle()
		if got := b.trace().Moments[0].At; got != 0.5 {
			t.Errorf("after five steps the moment is at %v s, want 0.5", got)
		}
	})
}

func TestACallIsFinishedOnceHoweverOftenTheKeyIsPressed(t *testing.T) {
	run(t, func(b *bench) {
		b.plays(time.Minute)
		for range 3 {
			b.shell.table.Press(keyOf("Ctrl+Return"), contextOf(b), false)
		}
		b.settle()
		b.did("hear c2 1.00")
	})
}

func TestNoProblemHeardFinishesAndPlaysTheNext(t *testing.T) {
	run(t, func(b *bench) {
		b.plays(time.Minute)
		b.press("n")
		b.did("hear c2 1.00")
		if got := b.trace(); got.Call != "c3" || !got.Playing {
			t.Errorf("call %s, playing %v, want c3 playing", got.Call, got.Playing)
		}
	})
}

func TestNoProblemIsRefusedWhereMomentsAre(t *testing.T) {
	run(t, func(b *bench) {
		b.plays(time.Minute)
		b.press("1", "n")
		b.did(`tag c2 "Invoice goes to the old address" 1m0s`)
		if got := b.trace().Call; got != "c2" || len(b.shell.toasts) != 1 {
			t.Errorf("call %s, told %q, want to stay in c2 and be told", got, b.shell.toasts)
		}
	})
}

func TestLittleHeardIsAskedOnce(t *testing.T) {
	run(t, func(b *bench) {
		b.plays(20 * time.Second)
		b.press("Ctrl+Return")
		b.did()
		b.press("n", "1", "Space") // nothing fires behind a dialog
		b.did()
		b.answer(1) // keep listening
		b.did()
		b.press("Ctrl+Return")
		if acts := b.desk.take(); len(acts) != 1 || len(b.shell.dialogs) != 0 {
			t.Errorf("did %q, %d dialogs, want the call heard without a second question", acts, len(b.shell.dialogs))
		}
	})
}

func TestTheWholeSpeechNeedsNoQuestion(t *testing.T) {
	run(t, func(b *bench) {
		b.plays(50 * time.Second) // of a minute: above 80 %
		b.press("Ctrl+Return")
		if len(b.shell.dialogs) != 0 {
			t.Errorf("asked %q", b.shell.dialogs[0].title)
		}
		if got := b.trace().Call; got != "c3" {
			t.Errorf("call %s, want c3", got)
		}
	})
}

func TestAfterTheLastCallTheDrawIsDone(t *testing.T) {
	run(t, func(b *bench) {
		for range 3 {
			b.plays(time.Minute)
			b.press("Ctrl+Return")
		}
		b.did("hear c2 1.00", "hear c3 1.00", "hear c4 1.00")
		if got := b.trace().Call; got != "" {
			t.Errorf("call %s is open, want none", got)
		}
		if b.player.source != nil {
			t.Error("the last recording is still loaded")
		}
	})
}

func TestTheFieldTagsAtTheTimeItWasEntered(t *testing.T) {
	run(t, func(b *bench) {
		b.window.SetContent(b.page.Content())
		b.press("Space")
		b.plays(15 * time.Second)
		b.press("t")
		b.plays(22 * time.Second) // the call plays on while someone types
		listen.Typed(b.page, "refund")
		b.inField("Return")
		b.did(`tag c2 "Refund promised, not paid" 15s`)
		if b.window.Canvas().Focused() != nil {
			t.Error("the field kept the focus")
		}
		if got := b.trace().Rows; len(got) != 5 {
			t.Errorf("rows %q, want all issues again", got)
		}
	})
}

// Someone who clicks into the waveform while typing comes back to the same
// search, about the same moment.
func TestASearchKeepsItsTimeWhenTheFieldIsLeft(t *testing.T) {
	run(t, func(b *bench) {
		b.window.SetContent(b.page.Content())
		b.press("Space")
		b.plays(8 * time.Second)
		b.press("t")
		listen.Typed(b.page, "refund")
		b.shell.Surface()
		b.plays(12 * time.Second)
		b.press("t")
		b.inField("Return")
		b.did(`tag c2 "Refund promised, not paid" 8s`)
	})
}

func TestTheFieldFindsChoosesAndNames(t *testing.T) {
	run(t, func(b *bench) {
		b.window.SetContent(b.page.Content())
		b.press("t")
		listen.Typed(b.page, "INVOICE")
		want := []string{"1 Invoice goes to the old address", "3 Cannot find the invoice online"}
		if got := b.trace().Rows; !slices.Equal(got, want) {
			t.Errorf("rows %q, want %q: heard before under the category first", got, want)
		}
		b.inField("Down", "Down", "Return")
		b.did(`tag c2 "Cannot find the invoice online" 0s`)

		b.press("t")
		listen.Typed(b.page, "Parcel lost")
		b.inField("Return")
		b.did() // nothing matches, and Enter names nothing
		b.press("Ctrl+Return")
		b.did(`tag c2 "Parcel lost" 0s`)
	})
}

func TestEscLeavesTheFieldAndLettersThereTagNothing(t *testing.T) {
	run(t, func(b *bench) {
		b.window.SetContent(b.page.Content())
		b.press("t", "n", "1", "Space", "Delete")
		b.did()
		listen.Typed(b.page, "invoice")
		b.inField("Escape")
		b.did()
		if b.window.Canvas().Focused() != nil || len(b.trace().Rows) != 5 {
			t.Error("Esc left something behind")
		}
	})
}

func TestWordsAreTypedInPlace(t *testing.T) {
	run(t, func(b *bench) {
		b.window.SetContent(b.page.Content())
		b.press("1")
		b.desk.take()
		b.press("w")
		b.types("I see the same 39.90 twice")
		b.press("Ctrl+Return") // is not about the call here
		b.inField("Return")
		b.did("words m1 I see the same 39.90 twice")
		b.press("F2")
		b.types(" and more")
		b.inField("Escape")
		b.did()
		if got := b.trace().Moments[0].Words; got != "I see the same 39.90 twice" {
			t.Errorf("words %q: Esc must leave them as they were", got)
		}
	})
}

// The usual reasons are a key away for whoever uses no mouse.
func TestArrowsWriteTheUsualReasonsOfASkip(t *testing.T) {
	run(t, func(b *bench) {
		b.press("s")
		field := fieldIn(b.shell.dialogs[0].content)
		var got []string
		for _, name := range []fyne.KeyName{fyne.KeyUp, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyUp} {
			field.TypedKey(&fyne.KeyEvent{Name: name})
			got = append(got, field.Text)
		}
		want := []string{
			"Call between colleagues", "Test call", "Wrong number", "Nobody on the line or voicemail", "Nobody on the line or voicemail", "Wrong number",
		}
		if !slices.Equal(got, want) {
			t.Errorf("the arrows wrote %q, want %q", got, want)
		}
		b.answer(0)
		b.did("skip c2 not-customer Wrong number")
	})
}

func TestSkipNeedsAReason(t *testing.T) {
	run(t, func(b *bench) {
		b.press("s")
		if b.shell.dialogs[0].answers[0].Enabled() {
			t.Error("can be skipped without a reason")
		}
		b.types("Test call")
		b.answer(0)
		b.did("skip c2 not-customer Test call")
		if got := b.trace().Call; got != "c3" {
			t.Errorf("call %s, want c3", got)
		}
	})
}

func TestNamesAreShownForAReasonAndHiddenInTheNextCall(t *testing.T) {
	run(t, func(b *bench) {
		b.window.SetContent(b.page.Content())
		b.command("listen.who")
		b.types("Coaching asked for by the team")
		b.answer(0)
		b.did("reveal c2 Coaching asked for by the team")
		if got := listen.Who(b.page); got != "Agent: Kim Winter · Customer: +49 30 1234" {
			t.Errorf("shows %q", got)
		}
		b.plays(time.Minute)
		b.press("Ctrl+Return")
		if got := listen.Who(b.page); got != "" {
			t.Errorf("the next call shows %q", got)
		}
	})
}
