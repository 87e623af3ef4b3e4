package playback_test

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/playback"
)

func TestTheEndIsToldWhenItWasHeardAndPlayBeginsAnew(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		events := make(chan playback.Event, 10)
		p := newPlayer(t, events)
		use(t, p, newTape(80*time.Millisecond))
		p.Load(ramp(8000, 1, 2*time.Second), 0, nil)
		p.Play()
		begin := time.Now()
		event := <-events
		took := time.Since(begin)
		if event.Kind != playback.Ended || event.Err != nil || (event.At-2*time.Second).Abs() > time.Millisecond {
			t.Errorf("event %+v", event)
		}
		if took < 2080*time.Millisecond || took > 2300*time.Millisecond {
			t.Errorf("2 s with a delay of 80 ms ended after %v", took)
		}
		if p.Playing() {
			t.Error("it still plays")
		}
		p.Play()
		time.Sleep(time.Second)
		if at := p.Position(); !p.Playing() || (at-time.Second).Abs() > 200*time.Millisecond {
			t.Errorf("a second after playing again: at %v, playing %v", at, p.Playing())
		}
	})
}

func TestABrokenRecordingIsPlayedToWhereItBreaks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		events := make(chan playback.Event, 10)
		p := newPlayer(t, events)
		use(t, p, newTape(0))
		broken := review.Fail("broken-recording", nil)
		source := ramp(8000, 1, 10*time.Second)
		source.breaks, source.err = 3*8000, broken
		p.Load(source, time.Second, nil)
		p.Play()
		event := <-events
		if event.Kind != playback.SourceBroke || !errors.Is(event.Err, broken) ||
			(event.At-3*time.Second).Abs() > time.Millisecond || p.Playing() {
			t.Errorf("event %+v, playing %v", event, p.Playing())
		}
		source.mend()
		p.Play()
		time.Sleep(time.Second)
		if at := p.Position(); (at - 4*time.Second).Abs() > 200*time.Millisecond {
			t.Errorf("a second after it was mended the position is %v", at)
		}
	})
}

func TestASlowDiskMakesSilenceAndNoWaiting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, tape := start(t, ramp(8000, 1, 60*time.Second), 0)
		p.Play()
		time.Sleep(time.Second)
		slow := ramp(8000, 1, 60*time.Second)
		slow.delay = 3 * time.Second
		before := time.Now()
		p.Load(slow, 0, nil)
		p.Play()
		p.Seek(time.Second)
		p.SetSpeed(1.5)
		if waited := time.Since(before); waited != 0 {
			t.Errorf("the person waited %v for the disk", waited)
		}
		taken := len(tape.all())
		time.Sleep(2 * time.Second)
		if got := len(tape.all()) - taken; got < 19*playback.Rate/10 {
			t.Errorf("in 2 s the output got %d frames", got)
		}
	})
}

func TestALostOutputPausesAndKeepsThePlace(t *testing.T) {
	for name, takes := range map[string]int{"stalls": 0, "races": 50} { // blocks in a hundredth of a second
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				events := make(chan playback.Event, 10)
				p := newPlayer(t, events)
				output := &jerky{}
				use(t, p, output)
				p.Load(ramp(8000, 1, time.Hour), 10*time.Minute, nil)
				p.Play()
				for range 300 {
					for range takes {
						output.fill(make([][2]float64, 480))
					}
					time.Sleep(10 * time.Millisecond)
					if !p.Playing() {
						break
					}
				}
				synctest.Wait()
				select {
				case event := <-events:
					if event.Kind != playback.OutputLost || review.CodeOf(event.Err) != playback.DeviceLost {
						t.Errorf("event %+v", event)
					}
				default:
					t.Fatal("nobody was told within 3 s")
				}
				if at := p.Position() - 10*time.Minute; p.Playing() || at > 4*time.Second || !output.stopped {
					t.Errorf("playing %v, %v further, output stopped %v", p.Playing(), at, output.stopped)
				}
				use(t, p, newTape(0))
				p.Play()
				time.Sleep(time.Second)
				if at := p.Position() - 10*time.Minute; at < 900*time.Millisecond || at > 5*time.Second {
					t.Errorf("on another output it plays %v further", at)
				}
			})
		})
	}
}

