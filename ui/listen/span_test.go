package listen_test

import (
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/ui/listen"
)

const charged = `tag c2 "Charged twice after a plan change" `

func TestASpanIsTaggedOnce(t *testing.T) {
	run(t, func(b *bench) {
		b.plays(10 * time.Second)
		b.press(",")
		b.plays(14 * time.Second)
		b.press(".")
		b.plays(30 * time.Second)
		b.press("2", "2")
		b.did(charged+"10s–14s", charged+"30s")
		if m := b.trace().Moments[0]; m.At != 10 || m.Until != 14 {
			t.Errorf("the moment lies from %v to %v", m.At, m.Until)
		}
	})
}

func TestHowSpansAreMarked(t *testing.T) {
	for _, c := range []struct {
		name string
		do   func(b *bench, at func(seconds float64, key string))
		want string
	}{
		{"without an end it goes on to where the call is", func(b *bench, at func(float64, string)) {
			at(10, ",")
			at(12.5, "2")
		}, "10s–12.5s"},
		{"marked from its end", func(b *bench, at func(float64, string)) {
			at(14, ",")
			at(10, ".")
			at(20, "2")
		}, "10s–14s"},
		{"its end can be moved", func(b *bench, at func(float64, string)) {
			at(10, ",")
			at(14, ".")
			at(16, ".")
			at(20, "2")
		}, "10s–16s"},
		{"begun anew", func(b *bench, at func(float64, string)) {
			at(10, ",")
			at(14, ".")
			at(20, ",")
			at(21, ".")
			at(30, "2")
		}, "20s–21s"},
		{"dropped by Esc", func(b *bench, at func(float64, string)) {
			at(10, ",")
			at(14, ".")
			at(15, "Escape")
			at(16, "2")
		}, "16s"},
		{"who went back before its beginning tags where they are", func(b *bench, at func(float64, string)) {
			at(10, ",")
			at(4, "2")
		}, "4s"},
	} {
		t.Run(c.name, func(t *testing.T) {
			run(t, func(b *bench) {
				c.do(b, func(seconds float64, key string) {
					b.plays(time.Duration(seconds * 1e9))
					b.press(key)
				})
				b.did(charged + c.want)
			})
		})
	}
}

func TestAnEndWithoutABeginningIsExplained(t *testing.T) {
	run(t, func(b *bench) {
		b.plays(10 * time.Second)
		b.press(".")
		if want := []string{"Press , first where the span begins."}; !slices.Equal(b.shell.toasts, want) {
			t.Errorf("said %q, want %q", b.shell.toasts, want)
		}
	})
}

func TestASpanWithoutLengthIsRefused(t *testing.T) {
	run(t, func(b *bench) {
		b.plays(10 * time.Second)
		b.press(",", ".")
		if want := []string{"The span begins right here. Go on to where it ends, then press “.” again."}; !slices.Equal(b.shell.toasts, want) {
			t.Errorf("said %q, want %q", b.shell.toasts, want)
		}
		b.plays(12 * time.Second)
		b.press(".", "2")
		b.did(charged + "10s–12s")
	})
}

func TestASpanEndsWithItsCall(t *testing.T) {
	run(t, func(b *bench) {
		b.plays(10 * time.Second)
		b.press(",")
		b.page.Open("c3", 20*time.Second)
		b.settle()
		b.press("2")
		b.did(`tag c3 "Charged twice after a plan change" 20s`)
	})
}

// An issue found by typing is tagged over the span, and the field says so.
func TestTheFieldSaysThatASpanIsTagged(t *testing.T) {
	run(t, func(b *bench) {
		b.window.SetContent(b.page.Content())
		b.plays(10 * time.Second)
		b.press(",")
		b.plays(14 * time.Second)
		b.press(".", "t")
		if got, want := listen.When(b.page), "Will be tagged over 0:10–0:14, the span you marked."; got != want {
			t.Errorf("it says %q, want %q", got, want)
		}
		b.types("charged")
		b.inField(fyne.KeyReturn)
		b.did(charged + "10s–14s")
	})
}

