package main

import (
	"path/filepath"
	"testing"
)

// What the figures are is the computer's; what they are about is not.
func TestBenchSaysHowMuchSoundItWasAbout(t *testing.T) {
	c := newCtl(t)
	file := filepath.Join(t.TempDir(), "call.wav")
	writeWAV(t, file) // 80 s at 8 kHz
	for _, b := range []struct {
		args  []string
		sound float64
	}{
		{[]string{"bench", "decode", file}, 80},
		{[]string{"bench", "peaks", file}, 80},
		{[]string{"bench", "seek", file, "--at", "40,79.9"}, (1024 + 800) / 8000.},
		{[]string{"bench", "play", file, "--seconds", "0.2", "--speed", "2"}, 0.4},
		{[]string{"bench", "play", "--seconds", "0.1"}, 0.1},
	} {
		got := get[cost](c, b.args...)
		if got.Sound != b.sound || got.Wall <= 0 || got.Memory == 0 {
			t.Errorf("%v: %+v, want %g s of sound", b.args, got, b.sound)
		}
	}
	c.refuse(exitMisuse, "bad-argument", "bench", "play", "--seconds", "0")
	c.refuse(exitMisuse, "bad-argument", "bench", "play", "--speed", "9")
}
