package meeting_test

import (
	"time"

	"github.com/earshot-app/earshot/review/playback"
	"github.com/earshot-app/earshot/review/sound"
)

// player keeps what it was asked for.
type player struct {
	loaded  bool
	at      time.Duration
	playing bool
}

func (p *player) Load(source playback.Source, at time.Duration, _ []sound.Span) {
	p.loaded, p.at, p.playing = source != nil, at, false
}
func (p *player) Play()                   { p.playing = p.loaded }
func (p *player) Pause()                  { p.playing = false }
func (p *player) Playing() bool           { return p.playing }
func (p *player) Position() time.Duration { return p.at }
func (p *player) SetSwapped(bool)         {}
func (p *player) Played() []sound.Span    { return []sound.Span{{From: time.Second, To: p.at}} }
