package audio_test

import (
	"math"
	"testing"

	"github.com/earshot-app/earshot/data/audio"
	"github.com/earshot-app/earshot/data/audio/format/formattest"
)

// A recorder that writes MP3 into WAV gives what ffmpeg decodes it to
// (mp3/testdata/make.sh).
func TestMP3InWAVIsDecoded(t *testing.T) {
	source := open(t, "mp3/testdata/wav-8000-mono.wav")
	want := formattest.ReadS16(t, "mp3/testdata/wav-8000-mono.s16")
	if source.Frames() != int64(len(want)) || source.Rate() != 8000 || source.Channels() != 1 {
		t.Fatalf("%d frames of %d channels at %d", source.Frames(), source.Channels(), source.Rate())
	}
	for i := 0; i < len(want); {
		got := make([]float32, len(want)-i)
		n, err := source.ReadFrames(got)
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range got[:n] {
			if off := math.Abs(float64(x-want[i])) * (1 << 15); off > 0.75 {
				t.Fatalf("sample %d is %v, want %v", i, x, want[i])
			}
			i++
		}
	}
}

func TestProbeNamesContainerAndCodec(t *testing.T) {
	for path, want := range map[string][2]string{
		"mp3/testdata/wav-8000-mono.wav":    {"wav", "mp3"},
		"mp3/testdata/11025-mono-cbr.mp3":   {"mp3", "mp3"},
		"wav/testdata/stereo-pcm_mulaw.wav": {"wav", "mulaw"},
	} {
		info, err := audio.Probe(t.Context(), path)
		if err != nil || info.Container != want[0] || info.Codec != want[1] {
			t.Errorf("%s: %+v, %v", path, info, err)
		}
	}
}

// µ-law may begin with the bytes of an MP3 frame by chance.
func TestHeaderlessSoundThatBeginsLikeMP3IsNotMP3(t *testing.T) {
	sound := "\xFF\xFB\x90\x7E" + string(formattest.Read(t, "raw/testdata/call.ulaw"))
	info, err := audio.Probe(t.Context(), file(t, "call.ulaw", sound))
	if err != nil || info.Codec != "mulaw" || info.Frames != int64(len(sound)) {
		t.Errorf("%+v, %v", info, err)
	}
}

// Loggers cut a stream every few minutes, wherever it is.
func TestMP3ThatBeginsWithinAFramePlays(t *testing.T) {
	whole := formattest.Read(t, "mp3/testdata/8000-mono-alone.mp3") // frames of 144 bytes and 576 samples
	info, err := audio.Probe(t.Context(), file(t, "call.mp3", string(whole[100:])))
	if err != nil || info.Codec != "mp3" || info.Frames != int64(len(whole)/144-1)*576 {
		t.Errorf("%+v, %v", info, err)
	}
}
