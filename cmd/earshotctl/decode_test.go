package main

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/earshot-app/earshot/review/playback"
)

// What decoders answer is held to ffmpeg in data/audio; here it is what comes
// out at the end of the command.
const fixtures = "../../data/audio/wav/testdata/"

func TestDecodingIsWhatFFmpegDecodes(t *testing.T) {
	c := newCtl(t)
	for _, name := range []string{"stereo-pcm_s16le", "stereo-pcm_mulaw", "mono-pcm_alaw", "mono-pcm_u8", "stereo-pcm_f32le"} {
		out := filepath.Join(t.TempDir(), "out.wav")
		done := get[decoded](c, "decode", fixtures+name+".wav", "-o", out)
		want := steps(t, fixtures+name+".f32")
		got := samplesOf(t, out)
		if done.Rate != 8000 || int(done.Frames)*done.Channels != len(want) || len(got) != len(want) {
			t.Errorf("%s: %+v, %d samples of %d", name, done, len(got), len(want))
			continue
		}
		for i := range want {
			if got[i] != want[i] {
				t.Errorf("%s: sample %d is %d, want %d", name, i, got[i], want[i])
				break
			}
		}
	}
}

func TestDecodingDoesWhatItsFlagsName(t *testing.T) {
	c := newCtl(t)
	dir := t.TempDir()
	in := filepath.Join(dir, "in.wav")
	writeTurns(t, in) // 20 s, of which the third to the tenth are silent
	whole := filepath.Join(dir, "whole.wav")
	get[decoded](c, "decode", in, "-o", whole)
	all := samplesOf(t, whole)
	for _, run := range []struct {
		flags  []string
		frames int64
	}{
		{[]string{"--from", "1.5", "--to", "2.25"}, 6000},
		{[]string{"--from", "19", "--to", "99"}, 8000},
		{[]string{"--speed", "2"}, 80000},
		{[]string{"--skip-silence"}, 160000 - 7*8000 + 2400},
		{[]string{"--skip-silence", "--from", "2", "--speed", "0.5"}, 2 * (160000 - 16000 - 7*8000 + 2400)},
	} {
		out, anchors := filepath.Join(dir, "out.wav"), filepath.Join(dir, "map.json")
		done := get[decoded](c, append([]string{"decode", in, "-o", out, "--map", anchors}, run.flags...)...)
		got := samplesOf(t, out)
		if done.Frames != run.frames || len(got) != int(run.frames) {
			t.Errorf("%v: %d frames in a file of %d, want %d", run.flags, done.Frames, len(got), run.frames)
		}
		for _, a := range readMap(t, anchors) {
			if got[a[0]] != all[a[1]] {
				t.Errorf("%v: frame %d sounds like %d, frame %d of the recording like %d", run.flags, a[0], got[a[0]], a[1], all[a[1]])
			}
		}
	}
}

func TestARecordingIsDecodedAsFarAsItIsGood(t *testing.T) {
	gone := errors.New("disk gone")
	out := filepath.Join(t.TempDir(), "out.wav")
	source := &breaking{frames: 8000, breaks: 3000, err: gone}
	cmd := decodeCmd{Output: out, Map: out + ".json"}
	frames, broke, err := cmd.decode(t.Context(), source, playback.Take{To: 8000, Speed: 1})
	if err != nil || !errors.Is(broke, gone) || frames != 3000 || len(samplesOf(t, out)) != 3000 {
		t.Errorf("%d frames, %v, %v", frames, broke, err)
	}
	source.breaks = 0
	if _, _, err := cmd.decode(t.Context(), source, playback.Take{To: 8000, Speed: 1}); !errors.Is(err, gone) {
		t.Errorf("of a recording without a good frame: %v", err)
	}
	if len(samplesOf(t, out)) != 3000 {
		t.Error("the file that was there is gone")
	}
}

func TestProbingSaysWhatARecordingIsAndWhatIsWrong(t *testing.T) {
	c := newCtl(t)
	got := get[probed](c, "probe", fixtures+"streamed-s16.wav")
	if got.Container != "wav" || got.Codec != "pcm-s16" || got.Rate != 8000 || got.Channels != 2 || got.Frames != 160 || got.Duration != 0.02 {
		t.Errorf("%+v", got)
	}
	if len(got.Problems) != 1 || got.Problems[0].Error != "unfinished-recording" || got.Problems[0].Message == "" {
		t.Errorf("problems %+v", got.Problems)
	}
}

// MP3 is decoded past a damaged part, which is then told of by both commands.
func TestDamageInTheMiddleIsTold(t *testing.T) {
	c := newCtl(t)
	content, err := os.ReadFile("../../data/audio/mp3/testdata/8000-joint-cbr.mp3")
	if err != nil {
		t.Fatal(err)
	}
	for i := range 300 {
		content[len(content)/2+i] ^= 0x5a
	}
	file := filepath.Join(t.TempDir(), "call.mp3")
	if err := os.WriteFile(file, content, 0o600); err != nil {
		t.Fatal(err)
	}
	told := get[probed](c, "probe", file).Problems
	if len(told) != 1 || told[0].Error != "damaged-recording" || told[0].Hint == "" {
		t.Errorf("probe tells %+v", told)
	}
	if got := get[decoded](c, "decode", file, "-o", filepath.Join(t.TempDir(), "out.wav")).Problems; !slices.Equal(got, told) {
		t.Errorf("decode tells %+v, probe %+v", got, told)
	}
}

