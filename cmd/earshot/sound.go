package main

import (
	"sync"

	"github.com/earshot-app/earshot/data/speaker"
	"github.com/earshot-app/earshot/review/playback"
)

// sound is what the player plays through: the sound card, or silence where
// there is none. Its methods may be called from any goroutine.
type sound struct {
	player *playback.Player
	mu     sync.Mutex
	why    error // nobody hears; nil with a card
}

func newSound(p *playback.Player) *sound { return &sound{player: p} }

// connect tries the card, and takes silence when it cannot be had. It waits for
// the card and answers playback.NoDevice or playback.DeviceLost.
func (s *sound) connect() error {
	err := s.player.Use(speaker.Card)
	if err != nil {
		s.mute(err)
		return err
	}
	s.set(nil)
	return nil
}

// mute plays on in silence.
func (s *sound) mute(why error) {
	s.set(why)
	_ = s.player.Use(playback.NewSilent(playback.System{})) // silence never fails
}

func (s *sound) set(why error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.why = why
}

// failure is why nobody hears the player, nil with a card.
func (s *sound) failure() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.why
}
