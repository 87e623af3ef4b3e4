package playback_test

import (
	"math/rand/v2"
	"testing"
	"testing/synctest"
	"time"

	"github.com/earshot-app/earshot/review/playback"
)

// A busy computer lets the output ask late, but for the card's 80 ms, which are
// always full of sound by then, what is heard goes on. Whoever hears together with
// others goes by the playhead, so it must tell what is heard.
func TestThePlayheadTellsWhatIsHeardThoughTheComputerIsBusy(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const block, ring = 20 * time.Millisecond, 80 * time.Millisecond
		p, late := newPlayer(t, nil), rand.New(rand.NewPCG(1, 2))
		output := &jerky{delay: ring}
		use(t, p, output)
		p.Load(ramp(8000, 1, 60*time.Second), 0, nil)
		p.Play()
		synctest.Wait()
		begin := time.Now()
		for due := begin; due.Sub(begin) < 20*time.Second; due = due.Add(block) {
			time.Sleep(time.Until(due.Add(time.Duration(late.Int64N(int64(45 * time.Millisecond))))))
			output.fill(make([][2]float64, int(block.Seconds()*playback.Rate)))
			synctest.Wait()
			heard := time.Since(begin) - ring
			if off := p.Position() - heard; heard > 2*time.Second && off.Abs() > 15*time.Millisecond {
				t.Fatalf("when %v were heard the playhead is off by %v", heard, off)
			}
		}
	})
}
