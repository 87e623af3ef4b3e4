package main

import (
	"sync"

	"github.com/earshot-app/earshot/data/speaker"
	"github.com/earshot-app/earshot/review/playback"
)

// ear is what the player plays through: the sound card, or silence where there
// is none. Its methods may be called from any goroutine.
type ear struct {
	player *playback.Player
	mu     sync.Mutex
	why    error // nobody hears; nil with a card
}

func newEar(p *playback.Player) *ear { return &ear{player: p} }

// connect has the player play to the card, and takes silence when there is none.
// The card is opened when something is to be heard; one that failed before is
// opened now. It may wait for the card, and answers playback.NoDevice or
// playback.DeviceLost.
func (e *ear) connect() error {
	err := e.plug()
	if err != nil {
		e.mute(err)
		return err
	}
	e.set(nil)
	return nil
}

func (e *ear) plug() error {
	if e.failure() != nil {
		return e.player.Use(speaker.Card)
	}
	if err := speaker.Card.Find(); err != nil {
		return err
	}
	e.player.Plug(speaker.Card)
	return nil
}

// mute plays on in silence.
func (e *ear) mute(why error) {
	e.set(why)
	e.player.Plug(playback.NewSilent(playback.System{}))
}

func (e *ear) set(why error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.why = why
}

// failure is why nobody hears the player, nil with a card.
func (e *ear) failure() error {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.why
}
