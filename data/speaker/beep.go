package speaker

import (
	"fmt"
	"math"
	"time"

	"github.com/faiface/beep"
	"github.com/faiface/beep/speaker"

	"github.com/earshot-app/earshot/review/playback"
)

// byBeep opens the card through beep. One that another program has taken for
// itself is not waited for, as beep would.
func byBeep(l *line) error {
	if err := find(); err != nil {
		return err
	}
	if err := speaker.Init(playback.Rate, bufferFrames); err != nil {
		return fmt.Errorf("open sound card: %w", err)
	}
	speaker.Play(beep.StreamerFunc(l.stream))
	return nil
}

// stream is what beep calls. It never ends: a mixer without streams would be
// no way to find out that the card is gone.
func (l *line) stream(frames [][2]float64) (int, bool) {
	if l.give(frames) {
		// beep does not see that writing to the card fails and asks on as
		// fast as it can. Sleeping saves a processor core; nothing is heard.
		time.Sleep(buffer)
	}
	for i, f := range frames {
		frames[i] = [2]float64{exact(f[0]), exact(f[1])}
	}
	return len(frames), true
}

// exact makes beep put out the 16-bit sample that x is. beep multiplies by
// 32767 and cuts off the fraction, which takes away the last bit of everything
// and silences what is as quiet as that.
func exact(x float64) float64 {
	s := sample(x)
	return (s + math.Copysign(0.25, s)) / math.MaxInt16
}
