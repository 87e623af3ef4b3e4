package adpcm_test

import (
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/earshot-app/earshot/data/audio/format"
	"github.com/earshot-app/earshot/data/audio/format/formattest"
	"github.com/earshot-app/earshot/data/audio/wav"
	"github.com/earshot-app/earshot/review"
)

// recordings have this many frames: a padded last block is played where nothing
// says that it is padded.
var recordings = map[string]int64{
	"mono-adpcm_ima_wav": 4040, "stereo-adpcm_ima_wav": 4040, "sox-ima": 4000,
	"mono-adpcm_ms": 4000, "stereo-adpcm_ms": 4000,
}

// testdata/make.sh tells how the recordings and what they should decode to
// were made.
func TestSamplesAreThoseOfFfmpeg(t *testing.T) {
	for name, frames := range recordings {
		d := formattest.Open(t, wav.Format, "testdata/"+name+".wav")
		got := formattest.Plays(t, d)
		want := formattest.ReadS16(t, "testdata/"+name+".s16")
		if d.Info().Frames != frames {
			t.Errorf("%s: %d frames, want %d", name, d.Info().Frames, frames)
		}
		if !formattest.Equal(got, want[:len(got)]) {
			t.Errorf("%s: other samples than ffmpeg's", name)
		}
	}
}

func TestSeekLandsOnTheSample(t *testing.T) {
	for name := range recordings {
		formattest.Seeks(t, formattest.Open(t, wav.Format, "testdata/"+name+".wav"))
	}
}

// A fact chunk is believed only where it can be right.
func TestAWrongNumberOfFramesIsIgnored(t *testing.T) {
	file := formattest.Read(t, "testdata/sox-ima.wav")
	at := strings.Index(string(file), "fact") + 8
	for fact, want := range map[uint32]int64{0: 4040, 1: 4040, 4000: 4000, 4040: 4040, 1 << 31: 4040} {
		binary.LittleEndian.PutUint32(file[at:], fact)
		if got := formattest.OpenBytes(t, wav.Format, file).Info().Frames; got != want {
			t.Errorf("fact %d: %d frames, want %d", fact, got, want)
		}
	}
}

// ffmpeg, too, plays a block that was cut off as far as it goes.
func TestACutOffBlockPlaysAsFarAsItGoes(t *testing.T) {
	for name, lost := range map[string]int{"mono-adpcm_ima_wav": 203, "stereo-adpcm_ms": 301} {
		file := formattest.Read(t, "testdata/"+name+".wav")
		d := formattest.OpenBytes(t, wav.Format, file[:len(file)-lost])
		got := formattest.Plays(t, d)
		want := formattest.ReadS16(t, "testdata/"+name+".s16")
		if len(got) == 0 || !formattest.Equal(got, want[:len(got)]) {
			t.Errorf("%s: other samples than ffmpeg's", name)
		}
		if p := d.Info().Problems; len(p) != 1 || p[0].Code != format.Truncated {
			t.Errorf("%s: problems %v", name, p)
		}
	}
}

func TestABlockHeaderThatCannotBeEndsTheRecordingThere(t *testing.T) {
	for name, offset := range map[string]int{"sox-ima": 2, "mono-adpcm_ms": 0} { // step, predictor
		file := formattest.Read(t, "testdata/"+name+".wav")
		file[strings.Index(string(file), "data")+8+256+offset] = 200
		got, err := formattest.Play(formattest.OpenBytes(t, wav.Format, file))
		if review.CodeOf(err) != format.Broken || len(got) < 490 || len(got) > 510 {
			t.Errorf("%s: after %d samples %v, want the first block, then %s", name, len(got), err, format.Broken)
		}
	}
}

func TestBlocksThatCannotBeAreNotOpened(t *testing.T) {
	for name, align := range map[string]uint16{"mono-adpcm_ima_wav": 3, "stereo-adpcm_ms": 13} {
		file := formattest.Read(t, "testdata/"+name+".wav")
		binary.LittleEndian.PutUint16(file[32:], align)
		_, err := wav.New(strings.NewReader(string(file)), int64(len(file)))
		var failed *review.Error
		if !errors.As(err, &failed) || failed.Code != format.UnsupportedCodec || failed.Args["container"] != "WAV" {
			t.Errorf("%s with blocks of %d bytes: %v", name, align, err)
		}
	}
}

func FuzzDecode(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.wav")
	for _, name := range files {
		file, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(file)
	}
	f.Fuzz(func(t *testing.T, file []byte) { formattest.Survives(t, wav.Format, file) })
}
