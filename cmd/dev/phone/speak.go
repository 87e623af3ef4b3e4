package phone

import (
	"context"
	"encoding/binary"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// studioRate is the rate of espeak-ng's voices, in samples a second.
const studioRate = 22050

// speech is the level at which every voice arrives at the line, RMS of full
// scale: -20 dB, a usual level on telephone lines.
const speech = 0.1

// Speak has espeak-ng say text and returns it at 22.05 kHz between -1 and 1,
// without silence around it and at the line's usual level.
func Speak(ctx context.Context, v Voice, text string) ([]float64, error) {
	dir, err := os.MkdirTemp("", "earshot-voice-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "line.wav")
	cmd := exec.CommandContext(ctx, "espeak-ng", "-b", "1", "-v", v.Name, "-p", strconv.Itoa(v.Pitch),
		"-s", strconv.Itoa(v.Speed), "-w", file, "--stdin")
	cmd.Stdin = strings.NewReader(text)
	if out, err := cmd.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("espeak-ng as %s: %w: %s", v.Name, err, out)
	}
	raw, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	samples, err := studioSamples(raw)
	if err != nil {
		return nil, fmt.Errorf("espeak-ng as %s: %w", v.Name, err)
	}
	return level(trim(samples)), nil
}

// studioSamples reads the one shape of WAV that espeak-ng writes: a 44-byte
// header, then 16-bit mono.
func studioSamples(wav []byte) ([]float64, error) {
	const header = 44
	if len(wav) <= header || binary.LittleEndian.Uint32(wav[24:]) != studioRate {
		return nil, fmt.Errorf("not %d samples a second of speech", studioRate)
	}
	samples := make([]float64, (len(wav)-header)/2)
	for i := range samples {
		samples[i] = float64(int16(binary.LittleEndian.Uint16(wav[header+2*i:]))) / 32768
	}
	return samples, nil
}

// trim cuts what is quieter than -50 dB off both ends.
func trim(samples []float64) []float64 {
	const quiet = 0.003
	first, last := 0, len(samples)
	for first < last && math.Abs(samples[first]) < quiet {
		first++
	}
	for last > first && math.Abs(samples[last-1]) < quiet {
		last--
	}
	return samples[first:last]
}

// level brings the speech, pauses left out, to the line's usual level.
func level(samples []float64) []float64 {
	var power float64
	spoken := 0
	for _, s := range samples {
		if math.Abs(s) > 0.01 {
			power += s * s
			spoken++
		}
	}
	if spoken == 0 {
		return samples
	}
	gain := speech / math.Sqrt(power/float64(spoken))
	for i := range samples {
		samples[i] *= gain
	}
	return samples
}
