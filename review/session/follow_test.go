package session_test

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/earshot-app/earshot/review/session"
)

// A listener is a machine with a clock and a player, as it is in truth: the
// clock is off and drifts, so does the sound card, and a player takes a moment
// to start.
type listener struct {
	session.Follower
	off     time.Duration // of its clock
	drift   float64       // of its clock, seconds a second
	card    float64       // of its sound card
	starts  time.Duration
	ready   time.Duration // when a start or seek is heard
	playing bool
	pos     time.Duration
	speed   float64
	inbox   []letter
	pushed  float64 // most by which its speed was not the host's, as a part of it
}

type letter struct {
	at   time.Duration
	read func(now time.Time)
}

// A house is the host and others, on a network, by one true time from 0.
type house struct {
	random *rand.Rand
	way    time.Duration // one way
	jitter time.Duration // either side of it
	now    time.Duration
	all    []*listener // the host first
	play   session.Play
}

const tick = 10 * time.Millisecond

var epoch = time.UnixMilli(1_795_000_000_000)

func newHouse(seed uint64, way, jitter time.Duration, members int) *house {
	h := &house{random: rand.New(rand.NewPCG(seed, 60)), way: way, jitter: jitter, play: session.Play{Round: 1, Rate: 1}}
	for i := range members + 1 {
		l := &listener{speed: 1}
		if i > 0 { // all is told by the host's clock, which is as wrong as any
			l.off = time.Duration(h.random.Int64N(int64(48 * time.Hour)))
			l.drift = (h.random.Float64() - .5) * 200e-6
		}
		l.card = (h.random.Float64() - .5) * 200e-6
		l.starts = time.Duration(h.random.Int64N(int64(30 * time.Millisecond)))
		h.all = append(h.all, l)
	}
	h.all[0].Clock.Add(epoch, epoch, epoch)
	return h
}

func (l *listener) clock(now time.Duration) time.Time {
	return epoch.Add(l.off + now + time.Duration(float64(now)*l.drift))
}

// travel is how long a letter is on its way: at times two tenths of a second
// more.
func (h *house) travel() time.Duration {
	took := h.way + time.Duration((h.random.Float64()*2-1)*float64(h.jitter))
	if h.jitter > 0 && h.random.IntN(100) == 0 {
		took += 200 * time.Millisecond
	}
	return took
}

func (h *house) host() time.Time { return h.all[0].clock(h.now) }

func (h *house) order(a session.Ask) {
	h.play = h.play.Order(a, "somebody", h.host(), session.Lead(2*h.way+2*h.jitter))
	h.send()
}

func (h *house) send() {
	p := h.play
	h.all[0].Tell(p, h.host())
	for _, l := range h.all[1:] {
		l.inbox = append(l.inbox, letter{h.now + h.travel(), func(now time.Time) { l.Tell(p, now) }})
	}
}

// ask lets everybody ask for the host's time.
func (h *house) ask() {
	for _, l := range h.all[1:] {
		asked, there := l.clock(h.now), h.now+h.travel()
		host := h.all[0].clock(there)
		l.inbox = append(l.inbox, letter{there + h.travel(), func(now time.Time) { l.Clock.Add(asked, host, now) }})
	}
}

// run lets time pass and answers how far apart any two were heard at worst,
// once all had half a second to start.
func (h *house) run(d time.Duration) (apart time.Duration) {
	for end := h.now + d; h.now < end; h.now += tick {
		if h.now%time.Second == 0 {
			h.send()
		}
		if h.now < 2*time.Second && h.now%(200*time.Millisecond) == 0 || h.now%(10*time.Second) == 0 {
			h.ask()
		}
		low, high := time.Duration(1<<62), time.Duration(-1)
		for _, l := range h.all {
			l.step(h.now, h.play.Round)
			if l.playing && h.now >= l.ready+time.Second {
				low, high = min(low, l.pos), max(high, l.pos)
			}
		}
		apart = max(apart, high-low)
	}
	return apart
}

