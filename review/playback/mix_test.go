package playback_test

import (
	"math"
	"testing"
	"testing/synctest"
	"time"

	"github.com/earshot-app/earshot/review/playback"
	"github.com/earshot-app/earshot/review/sound"
)

// The customer is heard on the left, at half of full scale; the agent on the
// right, at a quarter.
func TestWhoIsHeardWhereAndHowLoud(t *testing.T) {
	const c, a = 0.5, 0.25
	for name, x := range map[string]struct {
		channels int
		choose   func(p *playback.Player)
		want     [2]float64
	}{
		"as recorded":        {2, func(*playback.Player) {}, [2]float64{c, a}},
		"customer half":      {2, func(p *playback.Player) { p.SetLevel(playback.Customer, 0.5) }, [2]float64{c / 2, a}},
		"agent muted":        {2, func(p *playback.Player) { p.SetMuted(playback.Agent, true) }, [2]float64{c, 0}},
		"no louder than all": {2, func(p *playback.Player) { p.SetLevel(playback.Agent, 7) }, [2]float64{c, a}},
		"both on both ears":  {2, func(p *playback.Player) { p.SetMono(true) }, [2]float64{(c + a) / 2, (c + a) / 2}},
		"agent muted on both ears": {2, func(p *playback.Player) {
			p.SetMono(true)
			p.SetMuted(playback.Agent, true)
		}, [2]float64{c / 2, c / 2}},
		"evened out": {2, func(p *playback.Player) { p.SetGains([]float64{0.5, 2}) }, [2]float64{c / 2, 2 * a}},
		// Swapped, the second channel is the customer's: who was muted stays so,
		// and what a channel was recorded at stays the channel's.
		"agent muted, swapped": {2, func(p *playback.Player) {
			p.SetMuted(playback.Agent, true)
			p.SetSwapped(true)
		}, [2]float64{a, 0}},
		"evened out, swapped": {2, func(p *playback.Player) {
			p.SetGains([]float64{0.5, 2})
			p.SetSwapped(true)
		}, [2]float64{2 * a, c / 2}},
		"mute ended": {2, func(p *playback.Player) {
			p.SetMuted(playback.Agent, true)
			p.SetMuted(playback.Agent, false)
		}, [2]float64{c, a}},
		"one channel, evened out": {1, func(p *playback.Player) { p.SetGains([]float64{0.5}) }, [2]float64{c / 2, c / 2}},
		"one channel holds both": {1, func(p *playback.Player) {
			p.SetMuted(playback.Agent, true)
			p.SetLevel(playback.Customer, 0.5)
			p.SetMono(true)
		}, [2]float64{c, c}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p, tape := start(t, constant(x.channels, c, a), 0)
				p.Play()
				time.Sleep(100 * time.Millisecond)
				x.choose(p)
				time.Sleep(100 * time.Millisecond)
				frames := tape.all()
				if got := frames[len(frames)-1]; got != x.want {
					t.Errorf("heard %v, want %v", got, x.want)
				}
			})
		})
	}
}

func TestTheMixStaysForTheNextRecordingAndItsLoudnessDoesNot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, tape := start(t, constant(2, 0.5, 0.25), 0)
		p.SetMuted(playback.Agent, true)
		p.SetLevel(playback.Customer, 0.5)
		p.SetGains([]float64{0.1, 0.1})
		p.Load(constant(2, 0.5, 0.25), 0, nil)
		p.Play()
		time.Sleep(200 * time.Millisecond)
		frames := tape.all()
		if got, want := frames[len(frames)-1], [2]float64{0.25, 0}; got != want {
			t.Errorf("heard %v, want %v", got, want)
		}
		if !p.Muted(playback.Agent) || p.Muted(playback.Customer) || p.Level(playback.Customer) != 0.5 || p.Mono() || p.Swapped() {
			t.Error("what is chosen is not what is told")
		}
	})
}

func TestMixingDoesNotClick(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, tape := start(t, constant(2, 1, 1), 0)
		p.Play()
		for _, choose := range []func(){
			func() { p.SetMuted(playback.Agent, true) },
			func() { p.SetMono(true) },
			func() { p.SetGains([]float64{0.7, 3}) },
			func() { p.SetMuted(playback.Agent, false) },
			func() { p.SetSwapped(true) },
			func() { p.SetLevel(playback.Customer, 0) },
			func() { p.SetMono(false) },
		} {
			time.Sleep(100 * time.Millisecond)
			choose()
		}
		time.Sleep(100 * time.Millisecond)
		frames := tape.all()
		for i := 1; i < len(frames); i++ {
			for ear := range 2 {
				if step := math.Abs(frames[i][ear] - frames[i-1][ear]); step > 2.0/200 { // two lanes can change at once
					t.Fatalf("the wave jumps by %.4f at frame %d", step, i)
				}
			}
		}
	})
}

func constant(channels int, levels ...float32) *recording {
	return &recording{
		rate: playback.Rate, channels: channels, frames: 60 * playback.Rate,
		sample: func(_ int64, channel int) float32 { return levels[channel] },
	}
}

// A recording may end or break amid a word, and a skip may leave one level and
// find another: no step is above what 5 ms of fading make.
func TestNeitherTheEndNorASkipClicks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		flipped := constant(1, 1)
		flipped.frames = 3 * playback.Rate
		flipped.sample = func(frame int64, _ int) float32 {
			if frame > 3*playback.Rate/2 {
				return -1
			}
			return 1
		}
		events := make(chan playback.Event, 1)
		p, tape := newPlayer(t, events), newTape(0)
		use(t, p, tape)
		p.Load(flipped, 0, nil)
		p.SetSilences([]sound.Span{span(1, 2.8)})
		p.SetSkipping(true)
		p.Play()
		<-events
		frames := tape.all()
		for i := 1; i < len(frames); i++ {
			if step := math.Abs(frames[i][0] - frames[i-1][0]); step > 1.0/200 {
				t.Fatalf("the wave jumps by %.4f at frame %d", step, i)
			}
		}
	})
}
