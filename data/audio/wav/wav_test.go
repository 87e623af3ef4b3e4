package wav_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/earshot-app/earshot/data/audio/format"
	"github.com/earshot-app/earshot/data/audio/format/formattest"
	"github.com/earshot-app/earshot/data/audio/wav"
	"github.com/earshot-app/earshot/review"
)

// testdata/make.sh tells how the recordings and what they should decode to
// were made.
func TestSamplesAreThoseOfFfmpeg(t *testing.T) {
	files, err := filepath.Glob("testdata/*.wav")
	if err != nil || len(files) < 20 {
		t.Fatalf("%d recordings in testdata (%v)", len(files), err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			d := open(t, read(t, file))
			want := floats(read(t, strings.TrimSuffix(file, ".wav")+".f32"))
			got := readAll(t, d)
			if len(got) != len(want) {
				t.Fatalf("%d samples, want %d", len(got), len(want))
			}
			for i := range want {
				if got[i] != want[i] {
					t.Fatalf("sample %d is %v, want %v", i, got[i], want[i])
				}
			}
			if frames := int64(len(want) / d.Info().Channels); d.Info().Frames != frames {
				t.Errorf("headers say %d frames, %d were read", d.Info().Frames, frames)
			}
		})
	}
}

func TestInfoNamesWhatTheHeadersSay(t *testing.T) {
	for file, want := range map[string]format.Info{
		"mono-pcm_u8.wav":      {Container: "wav", Codec: "pcm-u8", Channels: 1},
		"stereo-pcm_s16le.wav": {Container: "wav", Codec: "pcm-s16", Channels: 2},
		"extensible-s24.wav":   {Container: "wav", Codec: "pcm-s24", Channels: 2},
		"stereo-pcm_s32le.wav": {Container: "wav", Codec: "pcm-s32", Channels: 2},
		"mono-pcm_f32le.wav":   {Container: "wav", Codec: "float32", Channels: 1},
		"mono-pcm_f64le.wav":   {Container: "wav", Codec: "float64", Channels: 1},
		"mono-pcm_alaw.wav":    {Container: "wav", Codec: "alaw", Channels: 1},
		"stereo-pcm_mulaw.wav": {Container: "wav", Codec: "mulaw", Channels: 2},
		"rf64.wav":             {Container: "rf64", Codec: "pcm-s16", Channels: 2},
	} {
		got := open(t, read(t, "testdata/"+file)).Info()
		if got.Container != want.Container || got.Codec != want.Codec || got.Channels != want.Channels ||
			got.Rate != 8000 || got.Duration() != 20*time.Millisecond || got.Problems != nil {
			t.Errorf("%s: %+v (%v), want %+v", file, got, got.Duration(), want)
		}
	}
}

// Seeking must land on the very sample, whatever chunks stand before the data.
func TestSeekLandsOnTheSample(t *testing.T) {
	for _, file := range []string{"list-u8", "bext-s16", "extensible-s24", "rf64", "stereo-pcm_f64le"} {
		d := open(t, read(t, "testdata/"+file+".wav"))
		want := floats(read(t, "testdata/"+file+".f32"))
		channels := int64(d.Info().Channels)
		for _, frame := range []int64{100, 1, 0, 159, 160} {
			if err := d.SeekFrame(frame); err != nil {
				t.Fatalf("%s: seek to %d: %v", file, frame, err)
			}
			if got, rest := readAll(t, d), want[frame*channels:]; !equal(got, rest) {
				t.Errorf("%s: after a seek to frame %d other samples than the rest came", file, frame)
			}
		}
		for _, frame := range []int64{-1, 161} {
			if err := d.SeekFrame(frame); review.CodeOf(err) != review.BadArgument {
				t.Errorf("%s: seek to %d of 160: %v", file, frame, err)
			}
		}
	}
}