func (l *listener) step(now time.Duration, round int) {
	if l.playing && now >= l.ready {
		l.pos += time.Duration(float64(tick) * l.speed * (1 + l.card))
	}
	l.inbox = slices.DeleteFunc(l.inbox, func(m letter) bool {
		if m.at <= now {
			m.read(l.clock(m.at))
		}
		return m.at <= now
	})
	if now%(50*time.Millisecond) != 0 {
		return
	}
	m := l.Follow(session.Playhead{
		Now: l.clock(now), Round: round, Playing: l.playing, Pos: l.pos, Length: 10 * time.Minute, Speed: l.speed,
	})
	if p, ok := l.Follower.Playing(); ok {
		l.pushed = max(l.pushed, math.Abs(m.Speed/p.Rate-1))
	}
	l.playing = (l.playing || m.Play) && !m.Pause
	if m.Seek {
		l.pos = m.To
	}
	if m.Seek || m.Play {
		l.ready = now + l.starts
	}
	l.speed = m.Speed
}

// Over a way of 60 ms there and back, give or take 12 each way, with clocks
// that are days apart and drift, all hear the same words within 100 ms.
func TestOverALongWayAllStayWithinATenthOfASecond(t *testing.T) {
	for seed := range uint64(10) {
		h := newHouse(seed, 30*time.Millisecond, 12*time.Millisecond, 5)
		h.run(3 * time.Second)
		for _, ask := range []session.Ask{
			{Do: session.AskPlay},
			{Do: session.AskSeek, PosMS: 200_000},
			{Do: session.AskRate, Rate: 1.5},
			{Do: session.AskPause},
			{Do: session.AskPlay},
		} {
			h.order(ask)
			if apart := h.run(90 * time.Second); apart > 100*time.Millisecond || apart <= 0 && ask.Do != session.AskPause {
				t.Errorf("seed %d: after %+v they are %v apart", seed, ask, apart)
			}
		}
		gently(t, h)
	}
}

func TestOnOneNetworkAllStayWithinFiftyMilliseconds(t *testing.T) {
	for seed := range uint64(10) {
		h := newHouse(seed, time.Millisecond, time.Millisecond/2, 5)
		h.run(3 * time.Second)
		h.order(session.Ask{Do: session.AskPlay})
		if apart := h.run(8 * time.Minute); apart > 50*time.Millisecond || apart <= 0 {
			t.Errorf("seed %d: they are %v apart", seed, apart)
		}
		gently(t, h)
	}
}

// gently fails where a player was pushed by more than two per cent.
func gently(t *testing.T, h *house) {
	t.Helper()
	for i, l := range h.all {
		if l.pushed > .0201 {
			t.Errorf("%d was pushed by %.3f", i, l.pushed)
		}
	}
}

// follower is one that knows the host's clock, on a network of this round trip,
// and was told that the call plays from 10 s on since a second ago.
func follower(roundTrip time.Duration) (f *session.Follower, now time.Time) {
	f, now = &session.Follower{}, epoch
	f.Clock.Add(now.Add(-roundTrip), now.Add(-roundTrip/2), now)
	f.Tell(session.Play{Epoch: 3, Round: 1, Playing: true, PosMS: 10_000, AtHost: now.Add(-time.Second).UnixMilli(), Rate: 1}, now)
	return f, now
}

func TestAPlayerIsCorrectedBySpeedAndFromAfarByAJump(t *testing.T) {
	for _, test := range []struct {
		roundTrip time.Duration
		off       int // ms ahead of the host
		want      session.Move
	}{
		{2 * time.Millisecond, 19, session.Move{Speed: 1}},
		{2 * time.Millisecond, 21, session.Move{Speed: .99}},
		{2 * time.Millisecond, -21, session.Move{Speed: 1.01}},
		{60 * time.Millisecond, -49, session.Move{Speed: 1}},
		{60 * time.Millisecond, -51, session.Move{Speed: 1.01}},
		{60 * time.Millisecond, 400, session.Move{Speed: .98}},
		{60 * time.Millisecond, 1499, session.Move{Speed: .98}},
		{60 * time.Millisecond, -1501, session.Move{Speed: 1, Seek: true, To: 11 * time.Second}},
	} {
		f, now := follower(test.roundTrip)
		at := session.Playhead{Now: now, Round: 1, Playing: true, Length: time.Minute, Speed: 1}
		at.Pos = 11*time.Second + time.Duration(test.off)*time.Millisecond
		if got := f.Follow(at); got != test.want {
			t.Errorf("%d ms off over %v: %+v, want %+v", test.off, test.roundTrip, got, test.want)
		}
	}
}

