package playback

import (
	"time"

	"github.com/earshot-app/earshot/review"
)

// restAfter is how long an output is given silence before it rests: somebody who
// pauses to think plays on soon.
const restAfter = 3 * time.Second

// Use plays through output from now on, and stops the one before. It waits for
// the output to start, so call it from a goroutine that may wait. When that
// fails the player is without an output and keeps its place.
func (p *Player) Use(output Output) error {
	p.outputMu.Lock()
	defer p.nudge() // its owner watches the output
	defer p.outputMu.Unlock()
	p.unplug()
	p.output = output
	p.want()
	return p.start()
}

// Plug plays through output from now on, and stops the one before. The first Play
// starts it, and tells by OutputLost where that fails.
func (p *Player) Plug(output Output) {
	p.outputMu.Lock()
	defer p.nudge() // something may play
	defer p.outputMu.Unlock()
	p.unplug()
	p.output = output
	p.deck.connect(output)
}

// Ready has the output awake for the next few seconds, for a Play that is not to
// be late by the start of it.
func (p *Player) Ready() {
	p.want()
	p.nudge()
}

// want notes that the output is wanted.
func (p *Player) want() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.wanted = p.clock.Now()
}

// inUse reports whether the output is wanted or was a short while ago.
func (p *Player) inUse() bool {
	if p.deck.isPlaying() {
		p.want()
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.clock.Now().Sub(p.wanted) < restAfter
}

// start has the output take frames; when that fails there is none. p.outputMu is
// held.
func (p *Player) start() error {
	now := p.clock.Now()
	p.dog, p.well = watchdog{since: now}, p.deck.stands(now)
	p.deck.connect(p.output)
	if err := p.output.Start(p.deck.fill); err != nil {
		p.output = nil
		return err
	}
	p.awake = true
	return nil
}

// unplug stops the output; then there is none. p.outputMu is held.
func (p *Player) unplug() {
	if p.awake {
		p.output.Stop()
	}
	p.output, p.awake = nil, false
}

// rouse starts the output when it is wanted, and reports whether it is awake.
func (p *Player) rouse() bool {
	if !p.outputMu.TryLock() {
		return false // whoever changes it wakes the owner afterwards
	}
	var err error
	if p.output != nil && !p.awake && p.inUse() {
		err = p.start()
	}
	awake := p.awake
	p.outputMu.Unlock()
	if err != nil {
		p.deck.setPlaying(false)
		p.notify(Event{Kind: OutputLost, At: p.Position(), Err: err})
	}
	return awake
}

// stays reports whether the output stays awake, and stops it when it was not
// wanted for a while.
func (p *Player) stays() bool {
	if !p.outputMu.TryLock() {
		return true // it is being changed
	}
	defer p.outputMu.Unlock()
	if p.awake && !p.inUse() {
		p.output.Stop()
		p.awake = false
	}
	return p.awake
}

// A place is a frame of the source, reached by a jump.
type place struct {
	number int
	frame  float64
}

// outputIsLost stops an output that the watchdog gave up. It answers what was
// surely heard of it: up to where it began to race, or without what was on its
// way when it stalled.
func (p *Player) outputIsLost() (heard place, lost bool) {
	if !p.outputMu.TryLock() {
		return place{}, false // it is being changed
	}
	defer p.outputMu.Unlock()
	if !p.awake {
		return place{}, false
	}
	now, r := p.clock.Now(), p.deck.reading.Load()
	lost = p.dog.lost(now, p.deck.pulled())
	if p.dog.well(now) {
		p.well = place{r.number, r.frame(now)}
	}
	heard = place{r.number, r.frame(r.at)}
	if p.dog.raced && p.well.number == r.number {
		heard = p.well
	}
	if lost {
		p.unplug()
	}
	return heard, lost
}

// tellLost pauses at what was surely heard of an output that is lost.
func (p *Player) tellLost(heard place) {
	p.deck.setPlaying(false)
	p.goBack(heard)
	p.notify(Event{Kind: OutputLost, At: p.Position(), Err: review.Fail(DeviceLost, nil)})
}
