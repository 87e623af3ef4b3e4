package library_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/ui/command"
	"github.com/earshot-app/earshot/ui/library"
	"github.com/earshot-app/earshot/ui/widget"
)

// A list of thousands of calls reads the pages that one looks at, and no others.
func TestOnlyThePagesInSightAreRead(t *testing.T) {
	s := &shelf{calls: calls(5000)}
	page(t, s, func(_ *library.Screen, sh *shell, press func(...command.Key)) {
		if len(s.pages) > 5 {
			t.Errorf("to show the top it read %d pages: %q", len(s.pages), s.pages)
		}
		s.pages = nil
		press(key(fyne.KeyEnd), key(fyne.KeyReturn), key(fyne.KeyPageUp), key(fyne.KeyReturn), key(fyne.KeyHome), key(fyne.KeyReturn))
		if want := []string{"call-000", "call-015", "call-4999"}; !slices.Equal(sh.opened, want) {
			t.Errorf("opened %q, want %q", sh.opened, want)
		}
		if len(s.pages) > 3 {
			t.Errorf("to show the end it read %d pages: %q", len(s.pages), s.pages)
		}
	})
}

// Whoever scrolls down step by step gets every call once, in order.
func TestEveryRowIsTheCallThatItShouldBe(t *testing.T) {
	s := &shelf{calls: calls(700)}
	page(t, s, func(_ *library.Screen, sh *shell, press func(...command.Key)) {
		for range 50 {
			press(key(fyne.KeyReturn), key(fyne.KeyPageDown))
		}
		var want []string
		for n := range 50 {
			want = append(want, s.calls[max(0, 699-15*n)].UID)
		}
		if !slices.Equal(sh.opened, want) {
			t.Errorf("opened %q, want %q", sh.opened, want)
		}
	})
}

func TestTheListIsNarrowedByWhatIsTyped(t *testing.T) {
	s := &shelf{calls: calls(500)}
	page(t, s, func(p *library.Screen, sh *shell, press func(...command.Key)) {
		press(key(fyne.KeyEnd), command.Rune('/'))
		field, ok := sh.canvas.Focused().(*widget.Field)
		if !ok {
			t.Fatal("/ does not lead to a field")
		}
		field.SetText("call-49")
		sh.settle()
		if got := rows(p); len(got) != 11 || got[0] != "500 calls, 10 Nov to 1 Dec 2026" && !strings.HasPrefix(got[0], "500 calls") {
			t.Errorf("narrowed, it says %q", got)
		}
		field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
		field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		sh.settle()
		if !slices.Equal(sh.opened, []string{"call-498"}) {
			t.Errorf("opened %q", sh.opened)
		}
		field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
		sh.settle()
		if got := rows(p); len(got) != 31 {
			t.Errorf("after Escape it lists %d", len(got)-1)
		}
	})
}

// A million calls take a while to be counted. The newest that a filter lets in are
// there before, and the list goes on to the last of them afterwards.
func TestTheNewestCallsAreListedBeforeAllAreCounted(t *testing.T) {
	s := &shelf{calls: calls(2500)}
	page(t, s, func(p *library.Screen, sh *shell, press func(...command.Key)) {
		s.counts = make(chan struct{})
		press(command.Rune('/'))
		field := sh.canvas.Focused().(*widget.Field)
		field.SetText("call-1")
		sh.settle()
		if got := rows(p); len(got) != 31 || !strings.HasPrefix(got[1], "1 Feb 2027, 19:00") {
			t.Errorf("before they are counted it lists %q", got)
		}
		close(s.counts)
		sh.settle()
		field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
		sh.settle()
		press(key(fyne.KeyEnd), key(fyne.KeyReturn))
		if want := []string{"call-100"}; !slices.Equal(sh.opened, want) {
			t.Errorf("the last is %q, want %q", sh.opened, want)
		}
	})
}

// Where nothing matches, to look for the newest calls would take as long as to count
// all: it is given up soon, and that is no failure.
func TestTheLookForTheNewestCallsIsGivenUp(t *testing.T) {
	s := &shelf{calls: calls(500)}
	page(t, s, func(p *library.Screen, sh *shell, press func(...command.Key)) {
		s.counts = make(chan struct{})
		press(command.Rune('/'))
		sh.canvas.Focused().(*widget.Field).SetText("xyz")
		time.Sleep(time.Second) // of the test's own clock
		sh.settle()
		if !errors.Is(s.gaveUp, context.DeadlineExceeded) {
			t.Errorf("after a second the look ended with %v", s.gaveUp)
		}
		close(s.counts)
		sh.settle()
		if got := rows(p); len(got) != 1 || sh.failed != nil {
			t.Errorf("counted, it lists %q and failed with %v", got, sh.failed)
		}
	})
}

// "9 Nov" may be of one year or another: where it may, the list says of which.
func TestAListOfTwoYearsSaysWhichOneACallIsOf(t *testing.T) {
	page(t, &shelf{calls: calls(1300)}, func(p *library.Screen, _ *shell, press func(...command.Key)) {
		if got := rows(p)[1]; !strings.HasPrefix(got, "3 Jan 2027, 15:00 · ") {
			t.Errorf("the newest is %q", got)
		}
	})
}

func TestTheChartCountsByCategory(t *testing.T) {
	page(t, &shelf{calls: calls(31)}, func(p *library.Screen, _ *shell, press func(...command.Key)) {
		press(command.Rune('v'))
		want := []string{
			"Calls a day, by what agents filed them under", "All calls: 31, at most 19", "Other: 16, at most 10", "Kündigung: 15, at most 9",
		}
		got := rows(p)[1:]
		for i := range want {
			// Noon of the 10th to 18 o'clock of the 11th, by the hour.
			if i < len(got) && got[i] == want[i] {
				continue
			}
			t.Errorf("it says %q, want %q", got, want)
			break
		}
	})
}

func TestSourcesSayWhatWasFoundAndWhatWasWrong(t *testing.T) {
	s := &shelf{calls: calls(2), sources: []desk.LookedAt{
		{Root: "/calls", Recordings: 1200, Missing: 3, First: noon, Last: noon.AddDate(0, 1, 0), Whole: noon.Add(90 * time.Minute), Files: 1300, Problems: 5},
		{Root: "/disk", Recordings: 7, Whole: noon, Failed: review.Fail("no-path", review.Args{"path": "/disk"})},
		{Root: "/single", Recordings: 1},
	}}
	page(t, s, func(p *library.Screen, _ *shell, press func(...command.Key)) {
		press(command.Rune('v'), command.Rune('v'))
		got := strings.Join(rows(p), "\n")
		for _, want := range []string{
			"/calls\nRecordings: 1,200, 3 of them missing\nCalls from: 10 Nov 2026 – 10 Dec 2026\nLast look: 10 Nov 2026, 13:30, 1,300 files\nProblems: 5\nbad.wav: ",
			"and 4 more\n/disk", "There is nothing at “/disk”.", "Last look: never as a whole",
		} {
			if !strings.Contains(got, want) {
				t.Errorf("the sources do not say %q:\n%s", want, got)
			}
		}
	})
}
