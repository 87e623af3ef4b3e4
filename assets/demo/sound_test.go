package demo_test

import (
	"io/fs"
	"math"
	"testing"

	"github.com/earshot-app/earshot/assets/demo"
)

// linear decodes one µ-law byte to between -1 and 1, by ITU-T G.711.
func linear(code byte) float64 {
	code = ^code
	magnitude := float64((int(code&0x0f)<<3+0x84)<<(code>>4&7)-0x84) / 32768
	if code&0x80 != 0 {
		return -magnitude
	}
	return magnitude
}

// blocks returns the RMS of each tenth of a second of a lane, and its peak.
func blocks(frames []byte, lane int) (levels []float64, peak float64) {
	const block = 800
	for len(frames) >= 2*block {
		var power float64
		for i := range block {
			v := linear(frames[2*i+lane])
			power += v * v
			peak = math.Max(peak, math.Abs(v))
		}
		levels = append(levels, math.Sqrt(power/block))
		frames = frames[2*block:]
	}
	return levels, peak
}

// What a listener would complain of: distortion, a side that cannot be heard,
// long waits, a line without life.
func TestCallsAreGoodToListenTo(t *testing.T) {
	const voice, headerBytes = 0.02, 58
	for _, call := range truth(t) {
		raw, err := fs.ReadFile(demo.Files(), call.File)
		if err != nil {
			t.Fatal(err)
		}
		var sides [2][]float64
		for lane, name := range []string{"customer", "agent"} {
			levels, peak := blocks(raw[headerBytes:], lane)
			sides[lane] = levels
			spoken, quietest := 0, 1.0
			for _, level := range levels {
				quietest = math.Min(quietest, level)
				if level > voice {
					spoken++
				}
			}
			if peak > 0.9 {
				t.Errorf("%s: the %s peaks at %.2f, close to clipping", call.File, name, peak)
			}
			if spoken < 30 {
				t.Errorf("%s: the %s speaks for only %.1f s", call.File, name, float64(spoken)/10)
			}
			if quietest < 0.0003 || quietest > 0.006 {
				t.Errorf("%s: the %s's line is at %.4f between words, want a faint noise", call.File, name, quietest)
			}
		}
		if s := longestPause(sides, voice); s > 2.5 {
			t.Errorf("%s: nobody speaks for %.1f s", call.File, s)
		}
	}
}

// The customer is left: at a moment the left lane is clearly the louder one,
// though the other side may say "mhm" into its end.
func TestMomentsAreTheCustomersWords(t *testing.T) {
	for _, call := range truth(t) {
		raw, err := fs.ReadFile(demo.Files(), call.File)
		if err != nil {
			t.Fatal(err)
		}
		customer, _ := blocks(raw[58:], 0)
		agent, _ := blocks(raw[58:], 1)
		for _, m := range call.Issues {
			from, to := int(m.At*10), int(m.Until*10)
			if loud(customer[from:to]) < 2*loud(agent[from:to]) {
				t.Errorf("%s at %.1f s: the customer is not the one who speaks", call.File, m.At)
			}
			if loud(customer[from:from+3]) < 0.02 {
				t.Errorf("%s at %.1f s: the words %q do not begin there", call.File, m.At, m.Words)
			}
		}
		for _, m := range call.Praise {
			from, to := int(m.At*10), int(m.Until*10)
			if loud(agent[from:to]) < 2*loud(customer[from:to]) {
				t.Errorf("%s at %.1f s: the agent is not the one who speaks", call.File, m.At)
			}
		}
	}
}

func loud(levels []float64) float64 {
	var power float64
	for _, level := range levels {
		power += level * level
	}
	return math.Sqrt(power / float64(len(levels)))
}

// longestPause is for how many seconds neither side is above voice.
func longestPause(sides [2][]float64, voice float64) float64 {
	longest, now := 0, 0
	for i := range sides[0] {
		now++
		if sides[0][i] > voice || sides[1][i] > voice {
			now = 0
		}
		longest = max(longest, now)
	}
	return float64(longest) / 10
}
