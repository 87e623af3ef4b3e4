package playback_test

import (
	"testing"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/playback"
)

// TestLegsAreHeardSideBySideAndPartsInTurn tells the recordings apart by the
// level that each has throughout.
func TestLegsAreHeardSideBySideAndPartsInTurn(t *testing.T) {
	constant := func(level float32) *recording {
		return &recording{rate: 8000, channels: 1, frames: 8000, sample: func(int64, int) float32 { return level }}
	}
	customer := func(part int) review.Recording { return review.Recording{Part: part, Leg: review.CustomerLeg} }
	agent := func(part int) review.Recording { return review.Recording{Part: part, Leg: review.AgentLeg} }
	late := agent(1)
	late.Offset = 500 * time.Millisecond
	for name, c := range map[string]struct {
		recordings []review.Recording
		channels   int
		heard      [][2]float32 // in the middle of each half second; 0.1 is the first recording's level
	}{
		"a pair":               {[]review.Recording{customer(1), agent(1)}, 2, [][2]float32{{0.1, 0.2}, {0.1, 0.2}}},
		"a pair, agent late":   {[]review.Recording{customer(1), late}, 2, [][2]float32{{0.1, 0}, {0.1, 0.2}, {0, 0.2}}},
		"a customer's leg":     {[]review.Recording{customer(1)}, 1, [][2]float32{{0.1}, {0.1}}},
		"an agent's leg":       {[]review.Recording{agent(1)}, 1, [][2]float32{{0.1}, {0.1}}},
		"legs of two parts":    {[]review.Recording{customer(1), agent(2)}, 1, [][2]float32{{0.1}, {0.1}, {0.2}, {0.2}}},
		"whole calls":          {[]review.Recording{{Part: 1}, {Part: 2}}, 1, [][2]float32{{0.1}, {0.1}, {0.2}, {0.2}}},
		"a greeting, two legs": {[]review.Recording{{Part: 1}, customer(2), agent(2)}, 2, [][2]float32{{0.1, 0.1}, {0.1, 0.1}, {0.2, 0.3}, {0.2, 0.3}}},
	} {
		t.Run(name, func(t *testing.T) {
			var sources []playback.Source
			for i := range c.recordings {
				sources = append(sources, constant([]float32{0.1, 0.2, 0.3}[i]))
			}
			call := playback.Assemble(c.recordings, sources)
			all := readAll(t, call)
			if call.Channels() != c.channels || len(all) != len(c.heard)*4000*c.channels {
				t.Fatalf("%d channels, %d samples", call.Channels(), len(all))
			}
			for i, want := range c.heard {
				for channel := range c.channels {
					if got := all[(i*4000+2000)*c.channels+channel]; got != want[channel] {
						t.Errorf("half second %d, channel %d: %v, want %v", i, channel, got, want[channel])
					}
				}
			}
		})
	}
}
