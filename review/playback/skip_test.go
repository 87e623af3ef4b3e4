package playback_test

import (
	"fmt"
	"math"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/earshot-app/earshot/review/playback"
	"github.com/earshot-app/earshot/review/sound"
)

var pauses = []sound.Span{span(2, 5), span(7, 9), span(9.2, 12)}

func span(from, to float64) sound.Span {
	return sound.Span{From: time.Duration(from * 1e9), To: time.Duration(to * 1e9)}
}

// Nothing may be added or lost: around each skip every frame is heard once, up
// to the silence and from 0.3 s before its end, and for 10 ms both.
func TestASkipHasNoGapAndIsExactToTheFrame(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, tape := start(t, ramp(playback.Rate, 2, 20*time.Second), 80*time.Millisecond)
		p.SetSilences(pauses)
		p.SetSkipping(true)
		p.Play()
		time.Sleep(6 * time.Second)
		const fade = playback.Rate / 100
		heard := tape.sounds()
		frame, at, splices := 0, 0, map[int]bool{2 * playback.Rate: true, 7 * playback.Rate: true, 92 * playback.Rate / 10: true}
		for at < len(heard) {
			if splices[frame] {
				frame += skipped(frame)
				frame, at = frame+fade, at+fade
				continue
			}
			if at > playback.Rate/100 && frameOf(heard[at][0]) != frame {
				t.Fatalf("after %d frames %d is heard, want %d", at, frameOf(heard[at][0]), frame)
			}
			frame, at = frame+1, at+1
		}
		if frame < 11*playback.Rate {
			t.Errorf("in 6 s playing came to %v", time.Duration(frame)*time.Second/playback.Rate)
		}
	})
}

// skipped is how many frames are left out at the silence that begins at frame.
func skipped(frame int) int {
	for _, s := range pauses {
		if s.From == time.Duration(frame)*time.Second/playback.Rate {
			return int((s.To-s.From-300*time.Millisecond)/time.Millisecond) * playback.Rate / 1000
		}
	}
	return 0
}

func TestThePositionIsWhatTheEarHearsWithSkippingAtAnySpeed(t *testing.T) {
	for _, speed := range []float64{0.5, 1, 1.5, 3} {
		synctest.Test(t, func(t *testing.T) {
			p, tape := start(t, guided(30*time.Second), 80*time.Millisecond)
			p.SetSilences(pauses)
			p.SetSkipping(true)
			p.SetSpeed(speed)
			p.Play()
			watch := watcher{player: p, tape: tape, within: time.Millisecond}
			if speed != 1 {
				watch.within = 15 * time.Millisecond // 12 of them are the stretcher's
			}
			for range 300 {
				time.Sleep(16666 * time.Microsecond)
				watch.look(t)
			}
			if watch.looks < 250 {
				t.Errorf("at %v× there was something to hear %d times of 300", speed, watch.looks)
			}
		})
	}
}

func TestSkippedSilenceIsNotPlayed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, _ := start(t, ramp(8000, 1, 20*time.Second), 0)
		p.SetSilences(pauses)
		p.SetSkipping(true)
		p.SetSpeed(2)
		p.Play()
		time.Sleep(4 * time.Second)
		p.Pause()
		want := []sound.Span{span(0, 2), span(4.7, 7), span(8.7, 9.2), span(11.7, 14.9)}
		near := cmp.Comparer(func(a, b time.Duration) bool { return (a - b).Abs() < 100*time.Millisecond })
		if got := p.Played(); !cmp.Equal(got, want, near) {
			t.Errorf("played %v, want about %v", got, want)
		}
		speech := []sound.Span{span(0, 2), span(5, 7), span(9, 9.2), span(12, 14)}
		if got := sound.Covered(speech, p.Played()); got != 1 {
			t.Errorf("%.3f of the speech was heard, want all", got)
		}
	})
}

func TestSkippingBeginsAndEndsWhilePlaying(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, tape := start(t, guided(30*time.Second), 80*time.Millisecond)
		p.SetSilences(pauses)
		p.Play()
		time.Sleep(3 * time.Second) // amid the first silence
		p.SetSkipping(true)
		time.Sleep(300 * time.Millisecond)
		if heard, _ := tape.place(time.Now()); heard < 4700*time.Millisecond || heard > 5100*time.Millisecond {
			t.Errorf("0.3 s after skipping was chosen %v is heard", heard)
		}
		p.Seek(6800 * time.Millisecond)
		time.Sleep(10 * time.Millisecond) // the skip at 7 s is ready by now
		p.SetSkipping(false)
		time.Sleep(time.Second)
		if heard, _ := tape.place(time.Now()); heard < 7500*time.Millisecond || heard > 7900*time.Millisecond {
			t.Errorf("a second after skipping was ended %v is heard", heard)
		}
	})
}

// Silences become known while the recording is played.
func TestLearningOfSilencesIsNotHeard(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, tape := start(t, &recording{
			rate: playback.Rate, channels: 1, frames: 30 * playback.Rate,
			sample: func(int64, int) float32 { return 1 },
		}, 0)
		p.SetSkipping(true)
		p.Play()
		for i := range pauses {
			time.Sleep(500 * time.Millisecond)
			p.SetSilences(pauses[:i+1])
		}
		time.Sleep(2 * time.Second)
		for i, f := range tape.sounds()[playback.Rate/100:] {
			if f[0] != 1 {
				t.Fatalf("the level is %v at frame %d", f[0], i)
			}
		}
		if at := p.Position(); at < 5*time.Second {
			t.Errorf("after 3.5 s the position is %v: nothing was skipped", at)
		}
	})
}

