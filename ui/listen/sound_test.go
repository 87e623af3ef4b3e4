package listen_test

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/playback"
	"github.com/earshot-app/earshot/review/sound"
	"github.com/earshot-app/earshot/ui/listen"
	"github.com/earshot-app/earshot/ui/widget"
)

func TestWhatTheListenerLikesIsKeptAndHoldsForTheNextCall(t *testing.T) {
	run(t, func(b *bench) {
		b.press("]", "g", "m", "e")
		if want := (listen.Habits{Speed: 1.25, Skipping: true, Mono: true, Even: true}); b.habits != want {
			t.Errorf("kept %+v, want %+v", b.habits, want)
		}
		b.plays(time.Minute)
		b.press("n")
		if p := b.player; b.trace().Call != "c3" || p.speed != 1.25 || !p.skipping || !p.mono || p.gains == nil {
			t.Errorf("in %s it plays at %v, skipping %v, mono %v, gains %v", b.trace().Call, p.speed, p.skipping, p.mono, p.gains)
		}
		b.press("g", "m", "e")
		if p := b.player; p.skipping || p.mono || p.gains != nil {
			t.Errorf("turned off, it still skips %v, mixes %v, evens out %v", p.skipping, p.mono, p.gains)
		}
	})
}

// The window must skip what the terminal does, and half a pass knows too little.
func TestSilencesAreThoseOfTheWholeRecording(t *testing.T) {
	run(t, func(b *bench) {
		source, err := b.open(t.Context(), b.desk.views["c2"].Recordings)
		if err != nil {
			t.Fatal(err)
		}
		peaks := sound.NewPeaks(source.Rate(), source.Channels(), source.Frames())
		err = peaks.Scan(t.Context(), source, func(time.Duration) {})
		if err != nil || source.Close() != nil {
			t.Fatal(err)
		}
		want := peaks.Silences()
		if len(want) != len(b.player.silences) {
			t.Fatalf("the player skips %v, want %v", b.player.silences, want)
		}
		for i := range want {
			if b.player.silences[i] != want[i] {
				t.Errorf("silence %d is %v, want %v", i, b.player.silences[i], want[i])
			}
		}
	})
}

func TestAPersonIsMutedUntilTheCallEndsAndKeepsTheirLevel(t *testing.T) {
	run(t, func(b *bench) {
		listen.SetLevel(b.page, playback.Agent, 0.4)
		b.press("a")
		if !b.player.muted[playback.Agent] || b.player.muted[playback.Customer] {
			t.Errorf("A muted %v", b.player.muted)
		}
		b.press("c", "a")
		if b.player.muted[playback.Agent] || !b.player.muted[playback.Customer] {
			t.Errorf("C and A again muted %v", b.player.muted)
		}
		b.plays(time.Minute)
		b.press("n")
		if b.player.muted != [2]bool{} || math.Abs(b.player.levels[playback.Agent]-0.4) > 1e-9 {
			t.Errorf("in the next call muted %v, levels %v", b.player.muted, b.player.levels)
		}
	})
}

// The sound panel shows E, M and X, so they act while it is open, and the panel
// follows; what it does not show stays behind it.
func TestTheKeysOfTheSoundPanelActInIt(t *testing.T) {
	run(t, func(b *bench) {
		b.press("v")
		panel := b.shell.dialogs[0]
		mono := buttonIn(panel.content, "Both people on both ears")
		before := b.player.mono
		b.press("m")
		if b.player.mono == before || mono.On() != b.player.mono {
			t.Errorf("M: mono %t, the button shows %t", b.player.mono, mono.On())
		}
		b.press(string(fyne.KeySpace))
		if b.player.playing {
			t.Error("the call plays behind the panel")
		}
		b.answer(0)
		b.press("m")
		if b.player.mono != before {
			t.Error("M does nothing once the panel is closed")
		}
	})
}

// buttonIn finds a button by what it says.
func buttonIn(o fyne.CanvasObject, text string) *widget.Button {
	if b, ok := o.(*widget.Button); ok && b.Text() == text {
		return b
	}
	if c, ok := o.(*fyne.Container); ok {
		for _, child := range c.Objects {
			if b := buttonIn(child, text); b != nil {
				return b
			}
		}
	}
	return nil
}

