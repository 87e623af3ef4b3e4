package listen_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/dialogue"
	"github.com/earshot-app/earshot/review/sound"
	"github.com/earshot-app/earshot/ui/command"
	"github.com/earshot-app/earshot/ui/listen"
	"github.com/earshot-app/earshot/ui/screen"
)

// speak gives the open call a transcript of n turns, ten seconds each.
func (b *bench) speak(n int) {
	b.window.SetContent(b.page.Content())
	b.window.Resize(fyne.NewSize(900, 700))
	var t dialogue.Transcript
	for i := range n {
		at := time.Duration(i) * 10 * time.Second
		role := []dialogue.Role{dialogue.Agent, dialogue.Customer}[i%2]
		t.Turns = append(t.Turns, dialogue.Turn{At: at, Until: at + 9*time.Second, Role: role, Text: fmt.Sprintf("turn %d", i) + strings.Repeat(" and it goes on", max(0, i%7-4)*5)})
	}
	b.desk.mu.Lock()
	b.desk.spoken = map[string]dialogue.Transcript{"c2": t}
	b.desk.mu.Unlock()
	b.page.Changed()
	b.settle()
}

func TestACallWithoutATranscriptShowsNoTraceOfOne(t *testing.T) {
	run(t, func(b *bench) {
		b.speak(0)
		if listen.Reading(b.page) || listen.CanRead(b.page) {
			t.Error("there is a transcript, or a way to one")
		}
		b.press("r", "q")
		b.did()
		if keys := offered(t, b); strings.Contains(keys, "RQ") {
			t.Errorf("the help page names the keys of a transcript: %s", keys)
		}
		b.speak(3)
		if keys := offered(t, b); !strings.Contains(keys, "RQ") {
			t.Errorf("the help page names %s and no keys of the transcript", keys)
		}
		if listen.Reading(b.page) || !listen.CanRead(b.page) {
			t.Error("a transcript that has come is not offered, or shown unasked")
		}
		b.press("r")
		if !listen.Reading(b.page) {
			t.Error("it is not shown")
		}
		b.press("r")
		if listen.Reading(b.page) {
			t.Error("it does not go again")
		}
	})
}

// offered are the keys that the help page names, in its order.
func offered(t *testing.T, b *bench) (keys string) {
	t.Helper()
	table, err := command.New(b.page.Commands()...)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range table.Help(screen.Listen, text.For("en").Say) {
		keys += strings.Join(row.Keys, "")
	}
	return keys
}

func TestTheTranscriptGoesInStepAndSeeks(t *testing.T) {
	run(t, func(b *bench) {
		b.speak(5)
		b.press("r", "Space")
		b.plays(25 * time.Second)
		if got := listen.Passage(b.page).Chosen(); got != "turn 2" {
			t.Errorf("at 25 s %q is lit", got)
		}
		listen.Passage(b.page).OnSeek(1)
		if b.player.at != 10*time.Second {
			t.Errorf("the second turn is at %v, want 10s", b.player.at)
		}
	})
}

func TestWordsOfTheTranscriptBecomeTheCustomers(t *testing.T) {
	run(t, func(b *bench) {
		b.speak(5)
		b.press("Space")
		b.plays(15 * time.Second)
		b.press("q") // no moment yet: they wait for the next
		b.did()
		b.press("1", "2")
		moments := b.trace().Moments
		if len(moments) != 2 || moments[0].Words+moments[1].Words != "turn 1" {
			t.Fatalf("moments %+v, want the words at the first that was tagged", moments)
		}
		b.desk.take()
		b.plays(42 * time.Second)
		b.press("q")
		b.did(fmt.Sprintf("words %s turn 4", b.desk.views["c2"].Moments[1].ID))
	})
}

// A reader in German sees "[verborgen]" where a name was; what is kept of a quote is
// read in any language, and shown in theirs again.
func TestAQuoteIsKeptInNoLanguage(t *testing.T) {
	runIn(t, "de", func(b *bench) {
		b.speak(1)
		b.desk.mu.Lock()
		b.desk.spoken = map[string]dialogue.Transcript{"c2": {Turns: []dialogue.Turn{{Text: review.Masked + " speaking."}}}}
		b.desk.mu.Unlock()
		b.page.Changed()
		b.settle()
		b.press("Space")
		b.plays(5 * time.Second)
		b.press("q", "1")
		if got, want := b.trace().Moments[0].Words, "[hidden] speaking."; got != want {
			t.Errorf("%q is kept, want %q", got, want)
		}
		if shown := rowsOf(b.page.Content()); shown["„[verborgen] speaking.“"] == nil {
			t.Errorf("shown is %q", slices.Collect(maps.Keys(shown)))
		}
	})
}

// Who has scrolled is left to read for ten seconds of the call.
func TestWhoScrollsIsLeftToRead(t *testing.T) {
	run(t, func(b *bench) {
		b.speak(200)
		b.press("r", "Space")
		b.plays(20 * time.Second)
		p := listen.Passage(b.page)
		p.OnFollow(false)
		listen.Scrolled(b.page)
		b.plays(29 * time.Second)
		if p.Follows() {
			t.Error("after nine seconds it runs away")
		}
		b.plays(31 * time.Second)
		if !p.Follows() {
			t.Error("after eleven seconds it has not come back")
		}
	})
}

// Music on hold is no silence to the ear; where the transcript says hold, it is
// left out like one.
func TestHoldIsSkippedWhereTheTranscriptSaysSo(t *testing.T) {
	run(t, func(b *bench) {
		hold := sound.Span{From: 21 * time.Second, To: 33 * time.Second}
		b.desk.spoken = map[string]dialogue.Transcript{"c5": {
			Turns: []dialogue.Turn{{At: time.Second, Text: "One moment."}}, Holds: []sound.Span{hold},
		}}
		b.page.Open("c5", 0)
		b.settle()
		if !slices.ContainsFunc(b.player.silences, func(s sound.Span) bool { return s.From <= hold.From && s.To >= hold.To }) {
			t.Errorf("the player skips %v, not the hold %v", b.player.silences, hold)
		}
	})
}
