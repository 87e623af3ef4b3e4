package playback

import "github.com/earshot-app/earshot/review/sound"

// Loop is the span that is looped; empty without one.
func (p *Player) Loop() sound.Span {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.loop
}
