package session_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"pgregory.net/rapid"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/journal"
	"github.com/earshot-app/earshot/review/session"
)

// TestMain fails when a client leaves a goroutine behind.
func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// A live is a room whose people each have a library and a client on one server.
type live struct {
	*room
	*server
	boxes   []*box
	links   []*link
	clients []*session.Client
	stops   []func() error
}

// goLive connects a host and members. It must be called in a bubble of time.
func goLive(t rapid.TB, blind bool, members, calls int) *live {
	l := &live{room: open(t, blind, members, calls), server: newServer()}
	for i, a := range l.authors {
		l.boxes = append(l.boxes, newBox(l.id, a, i == 0))
		l.links = append(l.links, &link{server: l.server, author: a.ID, host: i == 0, delay: 5 * time.Millisecond})
		l.clients, l.stops = append(l.clients, nil), append(l.stops, nil)
		l.start(i)
	}
	for _, e := range l.said {
		l.boxes[0].say(e)
	}
	l.clients[0].Wake()
	return l
}

// start starts somebody's client, as after a crash: only the library is left.
func (l *live) start(who int) {
	ctx, cancel := context.WithCancel(context.Background())
	client, ended := session.NewClient(l.links[who], l.boxes[who], who == 0), make(chan error, 1)
	l.clients[who] = client
	l.stops[who] = func() error { cancel(); return <-ended }
	go func() { ended <- client.Run(ctx) }()
}

func (l *live) stop(who int) {
	if err := l.stops[who](); !errors.Is(err, context.Canceled) {
		l.t.Errorf("%d ended with %v", who, err)
	}
}

func (l *live) end() {
	for who := range l.stops {
		l.stop(who)
	}
}

// tell puts an event that was just said into its author's outbox.
func (l *live) tell(e journal.Signed) journal.Signed {
	who := slices.IndexFunc(l.authors, func(a journal.Author) bool { return a.ID == e.Author })
	l.boxes[who].say(e)
	l.clients[who].Wake()
	return e
}

// settle lets a minute pass, in which nobody says anything.
func settle() { time.Sleep(time.Minute) }

// agree fails unless everybody has all that was said, and sees the same in it.
func (l *live) agree(t rapid.TB) {
	t.Helper()
	want := l.state()
	for i, b := range l.boxes {
		got := b.shown()
		if !slices.Equal(got.Accepted, want.Accepted) {
			t.Errorf("%d has %d of %d events", i, len(got.Accepted), len(want.Accepted))
		}
		if got.Digest() != want.Digest() {
			t.Errorf("%d sees another session", i)
		}
		b.mu.Lock()
		defer b.mu.Unlock()
		for id, k := range b.kept {
			if !k.done && hidden(want, k.Event) == 0 {
				t.Errorf("%d waits for the echo of %s", i, id)
			}
		}
	}
}

// stored counts the messages of the log that hold an event.
func (l *live) stored(id string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	n := 0
	for _, d := range l.streams[session.Log].kept {
		if d.ID == id {
			n++
		}
	}
	return n
}

func inBubble(t *testing.T, blind bool, members, calls int, f func(l *live)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		l := goLive(t, blind, members, calls)
		settle()
		f(l)
		settle()
		l.agree(t)
		l.end()
	})
}

func TestATagReachesEverybodyAtOnce(t *testing.T) {
	inBubble(t, false, 3, 2, func(l *live) {
		e := l.tell(l.tag(1, 1, "bill", 5000))
		time.Sleep(20 * time.Millisecond)
		for i, b := range l.boxes {
			if !slices.Contains(b.shown().Accepted, e.ID) {
				t.Errorf("%d has not got it after 20 ms", i)
			}
		}
		if n := l.stored(e.ID); n != 1 {
			t.Errorf("the log has it %d times", n)
		}
	})
}

