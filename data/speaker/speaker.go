// Package speaker is the computer's sound card as a playback.Output, by beep's
// speaker.
//
// beep opens a card once in the life of a program: opening it again while it
// runs locks up, and when a card failed its driver must not be touched any
// more. So [Card] opens it at the first Start that works, at 48 kHz, and then
// only changes what is played through it; between Stop and Start it is given
// nothing, which costs nothing. An attempt that failed may be repeated.
// [Speaker.Find] tells beforehand whether there is one.
//
// A card that was given nothing has empty buffers. So it is given some silence
// first: what is played next begins as long after it was given, by
// [Speaker.Delay], as everything that comes later. Some silence also comes last,
// which pushes out what the buffers hold of the sound before.
//
// A card that fails later, as a headset that is pulled out, is lost until a
// Start finds it again: either beep's way to it plays in its time once more, or
// the card is opened anew beside beep, through oto, which beep itself uses.
//
// It needs cgo (ALSA on Linux, Core Audio on macOS), so only cmd/earshot
// imports it. Without a card libasound writes some lines of its own on stderr.
package speaker

import (
	"math"
	"sync"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/playback"
)

const (
	// buffer is how much is taken at once.
	buffer       = 20 * time.Millisecond
	bufferFrames = int(playback.Rate * buffer / time.Second)
	// buffers lie between beep and the ear: beep's own, the mixer's, the
	// driver's, and two in the card's ring. Measured with a card that is a pipe.
	buffers = 5
	// full is how many frames fill all of these and one that is being written.
	full = (buffers + 1) * bufferFrames
	// dead is how long a card may ask for nothing.
	dead = time.Second
	// proof is how long a card that raced is watched before it is trusted
	// again; one that races still does so within a few milliseconds.
	proof = 250 * time.Millisecond
)

// Card is the computer's sound card. There is one, as beep has one.
var Card = newSpeaker(byBeep, byOto)

// A way opens the card and has line called for every buffer from then on, as
// often as the card wants one, or takes it without playing it.
type way func(line *line) error

// A Speaker is an Output on a sound card: use [Card].
type Speaker struct {
	ways []way // that have not been gone yet; the last for ever

	starting sync.Mutex // one Start at a time
	mu       sync.Mutex
	fill     playback.Fill // nil for silence
	line     *line         // to the card, nil while it was never opened
	runs     bool          // from Start to Stop
	started  sync.Cond     // runs is set; on mu
}

func newSpeaker(ways ...way) *Speaker {
	s := &Speaker{ways: ways}
	s.started.L = &s.mu
	return s
}

// A line is one opening of the card. Of all lines only the speaker's is given
// sound; the card behind the others is lost.
type line struct {
	speaker *Speaker
	asked   time.Time // when the card last asked for frames
	rests   bool      // it waits for Start
	silence int       // frames that come before sound, or before it rests
	race    race
}

// Find answers playback.NoDevice where there is no card, without opening one, and
// nil where that cannot be known.
func (s *Speaker) Find() error {
	if err := find(); err != nil {
		return review.Fail(playback.NoDevice, nil).Because(err)
	}
	return nil
}

// Start opens the card, if it is not open yet or was lost, and plays what fill
// gives. It fails with code playback.NoDevice when there is none, within some ten
// milliseconds, and playback.DeviceLost when one that was lost is not back. One
// that went while it was stopped is noticed like one that goes while it plays:
// fill is not called any more.
func (s *Speaker) Start(fill playback.Fill) error {
	s.starting.Lock()
	defer s.starting.Unlock()
	if !s.plays() {
		if err := s.open(); err != nil {
			s.Stop()
			return err
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fill = fill
	return nil
}

// plays has the card run, and reports whether it is open and plays in its time.
// One that raced is watched for a while, as it may have come back by itself.
func (s *Speaker) plays() bool {
	rested := s.run()
	if s.forgive() {
		time.Sleep(proof)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.line != nil && !s.line.race.lost && (rested || time.Since(s.line.asked) < dead)
}

// run lets the lines ask again, and reports whether the speaker's has waited for
// that.
func (s *Speaker) run() (rested bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.runs = true
	s.started.Broadcast()
	return s.line != nil && s.line.rests
}

// forgive forgets that the card raced, and reports whether it did.
func (s *Speaker) forgive() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.line == nil || !s.line.race.lost {
		return false
	}
	s.line.race = race{}
	return true
}

// open opens the card by the next way.
func (s *Speaker) open() error {
	fresh := &line{speaker: s, asked: time.Now(), silence: full}
	if err := s.ways[0](fresh); err != nil {
		code := playback.NoDevice
		if s.line != nil {
			code = playback.DeviceLost
		}
		return review.Fail(code, nil).Because(err)
	}
	if len(s.ways) > 1 {
		s.ways = s.ways[1:]
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.line = fresh
	return nil
}

// Delay is what the buffers hold.
func (s *Speaker) Delay() time.Duration { return buffers * buffer }

// Stop gives the card nothing from now on but a last silence.
func (s *Speaker) Stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.line != nil && s.runs {
		s.line.silence = full
	}
	s.fill, s.runs = nil, false
}

// give fills frames and reports whether the line is lost. Then fill is not
// called any more, by which a player finds out. While the speaker is stopped it
// does not return.
func (l *line) give(frames [][2]float64) (lost bool) {
	s := l.speaker
	s.mu.Lock()
	defer s.mu.Unlock()
	l.rest()
	l.asked = time.Now()
	silent := l.silence > 0
	l.silence = max(0, l.silence-len(frames))
	if l.race.run(l.asked, len(frames)) || s.line != l || s.fill == nil || silent {
		clear(frames)
		return l.race.lost
	}
	s.fill(frames)
	return false
}

// rest waits while the speaker is stopped. The speaker's mu is held.
func (l *line) rest() {
	for !l.speaker.runs && l.silence == 0 {
		l.rests = true
		l.speaker.started.Wait()
	}
	if l.rests {
		l.rests, l.silence = false, full
	}
}

// fail says that the card does not play any more.
func (l *line) fail() {
	l.speaker.mu.Lock()
	defer l.speaker.mu.Unlock()
	l.race.lost = true
}

// sample is the 16-bit sample that x is.
func sample(x float64) float64 {
	return max(math.MinInt16, min(math.MaxInt16, math.Round(x*(1<<15))))
}

// A race notices a card that takes sound faster than anyone can hear it: four
// seconds of it within one. Sound servers take two at the start.
type race struct {
	lost  bool
	begin time.Time
	taken time.Duration // since begin
}

// run counts frames that were taken at now.
func (r *race) run(now time.Time, frames int) (lost bool) {
	if now.Sub(r.begin) > time.Second {
		r.begin, r.taken = now, 0
	}
	r.taken += time.Duration(frames) * time.Second / playback.Rate
	r.lost = r.lost || r.taken > 4*time.Second
	return r.lost
}