// What was handed to a card that then was gone has not been heard: playing goes
// on with it.
func TestAfterALossPlayingGoesOnWhereItWasLastHeard(t *testing.T) {
	const delay = 80 * time.Millisecond
	for name, c := range map[string]struct {
		takes int           // blocks of 20 ms at once, when the card is gone
		once  bool          // and then none
		back  time.Duration // at most so far before the loss
	}{
		"stalls": {0, false, 100 * time.Millisecond},
		"races":  {50, false, 1200 * time.Millisecond},
		"gulps":  {200, true, 1200 * time.Millisecond},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				events := make(chan playback.Event, 10)
				p := newPlayer(t, events)
				output := &jerky{delay: delay}
				use(t, p, output)
				p.Load(guided(time.Minute), 10*time.Second, nil)
				p.Play()
				run := func(length time.Duration, blocks int) {
					for end := time.Now().Add(length); time.Now().Before(end) && p.Playing(); {
						for range blocks {
							output.fill(make([][2]float64, playback.Rate/50))
						}
						time.Sleep(20 * time.Millisecond)
					}
				}
				run(5020*time.Millisecond, 1) // the player looks at whole seconds
				before := p.Position()
				takes := c.takes
				if c.once {
					run(time.Millisecond, takes)
					takes = 0
				}
				run(5*time.Second, takes)
				synctest.Wait()
				at := p.Position()
				if len(events) != 1 || p.Playing() || at > before || before-at > c.back {
					t.Fatalf("%d events, playing %v; lost at %v, now at %v", len(events), p.Playing(), before, at)
				}
				if event := <-events; event.At != at {
					t.Errorf("told at %v, is at %v", event.At, at)
				}
				time.Sleep(time.Minute)
				card := newTape(0)
				use(t, p, card)
				time.Sleep(time.Second)
				if p.Position() != at || len(card.sounds()) > 0 {
					t.Errorf("another card plays unasked, at %v", p.Position())
				}
				p.Play()
				time.Sleep(time.Second)
				first := card.sounds()[0]
				if heard := guidedPlace(first); (heard - at).Abs() > time.Millisecond {
					t.Errorf("lost at %v, it goes on at %v", at, heard)
				}
			})
		})
	}
}

// A quality manager trusts "heard" only if it could be heard.
func TestWhatNobodyCouldHearIsNotPlayed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPlayer(t, nil)
		play := func(length time.Duration) time.Duration {
			var before, after time.Duration
			for _, s := range p.Played() {
				before += s.To - s.From
			}
			p.Play()
			time.Sleep(length)
			p.Pause()
			time.Sleep(time.Second)
			for _, s := range p.Played() {
				after += s.To - s.From
			}
			return after - before
		}
		use(t, p, playback.NewSilent(playback.System{}))
		p.Load(ramp(8000, 2, time.Minute), 0, nil)
		if got := play(5 * time.Second); got != 0 || p.Position() < 4*time.Second {
			t.Errorf("at %v without a card, %v count as played", p.Position(), got)
		}
		use(t, p, newTape(0))
		if got := play(5 * time.Second); (got - 5*time.Second).Abs() > 100*time.Millisecond {
			t.Errorf("of 5 s through a card %v count as played", got)
		}
		p.SetMuted(playback.Agent, true)
		if got := play(5 * time.Second); (got - 5*time.Second).Abs() > 100*time.Millisecond {
			t.Errorf("of 5 s with the customer alone %v count as played", got)
		}
		p.SetLevel(playback.Customer, 0)
		if got := play(5 * time.Second); got > 100*time.Millisecond {
			t.Errorf("of 5 s with both silenced %v count as played", got)
		}
	})
}