func TestAMomentIsMovedByDraggingItsMark(t *testing.T) {
	run(t, func(b *bench) {
		b.desk.change("c2", func(v *desk.CallView) {
			v.Moments = []review.Moment{{ID: "m", IssueID: "i2", Issue: "Charged twice", At: 8 * time.Second, Until: 9 * time.Second}}
			v.Praise = []review.Praise{{ID: "p", At: 40 * time.Second}}
		})
		b.page.Changed()
		b.settle()
		b.window.SetContent(b.page.Content())
		wave := listen.Wave(b.page)
		wave.OnMove("m", 12345678*time.Microsecond)
		b.settle()
		wave.OnMove("p", 3*time.Second)
		b.settle()
		b.did("move m 12.346s")
		if m := b.trace().Moments[0]; m.At != 12.346 || m.Until != 13.346 {
			t.Errorf("it lies from %v to %v, want 12.346 to 13.346: a span keeps its length", m.At, m.Until)
		}
	})
}

func TestPlusAndMinusZoomAboutTheCall(t *testing.T) {
	run(t, func(b *bench) {
		b.window.SetContent(b.page.Content())
		b.window.Resize(fyne.NewSize(1200, 800))
		b.page.Open("c3", 30*time.Second)
		b.settle()
		for range 20 {
			b.press("+")
		}
		if got := b.trace().Shown; len(got) != 2 || got[1]-got[0] < 0.0499 || got[1]-got[0] > 0.0501 || got[0] > 30 || got[1] < 30 {
			t.Errorf("shown %v, want 50 ms about 30 s", got)
		}
		b.press("-")
		if got := b.trace().Shown; len(got) != 2 || got[1]-got[0] > 0.11 {
			t.Errorf("shown %v, want 100 ms", got)
		}
		b.press("0")
		if got := b.trace().Shown; got != nil {
			t.Errorf("shown %v, want the whole call", got)
		}
	})
}

// Zoomed in, each sample of the call is seen, wherever the listener looks; and
// its source is closed with the call, which run looks for.
func TestACloseLookReadsTheRecording(t *testing.T) {
	run(t, func(b *bench) {
		b.window.SetContent(b.page.Content())
		b.window.Resize(fyne.NewSize(1200, 800))
		b.page.Open("c3", 0)
		b.settle()
		before := b.opened
		for range 12 {
			b.press("=")
		}
		if b.opened != before+1 {
			t.Errorf("%d sources were opened for it, want one", b.opened-before)
		}
		for _, at := range []time.Duration{0, 12 * time.Second, 59 * time.Second} {
			listen.Wave(b.page).Reveal(at)
			b.settle()
			if !listen.Close(b.page) {
				t.Errorf("about %v the waveform is coarse", at)
			}
		}
	})
}

// The strip of the whole call takes room from the lanes: their heads stay beside
// them.
func TestTheHeadsStayBesideTheirLanes(t *testing.T) {
	run(t, func(b *bench) {
		b.window.SetContent(b.page.Content())
		b.window.Resize(fyne.NewSize(1200, 1000))
		b.page.Open("c3", 0)
		b.settle()
		for _, key := range []string{"+", "0"} {
			b.press(key)
			for lane, top := range listen.HeadTops(b.page) {
				if want, _ := listen.Wave(b.page).LanePlace(lane); top != want {
					t.Errorf("after %s head %d lies at %v, its lane at %v", key, lane, top, want)
				}
			}
		}
	})
}

func TestTheFinestKeysMoveAMomentByAHundredthOfASecond(t *testing.T) {
	run(t, func(b *bench) {
		b.plays(10 * time.Second)
		b.press("1")
		b.desk.take()
		b.press("Shift+Ctrl+Right", "Shift+Ctrl+Right", "Shift+Ctrl+Left")
		b.did("move m1 10.01s", "move m1 10.02s", "move m1 10.01s")
	})
}
