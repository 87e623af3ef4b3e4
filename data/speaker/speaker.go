// Package speaker is the computer's sound card as a playback.Output, by beep's
// speaker.
//
// beep opens a card once in the life of a program: opening it again while it
// runs locks up, and when a card failed its driver must not be touched any
// more. So [Card] opens it at the first Start that works, at 48 kHz, and then
// only changes what is played through it; between Stop and Start it plays
// silence. An attempt that failed may be repeated. A card that fails later is
// lost for this run of the program.
//
// It needs cgo (ALSA on Linux, Core Audio on macOS), so only cmd/earshot
// imports it. Without a card libasound writes some lines of its own on stderr.
package speaker

import (
	"fmt"
	"math"
	"sync"
	"time"

	"github.com/faiface/beep"
	"github.com/faiface/beep/speaker"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/playback"
)

const (
	// buffer is how much beep takes at once.
	buffer = 20 * time.Millisecond
	// buffers lie between beep and the ear: beep's own, the mixer's, the
	// driver's, the card's. Measured with a card that is a pipe.
	buffers = 4
	// dead is how long a card may ask for nothing.
	dead = time.Second
)

// Card is the computer's sound card. There is one, as beep has one.
var Card = &Speaker{}

// A Speaker is an Output on a sound card: use [Card].
type Speaker struct {
	mu     sync.Mutex
	opened bool
	fill   playback.Fill // nil while stopped
	asked  time.Time     // when the card last asked for frames
	race   race
}

// Start opens the card, if it is not open yet, and plays what fill gives. It
// fails within some ten milliseconds, with code playback.NoDevice, when there
// is none.
func (s *Speaker) Start(fill playback.Fill) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.opened && (s.race.lost || time.Since(s.asked) > dead) {
		return review.Fail(playback.DeviceLost, nil)
	}
	if !s.opened {
		if err := speaker.Init(playback.Rate, int(playback.Rate*buffer/time.Second)); err != nil {
			return review.Fail(playback.NoDevice, nil).Because(fmt.Errorf("open sound card: %w", err))
		}
		s.opened, s.asked = true, time.Now()
		speaker.Play(beep.StreamerFunc(s.stream))
	}
	s.fill = fill
	return nil
}

// Delay is what the buffers hold.
func (s *Speaker) Delay() time.Duration { return buffers * buffer }

// Stop plays silence from now on.
func (s *Speaker) Stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fill = nil
}

// stream is what beep calls. It never ends: a mixer without streams would be
// no way to find out that the card is gone.
func (s *Speaker) stream(frames [][2]float64) (int, bool) {
	if s.give(frames) {
		// beep does not see that writing to the card fails and asks on as
		// fast as it can. Sleeping saves a processor core; nothing is heard.
		time.Sleep(buffer)
	}
	return len(frames), true
}

// give fills frames and reports whether the card is lost. Then fill is not
// called any more, by which a player finds out.
func (s *Speaker) give(frames [][2]float64) (lost bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked = time.Now()
	if s.race.run(s.asked) || s.fill == nil {
		clear(frames)
		return s.race.lost
	}
	s.fill(frames)
	for i, f := range frames {
		frames[i] = [2]float64{exact(f[0]), exact(f[1])}
	}
	return false
}

// exact makes beep put out the 16-bit sample that x is. beep multiplies by
// 32767 and cuts off the fraction, which takes away the last bit of everything
// and silences what is as quiet as that.
func exact(x float64) float64 {
	sample := math.Round(x * (1 << 15))
	return (sample + math.Copysign(0.25, sample)) / math.MaxInt16
}

// A race notices a card that takes sound faster than anyone can hear it: four
// seconds of it within one. Sound servers take two at the start.
type race struct {
	lost  bool
	begin time.Time
	taken time.Duration // since begin
}

// run counts one more buffer, taken at now.
func (r *race) run(now time.Time) (lost bool) {
	if now.Sub(r.begin) > time.Second {
		r.begin, r.taken = now, 0
	}
	r.taken += buffer
	r.lost = r.lost || r.taken > 4*time.Second
	return r.lost
}
