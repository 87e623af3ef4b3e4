package raw_test

import (
	"bytes"
	"encoding/binary"
	"io"
	"math"
	"os"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/earshot-app/earshot/data/audio/format"
	"github.com/earshot-app/earshot/data/audio/format/formattest"
	"github.com/earshot-app/earshot/data/audio/g711"
	"github.com/earshot-app/earshot/data/audio/raw"
	"github.com/earshot-app/earshot/review"
)

// The recordings were made from one call by testdata/make.sh: a second of both
// parties, and of their mix in G.711.
func TestTheExtensionTellsWhatTheSamplesAre(t *testing.T) {
	both := formattest.Read(t, "testdata/both.raw")
	left, mu, a := party(both), formattest.Read(t, "testdata/call.ulaw"), formattest.Read(t, "testdata/call.alaw")
	for extension, c := range map[string]struct {
		file []byte
		want format.Info
	}{
		".ulaw":  {mu, format.Info{Codec: "mulaw", Rate: 8000, Channels: 1, Frames: 8000}},
		".UL":    {mu, format.Info{Codec: "mulaw", Rate: 8000, Channels: 1, Frames: 8000}},
		".pcm":   {mu, format.Info{Codec: "mulaw", Rate: 8000, Channels: 1, Frames: 8000}},
		".alaw":  {a, format.Info{Codec: "alaw", Rate: 8000, Channels: 1, Frames: 8000}},
		".al":    {a, format.Info{Codec: "alaw", Rate: 8000, Channels: 1, Frames: 8000}},
		".sln":   {left, format.Info{Codec: "pcm-s16", Rate: 8000, Channels: 1, Frames: 8000}},
		".raw":   {left, format.Info{Codec: "pcm-s16", Rate: 8000, Channels: 1, Frames: 8000}},
		".sln16": {left, format.Info{Codec: "pcm-s16", Rate: 16000, Channels: 1, Frames: 8000}},
		".sln44": {left, format.Info{Codec: "pcm-s16", Rate: 44100, Channels: 1, Frames: 8000}},
		".gsm":   {formattest.Read(t, "../gsm/testdata/second.gsm"), format.Info{Codec: "gsm", Rate: 8000, Channels: 1, Frames: 8000}},
	} {
		t.Run(extension, func(t *testing.T) {
			got := open(t, extension, c.file).Info()
			c.want.Container = "raw"
			if got.Container != "raw" || got.Codec != c.want.Codec || got.Rate != c.want.Rate ||
				got.Channels != c.want.Channels || got.Frames != c.want.Frames || got.Problems != nil {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		})
	}
}

// Two readings of one extension: the samples themselves tell which is right.
func TestWhatAnExtensionLeavesOpenTheSamplesTell(t *testing.T) {
	both := formattest.Read(t, "testdata/both.raw")
	if got := open(t, ".raw", both).Info(); got.Channels != 2 || got.Frames != 8000 {
		t.Errorf("both parties in .raw: %+v", got)
	}
	if got := open(t, ".pcm", party(both)).Info(); got.Codec != "pcm-s16" {
		t.Errorf("16-bit samples in .pcm: %+v", got)
	}
}

// party is the left channel of 16-bit stereo.
func party(both []byte) (left []byte) {
	for i := 0; i < len(both); i += 4 {
		left = append(left, both[i:i+2]...)
	}
	return left
}

func TestSamplesAreThoseOfTheFile(t *testing.T) {
	want := formattest.ReadS16(t, "testdata/both.raw")
	if got := formattest.Seeks(t, open(t, ".raw", formattest.Read(t, "testdata/both.raw"))); !formattest.Equal(got, want) {
		t.Error("both.raw: other samples than its own")
	}
	for extension, law := range map[string]*[256]float32{".ulaw": g711.MuLaw, ".alaw": g711.ALaw} {
		file := formattest.Read(t, "testdata/call"+extension)
		for i, x := range formattest.Seeks(t, open(t, extension, file)) {
			if x != law[file[i]] {
				t.Fatalf("%s: sample %d is %v, want %v", extension, i, x, law[file[i]])
			}
		}
	}
	gsm := formattest.Plays(t, open(t, ".gsm", formattest.Read(t, "../gsm/testdata/second.gsm")))
	if !formattest.Equal(gsm, formattest.ReadS16(t, "../gsm/testdata/second.gsm.s16")) {
		t.Error("second.gsm: other samples than ffmpeg's")
	}
}

func TestWhatIsNoSoundIsRefused(t *testing.T) {
	english := strings.Repeat("The customer asked for a refund of 12.50, the agent promised one.\n", 99)
	russian := strings.Repeat("Клиент попросил вернуть деньги, оператор обещал помочь.\n", 99)
	packed := formattest.Read(t, "../../../assets/demo/call-01.wav") // no zeros, but noise once it is ciphered
	key := uint32(1)
	for i := range packed {
		key = key*1664525 + 1013904223
		packed[i] ^= byte(key >> 24)
	}
	var wide bytes.Buffer
	_ = binary.Write(&wide, binary.LittleEndian, utf16.Encode([]rune(english))) // a bytes.Buffer never fails
	for name, file := range map[string][]byte{
		"English": []byte(english), "Russian": []byte(russian), "UTF-16": wide.Bytes(),
		"ciphered": packed, "one word": []byte("hello"),
	} {
		for _, extension := range []string{".raw", ".sln", ".ulaw", ".alaw", ".pcm", ".gsm", ".sln16", ".wav", ""} {
			_, err := raw.Open(extension, bytes.NewReader(file), int64(len(file)))
			if review.CodeOf(err) != format.NotARecording {
				t.Errorf("%s in %q: %v, want %s", name, extension, err, format.NotARecording)
			}
		}
	}
}

func TestAFileOfOneValueHoldsNoSound(t *testing.T) {
	for extension, value := range map[string]byte{".sln": 0, ".ulaw": 0xFF, ".alaw": 0xD5} {
		file := bytes.Repeat([]byte{value}, 1<<20)
		if _, err := raw.Open(extension, bytes.NewReader(file), 1<<20); review.CodeOf(err) != format.Empty {
			t.Errorf("%s: %v, want %s", extension, err, format.Empty)
		}
	}
}

// One leg of a call may be digital silence for most of its time.
func TestALegOnWhichAlmostNobodySpokeIsOpened(t *testing.T) {
	file := make([]byte, 1<<20)
	for i := range 800 {
		x := int16(8000 * math.Sin(float64(i)/4))
		binary.LittleEndian.PutUint16(file[700_000+2*i:], uint16(x))
	}
	if got := open(t, ".sln", file).Info().Frames; got != 1<<19 {
		t.Errorf("%d frames, want %d", got, 1<<19)
	}
}

func open(t *testing.T, extension string, file []byte) format.Decoder {
	t.Helper()
	d, err := raw.Open(extension, bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatalf("%s: %v", extension, err)
	}
	return d
}

func FuzzOpen(f *testing.F) {
	for extension, name := range map[string]string{".ulaw": "call.ulaw", ".alaw": "call.alaw", ".raw": "both.raw"} {
		file, err := os.ReadFile("testdata/" + name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(extension, file[:2000])
	}
	f.Fuzz(func(t *testing.T, extension string, file []byte) {
		formattest.Survives(t, format.Format{Open: func(r io.ReaderAt, size int64) (format.Decoder, error) {
			return raw.Open(extension, r, size)
		}}, file)
	})
}