func TestWhatIsSaidOfflineArrivesOnce(t *testing.T) {
	inBubble(t, false, 2, 3, func(l *live) {
		l.stop(1)
		var said []journal.Signed
		for round := range 3 {
			said = append(said, l.tag(1, round+1, "bill", 1000), l.say(1, round+1, journal.CallHeard{Call: call(round + 1)}))
		}
		for _, e := range said {
			l.boxes[1].say(e)
		}
		time.Sleep(time.Hour)
		l.start(1)
		settle()
		for _, e := range said {
			if n := l.stored(e.ID); n != 1 {
				t.Errorf("the log has %s %d times", e.ID, n)
			}
		}
	})
}

// The host may close when all are through, and leave: what comes after that, they
// never get. So whoever is through has said all, also where a part of it was lost on
// its way.
func TestNobodyIsThroughWithACallBeforeWhatTheySaidOfIt(t *testing.T) {
	for stream, blind := range map[session.Stream]bool{session.Log: false, session.Blind: true} {
		for _, through := range []journal.Body{journal.CallHeard{Call: call(1)}, journal.CallSkipped{Call: call(1), Kind: review.NotHeard}} {
			inBubble(t, blind, 2, 1, func(l *live) {
				said := []journal.Signed{l.tag(1, 1, "bill", 5), l.tag(1, 1, "fee", 9), l.say(1, 1, through)}
				l.mu.Lock()
				l.lose = said[0].ID
				l.mu.Unlock()
				for _, e := range said {
					l.boxes[1].say(e)
				}
				l.clients[1].Wake()
				settle()
				l.mu.Lock()
				defer l.mu.Unlock()
				last := l.streams[stream].ids[said[2].ID]
				for _, e := range said[:2] {
					if seq := l.streams[stream].ids[e.ID]; seq == 0 || seq > last {
						t.Errorf("blind %t: %s lies at %d, and %s at %d", blind, e.Type, seq, said[2].Type, last)
					}
				}
			})
		}
	}
}

// The server has the event and its answer is lost: the echo confirms, and
// what is sent again is not stored again.
func TestTheEchoConfirmsWhereTheAnswerIsLost(t *testing.T) {
	inBubble(t, false, 2, 1, func(l *live) {
		l.mu.Lock()
		l.loseAcks = 3
		l.mu.Unlock()
		e := l.tell(l.tag(1, 1, "bill", 5))
		settle()
		if n := l.stored(e.ID); n != 1 {
			t.Errorf("the log has it %d times", n)
		}
	})
}

// Ben sends something of his own under the id that Anna's next event will
// have. The server takes hers for the same message and says that it has it.
func TestAnAnswerDoesNotConfirm(t *testing.T) {
	inBubble(t, false, 2, 1, func(l *live) {
		e := l.tag(1, 1, "bill", 5)
		junk := delivered(l.sign(l.authors[2].In("another"), 99, journal.CallHeard{Call: call(1)}))
		l.forge(junk, e.ID)
		l.tell(e)
		settle()
		if n := l.stored(e.ID); n != 1 {
			t.Errorf("the log has it %d times", n)
		}
		if got := l.boxes[0].refusals(session.OtherSession); got != 1 {
			t.Errorf("the host refused %d events", got)
		}
	})
}

func TestAShortenedLogIsFilledAgain(t *testing.T) {
	inBubble(t, false, 3, 2, func(l *live) {
		for who := range 3 {
			l.tell(l.tag(who+1, 1, "bill", int64(who)))
		}
		settle()
		l.stop(2) // whose events the host has
		l.truncate(3)
		settle()
		late := newBox(l.id, author(t, 9), false)
		l.boxes[3].mu.Lock()
		l.boxes[3].kept, l.boxes[3].cursors = late.kept, late.cursors // a library that begins empty
		l.boxes[3].mu.Unlock()
		l.cut(false)
		settle()
		l.start(2)
	})
}

func TestALostLogIsFilledAgain(t *testing.T) {
	inBubble(t, true, 3, 3, func(l *live) {
		for who := range 3 {
			l.tell(l.tag(who+1, 1, "bill", int64(who)))
			l.tell(l.tag(who+1, 2, "bill", int64(who)))
		}
		l.tell(l.reveal(1))
		settle()
		l.erase()
		settle()
		l.tell(l.reveal(2))
	})
}

