package listen_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/session"
	"github.com/earshot-app/earshot/review/sound"
	"github.com/earshot-app/earshot/ui/listen"
	"github.com/earshot-app/earshot/ui/screen"
)

// room is a session that keeps what it is asked and says what a test lets it say.
type room struct {
	mu       sync.Mutex
	id       string
	hosting  bool
	roster   []session.Attendee
	play     session.Play
	coming   [3]int64
	move     session.Move
	followed []session.Playhead
	asked    []session.Ask
	away     error
}

func (r *room) Running() (string, bool)     { return r.id, r.hosting }
func (r *room) Me() string                  { return "me" }
func (r *room) Roster() []session.Attendee  { return r.roster }
func (r *room) Playing() session.Play       { return r.play }
func (r *room) Coming() (int, int64, int64) { return int(r.coming[0]), r.coming[1], r.coming[2] }

func (r *room) Follow(h session.Playhead) session.Move {
	r.followed = append(r.followed, h)
	return r.move
}

func (r *room) Ask(_ context.Context, a session.Ask) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.asked = append(r.asked, a)
	return r.away
}

// take are what was asked since the last time.
func (r *room) take() []session.Ask {
	r.mu.Lock()
	defer r.mu.Unlock()
	asked := r.asked
	r.asked = nil
	return asked
}

// SharedOf and SessionPlaces know the one session: c4 and c5 are its calls.
func (l *library) SharedOf(_ context.Context, id string) (desk.Shared, error) {
	return desk.Shared{ID: id, Name: "Tuesday team", Together: !l.ownPace, Closed: l.over}, nil
}

func (l *library) SessionPlaces(context.Context, string) ([]desk.SessionPlace, error) {
	return []desk.SessionPlace{{Round: 1, Call: "h1", Local: "c4"}, {Round: 2, Call: "h2", Local: "c5"}, {Round: 3, Call: "h3"}}, nil
}

func (l *library) Session(context.Context, string) (*session.State, error) {
	return &session.State{At: l.left}, nil
}

// joins has the page take part in a session whose host plays the first call.
func (b *bench) joins() *room {
	b.room.id, b.room.play = "s", session.Play{Epoch: 1, Round: 1, Rate: 1}
	b.room.roster = []session.Attendee{
		{Author: "hedda", Name: "Hedda", State: session.Listening},
		{Author: "me", Name: "Ada", State: session.Listening},
		{Author: "kim", Name: "Kim", State: session.Away},
	}
	b.tell()
	return b.room
}

// tell has the page look at the session.
func (b *bench) tell() {
	b.page.Told()
	b.settle()
}

// beat lets the page hold its player against the host's once.
func (b *bench) beat(m session.Move) {
	b.room.move = m
	time.Sleep(60 * time.Millisecond)
	b.settle()
	b.room.move = session.Move{}
}

func (b *bench) asks(want ...session.Ask) {
	b.t.Helper()
	if got := b.room.take(); !slices.Equal(got, want) {
		b.t.Errorf("asked for %+v, want %+v", got, want)
	}
}

// The page goes to the call that the host opens, from wherever the person is, and
// does not come back to it when they leave it, until the host opens the next.
func TestEverybodyIsTakenToTheCallThatTheHostOpens(t *testing.T) {
	run(t, func(b *bench) {
		b.page.Hide()
		r := b.joins()
		if !slices.Equal(b.shell.went, []string{screen.Listen}) {
			t.Errorf("the window went to %q", b.shell.went)
		}
		b.page.Show()
		b.settle()
		if got := b.trace(); got.Call != "c4" || got.Rows[0] != "Playing together" {
			t.Errorf("call %s, %q", got.Call, got.Rows[:1])
		}
		b.page.Open("c2", 0)
		b.settle()
		b.tell()
		if got := b.trace(); got.Call != "c2" || got.Rows[0] != "The others hear call 1" {
			t.Errorf("away from the others: call %s, %q", got.Call, got.Rows[:1])
		}
		r.play = session.Play{Epoch: 2, Round: 2, Rate: 1}
		b.tell()
		if got := b.trace(); got.Call != "c5" {
			t.Errorf("the next call: %s, want c5", got.Call)
		}
	})
}

