package flac_test

import (
	"bytes"
	"crypto/md5"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/earshot-app/earshot/data/audio/flac"
	"github.com/earshot-app/earshot/data/audio/format"
	"github.com/earshot-app/earshot/data/audio/format/formattest"
	"github.com/earshot-app/earshot/review"
)

// testdata/make.sh tells how the recordings and the sums of what they should
// decode to were made.
func TestSamplesAreThoseOfFfmpegAfterAnySeek(t *testing.T) {
	sums := strings.Fields(string(formattest.Read(t, "testdata/md5")))
	if len(sums) < 2*8 {
		t.Fatalf("sums of %d recordings", len(sums)/2)
	}
	for i := 0; i < len(sums); i += 2 {
		want, name := sums[i], sums[i+1]
		t.Run(name, func(t *testing.T) {
			got := formattest.Seeks(t, formattest.Open(t, flac.Format, "testdata/"+name))
			if sum(got) != want {
				t.Error("other samples than ffmpeg's")
			}
		})
	}
}

func sum(samples []float32) string {
	hash := md5.New()
	for _, x := range samples {
		_ = binary.Write(hash, binary.LittleEndian, int32(float64(x)*(1<<31))) // a hash never fails
	}
	return hex.EncodeToString(hash.Sum(nil))
}

func TestInfoNamesWhatTheHeadersSay(t *testing.T) {
	for name, want := range map[string]format.Info{
		"call.flac":     {Codec: "flac-s16", Rate: 8000, Channels: 2, Frames: 28000},
		"sweep24.flac":  {Codec: "flac-s24", Rate: 24000, Channels: 1, Frames: 9600},
		"tone8.flac":    {Codec: "flac-s8", Rate: 8000, Channels: 2, Frames: 3200},
		"streamed.flac": {Codec: "flac-s16", Rate: 8000, Channels: 1, Frames: 8000},
	} {
		got := formattest.Open(t, flac.Format, "testdata/"+name).Info()
		if got.Container != "flac" || got.Codec != want.Codec || got.Rate != want.Rate ||
			got.Channels != want.Channels || got.Frames != want.Frames {
			t.Errorf("%s: %+v, want %+v", name, got, want)
		}
		if streamed := len(got.Problems) == 1 && got.Problems[0].Code == format.Unfinished; streamed != (name == "streamed.flac") {
			t.Errorf("%s: problems %v", name, got.Problems)
		}
	}
}

// 576 frames a block, 3.5 s: the last good block tells how much is missing.
func TestACutOffRecordingPlaysAsFarAsItIsGood(t *testing.T) {
	file := formattest.Read(t, "testdata/call.flac")
	whole := formattest.Plays(t, formattest.OpenBytes(t, flac.Format, file))
	for _, size := range []int{len(file) - 1, len(file) * 3 / 4, len(file) / 2} {
		d := formattest.OpenBytes(t, flac.Format, file[:size])
		got := formattest.Seeks(t, d)
		lost := time.Duration(28000-len(got)/2) * time.Second / 8000
		if len(got)/2%576 != 0 || !formattest.Equal(got, whole[:len(got)]) {
			t.Errorf("%d of %d bytes: %d frames, want whole blocks of the recording", size, len(file), len(got)/2)
		}
		if p := d.Info().Problems; len(p) != 1 || p[0].Code != format.Truncated || p[0].Args["missing"] != lost {
			t.Errorf("%d of %d bytes: problems %v, want %v missing", size, len(file), p, lost)
		}
	}
}

func TestADamagedFrameEndsTheRecordingThereButNotWhatFollows(t *testing.T) {
	file := formattest.Read(t, "testdata/call.flac")
	whole := formattest.Plays(t, formattest.OpenBytes(t, flac.Format, file))
	file[len(file)/2] ^= 4
	d := formattest.OpenBytes(t, flac.Format, file)
	got, err := formattest.Play(d)
	var broken *review.Error
	at := time.Duration(len(got)/2) * time.Second / 8000
	if !errors.As(err, &broken) || broken.Code != format.Broken || broken.Args["at"] != at || len(got) == 0 {
		t.Fatalf("after %v: %v, want %s there", at, err, format.Broken)
	}
	if !formattest.Equal(got, whole[:len(got)]) {
		t.Error("other samples before the damage")
	}
	if err := d.SeekFrame(27000); err != nil {
		t.Fatal(err)
	}
	if rest, _ := formattest.Play(d); !formattest.Equal(rest, whole[2*27000:]) {
		t.Error("other samples after the damage")
	}
}

func TestBrokenHeadersNameTheReason(t *testing.T) {
	file := formattest.Read(t, "testdata/call.flac")
	with := func(at int, b ...byte) []byte {
		return append(append(bytes.Clone(file[:at]), b...), file[at+len(b):]...)
	}
	for name, c := range map[string]struct {
		file []byte
		want review.Code
	}{
		"nothing after the name": {file[:4], flac.BadFLAC},
		"half a STREAMINFO":      {file[:30], flac.BadFLAC},
		"no frames":              {append([]byte("fLaC\x80\x00\x00\x22"), make([]byte, 34)...), flac.BadFLAC},
		"no STREAMINFO":          {with(4, 4), flac.BadFLAC},
		"rate 0":                 {with(18, 0, 0, 2), flac.BadFLAC},
		"six channels":           {with(20, 0x0A), format.TooManyChannels},
		"32 bits":                {with(20, 0xF3, 0xF0), format.UnsupportedCodec},
	} {
		_, err := flac.New(bytes.NewReader(c.file), int64(len(c.file)))
		if review.CodeOf(err) != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}

func FuzzRead(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.flac")
	for _, name := range files {
		file, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(file)
	}
	f.Fuzz(func(t *testing.T, file []byte) { formattest.Survives(t, flac.Format, file) })
}