// A correction goes on until well within the bound, and not for ever.
func TestACorrectionEndsNearer(t *testing.T) {
	f, now := follower(60 * time.Millisecond)
	at := session.Playhead{Now: now, Round: 1, Playing: true, Length: time.Minute, Speed: 1}
	for _, step := range []struct {
		off  time.Duration
		want float64
	}{{-40, 1}, {-60, 1.01}, {-30, 1.01}, {-21, 1.01}, {-19, 1}, {-40, 1}} {
		at.Pos = 11*time.Second + step.off*time.Millisecond
		if got := f.Follow(at).Speed; got != step.want {
			t.Errorf("%d ms off: speed %v, want %v", step.off, got, step.want)
		}
	}
}

func TestNothingIsCorrectedRightAfterACommand(t *testing.T) {
	f, now := follower(2 * time.Millisecond)
	at := session.Playhead{Now: now, Round: 1, Pos: time.Second, Length: time.Minute, Speed: 1}
	if got, want := f.Follow(at), (session.Move{Speed: 1, Seek: true, To: 11 * time.Second, Play: true}); got != want {
		t.Errorf("who comes late does %+v, want %+v", got, want)
	}
	at.Playing, at.Pos = true, 11*time.Second
	at.Now = now.Add(499 * time.Millisecond)
	if got := f.Follow(at); got.Speed != 1 {
		t.Errorf("half a second later: %+v", got)
	}
	at.Now = now.Add(501 * time.Millisecond)
	if got := f.Follow(at); got.Speed == 1 {
		t.Error("and never after")
	}
}

// A card takes a while until it is heard, which the player knows. Who comes while
// the host plays begins so much further on.
func TestWhoComesWhileItPlaysBeginsWhereItWillBeHeard(t *testing.T) {
	f, now := follower(2 * time.Millisecond)
	at := session.Playhead{Now: now, Round: 1, Length: time.Minute, Speed: 1, Delay: 80 * time.Millisecond}
	if got, want := f.Follow(at), (session.Move{Speed: 1, Seek: true, To: 11*time.Second + 80*time.Millisecond, Play: true}); got != want {
		t.Fatalf("who comes does %+v, want %+v", got, want)
	}
	// It was heard 30 ms later than that: 110 in all.
	at.Now, at.Playing, at.Pos = now.Add(time.Second), true, 12*time.Second-30*time.Millisecond
	f.Follow(at)
	at.Playing = false
	if got, want := f.Follow(at).To, 12*time.Second+110*time.Millisecond; got != want {
		t.Errorf("the next time it begins at %v, want %v", got, want)
	}
}

func TestAStartThatWasToldAheadIsWaitedFor(t *testing.T) {
	f, now := follower(2 * time.Millisecond)
	p, _ := f.Playing()
	p = p.Order(session.Ask{Do: session.AskSeek, PosMS: 42_000}, "anna", now, session.Lead(60*time.Millisecond))
	f.Tell(p, now)
	at := session.Playhead{Now: now, Round: 1, Playing: true, Pos: 11 * time.Second, Length: time.Minute, Speed: 1}
	if got, want := f.Follow(at), (session.Move{Speed: 1, Pause: true, Seek: true, To: 42 * time.Second}); got != want {
		t.Errorf("before: %+v, want %+v", got, want)
	}
	at = session.Playhead{Now: now.Add(299 * time.Millisecond), Round: 1, Pos: 42 * time.Second, Length: time.Minute, Speed: 1}
	if got := f.Follow(at); got != (session.Move{Speed: 1}) {
		t.Errorf("still before: %+v", got)
	}
	at.Now = now.Add(300 * time.Millisecond)
	if got := f.Follow(at); !got.Play || got.Seek {
		t.Errorf("then: %+v", got)
	}
}

