package speaker

import (
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/playback"
)

// TestACardThatGoesWhileItIsStoppedIsNoticedWhenItIsToPlay pulls out a card that
// nothing is given to, and so nothing is known of.
func TestACardThatGoesWhileItIsStoppedIsNoticedWhenItIsToPlay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := &device{}
		s := newSpeaker(d.open, d.open)
		if err := s.Start(constant(0.5)); err != nil {
			t.Fatal(err)
		}
		s.Stop()
		time.Sleep(time.Minute)
		d.out.Store(true)
		var frames atomic.Int64
		if err := s.Start(func(f [][2]float64) { frames.Add(int64(len(f))) }); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Second)
		noticed := frames.Load()
		time.Sleep(time.Minute)
		if more := frames.Load() - noticed; noticed > 4*playback.Rate || more > 0 {
			t.Errorf("a card that is gone was given %d frames, and %d later", noticed, more)
		}
		if err := s.Start(constant(0.5)); review.CodeOf(err) != playback.DeviceLost {
			t.Errorf("another Start: %v, want %s", err, playback.DeviceLost)
		}
		d.out.Store(false)
		if err := s.Start(constant(0.5)); err != nil {
			t.Errorf("after it was put back: %v", err)
		}
		d.left.Store(true)
		time.Sleep(time.Second) // it leaves
	})
}

// TestWhatBeginsAfterARestIsHeardAfterTheDelay takes sound as a card does whose
// buffers are empty: they must be full of silence when the first sound comes,
// and again before nothing comes any more.
func TestWhatBeginsAfterARestIsHeardAfterTheDelay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const part = bufferFrames / 2
		heard, unplugged := make(chan float64), make(chan struct{})
		s := newSpeaker(func(l *line) error {
			go func() {
				for frames := make([][2]float64, part); ; {
					l.give(frames)
					select {
					case heard <- frames[0][0]:
					case <-unplugged:
						return
					}
				}
			}()
			return nil
		})
		for _, when := range []string{"at first", "after a rest"} {
			if err := s.Start(constant(0.5)); err != nil {
				t.Fatal(err)
			}
			var before, after time.Duration
			for ; <-heard == 0; before += buffer / 2 {
			}
			s.Stop()
			for synctest.Wait(); !s.resting(); synctest.Wait() {
				if after += buffer / 2; <-heard != 0 {
					after = 0
				}
			}
			if most := s.Delay() + buffer; before < s.Delay() || before > most || after < s.Delay() || after > most {
				t.Errorf("%s: %v of silence, sound, %v of silence; want %v to %v of both", when, before, after, s.Delay(), most)
			}
		}
		close(unplugged)
		s.run()
	})
}

// resting reports whether the card waits for Start.
func (s *Speaker) resting() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.line != nil && s.line.rests
}