// A record is damaged after the others read it. Who comes late asks for it, and
// the host publishes it again, once, though its author does so too.
func TestAHoleIsFilledForWhoComesLate(t *testing.T) {
	for _, told := range []bool{false, true} {
		t.Run(fmt.Sprintf("told %v", told), func(t *testing.T) {
			inBubble(t, false, 2, 2, func(l *live) {
				l.stop(2)
				e := l.tell(l.tag(1, 1, "bill", 5))
				l.tell(l.tag(1, 2, "bill", 5))
				settle()
				l.damage(l.held()-1, told)
				l.start(2)
				settle()
				if n := l.stored(e.ID); n != 1 {
					t.Errorf("the log has it %d times", n)
				}
			})
		})
	}
}

// Nobody who has it is there when it is asked for, and its author comes later:
// to one who was there all along, and to one who comes again too.
func TestAHoleIsAskedForUntilItIsFilled(t *testing.T) {
	for _, again := range []bool{false, true} {
		t.Run(fmt.Sprintf("again %v", again), func(t *testing.T) {
			inBubble(t, false, 2, 2, func(l *live) {
				l.stop(2)
				l.tell(l.tag(1, 1, "bill", 5))
				l.tell(l.tag(1, 2, "bill", 5))
				settle()
				l.damage(l.held()-1, false)
				l.stop(0)
				l.stop(1)
				l.start(2)
				settle()
				if holes := l.boxes[2].holes(); len(holes) != 1 {
					t.Errorf("missing: %d", holes)
				}
				if again {
					l.stop(2)
					defer l.start(2)
				}
				l.start(0)
				l.start(1)
				settle()
			})
		})
	}
}

// The log loses its end while Ben is away and grows longer than it was, with
// something else at the places that he has read.
func TestALogThatGrewAgainIsReadAgain(t *testing.T) {
	inBubble(t, false, 2, 2, func(l *live) {
		l.tell(l.tag(1, 1, "bill", 5))
		settle()
		l.stop(2)
		l.stop(0)
		l.truncate(l.held() - 3)
		for range 2 {
			l.tell(l.tag(1, 2, "bill", 5))
			settle()
		}
		l.start(0)
		settle()
		l.start(2)
	})
}

// What is said of a reveal is only true once all that it shows is there.
func TestASessionOpensFirstAndARevealComesAfterWhatItShows(t *testing.T) {
	inBubble(t, true, 2, 1, func(l *live) {
		for i := range 40 {
			l.tell(l.tag(1+i%2, 1, "bill", int64(i)))
		}
		settle()
		l.tell(l.reveal(1))
		settle()
		l.mu.Lock()
		defer l.mu.Unlock()
		log := l.streams[session.Log].kept
		first, last := log[0], log[len(log)-1]
		if first.Type != string(journal.TypeSessionOpened) || last.Type != string(journal.TypeRoundRevealed) {
			t.Errorf("the log begins with %s and ends with %s", first.Type, last.Type)
		}
	})
}

// The last record is damaged before anybody read it: no jump tells of it.
func TestADamagedEndIsFilledThoughNothingFollows(t *testing.T) {
	inBubble(t, false, 2, 1, func(l *live) {
		l.stop(0)
		l.stop(2)
		l.links[1].slow(time.Second) // the answer comes after the damage
		l.boxes[1].say(l.tag(1, 1, "bill", 5))
		l.stop(1)
		before := l.held()
		l.forge(delivered(l.said[len(l.said)-1]), l.said[len(l.said)-1].ID)
		l.damage(before+1, false)
		l.start(0)
		l.start(1)
		l.start(2)
	})
}

// The box fails as a full disk does: that ends the client, with the reason.
func TestAFailingLibraryEndsTheClient(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := goLive(t, false, 1, 1)
		settle()
		full := errors.New("disk full")
		l.boxes[1].mu.Lock()
		l.boxes[1].broken = full
		l.boxes[1].mu.Unlock()
		l.tell(l.tag(0, 1, "bill", 5))
		settle()
		if err := l.stops[1](); !errors.Is(err, full) {
			t.Errorf("ended with %v", err)
		}
		l.stop(0)
	})
}