// A call of the session that is open already when the session begins is opened for
// all, as any other.
func TestTheOpenCallIsOpenedForAll(t *testing.T) {
	run(t, func(b *bench) {
		b.page.Open("c4", 0)
		b.settle()
		r := b.joins()
		r.play = session.Play{}
		b.tell()
		b.page.Open("c4", 20*time.Second)
		b.settle()
		b.asks(session.Ask{Do: session.AskOpen, Round: 1}, session.Ask{Do: session.AskSeek, PosMS: 20_000}, session.Ask{Do: session.AskPlay})
	})
}

// Where the session ends and its lent calls are erased, the open one is left, and
// that is said, once and as no failure.
func TestAnErasedCallIsLeft(t *testing.T) {
	run(t, func(b *bench) {
		b.joins()
		b.desk.mu.Lock()
		delete(b.desk.views, "c4")
		b.desk.mu.Unlock()
		b.page.Changed()
		b.page.Changed()
		b.settle()
		if got := b.trace(); got.Call != "c2" || len(b.shell.fails) > 0 {
			t.Errorf("it shows call %q, not the next of the draw, and failed with %q", got.Call, b.shell.fails)
		}
		if want := []string{"The call that was open is no longer in this library."}; !slices.Equal(b.shell.toasts, want) {
			t.Errorf("it says %q, want %q", b.shell.toasts, want)
		}
	})
}

// The strip tells who listens, is done and is away, and nobody's number of tags.
func TestTheStripTellsWhoIsThere(t *testing.T) {
	run(t, func(b *bench) {
		b.joins()
		rows := b.trace().Rows
		if want := []string{"Playing together", "Listening: Hedda, you", "Away: Kim"}; !slices.Equal(rows[:3], want) {
			t.Errorf("the strip says %q, want %q", rows[:3], want)
		}
		if title, below := listen.Titles(b.page); title != "Tuesday team" || below != "Call 1 of 3" {
			t.Errorf("the page is %q, %q", title, below)
		}
	})
}

// What a key does while all hear the same is asked of the host, and nothing moves
// here before the host says so.
func TestKeysPlayForAll(t *testing.T) {
	run(t, func(b *bench) {
		b.joins()
		b.press("Space")
		if b.player.playing {
			t.Error("it plays before the host says so")
		}
		b.asks(session.Ask{Do: session.AskPlay})
		b.beat(session.Move{Seek: true, To: 3 * time.Second, Speed: 1, Play: true})
		if !b.player.playing || b.player.at != 3*time.Second {
			t.Errorf("told to play at 3 s: playing %v at %v", b.player.playing, b.player.at)
		}
		b.press("Right", "]", "Space")
		b.asks(session.Ask{Do: session.AskSeek, PosMS: 13_000}, session.Ask{Do: session.AskRate, Rate: 1.25}, session.Ask{Do: session.AskPause})
		b.beat(session.Move{Speed: 1.01})
		if b.player.speed != 1.01 || b.habits.Speed != 1 {
			t.Errorf("speed %v, kept as %v", b.player.speed, b.habits.Speed)
		}
		b.beat(session.Move{Pause: true, Speed: 1})
		if b.player.playing {
			t.Error("it plays on when told to pause")
		}
	})
}

// Skipped silence and loops would take this window elsewhere than the others; as
// soon as it is alone, it sounds as the person likes it.
func TestNothingIsSkippedOrLoopedWhileTogether(t *testing.T) {
	run(t, func(b *bench) {
		b.press("g")
		r := b.joins()
		if b.player.skipping {
			t.Error("silences are skipped")
		}
		b.press("g")
		if b.player.skipping || !b.habits.Skipping {
			t.Errorf("skipping %v, kept as %v", b.player.skipping, b.habits.Skipping)
		}
		b.tell() // of anything, with the call open
		r.id = ""
		b.tell()
		if !b.player.skipping {
			t.Error("alone again, silences are not skipped")
		}
		if rows := b.trace().Rows; slices.Contains(rows, "Playing together") {
			t.Errorf("the session is over and the page says %q", rows)
		}
		b.joins()
		if b.player.skipping {
			t.Error("together once more, with the same call open, silences are skipped")
		}
	})
}

