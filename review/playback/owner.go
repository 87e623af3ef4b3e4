package playback

import (
	"errors"
	"fmt"
	"io"
	"math"

	"github.com/earshot-app/earshot/review"
)

// own is the player's goroutine: the only one that reads the source.
func (p *Player) own() {
	defer close(p.ended)
	defer p.release()
	ticks, stop := p.clock.Every(watchEvery)
	defer stop()
	for {
		select {
		case <-p.quit:
			return
		case <-p.wake:
		case <-ticks:
			p.watch()
		}
		p.fulfil()
		p.makeReady()
	}
}

// fulfil does what was asked for last; what was asked for before it is
// forgotten, so dragging over a waveform never falls behind.
func (p *Player) fulfil() {
	p.mu.Lock()
	w := p.wish
	p.wish.load, p.wish.source, p.wish.jump = false, nil, false
	p.mu.Unlock()
	if w.load {
		p.unload()
		p.source = w.source
	}
	if p.chain != nil {
		p.chain.reel.plan = w.plan
	}
	if w.jump && p.source != nil {
		p.begin(w)
	}
}

// release closes what is loaded and what was still to be.
func (p *Player) release() {
	p.unload()
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.wish.source != nil {
		_ = p.wish.source.Close() // it was never read
	}
}

func (p *Player) unload() {
	p.chain, p.cue = nil, nil
	if p.source != nil {
		_ = p.source.Close() // only read from
		p.source = nil
	}
}

// begin makes the cue of a jump.
func (p *Player) begin(w wish) {
	reel, err := newReel(p.source, int64(math.Round(w.frame)), p.source.Frames(), w.plan)
	p.chain = newChain(reel, w.speed)
	p.cue = &cue{
		number: w.number,
		track:  track{rate: p.source.Rate(), step: p.chain.step, legs: p.chain.legs(), joint: w.joint},
		err:    err,
	}
	p.deck.put(p.cue)
}

// makeReady fills the cue, unless something else is asked for.
func (p *Player) makeReady() {
	for p.cue != nil && p.deck.wants(p.cue) && !p.jumped() {
		frames, err := p.chain.next()
		if err != nil && !errors.Is(err, io.EOF) {
			err = fmt.Errorf("play recording: %w", err)
		}
		p.deck.add(p.cue, frames, p.chain.legs(), err)
	}
}

func (p *Player) jumped() bool {
	select {
	case <-p.quit:
		return true
	default:
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.wish.jump
}

// watch tells about what happened since the last tick.
func (p *Player) watch() {
	now := p.clock.Now()
	if c := p.deck.over(now); c != nil {
		event := Event{Kind: SourceBroke, At: p.Position(), Err: c.err}
		if errors.Is(c.err, io.EOF) {
			event.Kind, event.Err = Ended, nil
		}
		p.notify(event)
	}
	if p.outputIsLost() {
		p.deck.setPlaying(false)
		p.goBack()
		p.notify(Event{Kind: OutputLost, At: p.Position(), Err: review.Fail(DeviceLost, nil)})
	}
}

// outputIsLost stops an output that the watchdog gave up.
func (p *Player) outputIsLost() bool {
	if !p.outputMu.TryLock() {
		return false // it is being changed
	}
	defer p.outputMu.Unlock()
	now := p.clock.Now()
	if p.output == nil {
		return false
	}
	lost := p.dog.lost(now, p.deck.pulled())
	if p.dog.well(now) {
		r := p.deck.reading.Load()
		p.well = place{r.number, r.frame(now)}
	}
	if !lost {
		return false
	}
	p.output.Stop()
	p.output = nil
	return true
}

// A place is a frame of the source, reached by a jump.
type place struct {
	number int
	frame  float64
}

// goBack returns to what was surely heard of an output that is lost: up to
// where it began to race, or without what was on its way when it stalled.
func (p *Player) goBack() {
	r := p.deck.reading.Load()
	frame := r.frame(r.at)
	if p.dog.raced && p.well.number == r.number {
		frame = p.well.frame
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.wish.jump {
		p.jump(max(0, min(p.frames, math.Round(frame))), nil)
	}
}