func TestWhatIsStaleIsIgnoredAndASilentHostIsAway(t *testing.T) {
	f, now := follower(2 * time.Millisecond)
	f.Tell(session.Play{Epoch: 2, Round: 9}, now)
	if p, _ := f.Playing(); p.Round != 1 {
		t.Errorf("what was before counts: %+v", p)
	}
	at := session.Playhead{Now: now.Add(6 * time.Second), Round: 1, Playing: true, Pos: 17 * time.Second, Length: time.Minute, Speed: 1}
	if got, want := f.Follow(at), (session.Move{Speed: 1, Away: true}); got != want {
		t.Errorf("after six seconds of silence: %+v, want %+v", got, want)
	}
	f.Tell(session.Play{Epoch: 4, Round: 2}, at.Now)
	if got := f.Follow(at); got.Open != 2 || got.Away {
		t.Errorf("with the next call: %+v", got)
	}
}

func TestAtTheEndACallEndsByItself(t *testing.T) {
	f, now := follower(2 * time.Millisecond)
	at := session.Playhead{Now: now.Add(time.Minute), Round: 1, Pos: 30 * time.Second, Length: 30 * time.Second, Speed: 1}
	if got := f.Follow(at); got.Play || got.Seek {
		t.Errorf("after the end: %+v", got)
	}
	var nobody session.Follower
	if got := nobody.Follow(at); got != (session.Move{Speed: 1}) {
		t.Errorf("who was told nothing does %+v", got)
	}
}

// Of two answers the quick one counts, until the clocks may have drifted apart
// by more than it was quicker.
func TestTheClockBelievesTheQuickAnswerWhileItIsNew(t *testing.T) {
	var c session.Clock
	if _, ok := c.Host(epoch); ok {
		t.Error("it knows the host's time unasked")
	}
	tell := func(asked, ahead, took time.Duration) {
		c.Add(epoch.Add(asked), epoch.Add(asked+ahead+took/2), epoch.Add(asked+took))
	}
	ahead := func(now time.Duration) time.Duration {
		host, _ := c.Host(epoch.Add(now))
		return host.Sub(epoch.Add(now))
	}
	tell(0, time.Hour, 20*time.Millisecond)
	tell(time.Second, time.Hour+time.Second, 26*time.Millisecond)
	if got := ahead(2 * time.Second); got != time.Hour {
		t.Errorf("at once it believes %v", got)
	}
	tell(100*time.Second, time.Hour+2*time.Second, 26*time.Millisecond)
	if got := ahead(101 * time.Second); got != time.Hour+2*time.Second || c.RoundTrip() != 20*time.Millisecond {
		t.Errorf("later it believes %v", got)
	}
}

func TestAllStartWhenTheSlowestCan(t *testing.T) {
	for slowest, want := range map[time.Duration]time.Duration{0: 300, 100: 300, 200: 400, 900: 1000} {
		if got := session.Lead(slowest * time.Millisecond); got != want*time.Millisecond {
			t.Errorf("with %d ms there and back they start in %v", slowest, got)
		}
	}
}

// TestMessagesSurviveTheirJSON guards names that another version reads.
func TestMessagesSurviveTheirJSON(t *testing.T) {
	for want, message := range map[string]any{
		`{"epoch":2,"round":1,"playing":true,"pos_ms":5,"at_host_ms":9,"rate":1.5,"by":"a","only":"b"}`: session.Play{2, 1, true, 5, 9, 1.5, "a", "b"},
		`{"members":[{"author":"a","name":"Anna","state":"listening"}]}`:                                session.Roster{[]session.Attendee{{"a", "Anna", session.Listening, 0}}},
		`{"do":"seek","pos_ms":5}`: session.Ask{Do: session.AskSeek, PosMS: 5},
	} {
		if raw, err := json.Marshal(message); err != nil || string(raw) != want {
			t.Errorf("%T is written as %s, %v", message, raw, err)
		}
	}
}
