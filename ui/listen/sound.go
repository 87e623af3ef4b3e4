package listen

import (
	"context"
	"slices"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/playback"
	"github.com/earshot-app/earshot/review/session"
	"github.com/earshot-app/earshot/review/sound"
	"github.com/earshot-app/earshot/ui/job"
)

// Habits are how the listener likes to hear calls. They hold for every call, and
// whoever makes the page keeps them.
type Habits struct {
	Speed    float64 // playback.Slowest to playback.Fastest
	Skipping bool    // silences are left out
	Mono     bool    // both people on both ears, for a headset with one
	Even     bool    // everyone as loud
}

// speeds are those of [ and ].
var speeds = []float64{playback.Slowest, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.5, playback.Fastest}

// voices is how loud the people of the call are.
type voices struct {
	level [2]float64 // by lane, 0 to 1
	muted [2]bool    // ends with the call: in the next one, nobody would know
}

// changeHabits applies and keeps what the listener has chosen anew.
func (s *Screen) changeHabits(change func(*Habits)) {
	change(&s.model.habits)
	s.applyHabits()
	s.deps.Keep(s.model.habits)
	if s.panelOpen() {
		s.panel()
	}
	s.refresh()
}

func (s *Screen) applyHabits() {
	h := s.model.habits
	s.deps.Player.SetSpeed(s.model.speed())
	s.deps.Player.SetSkipping(h.Skipping && !s.model.inStep())
	s.deps.Player.SetMono(h.Mono)
	s.evenOut()
}

// applySurvey lets the player skip and even out what the pass over the call has
// found, once it has come to its end: half a pass may take a soft voice for
// silence.
func (s *Screen) applySurvey() {
	if s.peaks == nil {
		return
	}
	s.deps.Player.SetSilences(s.peaks.silences())
	s.evenOut()
}

// evenOut makes everyone as loud, if the listener likes that and it is known how
// loud they are. Where another machine in the room is heard, nobody is here.
func (s *Screen) evenOut() {
	var gains []float64
	if s.model.habits.Even && s.peaks != nil && s.peaks.whole {
		gains = s.peaks.survey.Gains
	}
	if s.model.party.quiet() && s.model.inStep() {
		gains = []float64{0, 0}
	}
	s.deps.Player.SetGains(gains)
}

// silences is where nobody says anything, as far as that is known for sure:
// nobody makes a sound, or the customer is on hold.
func (l *lanes) silences() []sound.Span {
	if !l.ended {
		return nil
	}
	return sound.Union(append(l.survey.Peaks.Silences(), l.holds...)...)
}

// speech is where someone speaks. A silence that was skipped holds none, whatever
// its noise looks like, and the music of a hold is none.
func (l *lanes) speech() []sound.Span {
	return sound.Without(l.survey.Peaks.Speech(), append(l.survey.Peaks.Silences(), l.holds...))
}

func (s *Screen) toggleMono() { s.changeHabits(func(h *Habits) { h.Mono = !h.Mono }) }
func (s *Screen) toggleEven() { s.changeHabits(func(h *Habits) { h.Even = !h.Even }) }

func (s *Screen) toggleSkipping() {
	if s.led() {
		s.shell.Toast(s.shell.Say("listen.together.no-skipping", nil), "", nil)
		return
	}
	s.changeHabits(func(h *Habits) { h.Skipping = !h.Skipping })
}

// faster chooses the next speed, or the one before for −1.
func (s *Screen) faster(by int) {
	i := slices.IndexFunc(speeds, func(speed float64) bool { return speed >= s.model.speed() })
	s.setSpeed(speeds[max(0, min(i+by, len(speeds)-1))])
}

// setSpeed plays as fast from now on, for all where all hear the same.
func (s *Screen) setSpeed(speed float64) {
	if s.led() {
		s.ask(session.Ask{Do: session.AskRate, Rate: speed})
		return
	}
	s.changeHabits(func(h *Habits) { h.Speed = speed })
}

// nextSpeed goes through the speeds from the one it was recorded at, for a tap.
func (s *Screen) nextSpeed() {
	if s.model.speed() == playback.Fastest {
		s.setSpeed(1)
		return
	}
	s.faster(1)
}

func (s *Screen) setLevel(lane playback.Lane, level float64) {
	s.model.voices.level[lane] = level
	s.deps.Player.SetLevel(lane, level)
	s.refresh()
}

func (s *Screen) mute(lane playback.Lane, muted bool) {
	s.model.voices.muted[lane] = muted
	s.deps.Player.SetMuted(lane, muted)
	s.refresh()
}

func (s *Screen) toggleMute(lane playback.Lane) { s.mute(lane, !s.model.voices.muted[lane]) }

// unmute lets both be heard again.
func (s *Screen) unmute() {
	for lane := range s.model.voices.muted {
		s.model.voices.muted[lane] = false
		s.deps.Player.SetMuted(playback.Lane(lane), false)
	}
}

// retrySound looks for a sound card once more, and plays on what its loss has
// stopped.
func (s *Screen) retrySound() {
	s.connect(func(err error) {
		if err != nil {
			s.shell.Fail(err)
		} else if c := s.model.call; c != nil && c.interrupted {
			s.start()
		}
	})
}

// connect looks for a sound card, unless it does so already.
func (s *Screen) connect(then func(err error)) {
	if s.connecting {
		return
	}
	s.connecting = true
	job.Run(s.jobs, "", func(context.Context, func(job.Progress)) (struct{}, error) {
		return struct{}{}, s.deps.Retry()
	}, nil, func(_ struct{}, err error) {
		s.connecting = false
		then(err)
		s.refresh()
	})
}

// silence is what to say when nobody hears the call, "" when they do.
func (m *model) silence() string {
	if m.mute == nil {
		return ""
	}
	message, _ := m.texts.Error(m.mute) // the notice has a hint of its own
	return m.texts.Say("listen.silent", review.Args{"why": message})
}
