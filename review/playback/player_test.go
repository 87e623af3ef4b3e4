package playback_test

import (
	"math"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/earshot-app/earshot/review/playback"
	"github.com/earshot-app/earshot/review/sound"
)

// The tests run in bubbles of testing/synctest: time stands still while
// anything runs, and a goroutine left behind fails the test.

func TestWhatIsHeardIsTheRecording(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, tape := start(t, ramp(playback.Rate, 2, 3*time.Second), 0)
		p.Play()
		time.Sleep(2 * time.Second)
		heard := tape.sounds()
		if len(heard) < 19*playback.Rate/10 {
			t.Fatalf("%d frames heard in 2 s", len(heard))
		}
		for i := playback.Rate / 100; i < len(heard); i++ { // behind the fade
			if frameOf(heard[i][0]) != i || heard[i][1] != -heard[i][0] {
				t.Fatalf("frame %d sounds like frame %d, right %v", i, frameOf(heard[i][0]), heard[i][1])
			}
		}
	})
}

func TestThePositionIsWhatTheEarHears(t *testing.T) {
	for _, delay := range []time.Duration{0, 80 * time.Millisecond} {
		synctest.Test(t, func(t *testing.T) {
			p, tape := start(t, ramp(playback.Rate, 1, 20*time.Second), delay)
			p.Play()
			time.Sleep(time.Second)
			for range 200 { // at 60 times a second, and not in step with the output
				time.Sleep(16666 * time.Microsecond)
				heard := tape.hearing(time.Now())
				if off := p.Position() - heard; off.Abs() > time.Millisecond {
					t.Fatalf("with a delay of %v the position is %v while %v is heard", delay, p.Position(), heard)
				}
			}
		})
	}
}

// Outputs ask for frames early and late; the playhead must not show it.
func TestThePlayheadMovesSmoothlyThoughTheOutputDoesNot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPlayer(t, nil)
		output := &jerky{delay: 80 * time.Millisecond}
		use(t, p, output)
		p.Load(ramp(8000, 1, 60*time.Second), 0, nil)
		p.Play()
		synctest.Wait()
		before := time.Duration(-1)
		for i := range 2000 { // 10 s in steps of 5 ms; blocks of 20 ms, each up to 10 ms late
			if i%4 == []int{0, 1, 2, 1, 0}[i/4%5] {
				output.fill(make([][2]float64, playback.Rate/50))
				synctest.Wait()
			}
			time.Sleep(5 * time.Millisecond)
			now := p.Position()
			if moved := now - before; i > 400 && (moved < 3*time.Millisecond || moved > 7*time.Millisecond) {
				t.Fatalf("in 5 ms the playhead moved by %v", moved)
			}
			before = now
		}
	})
}

func TestSeekIsSeenAtOnceAndHeardSoon(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, tape := start(t, ramp(playback.Rate, 1, 20*time.Second), 0)
		p.Play()
		time.Sleep(time.Second)
		p.Seek(12 * time.Second)
		if p.Position() != 12*time.Second {
			t.Errorf("right after the seek the position is %v", p.Position())
		}
		p.Seek(p.Position() - 2*time.Second)
		p.Seek(p.Position() - 1500*time.Millisecond)
		if p.Position() != 8500*time.Millisecond {
			t.Errorf("after skipping back 2 s and 1.5 s the position is %v", p.Position())
		}
		time.Sleep(150 * time.Millisecond)
		if heard := tape.hearing(time.Now()); (heard-8500*time.Millisecond) < 50*time.Millisecond || heard > 9*time.Second {
			t.Errorf("150 ms after the seek %v is heard", heard)
		}
	})
}

func TestPlacesOutsideAreTakenToTheNearest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, _ := start(t, ramp(8000, 1, 10*time.Second), 0)
		p.Seek(p.Position() - time.Minute)
		if p.Position() != 0 {
			t.Errorf("before the start: %v", p.Position())
		}
		p.Seek(time.Hour)
		if p.Position() != 10*time.Second || p.Duration() != 10*time.Second {
			t.Errorf("behind the end: %v of %v", p.Position(), p.Duration())
		}
	})
}

func TestPauseLosesAndRepeatsNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, tape := start(t, ramp(playback.Rate, 1, 20*time.Second), 80*time.Millisecond)
		p.Play()
		time.Sleep(time.Second)
		p.Pause()
		time.Sleep(time.Second)
		at := p.Position()
		if time.Sleep(time.Second); p.Position() != at || p.Playing() {
			t.Errorf("paused at %v, a second later %v, playing %v", at, p.Position(), p.Playing())
		}
		p.Play()
		if p.Position() != at {
			t.Errorf("playing on from %v at %v", at, p.Position())
		}
		time.Sleep(time.Second)
		heard := tape.sounds()
		if last := frameOf(heard[len(heard)-1][0]); last != len(heard)-1 {
			t.Errorf("%d frames sounded, the last of them is frame %d", len(heard), last)
		}
	})
}

// A jump of the wave clicks. The recording here is a constant, so every change
// is a fade's.
func TestJumpsDoNotClick(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, tape := start(t, &recording{
			rate: playback.Rate, channels: 1, frames: 60 * playback.Rate,
			sample: func(int64, int) float32 { return 1 },
		}, 0)
		p.Play()
		for _, jump := range []func(){
			func() { p.Seek(30 * time.Second) }, p.Pause, p.Play,
			func() { p.SetSwapped(true) }, func() { p.Seek(p.Position() - 10*time.Second) },
		} {
			time.Sleep(200 * time.Millisecond)
			jump()
		}
		time.Sleep(200 * time.Millisecond)
		frames := tape.all()
		for i := 1; i < len(frames); i++ {
			if step := math.Abs(frames[i][0] - frames[i-1][0]); step > 1.0/200 {
				t.Fatalf("the wave jumps by %.3f at frame %d", step, i)
			}
		}
		if frames[len(frames)-1][0] != 1 {
			t.Errorf("at the end the level is %v", frames[len(frames)-1][0])
		}
	})
}

func TestSpeedMovesThePositionAndKeepsThePlace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, _ := start(t, tone(8000, 60*time.Second, 200), 80*time.Millisecond)
		p.SetSpeed(2)
		p.Play()
		time.Sleep(10 * time.Second)
		if at := p.Position(); (at - 20*time.Second).Abs() > 300*time.Millisecond {
			t.Errorf("after 10 s at 2× the position is %v", at)
		}
		before := p.Position()
		p.SetSpeed(1.5)
		for range 40 { // around the change the playhead goes on, neither back nor far ahead
			time.Sleep(5 * time.Millisecond)
			at := p.Position()
			if moved := at - before; moved < 0 || moved > 50*time.Millisecond {
				t.Fatalf("in 5 ms the playhead moved by %v", moved)
			}
			before = at
		}
		time.Sleep(2 * time.Second)
		if moved := p.Position() - before; (moved - 3*time.Second).Abs() > 20*time.Millisecond {
			t.Errorf("in 2 s at 1.5× the position moved by %v", moved)
		}
	})
}

func TestASpeedChosenWhilePausedOrOnTheWayHolds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, _ := start(t, tone(8000, 60*time.Second, 200), 0)
		p.Seek(5 * time.Second)
		p.SetSpeed(2) // before the seek was done
		synctest.Wait()
		p.SetSpeed(9) // the fastest is 3
		if p.Position() != 5*time.Second || p.Speed() != playback.Fastest {
			t.Errorf("at %v with speed %v", p.Position(), p.Speed())
		}
		p.Play()
		time.Sleep(4 * time.Second)
		if at := p.Position(); (at - 17*time.Second).Abs() > 200*time.Millisecond {
			t.Errorf("4 s at 3× from 5 s on lead to %v", at)
		}
	})
}

func TestOneChannelIsHeardOnBothEarsAndTwoCanBeSwapped(t *testing.T) {
	level := []float32{0.5, -0.25}
	for name, c := range map[string]struct {
		channels int
		swapped  bool
		want     [2]float64
	}{
		"stereo":         {2, false, [2]float64{0.5, -0.25}},
		"stereo swapped": {2, true, [2]float64{-0.25, 0.5}},
		"mono":           {1, false, [2]float64{0.5, 0.5}},
		"mono swapped":   {1, true, [2]float64{0.5, 0.5}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p, tape := start(t, &recording{
					rate: 8000, channels: c.channels, frames: 80000,
					sample: func(_ int64, channel int) float32 { return level[channel] },
				}, 0)
				p.Play()
				p.SetSwapped(c.swapped)
				time.Sleep(time.Second)
				frames := tape.all()
				got := frames[len(frames)-1]
				if math.Abs(got[0]-c.want[0]) > 1e-4 || math.Abs(got[1]-c.want[1]) > 1e-4 {
					t.Errorf("heard %v, want %v", got, c.want)
				}
			})
		})
	}
}

