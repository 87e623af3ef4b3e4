package phone

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// tone is a second of a sine at 22.05 kHz.
func tone(hz float64) []float64 {
	samples := make([]float64, studioRate)
	for i := range samples {
		samples[i] = 0.5 * math.Sin(2*math.Pi*hz*float64(i)/studioRate)
	}
	return samples
}

// decibels is the level of the middle of samples against a sine of half scale.
func decibels(samples []float64) float64 {
	middle := samples[len(samples)/4 : 3*len(samples)/4]
	var power float64
	for _, s := range middle {
		power += s * s
	}
	return 10 * math.Log10(power/float64(len(middle))/0.125)
}

func TestLineKeepsTheTelephoneBandOnly(t *testing.T) {
	tests := []struct {
		hz, low, high float64 // dB
	}{
		{50, -200, -50},
		{150, -200, -40},
		{500, -0.1, 0.1},
		{1000, -0.1, 0.1},
		{3200, -0.1, 0.1},
		{3800, -200, -50},
		{4500, -200, -50}, // would fold to 3500 Hz
		{7000, -200, -50}, // would fold to 1000 Hz
	}
	for _, test := range tests {
		out := Line(tone(test.hz))
		if len(out) != Rate {
			t.Fatalf("a second became %d samples, want %d", len(out), Rate)
		}
		if got := decibels(out); got < test.low || got > test.high {
			t.Errorf("%g Hz arrives at %.2f dB, want %g to %g", test.hz, got, test.low, test.high)
		}
	}
}

// A resampler that drifts would pass the level test above.
func TestLineKeepsTime(t *testing.T) {
	out := Line(tone(1000))
	for i := Rate / 4; i < 3*Rate/4; i++ {
		want := 0.5 * math.Sin(2*math.Pi*1000*float64(i)/Rate)
		if math.Abs(out[i]-want) > 0.005 {
			t.Fatalf("sample %d is %.4f, want %.4f", i, out[i], want)
		}
	}
}

// ITU-T G.711 table 2a: the ends of the scale, silence and decision values
// (14-bit 31, 95 and 1023 are 16-bit 124, 380 and 4092).
func TestMuLawFollowsG711(t *testing.T) {
	tests := []struct {
		sample int16
		code   byte
	}{
		{0, 0xff},
		{-1, 0x7f},
		{32767, 0x80},
		{-32768, 0x00},
		{124, 0xef},
		{123, 0xf0},
		{380, 0xdf},
		{379, 0xe0},
		{4092, 0xaf},
		{-4092, 0x2f},
	}
	for _, test := range tests {
		if got := MuLaw(test.sample); got != test.code {
			t.Errorf("MuLaw(%d) = %#02x, want %#02x", test.sample, got, test.code)
		}
	}
}

func TestTurnsFollowEachOtherAndOverlapOnRequest(t *testing.T) {
	st := &studio{at: lead, lanes: map[string][]float64{}}
	over := -0.5
	second := make([]float64, studioRate)
	st.say(Turn{Who: customer, Issue: "Bill late", Text: "My bill is late."}, second)
	st.say(Turn{Who: "agent", Pause: &over, Praise: true, Text: "I see."}, second)
	if m := st.issues[0]; m.Issue != "Bill late" || m.At != 0.6 || m.Until != 1.6 || m.Words != "My bill is late." {
		t.Errorf("the customer's moment is %+v, want Bill late from 0.6 to 1.6 s", m)
	}
	if m := st.praise[0]; m.Issue != "" || m.At != 1.1 || m.Until != 2.1 {
		t.Errorf("the agent's moment is %+v, want praise from 1.1 to 2.1 s", m)
	}
}

func TestReadRefusesACallWithoutVoice(t *testing.T) {
	file := filepath.Join(t.TempDir(), "script.json")
	text := `{"voices": {"Dana": {"name": "en"}}, "calls": [{"agent": "Dana", "voice": "june"}]}`
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Read(file); err == nil || !strings.Contains(err.Error(), `call 1: no voice "june"`) {
		t.Errorf("Read answers %v, want that call 1 has no voice june", err)
	}
}
