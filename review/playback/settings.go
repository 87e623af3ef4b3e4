package playback

import (
	"slices"

	"github.com/earshot-app/earshot/review/sound"
)

// SetSpeed plays at speed, from [Slowest] to [Fastest], with the pitch kept.
func (p *Player) SetSpeed(speed float64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	speed = max(Slowest, min(Fastest, speed))
	if speed != p.wish.speed {
		p.wish.speed = speed
		p.rejoin()
	}
}

// SetSkipping leaves silences out from now on, but for the last 0.3 s of each,
// or plays them again. While a span is looped all of it is played.
func (p *Player) SetSkipping(skip bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if skip != p.skips {
		p.skips = skip
		p.plan()
		p.rejoin()
	}
}

// SetSilences says where the recording is silent, as sound.Peaks found it. It
// may be called again as more becomes known: what is played goes on unchanged.
func (p *Player) SetSilences(silences []sound.Span) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.silences = slices.Clone(silences)
	p.plan()
}

// SetLoop plays span again and again: at once from its beginning, unless it is
// being played already. Whoever seeks out of it to a later place stays there. A
// span below a tenth of a second ends the loop.
func (p *Player) SetLoop(span sound.Span) {
	p.mu.Lock()
	defer p.mu.Unlock()
	length := timeAt(p.frames, p.rate)
	span.From, span.To = max(0, span.From), min(length-loopFade, span.To)
	if span.To-span.From < shortestLoop {
		span = sound.Span{}
	}
	if span == p.loop {
		return
	}
	p.loop = span
	p.plan()
	if at := p.Position(); span.To > 0 && (at < span.From || at >= span.To) {
		p.jump(p.frameAt(span.From), nil)
		return
	}
	p.rejoin()
}

// SetSwapped plays the first channel on the right ear, as the agent's, and the
// second on the left, as the customer's, or back again.
func (p *Player) SetSwapped(swapped bool) {
	p.change(func(m *mixing) { m.swapped = swapped })
}

// SetMono plays both people on both ears, for a headset with one; or each on
// their own again.
func (p *Player) SetMono(mono bool) { p.change(func(m *mixing) { m.mono = mono }) }

// SetLevel makes one person as loud as level, from 0 for silence to 1 for what
// the recording has. On a recording with one channel it changes nothing.
func (p *Player) SetLevel(lane Lane, level float64) {
	p.change(func(m *mixing) { m.levels[lane] = max(0, min(1, level)) })
}

// SetMuted silences one person and keeps their level for later. On a recording
// with one channel it changes nothing.
func (p *Player) SetMuted(lane Lane, muted bool) {
	p.change(func(m *mixing) { m.muted[lane] = muted })
}

// SetGains evens out how loud the channels of the loaded recording are, by
// sound.Meter's gains; nil leaves them as they were recorded.
func (p *Player) SetGains(gains []float64) {
	gains = slices.Clone(gains)
	p.change(func(m *mixing) { m.gains = gains })
}

// change changes the mixing. It is heard at once and without a click, as the
// sound that is ready is mixed when it is taken.
func (p *Player) change(set func(*mixing)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	set(&p.mixing)
	p.mix()
}

// mix lets the mixing be heard. p.mu is held.
func (p *Player) mix() { p.deck.setMix(p.mixing.matrix()) }

// plan lets silences and the loop be followed from what is read next. p.mu is
// held.
func (p *Player) plan() {
	switch {
	case p.loop.To > 0:
		p.wish.plan = looping(p.loop, p.rate)
	case p.skips:
		p.wish.plan = skipping(p.silences, p.rate)
	default:
		p.wish.plan = nil
	}
	p.nudge()
}
