package speaker

import (
	"errors"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/playback"
)

// A device is what a card does with the lines that are opened to it. It plays
// 20 ms in 20 ms, unless it is out: then it takes sound without playing it.
type device struct {
	out, stuck, left atomic.Bool
	opened           int // lines
}

// open is a way to the device.
func (d *device) open(l *line) error {
	if d.out.Load() {
		return errors.New("no such device")
	}
	d.opened++
	go func() {
		frames := make([][2]float64, bufferFrames)
		for !d.left.Load() {
			if lost := l.give(frames); !d.out.Load() || lost {
				time.Sleep(buffer)
			}
			for d.stuck.Load() && !d.left.Load() {
				time.Sleep(buffer)
			}
		}
	}()
	return nil
}

// TestACardThatIsLostIsFoundAgain goes through what may become of a card between
// two attempts to play: how many lines there are to it, and what Start answers.
func TestACardThatIsLostIsFoundAgain(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	type step struct {
		happens func(*device)
		code    review.Code
		opened  int
	}
	out, in := func(d *device) { d.out.Store(true) }, func(d *device) { d.out.Store(false) }
	for name, steps := range map[string][]step{
		"missing at first":        {{out, playback.NoDevice, 0}, {in, "", 1}, {in, "", 1}},
		"pulled out and put back": {{in, "", 1}, {out, playback.DeviceLost, 1}, {in, "", 1}, {out, playback.DeviceLost, 1}, {in, "", 1}},
		"stuck for a while": {
			{in, "", 1},
			{func(d *device) { d.stuck.Store(true) }, "", 2},
			{func(d *device) { d.stuck.Store(false) }, "", 2},
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := &device{}
				s := newSpeaker(d.open, d.open)
				for i, step := range steps {
					step.happens(d)
					time.Sleep(5 * time.Second)
					s.Stop()
					err := s.Start(constant(0.5))
					if review.CodeOf(err) != step.code || d.opened != step.opened {
						t.Errorf("step %d: %v with %d lines, want %q with %d", i, err, d.opened, step.code, step.opened)
					}
				}
				d.left.Store(true)
				time.Sleep(time.Second) // it leaves
			})
		})
	}
}

// A line that was given up may come to life when another plays already: what it
// takes must not be missing there.
func TestOnlyTheLastLineIsGivenSound(t *testing.T) {
	s := newSpeaker()
	s.run()
	old, now := &line{speaker: s}, &line{speaker: s}
	s.line, s.fill = now, constant(0.5)
	frames := make([][2]float64, 1)
	if old.give(frames); frames[0] != [2]float64{} {
		t.Errorf("the old line was given %v", frames[0])
	}
	if now.give(frames); frames[0] != [2]float64{0.5, 0.5} {
		t.Errorf("the line was given %v", frames[0])
	}
}