// Headers as recorders and crashed writers leave them. The samples are always
// 1, 2, 3, 4 of 16 bits.
func TestDamagedHeadersPlayAsFarAsTheyAreGood(t *testing.T) {
	samples := le(int16(1), int16(2), int16(3), int16(4))
	junk := chunk("LIST", []byte("odd"))
	for name, c := range map[string]struct {
		file    []byte
		frames  int64
		problem review.Code
	}{
		"whole":                 {riff(pcm16(), chunk("data", samples)), 4, ""},
		"odd chunk, padded":     {riff(pcm16(), append(junk, 0), chunk("data", samples)), 4, ""},
		"odd chunk, unpadded":   {riff(pcm16(), junk, chunk("data", samples)), 4, ""},
		"data before fmt":       {riff(chunk("data", samples), pcm16()), 4, ""},
		"data size 0":           {riff(pcm16(), sized("data", 0, samples)), 4, format.Unfinished},
		"data size ffffffff":    {riff(pcm16(), sized("data", 0xFFFFFFFF, samples)), 4, format.Unfinished},
		"data size of sox":      {riff(pcm16(), sized("data", 0x7FFFF000, samples)), 4, format.Unfinished},
		"cut off":               {riff(pcm16(), sized("data", 8+16000, samples)), 4, format.Truncated},
		"cut inside a frame":    {riff(pcm16(), sized("data", 8, samples[:5])), 2, format.Truncated},
		"half a frame too much": {riff(pcm16(), sized("data", 7, samples)), 3, ""},
	} {
		t.Run(name, func(t *testing.T) {
			d := open(t, c.file)
			got := readAll(t, d)
			if int64(len(got)) != c.frames || d.Info().Frames != c.frames {
				t.Fatalf("%d samples and %d frames, want %d", len(got), d.Info().Frames, c.frames)
			}
			for i, x := range got {
				if x != float32(i+1)/32768 {
					t.Errorf("sample %d is %v", i, x*32768)
				}
			}
			var problem review.Code
			for _, p := range d.Info().Problems {
				problem = p.Code
			}
			if problem != c.problem {
				t.Errorf("problem %q, want %q", problem, c.problem)
			}
		})
	}
}

func TestACutOffRecordingSaysHowMuchIsMissing(t *testing.T) {
	d := open(t, riff(pcm16(), sized("data", 8+2*8000*3, le(int16(1), int16(2), int16(3), int16(4)))))
	problems := d.Info().Problems
	if len(problems) != 1 || problems[0].Args["missing"] != 3*time.Second {
		t.Errorf("problems %v, want 3 s missing", problems)
	}
}

func TestBrokenFilesNameTheReason(t *testing.T) {
	data := chunk("data", make([]byte, 16))
	for name, c := range map[string]struct {
		file []byte
		want *review.Error
	}{
		"nothing after the name": {riff(), review.Fail(wav.BadWAV, review.Args{"chunk": "fmt"})},
		"no fmt":                 {riff(data), review.Fail(wav.BadWAV, review.Args{"chunk": "fmt"})},
		"fmt cut off":            {riff(chunk("fmt ", make([]byte, 9)), data), review.Fail(wav.BadWAV, review.Args{"chunk": "fmt"})},
		"no channel":             {riff(fmtChunk(1, 0, 8000, 16), data), review.Fail(wav.BadWAV, review.Args{"chunk": "fmt"})},
		"rate 0":                 {riff(fmtChunk(1, 1, 0, 16), data), review.Fail(wav.BadWAV, review.Args{"chunk": "fmt"})},
		"no data":                {riff(pcm16()), review.Fail(wav.BadWAV, review.Args{"chunk": "data"})},
		"only tiny chunks":       {riff(make([]byte, 1<<20)), review.Fail(wav.BadWAV, review.Args{"chunk": "fmt"})},
		"data of 0 at the end":   {riff(pcm16(), chunk("data", nil)), review.Fail(format.Empty, nil)},
		"data of 0, then LIST":   {riff(pcm16(), chunk("data", nil), chunk("LIST", make([]byte, 8))), review.Fail(format.Empty, nil)},
		"less than a frame":      {riff(pcm16(), chunk("data", []byte{1})), review.Fail(format.Empty, nil)},
		"six channels":           {riff(fmtChunk(1, 6, 8000, 16), data), review.Fail(format.TooManyChannels, review.Args{"channels": 6})},
		"G.729":                  {riff(fmtChunk(0x83, 1, 8000, 0), data), unsupported("G.729")},
		"a tag nobody knows":     {riff(fmtChunk(0xBEEF, 1, 8000, 4), data), unsupported("0xBEEF")},
		"64-bit PCM":             {riff(fmtChunk(1, 1, 8000, 64), data), unsupported("PCM 64 bit")},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := wav.New(bytes.NewReader(c.file), int64(len(c.file)))
			if err == nil || err.Error() != c.want.Error() {
				t.Errorf("got %v, want %v", err, c.want)
			}
		})
	}
}

