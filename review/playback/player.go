package playback

import (
	"errors"
	"io"
	"sync"
	"time"

	"github.com/earshot-app/earshot/review/sound"
)

// Speeds that voices stay natural at.
const (
	Slowest = 0.5
	Fastest = 3.0
)

// What a player did on its own.
const (
	// Ended: the last of the recording was heard. Playing it again begins at
	// the start.
	Ended EventKind = iota
	// SourceBroke: the recording cannot be read beyond At, and was played to
	// there. Playing again tries again.
	SourceBroke
	// OutputLost: the output stalled or raced, and was stopped, or could not be
	// started. Err has code DeviceLost or NoDevice. Give the player another output.
	OutputLost
)

// EventKind is what happened.
type EventKind int

// An Event is something that a player did on its own. Each means that it does
// not play any more.
type Event struct {
	Kind EventKind
	At   time.Duration // position in the recording
	Err  error         // nil for Ended
}

// A Player plays one recording at a time through one output. Its methods may be
// called from any goroutine and, except Use, Plug and Close, never wait for a
// disk or a sound card.
type Player struct {
	clock  Clock
	notify func(Event)
	deck   *deck
	wake   chan struct{} // there is something to do
	quit   chan struct{}
	ended  chan struct{} // the owner is gone

	mu       sync.Mutex
	wish     wish
	rate     int     // of the loaded source, 0 without
	frames   float64 // of the loaded source
	mixing   mixing
	silences []sound.Span // of the loaded source
	skips    bool
	loop     sound.Span // empty for none
	wanted   time.Time  // when the output was last wanted

	outputMu sync.Mutex
	output   Output // nil without
	awake    bool   // it is started, and not stopped since
	dog      watchdog
	well     place // that was heard when the output was last surely well

	// Only the owner touches these.
	source Source
	chain  *chain
	cue    *cue
}

// A wish is what was asked for and not yet done.
type wish struct {
	load   bool
	source Source // with load; nil to play nothing
	jump   bool
	number int     // of jumps so far
	frame  float64 // to jump to
	joint  *joint  // what the jump goes on from; nil when it goes elsewhere
	speed  float64
	plan   plan
}

// NewPlayer starts a player without a recording and without an output. It calls
// notify, one event after the other, from a goroutine of its own; notify must
// not call Close.
func NewPlayer(clock Clock, notify func(Event)) *Player {
	p := &Player{
		clock: clock, notify: notify,
		wake: make(chan struct{}, 1), quit: make(chan struct{}), ended: make(chan struct{}),
		wish: wish{speed: 1}, mixing: mixing{levels: [2]float64{1, 1}},
	}
	p.deck = &deck{clock: clock, hungry: p.nudge}
	p.deck.reading.Store(still(0, 0))
	go p.own()
	return p
}

// Load takes over source, which the player closes, and stands still at a place
// of it. played is what of it was played on earlier days, from Played. A nil
// source unloads. Silences, gains and the loop of the recording before are
// forgotten; all else stays chosen.
func (p *Player) Load(source Source, at time.Duration, played []sound.Span) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.wish.source != nil {
		_ = p.wish.source.Close() // it was never read
	}
	p.wish.load, p.wish.source = true, source
	p.rate, p.frames = 0, 0
	p.silences, p.loop, p.mixing.channels, p.mixing.gains = nil, sound.Span{}, 0, nil
	if source != nil {
		p.rate, p.frames, p.mixing.channels = source.Rate(), float64(source.Frames()), source.Channels()
	}
	p.deck.load(played)
	p.mix()
	p.plan()
	p.jump(p.frameAt(at), nil)
}

// Play plays on from where it stands; at the end, from the start; where the
// recording broke, it tries again.
func (p *Player) Play() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if err, over := p.deck.atEnd(); over {
		frame := p.deck.reading.Load().frame(p.clock.Now())
		if errors.Is(err, io.EOF) {
			frame = 0
		}
		p.jump(frame, nil)
	}
	p.deck.setPlaying(p.rate > 0)
	p.nudge() // for the output, if it rests
}

// Pause stops where it is.
func (p *Player) Pause() { p.deck.setPlaying(false) }

// Playing reports whether it plays: between Play and Pause or an event.
func (p *Player) Playing() bool { return p.deck.isPlaying() }

// Seek goes to a place, or to the nearest there is.
func (p *Player) Seek(to time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.jump(p.frameAt(to), nil)
}

// Position is what is heard now. It takes no lock and is smooth enough to be
// drawn sixty times a second; while playing it only goes back where a loop begins
// again.
func (p *Player) Position() time.Duration {
	return max(0, p.deck.reading.Load().position(p.clock.Now()))
}

// Delay is how long it takes from Play until something is heard, as far as the
// output knows; 0 without one.
func (p *Player) Delay() time.Duration { return p.deck.late() }

// Duration is the length of the recording, 0 without one.
func (p *Player) Duration() time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	return timeAt(p.frames, p.rate)
}

// Played is what of the recording was handed to an output that played it in
// its time, at any speed, without what was skipped: with sound.Covered it tells
// how much of the speech was heard. What nobody could hear is not in it: what
// was played through a [Silent] output, or with both people silenced.
func (p *Player) Played() []sound.Span {
	p.deck.mu.Lock()
	defer p.deck.mu.Unlock()
	return p.deck.played.all()
}

// Close stops everything and closes the recording. The player cannot be used
// afterwards.
func (p *Player) Close() {
	p.outputMu.Lock()
	p.unplug()
	p.outputMu.Unlock()
	close(p.quit)
	<-p.ended
}

// frameAt is the frame at a time, within the recording. p.mu is held.
func (p *Player) frameAt(at time.Duration) float64 {
	return max(0, min(p.frames, float64(frameAt(at, p.rate))))
}

// jump makes frame the next to be played. p.mu is held.
func (p *Player) jump(frame float64, from *joint) {
	p.wish.jump, p.wish.frame, p.wish.joint = true, frame, from
	p.wish.number++
	var to *reading
	if from == nil {
		to = still(frame, p.rate)
	}
	p.deck.expect(p.wish.number, to)
	p.nudge()
}

// rejoin goes on where playing is, for a chain that has to be built anew; where
// the last jump went if that is still on its way. p.mu is held.
func (p *Player) rejoin() {
	if frame, from, ok := p.deck.upcoming(); ok {
		p.jump(max(0, min(p.frames, frame)), from)
		return
	}
	p.jump(p.wish.frame, p.wish.joint)
}

// nudge wakes the owner. It never waits.
func (p *Player) nudge() {
	select {
	case p.wake <- struct{}{}:
	default:
	}
}