func TestPlayedIsWhatWasPlayedAtAnySpeed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, _ := start(t, nil, 0)
		earlier := []sound.Span{{From: 50 * time.Second, To: 55 * time.Second}}
		p.Load(tone(8000, 60*time.Second, 200), 10*time.Second, earlier)
		p.Play()
		time.Sleep(2 * time.Second)
		p.SetSpeed(2)
		time.Sleep(3 * time.Second)
		p.Seek(40 * time.Second)
		time.Sleep(time.Second)
		p.Pause()
		time.Sleep(time.Second)
		want := []sound.Span{
			{From: 10 * time.Second, To: 18 * time.Second},
			{From: 40 * time.Second, To: 42 * time.Second},
			{From: 50 * time.Second, To: 55 * time.Second},
		}
		near := cmp.Comparer(func(a, b time.Duration) bool { return (a - b).Abs() < 200*time.Millisecond })
		if got := p.Played(); !cmp.Equal(got, want, near) {
			t.Errorf("played %v, want about %v", got, want)
		}
		if got := sound.Covered([]sound.Span{{From: 0, To: 20 * time.Second}}, p.Played()); math.Abs(got-0.4) > 0.02 {
			t.Errorf("%.2f of the first 20 s were heard, want about 0.4", got)
		}
	})
}

func TestRecordingsAreClosed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := playback.NewPlayer(playback.System{}, func(playback.Event) {})
		use(t, p, newTape(0))
		sources := []*recording{ramp(8000, 1, time.Second), ramp(8000, 1, time.Second), ramp(8000, 1, time.Second), ramp(8000, 1, time.Second)}
		p.Load(sources[0], 0, nil)
		synctest.Wait()
		p.Load(sources[1], 0, nil) // never read: the next comes at once
		p.Load(sources[2], 0, nil)
		synctest.Wait()
		p.Load(sources[3], 0, nil)
		p.Close()
		for i, s := range sources {
			if s.closed != 1 {
				t.Errorf("recording %d was closed %d times", i, s.closed)
			}
		}
	})
}

func TestWithoutARecordingNothingPlays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, tape := start(t, ramp(8000, 1, 10*time.Second), 0)
		p.Play()
		time.Sleep(time.Second)
		p.Load(nil, 0, nil)
		p.Play()
		p.Seek(p.Position() + time.Second)
		time.Sleep(time.Second)
		if frames := tape.all(); p.Playing() || p.Position() != 0 || p.Duration() != 0 || frames[len(frames)-1][0] != 0 {
			t.Errorf("playing %v at %v of %v", p.Playing(), p.Position(), p.Duration())
		}
	})
}

// jerky is an output that the test drives by hand.
type jerky struct {
	fill    playback.Fill
	delay   time.Duration
	stopped bool
}

func (j *jerky) Start(fill playback.Fill) error { j.fill = fill; return nil }
func (j *jerky) Delay() time.Duration           { return j.delay }
func (j *jerky) Stop()                          { j.stopped = true }

func start(t *testing.T, source *recording, delay time.Duration) (*playback.Player, *tape) {
	t.Helper()
	p, output := newPlayer(t, nil), newTape(delay)
	use(t, p, output)
	if source != nil {
		p.Load(source, 0, nil)
	}
	synctest.Wait()
	return p, output
}

// newPlayer closes itself at the end of the test. Without events none may come.
func newPlayer(t *testing.T, events chan<- playback.Event) *playback.Player {
	t.Helper()
	p := playback.NewPlayer(playback.System{}, func(e playback.Event) {
		if events == nil {
			t.Errorf("unexpected %+v", e)
			return
		}
		events <- e
	})
	t.Cleanup(p.Close)
	return p
}

func use(t *testing.T, p *playback.Player, output playback.Output) {
	t.Helper()
	if err := p.Use(output); err != nil {
		t.Fatal(err)
	}
}