// While the host is away everybody plays on by themselves.
func TestAHostWhoIsAwayLeavesThePlayerToItsOwner(t *testing.T) {
	run(t, func(b *bench) {
		b.joins()
		b.beat(session.Move{Away: true, Pause: true})
		b.room.move = session.Move{Away: true}
		if got := b.trace().Rows[0]; got != "Host away: you play on by yourself" {
			t.Errorf("the strip says %q", got)
		}
		b.press("Space")
		if !b.player.playing || len(b.room.take()) > 0 {
			t.Error("Space does not play by itself")
		}
	})
}

// Where several are in one room, one machine is heard. What it plays counts as
// heard at the others, and one who sits elsewhere hears it there too.
func TestInOneRoomOneMachineIsHeard(t *testing.T) {
	run(t, func(b *bench) {
		r := b.joins()
		b.press("o")
		b.asks(session.Ask{Do: session.AskOnly})
		r.play.Only, r.play.Epoch = "hedda", 2
		b.tell()
		if !slices.Equal(b.player.gains, []float64{0, 0}) || b.trace().Rows[0] != "Playing together, heard at Hedda’s computer" {
			t.Errorf("gains %v, %q", b.player.gains, b.trace().Rows[0])
		}
		b.beat(session.Move{Play: true, Speed: 1})
		for at := time.Duration(0); at <= time.Second; at += 50 * time.Millisecond {
			b.player.at = at
			b.beat(session.Move{Speed: 1})
		}
		b.press("Space")
		b.beat(session.Move{Pause: true, Speed: 1})
		if got := b.desk.views["c4"].Place.Played; !slices.Equal(got, []sound.Span{{To: time.Second}}) {
			t.Errorf("heard %v, want the first second", got)
		}
		b.press("o")
		if b.player.gains != nil || len(b.room.take()) != 1 {
			t.Errorf("played here too: gains %v", b.player.gains)
		}
		r.play.Only = "me"
		b.tell()
		b.press("o")
		b.asks(session.Ask{Do: session.AskAll})
	})
}

// Whoever is done stays with the others, who hear on.
func TestWhoIsDoneWaitsForTheOthers(t *testing.T) {
	run(t, func(b *bench) {
		b.joins()
		b.beat(session.Move{Play: true, Speed: 1})
		b.player.played = []sound.Span{{To: time.Hour}}
		b.press("1", "Ctrl+Return")
		if got := b.trace(); got.Call != "c4" || !got.Playing {
			t.Errorf("call %s, playing %v", got.Call, got.Playing)
		}
		if n := len(b.shell.toasts); n == 0 || b.shell.toasts[n-1] != "Done. The host opens the next call." {
			t.Errorf("said %q", b.shell.toasts)
		}
	})
}

// The host opens the next call for all, and nobody else does by that key.
func TestTheHostOpensTheNextCall(t *testing.T) {
	run(t, func(b *bench) {
		r := b.joins()
		b.press("j")
		b.asks()
		r.hosting = true
		b.tell()
		b.press("j")
		b.asks(session.Ask{Do: session.AskOpen, Round: 2})
	})
	run(t, func(b *bench) { // entered again
		b.desk.left = 2
		r := b.joins()
		r.hosting, r.play = true, session.Play{}
		b.tell()
		b.press("j")
		b.asks(session.Ask{Do: session.AskOpen, Round: 2})
	})
}

// A recording that is still coming is told with how far it is, and opened when it
// is there.
func TestARecordingOnItsWayIsTold(t *testing.T) {
	run(t, func(b *bench) {
		var kept []review.Recording
		b.desk.change("c4", func(v *desk.CallView) { kept, v.Recordings = v.Recordings, nil })
		b.opens = review.Fail("missing-recording", nil)
		r := b.joins()
		r.coming = [3]int64{1, 30, 100}
		b.tell()
		if got := b.trace().Rows[0]; !strings.HasPrefix(got, "Call 1 is on its way from the host: 30") {
			t.Errorf("the strip says %q", got)
		}
		b.opens = nil
		b.desk.change("c4", func(v *desk.CallView) { v.Recordings = kept })
		r.coming = [3]int64{}
		b.page.Changed()
		b.settle()
		if got := b.trace().Rows[0]; got != "Playing together" || b.player.source == nil {
			t.Errorf("it came, and the strip says %q", got)
		}
	})
}