func TestAMarkedSpanIsLooped(t *testing.T) {
	run(t, func(b *bench) {
		b.press("l")
		if b.player.loop != (sound.Span{}) {
			t.Errorf("loops %v without a span", b.player.loop)
		}
		b.plays(5 * time.Second)
		b.press(",")
		b.plays(8 * time.Second)
		b.press(".", "l")
		if want := (sound.Span{From: 5 * time.Second, To: 8 * time.Second}); b.player.loop != want || !b.player.playing {
			t.Errorf("loops %v, playing %v", b.player.loop, b.player.playing)
		}
		b.plays(9 * time.Second)
		b.press(".")
		if b.player.loop.To != 9*time.Second {
			t.Errorf("loops %v, want the span as it is now", b.player.loop)
		}
		b.press("l")
		if b.player.loop != (sound.Span{}) || !b.player.playing {
			t.Errorf("L again: loops %v, playing %v", b.player.loop, b.player.playing)
		}
		b.press("l", "Escape")
		if b.player.loop != (sound.Span{}) {
			t.Errorf("loops %v, although nothing is marked any more", b.player.loop)
		}
	})
}

func TestALostSoundCardPausesAndPlayingGoesOnWhenItIsBack(t *testing.T) {
	run(t, func(b *bench) {
		b.window.SetContent(b.page.Content())
		b.press("Space")
		b.plays(8 * time.Second)
		b.player.playing, b.silent, b.noCard = false, true, true
		b.page.Event(playback.Event{Kind: playback.OutputLost, At: 8 * time.Second, Err: b.sound()})
		b.settle()
		if got := b.trace(); got.Playing || got.Pos != 8 {
			t.Errorf("playing %v at %v, want rest at 8 s", got.Playing, got.Pos)
		}
		if said := listen.Notice(b.page); !strings.Contains(said, "nothing counts as heard") {
			t.Errorf("the page says %q", said)
		}
		listen.TryAgain(b.page)
		b.settle()
		if b.tries != 1 || b.player.playing || len(b.shell.fails) != 1 {
			t.Errorf("%d tries, playing %v, told %v: the card is still away", b.tries, b.player.playing, b.shell.fails)
		}
		b.noCard = false
		listen.TryAgain(b.page)
		b.settle()
		if got := b.trace(); !b.player.playing || !got.Playing || got.Pos != 8 || listen.Notice(b.page) != "" {
			t.Errorf("playing %v at %v, says %q, want it to go on at 8 s", got.Playing, got.Pos, listen.Notice(b.page))
		}
	})
}

// Who presses Space without a sound card may just have plugged in a headset.
func TestPlayingLooksForASoundCardFirst(t *testing.T) {
	run(t, func(b *bench) {
		b.silent, b.noCard = true, true
		b.press("Space")
		if b.tries != 1 || !b.player.playing || len(b.shell.fails) != 0 {
			t.Errorf("%d tries, playing %v, told %v, want it to play silently", b.tries, b.player.playing, b.shell.fails)
		}
		b.press("Space")
		b.noCard = false
		b.press("Space")
		if b.tries != 2 || !b.player.playing || b.silent {
			t.Errorf("%d tries, playing %v, silent %v", b.tries, b.player.playing, b.silent)
		}
	})
}

func TestALoneLegSaysWhoseItIs(t *testing.T) {
	run(t, func(b *bench) {
		for leg, want := range map[review.Leg]string{review.CustomerLeg: "Customer", review.AgentLeg: "Agent", review.WholeCall: "Both"} {
			b.desk.change("c5", func(v *desk.CallView) { v.Recordings[0].Leg, v.Recordings[0].Channels = leg, 1 })
			b.page.Open("c5", 0)
			b.settle()
			if got := listen.Lanes(b.page); len(got) != 1 || got[0] != want {
				t.Errorf("leg %q is shown as %q, want %q", leg, got, want)
			}
			b.page.Open("c2", 0)
			b.settle()
		}
	})
}

// Whoever hears a recording that was cut off is told, once it ends, that the
// call went on; whoever hears a whole one is told nothing.
func TestACutOffRecordingIsToldAtItsEnd(t *testing.T) {
	run(t, func(b *bench) {
		ended := playback.Event{Kind: playback.Ended, At: time.Minute}
		b.player.playing = false
		b.page.Event(ended)
		b.settle()
		if len(b.shell.toasts) != 0 {
			t.Errorf("told %q", b.shell.toasts)
		}
		b.problems = []*review.Error{review.Fail("no-call", nil)}
		b.page.Event(ended)
		b.settle()
		want, _ := text.For("en").Error(b.problems[0])
		if !slices.Equal(b.shell.toasts, []string{want}) {
			t.Errorf("told %q, want %q", b.shell.toasts, want)
		}
	})
}
