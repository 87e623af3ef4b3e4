package playback

import (
	"errors"
	"fmt"
	"io"
	"math"
)

// own is the player's goroutine: the only one that reads the source.
func (p *Player) own() {
	defer close(p.ended)
	defer p.release()
	for going := true; going; {
		if p.rouse() {
			going = p.attend()
		} else {
			going = p.doze()
		}
	}
}

// attend does what is asked for as long as the output is awake. It reports
// whether there is more to do.
func (p *Player) attend() bool {
	ticks, stop := p.clock.Every(watchEvery)
	defer stop()
	for p.stays() {
		p.fulfil()
		p.makeReady()
		select {
		case <-p.quit:
			return false
		case <-p.wake:
		case <-ticks:
			p.watch()
		}
	}
	return true
}

// doze does what is asked for while the output rests. No clock wakes it up. It
// reports whether there is more to do.
func (p *Player) doze() bool {
	p.fulfil()
	p.makeReady()
	p.tellEnd() // of a recording that is broken where it stands
	select {
	case <-p.quit:
		return false
	case <-p.wake:
		return true
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
	p.tellEnd()
	if heard, lost := p.outputIsLost(); lost {
		p.tellLost(heard)
	}
}

// tellEnd tells that the last of the recording was heard.
func (p *Player) tellEnd() {
	c := p.deck.over(p.clock.Now())
	if c == nil {
		return
	}
	event := Event{Kind: SourceBroke, At: p.Position(), Err: c.err}
	if errors.Is(c.err, io.EOF) {
		event.Kind, event.Err = Ended, nil
	}
	p.notify(event)
}

// goBack returns to a place that was heard.
func (p *Player) goBack(to place) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.wish.jump {
		p.jump(max(0, min(p.frames, math.Round(to.frame))), nil)
	}
}
