package playback

import "github.com/earshot-app/earshot/review/sound"

// Loop is the span that is looped; empty without one.
func (p *Player) Loop() sound.Span {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.loop
}

// Speed is 1 for the speed it was recorded at.
func (p *Player) Speed() float64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.wish.speed
}

// Skipping reports whether silences are left out.
func (p *Player) Skipping() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.skips
}

// Swapped reports whether the ears are swapped.
func (p *Player) Swapped() bool { return p.mixed().swapped }

// Mono reports whether both ears hear the same.
func (p *Player) Mono() bool { return p.mixed().mono }

// Level is that of one person.
func (p *Player) Level(lane Lane) float64 { return p.mixed().levels[lane] }

// Muted reports whether one person is silenced.
func (p *Player) Muted(lane Lane) bool { return p.mixed().muted[lane] }

func (p *Player) mixed() mixing {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.mixing
}