func TestProbingAndDecodingNeedNoLibrary(t *testing.T) {
	c := newCtl(t)
	get[probed](c, "probe", fixtures+"list-u8.wav")
	get[decoded](c, "decode", fixtures+"list-u8.wav", "-o", filepath.Join(t.TempDir(), "out.wav"))
	if entries, err := os.ReadDir(c.home); err != nil || len(entries) != 0 {
		t.Errorf("the home holds %v (%v), want nothing", entries, err)
	}
}

func TestWhatCannotBeDecoded(t *testing.T) {
	c := newCtl(t)
	in, out := fixtures+"list-u8.wav", filepath.Join(t.TempDir(), "out.wav")
	c.refuse(2, "usage", "decode", in)
	c.refuse(2, "bad-argument", "decode", in, "-o", out, "--speed", "4")
	c.refuse(2, "bad-argument", "decode", in, "-o", out, "--from=-1")
	c.refuse(2, "bad-argument", "decode", in, "-o", out, "--from", "NaN")
	c.refuse(2, "bad-argument", "decode", in, "-o", out, "--from", "1")
	c.refuse(2, "bad-argument", "decode", in, "-o", out, "--from", "0.01", "--to", "0.01")
	c.refuse(1, "missing-recording", "decode", out, "-o", out)
	c.refuse(1, "missing-recording", "probe", out)
	c.refuse(1, "not-a-recording", "probe", "decode_test.go")
	c.refuse(1, "no-folder", "decode", in, "-o", filepath.Join(out, "x", "out.wav"))
}

// What a call centre recorded is nobody's to change, by a link neither.
func TestDecodingKeepsTheRecording(t *testing.T) {
	c := newCtl(t)
	recorded, err := os.ReadFile(fixtures + "list-u8.wav")
	if err != nil {
		t.Fatal(err)
	}
	in := filepath.Join(t.TempDir(), "call.wav")
	link := filepath.Join(t.TempDir(), "link.wav")
	if err := errors.Join(os.WriteFile(in, recorded, 0o600), os.Symlink(in, link)); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "out.wav")
	c.refuse(1, "own-recording", "decode", in, "--speed", "2", "-o", in)
	c.refuse(1, "own-recording", "decode", in, "-o", link)
	c.refuse(1, "own-recording", "decode", in, "-o", out, "--map", in)
	c.refuse(2, "bad-argument", "decode", in, "-o", out, "--map", out)
	if kept, err := os.ReadFile(in); err != nil || !bytes.Equal(kept, recorded) {
		t.Errorf("the recording is changed (%v)", err)
	}
}

// steps is ffmpeg's 32-bit float samples in 16 bits.
func steps(t *testing.T, file string) []int16 {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	steps := make([]int16, len(raw)/4)
	for i := range steps {
		x := math.Float32frombits(binary.LittleEndian.Uint32(raw[4*i:]))
		steps[i] = int16(min(32767, math.RoundToEven(float64(x)*32768)))
	}
	return steps
}

// samplesOf is what stands behind the 44 bytes of a plain WAV header.
func samplesOf(t *testing.T, file string) []int16 {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if len(raw) < 44 || string(raw[36:40]) != "data" || int(binary.LittleEndian.Uint32(raw[40:])) != len(raw)-44 {
		t.Fatalf("%s is no plain WAV file", file)
	}
	samples := make([]int16, (len(raw)-44)/2)
	for i := range samples {
		samples[i] = int16(binary.LittleEndian.Uint16(raw[44+2*i:]))
	}
	return samples
}

func readMap(t *testing.T, file string) (anchors [][2]int64) {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err == nil {
		err = json.Unmarshal(raw, &anchors)
	}
	if err != nil || len(anchors) == 0 {
		t.Fatalf("the map is %s (%v)", raw, err)
	}
	return anchors
}

// writeTurns writes 20 s in µ-law at 8 kHz: noise, with silence from 3 to 10 s.
func writeTurns(t *testing.T, path string) {
	t.Helper()
	const silent = 0xff
	writeWAV(t, path)
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	raw = raw[:44+20*8000]
	for i := range raw[44:] {
		raw[44+i] = byte(uint32(i) * 2654435761 >> 24)
		if second := i / 8000; second >= 3 && second < 10 {
			raw[44+i] = silent
		}
	}
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
}

// breaking is a silent recording that cannot be read from one frame on.
type breaking struct {
	frames, breaks, next int64
	err                  error
}

func (b *breaking) Rate() int     { return 8000 }
func (b *breaking) Channels() int { return 1 }
func (b *breaking) Frames() int64 { return b.frames }
func (b *breaking) Close() error  { return nil }

func (b *breaking) SeekFrame(frame int64) error {
	b.next = frame
	return nil
}

func (b *breaking) ReadFrames(dst []float32) (int, error) {
	n := min(int64(len(dst)), b.frames-b.next, b.breaks-b.next)
	switch {
	case b.next == b.frames:
		return 0, io.EOF
	case n <= 0:
		return 0, b.err
	}
	clear(dst[:n])
	b.next += n
	return int(n), nil
}