// One sample that is no number would silence every filter after it for good.
func TestFloatsThatAreNoNumbersAreSilence(t *testing.T) {
	samples := le(float32(0.5), float32(math.NaN()), float32(math.Inf(1)), float32(-0.25))
	got := readAll(t, open(t, riff(fmtChunk(3, 1, 8000, 32), chunk("data", samples))))
	if want := []float32{0.5, 0, 0, -0.25}; !equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestAFileThatShrinksWhilePlayingSaysWhereItBroke(t *testing.T) {
	file := riff(pcm16(), chunk("data", make([]byte, 2*16000)))
	d, err := wav.New(bytes.NewReader(file[:len(file)-16000]), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	frames, err := drain(d)
	var broken *review.Error
	if !errors.As(err, &broken) || broken.Code != format.Broken || broken.Args["at"] != time.Second || frames != 8000 {
		t.Errorf("after %d frames: %v, want %s at 1s", frames, err, format.Broken)
	}
}

func FuzzRead(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.wav")
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add(riff(pcm16(), sized("data", 0xFFFFFFFF, []byte("abcd"))))
	f.Fuzz(func(t *testing.T, file []byte) {
		formattest.Survives(t, wav.Format, file)
	})
}

// drain reads to the error that ends it, checking every sample.
func drain(d format.Decoder) (frames int64, err error) {
	dst := make([]float32, 2*100)
	for {
		n, err := d.ReadFrames(dst)
		frames += int64(n)
		if err != nil {
			return frames, err
		}
		for _, x := range dst[:n*d.Info().Channels] {
			if math.IsNaN(float64(x)) || math.IsInf(float64(x), 0) {
				return frames, errors.New("a sample is no number")
			}
		}
	}
}

func readAll(t *testing.T, d format.Decoder) []float32 {
	t.Helper()
	var all []float32
	dst := make([]float32, 2*7) // small and odd, so that reads end anywhere
	for {
		n, err := d.ReadFrames(dst[:7*d.Info().Channels])
		all = append(all, dst[:n*d.Info().Channels]...)
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil || n == 0 {
			t.Fatalf("read: %d frames, %v", n, err)
		}
	}
}

func open(t *testing.T, file []byte) format.Decoder {
	t.Helper()
	d, err := wav.New(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func read(t *testing.T, file string) []byte {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func unsupported(codec string) *review.Error {
	return review.Fail(format.UnsupportedCodec, review.Args{"container": "WAV", "codec": codec})
}

func riff(chunks ...[]byte) []byte {
	body := append([]byte("WAVE"), bytes.Join(chunks, nil)...)
	return append(append([]byte("RIFF"), le(uint32(len(body)))...), body...)
}

func chunk(id string, body []byte) []byte { return sized(id, uint32(len(body)), body) }

// sized is a chunk whose header may lie about its size.
func sized(id string, size uint32, body []byte) []byte {
	return append(append([]byte(id), le(size)...), body...)
}

func pcm16() []byte { return fmtChunk(1, 1, 8000, 16) }

func fmtChunk(tag, channels uint16, rate uint32, bits uint16) []byte {
	align := channels * ((bits + 7) / 8)
	return chunk("fmt ", le(tag, channels, rate, rate*uint32(align), align, bits))
}

func le(values ...any) []byte {
	var b bytes.Buffer
	for _, v := range values {
		_ = binary.Write(&b, binary.LittleEndian, v) // a bytes.Buffer never fails
	}
	return b.Bytes()
}

func floats(raw []byte) []float32 {
	f := make([]float32, len(raw)/4)
	for i := range f {
		f[i] = math.Float32frombits(binary.LittleEndian.Uint32(raw[4*i:]))
	}
	return f
}

func equal(a, b []float32) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}