func TestASpanIsLoopedToTheFrame(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, tape := start(t, ramp(playback.Rate, 1, 20*time.Second), 0)
		p.SetSilences(pauses)
		p.SetSkipping(true)
		p.Play()
		p.SetLoop(span(1.5, 2.25)) // its end is silent, and to be heard
		time.Sleep(4 * time.Second)
		if at := p.Position(); at < 1500*time.Millisecond || at > 2250*time.Millisecond {
			t.Errorf("the position is %v", at)
		}
		const length, fade = 3 * playback.Rate / 4, playback.Rate / 200
		heard := tape.sounds()
		for i := playback.Rate / 100; i < len(heard); i++ {
			want := 3*playback.Rate/2 + i%length
			if got := frameOf(heard[i][0]); i%length >= fade && got != want {
				t.Fatalf("frame %d heard is %d, want %d", i, got, want)
			}
		}
		if want := []sound.Span{span(1.5, 2.25)}; !cmp.Equal(p.Played(), want) {
			t.Errorf("played %v, want %v", p.Played(), want)
		}
		p.SetLoop(sound.Span{})
		time.Sleep(time.Second)
		if at := p.Position(); at < 5*time.Second || p.Loop() != (sound.Span{}) {
			t.Errorf("a second after the loop was ended the position is %v", at)
		}
	})
}

func TestALoopStaysWithinTheRecording(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, tape := start(t, guided(5*time.Second), 0)
		p.SetLoop(span(4.5, 60))
		if p.Position() != 4500*time.Millisecond {
			t.Errorf("a loop elsewhere begins at %v", p.Position())
		}
		p.Play()
		time.Sleep(3 * time.Second)
		if heard, ok := tape.place(time.Now()); !p.Playing() || !ok || heard < 4490*time.Millisecond {
			t.Errorf("after 3 s %v is heard, playing %v", heard, p.Playing())
		}
		p.Seek(time.Second)
		time.Sleep(500 * time.Millisecond)
		if at := p.Position(); at < 1400*time.Millisecond || at > 1600*time.Millisecond {
			t.Errorf("half a second after seeking to 1 s the position is %v", at)
		}
		p.SetLoop(span(3, 3.05))
		if p.Loop() != (sound.Span{}) {
			t.Errorf("so short a loop is %v", p.Loop())
		}
		p.Load(guided(20*time.Second), 0, nil)
		p.SetLoop(span(1, 2))
		p.Load(guided(20*time.Second), 0, nil)
		if p.Loop() != (sound.Span{}) {
			t.Error("another recording is looped")
		}
	})
}

// Whatever is chosen while a recording plays, the position stays what the ear
// hears, and nothing is heard that is not the recording.
func TestThePositionIsWhatTheEarHearsWhateverIsChosen(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		acts := rapid.SliceOfN(rapid.IntRange(0, 7), 1, 8).Draw(r, "acts")
		times := rapid.SliceOfN(rapid.IntRange(0, 14000), len(acts), len(acts)).Draw(r, "times")
		failure := ""
		synctest.Test(t, func(t *testing.T) {
			p, tape := start(t, guided(120*time.Second), 80*time.Millisecond)
			p.SetSilences(pauses)
			p.Play()
			watch := watcher{player: p, tape: tape, within: time.Millisecond}
			for i, act := range acts {
				at := time.Duration(times[i]) * time.Millisecond
				switch act {
				case 0:
					p.Seek(at)
				case 1:
					p.Pause()
				case 2:
					p.Play()
				case 3:
					p.SetSkipping(!p.Skipping())
				case 4:
					p.SetSilences(pauses[:times[i]%4])
				case 5:
					p.SetLoop(sound.Span{From: at, To: at + time.Second})
				case 6:
					p.SetLoop(sound.Span{})
				case 7:
					p.SetSpeed(1.5)
					p.SetSpeed(1)
				}
				time.Sleep(200 * time.Millisecond)
				watch.off = 0
				for range times[i] % 20 {
					time.Sleep(16666 * time.Microsecond)
					if failure = watch.see(); failure != "" {
						return
					}
				}
			}
		})
		if failure != "" {
			r.Fatal(failure)
		}
	})
}

// A watcher compares the position with what is heard.
type watcher struct {
	player *playback.Player
	tape   *tape
	within time.Duration
	looks  int
	off    int // looks in a row that found a difference
}

func (w *watcher) look(t *testing.T) {
	t.Helper()
	if problem := w.see(); problem != "" {
		t.Fatal(problem)
	}
}

// see forgives one look, which may fall on 10 ms in which two places are heard.
func (w *watcher) see() string {
	heard, ok := w.tape.place(time.Now())
	if !ok {
		return ""
	}
	w.looks++
	if at := w.player.Position(); (at - heard).Abs() > w.within {
		if w.off++; w.off > 1 {
			return fmt.Sprintf("the position is %v while %v is heard", at, heard)
		}
		return ""
	}
	w.off = 0
	return ""
}

// guided is a ramp whose right channel tells how far it is faded.
func guided(length time.Duration) *recording {
	r := ramp(playback.Rate, 2, length)
	left := r.sample
	r.sample = func(frame int64, channel int) float32 {
		if channel == 1 {
			return 0.5
		}
		return left(frame, 0)
	}
	return r
}

// place is what is heard of a guided recording, however faded it is. There is
// none in silence.
func (t *tape) place(now time.Time) (time.Duration, bool) {
	f := t.frame(now)
	if math.Abs(f[1]) < 0.01 {
		return 0, false
	}
	return guidedPlace(f), true
}

// guidedPlace is where a frame of a guided recording is from.
func guidedPlace(f [2]float64) time.Duration {
	return time.Duration(frameOf(f[0]*0.5/f[1])) * time.Second / playback.Rate
}
