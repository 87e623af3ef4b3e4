package playback_test

import (
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/playback"
)

// plug is a tape that knows whether it is started, or fails to.
type plug struct {
	*tape
	runs   atomic.Bool
	starts atomic.Int32
	err    error
}

func (p *plug) Start(fill playback.Fill) error {
	if p.err != nil {
		return p.err
	}
	p.starts.Add(1)
	p.runs.Store(true)
	return p.tape.Start(fill)
}

func (p *plug) Stop() {
	p.runs.Store(false)
	p.tape.Stop()
}

// TestAnOutputIsOnlyStartedWhereSomethingPlays goes through a quarter of an hour
// in which somebody opens a call, hears a piece, thinks, and hears on.
func TestAnOutputIsOnlyStartedWhereSomethingPlays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPlayer(t, nil)
		card := &plug{tape: newTape(0)}
		p.Plug(card)
		p.Load(guided(5*time.Minute), time.Minute, nil)
		time.Sleep(5 * time.Minute)
		if card.starts.Load() != 0 {
			t.Error("it is started before anything is to play")
		}
		heard := 0
		for i, pause := range []time.Duration{time.Second, 5 * time.Minute, 5 * time.Minute} {
			at := p.Position()
			p.Play()
			time.Sleep(time.Second)
			sounds := card.sounds()[heard:]
			if first := guidedPlace(sounds[0]); (first - at).Abs() > 50*time.Millisecond {
				t.Errorf("%d: from %v it plays on at %v", i, at, first)
			}
			if on := p.Position() - at; on < 900*time.Millisecond || !card.runs.Load() {
				t.Errorf("%d: in a second it plays %v, started %v", i, on, card.runs.Load())
			}
			p.Pause()
			time.Sleep(pause)
			if rests := !card.runs.Load(); rests != (pause > time.Minute) {
				t.Errorf("%d: after a pause of %v it rests: %v", i, pause, rests)
			}
			heard = len(card.sounds())
		}
		if n := card.starts.Load(); n != 2 {
			t.Errorf("it was started %d times, want 2", n)
		}
	})
}

// TestAnOutputThatIsMadeReadyWaitsForPlayAWhile is for a start at a time that
// several people agreed on.
func TestAnOutputThatIsMadeReadyWaitsForPlayAWhile(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPlayer(t, nil)
		card := &plug{tape: newTape(0)}
		p.Plug(card)
		p.Load(guided(time.Minute), 0, nil)
		p.Ready()
		synctest.Wait()
		if !card.runs.Load() || p.Position() != 0 {
			t.Errorf("started %v, at %v; want it started, and nothing played", card.runs.Load(), p.Position())
		}
		time.Sleep(time.Minute)
		if card.runs.Load() {
			t.Error("a minute later it is still awake")
		}
	})
}

func TestAnOutputThatCannotBeStartedIsToldAndKeepsThePlace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		events := make(chan playback.Event, 10)
		p := newPlayer(t, events)
		p.Plug(&plug{tape: newTape(0), err: review.Fail(playback.NoDevice, nil)})
		p.Load(guided(time.Minute), 10*time.Second, nil)
		p.Play()
		event := <-events
		if event.Kind != playback.OutputLost || review.CodeOf(event.Err) != playback.NoDevice || p.Playing() {
			t.Errorf("event %+v, playing %v", event, p.Playing())
		}
		card := newTape(0)
		p.Plug(card)
		p.Play()
		time.Sleep(time.Second)
		if first := guidedPlace(card.sounds()[0]); (first - 10*time.Second).Abs() > time.Millisecond {
			t.Errorf("on another output it begins at %v, want 10 s", first)
		}
	})
}

// TestALossAtTheStartPlaysNothingAway has a card go while it rests: it then takes
// seconds of sound in an instant, of which nothing was heard.
func TestALossAtTheStartPlaysNothingAway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		events := make(chan playback.Event, 10)
		p := newPlayer(t, events)
		card := &jerky{delay: 80 * time.Millisecond}
		p.Plug(card)
		p.Load(ramp(8000, 1, time.Hour), 10*time.Minute, nil)
		p.Play()
		synctest.Wait()
		for range 200 {
			card.fill(make([][2]float64, playback.Rate/50))
		}
		event := <-events
		if event.Kind != playback.OutputLost || event.At != 10*time.Minute {
			t.Errorf("event %+v, want the output lost at 10 min", event)
		}
	})
}
