package gsm_test

import (
	"bytes"
	"crypto/md5"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/earshot-app/earshot/data/audio/block"
	"github.com/earshot-app/earshot/data/audio/format"
	"github.com/earshot-app/earshot/data/audio/format/formattest"
	"github.com/earshot-app/earshot/data/audio/gsm"
	"github.com/earshot-app/earshot/data/audio/wav"
	"github.com/earshot-app/earshot/review"
)

// testdata/make.sh tells how the recordings and what they should decode to
// were made.
func TestSamplesAreThoseOfFfmpegAndLibgsm(t *testing.T) {
	for name, d := range map[string]format.Decoder{
		"second.gsm": raw(t, formattest.Read(t, "testdata/second.gsm")),
		"second.wav": formattest.Open(t, wav.Format, "testdata/second.wav"),
	} {
		got := formattest.Plays(t, d)
		want := formattest.ReadS16(t, "testdata/"+name+".s16")
		if !formattest.Equal(got, want) {
			t.Errorf("%s: other samples than ffmpeg's", name)
		}
	}
}

// Sixteen seconds: more than is decoded before a place that was sought.
func TestSeekLandsOnTheSample(t *testing.T) {
	all := formattest.Seeks(t, raw(t, formattest.Read(t, "testdata/speech.gsm")))
	want := strings.TrimSpace(string(formattest.Read(t, "testdata/speech.gsm.md5")))
	if got := sum(all); got != want {
		t.Errorf("the samples have MD5 %s, ffmpeg's have %s", got, want)
	}
	formattest.Seeks(t, formattest.Open(t, wav.Format, "testdata/second.wav"))
}

func sum(samples []float32) string {
	hash := md5.New()
	for _, x := range samples {
		_ = binary.Write(hash, binary.LittleEndian, int16(x*(1<<15))) // a hash never fails
	}
	return hex.EncodeToString(hash.Sum(nil))
}

// The last block of a WAV49 file that was cut off may hold its first frame.
func TestACutOffBlockPlaysItsWholeFrame(t *testing.T) {
	file := formattest.Read(t, "testdata/second.wav")
	want := formattest.ReadS16(t, "testdata/second.wav.s16")
	for lost, frames := range map[int]int{30: 8000 - 160, 40: 8000 - 320} {
		d := formattest.OpenBytes(t, wav.Format, file[:len(file)-lost])
		if got := formattest.Plays(t, d); !formattest.Equal(got, want[:frames]) {
			t.Errorf("without the last %d bytes %d frames came, want the first %d of ffmpeg's", lost, len(got), frames)
		}
		if p := d.Info().Problems; len(p) != 1 || p[0].Code != format.Truncated {
			t.Errorf("without the last %d bytes the problems are %v", lost, p)
		}
	}
}

func TestWhatIsNoFrameEndsTheRecordingThere(t *testing.T) {
	file := formattest.Read(t, "testdata/second.gsm")
	want := formattest.ReadS16(t, "testdata/second.gsm.s16")
	file[33*25] = 0
	d := raw(t, file)
	got, err := formattest.Play(d)
	var broken *review.Error
	if !errors.As(err, &broken) || broken.Code != format.Broken || broken.Args["at"] != 500*time.Millisecond {
		t.Errorf("got %v, want %s at 500 ms", err, format.Broken)
	}
	if !formattest.Equal(got, want[:25*160]) {
		t.Errorf("%d samples came before, want the good half second", len(got))
	}
}

func raw(t testing.TB, file []byte) format.Decoder {
	t.Helper()
	d, err := open(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func FuzzDecode(f *testing.F) {
	for _, name := range []string{"second.gsm", "second.wav"} {
		file, err := os.ReadFile("testdata/" + name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(file, name == "second.gsm")
	}
	f.Fuzz(func(t *testing.T, file []byte, headerless bool) {
		if headerless {
			formattest.Survives(t, format.Format{Open: open}, file)
			return
		}
		formattest.Survives(t, wav.Format, file)
	})
}

func open(r io.ReaderAt, size int64) (format.Decoder, error) {
	frames := block.Frames(gsm.Raw, size)
	if frames == 0 {
		return nil, review.Fail(format.Empty, nil)
	}
	info := format.Info{Container: "raw", Codec: "gsm", Rate: gsm.Rate, Channels: 1, Frames: frames}
	return block.NewReader(info, block.NewFixed(gsm.Raw, r, size)), nil
}
