package ogg_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/earshot-app/earshot/data/audio/flac"
	"github.com/earshot-app/earshot/data/audio/format"
	"github.com/earshot-app/earshot/data/audio/format/formattest"
	"github.com/earshot-app/earshot/data/audio/ogg"
	"github.com/earshot-app/earshot/data/audio/opus"
	"github.com/earshot-app/earshot/review"
)

// testdata/make.sh tells how the recordings and what they should decode to
// were made.
func TestOpusIsThatOfLibopus(t *testing.T) {
	for name, decibels := range map[string]float64{
		"silk": 45, "silk-mono60": 45, "hybrid": 45, "celt": 70,
		"mixed": 55, // it would be less if the change from speech to music were wrong
	} {
		got := formattest.Seeks(t, formattest.Open(t, ogg.Format, "testdata/"+name+".opus"))
		want := formattest.Plays(t, formattest.Open(t, flac.Format, "testdata/"+name+".flac"))
		if len(got) != len(want) {
			t.Errorf("%s: %d samples, libopus gives %d", name, len(got), len(want))
		} else if ratio := formattest.Ratio(got, want); ratio < decibels {
			t.Errorf("%s: %.1f dB from libopus, want %v", name, ratio, decibels)
		}
	}
}

// RFC 7845, 5.1.1.1: a stream of two channels may hold packets of one, as encoders
// write where both are the same; libopus then gives it to both.
func TestOneChannelInAStreamOfTwoIsHeardOnBoth(t *testing.T) {
	for name, decibels := range map[string]float64{"silk-mono60": 45, "celt": 70, "mixed": 55} {
		file := formattest.Read(t, "testdata/"+name+".opus")
		file[headSize(file)+9] = 2 // channels
		got := formattest.Seeks(t, formattest.OpenBytes(t, ogg.Format, sign(file)))
		var want []float32
		for _, x := range formattest.Plays(t, formattest.Open(t, flac.Format, "testdata/"+name+".flac")) {
			want = append(want, x, x)
		}
		if len(got) != len(want) {
			t.Errorf("%s: %d samples, want %d", name, len(got), len(want))
		} else if ratio := formattest.Ratio(got, want); ratio < decibels {
			t.Errorf("%s: %.1f dB from libopus on one channel, want %v", name, ratio, decibels)
		}
	}
}

func TestVorbisIsThatOfFfmpeg(t *testing.T) {
	for _, name := range []string{"stereo", "mono", "sox"} {
		got := formattest.Seeks(t, formattest.Open(t, ogg.Format, "testdata/"+name+".ogg"))
		want := formattest.ReadS16(t, "testdata/"+name+".s16")
		if len(got) != len(want) {
			t.Errorf("%s: %d samples, ffmpeg gives %d", name, len(got), len(want))
		} else if worst := formattest.Worst(got, want); worst > 1 {
			t.Errorf("%s: %.2f steps of 16 bits from ffmpeg, want at most 1", name, worst)
		}
	}
}

// Fifteen seconds are more than a span, so that decoders change; nobody is to
// hear that they do.
func TestSeekInOpusLandsOnTheSample(t *testing.T) {
	got := formattest.Seeks(t, formattest.Open(t, ogg.Format, "testdata/long.opus"))
	straight := decodeOpus(t, formattest.Read(t, "testdata/long.opus"))
	if worst := formattest.Worst(got, straight[312+opus.Delay:]); worst > 4 {
		t.Errorf("%.0f steps of 16 bits from one decoder for all", worst)
	}
}

// decodeOpus decodes the packets of a good mono file with one decoder, pre-skip
// and all.
func decodeOpus(t *testing.T, file []byte) (samples []float32) {
	t.Helper()
	var packet []byte
	var decoder *opus.Decoder
	for n, p := range pages(file) {
		at := headSize(p)
		for _, s := range p[27:headSize(p)] {
			packet = append(packet, p[at:at+int(s)]...)
			if at += int(s); s == 255 {
				continue
			}
			switch {
			case n == 0:
				decoder = openOpus(t, packet)
			case n > 1: // after the titles
				more, err := decoder.Decode(packet)
				if err != nil {
					t.Fatal(err)
				}
				samples = append(samples, more...)
			}
			packet = nil
		}
	}
	return samples
}

func openOpus(t *testing.T, head []byte) *opus.Decoder {
	t.Helper()
	h, err := opus.ParseHead(head)
	if err != nil {
		t.Fatal(err)
	}
	return opus.NewDecoder(h)
}

func TestInfoNamesWhatTheHeadersSay(t *testing.T) {
	for name, want := range map[string]format.Info{
		"silk.opus": {Codec: "opus", Rate: 48000, Channels: 2, Frames: 38400},
		"celt.opus": {Codec: "opus", Rate: 48000, Channels: 1, Frames: 24000},
		"sox.ogg":   {Codec: "vorbis", Rate: 8000, Channels: 1, Frames: 16000},
		"flac.oga":  {Codec: "flac-s16", Rate: 8000, Channels: 2, Frames: 8000},
	} {
		got := formattest.Open(t, ogg.Format, "testdata/"+name).Info()
		if got.Container != "ogg" || got.Codec != want.Codec || got.Rate != want.Rate ||
			got.Channels != want.Channels || got.Frames != want.Frames || got.Problems != nil {
			t.Errorf("%s: %+v, want %+v", name, got, want)
		}
	}
}

// RFC 7845, 5.1: the gain is in 1/256 dB. 6.02 dB are twice the level.
func TestTheGainOfTheHeaderIsApplied(t *testing.T) {
	file := formattest.Read(t, "testdata/celt.opus")
	plain := formattest.Plays(t, formattest.OpenBytes(t, ogg.Format, file))
	first := pages(file)[0]
	binary.LittleEndian.PutUint16(first[headSize(first)+16:], 1541)
	loud := formattest.Plays(t, formattest.OpenBytes(t, ogg.Format, sign(file)))
	for i := range plain {
		plain[i] *= 2
	}
	if ratio := formattest.Ratio(loud, plain); ratio < 60 {
		t.Errorf("%.1f dB from twice the level", ratio)
	}
}

// What a crashed recorder or a broken copy leaves.
func TestACutOffRecordingPlaysItsWholePages(t *testing.T) {
	for _, name := range []string{"long.opus", "stereo.ogg", "flac.oga"} {
		file := formattest.Read(t, "testdata/"+name)
		whole := formattest.Plays(t, formattest.OpenBytes(t, ogg.Format, file))
		for _, size := range []int{len(file) - 1, len(file) * 3 / 4} {
			d := formattest.OpenBytes(t, ogg.Format, file[:size])
			got := formattest.Seeks(t, d)
			if len(got) < len(whole)/3 || !formattest.Equal(got, whole[:len(got)]) {
				t.Errorf("%d bytes of %s: %d of %d samples, or other ones", size, name, len(got), len(whole))
			}
			if p := d.Info().Problems; len(p) != 1 || p[0].Code != format.Unfinished {
				t.Errorf("%d bytes of %s: problems %v", size, name, p)
			}
		}
	}
}

// A flipped bit ends the recording before its page, but not what follows.
func TestADamagedPageEndsTheRecordingThere(t *testing.T) {
	file := formattest.Read(t, "testdata/long.opus")
	whole := formattest.Plays(t, formattest.OpenBytes(t, ogg.Format, file))
	all := pages(file)
	damaged := all[len(all)/2]
	damaged[len(damaged)/2] ^= 1
	d := formattest.OpenBytes(t, ogg.Format, file)
	got, err := formattest.Play(d)
	var broken *review.Error
	at := time.Duration(len(got)) * time.Second / 48000
	if !errors.As(err, &broken) || broken.Code != format.Broken || broken.Args["at"] != at || len(got) == 0 {
		t.Fatalf("after %v: %v, want %s there", at, err, format.Broken)
	}
	if !formattest.Equal(got, whole[:len(got)]) {
		t.Error("other samples before the damage")
	}
	for _, seconds := range []int{2, 14} {
		if err := d.SeekFrame(int64(seconds) * 48000); err != nil {
			t.Fatal(err)
		}
		if n, err := d.ReadFrames(make([]float32, 100)); n == 0 || err != nil {
			t.Errorf("at %d s: %d, %v", seconds, n, err)
		}
	}
}

// A page that is gone, as a recorder without a network leaves it, is silence,
// so that all after it stays where it was heard.
func TestALostPageIsSilence(t *testing.T) {
	for _, name := range []string{"long.opus", "stereo.ogg", "flac.oga"} {
		file := formattest.Read(t, "testdata/"+name)
		whole := formattest.Plays(t, formattest.OpenBytes(t, ogg.Format, file))
		all := pages(file)
		lost := len(all) / 2
		rest := slices.Concat(slices.Delete(all, lost, lost+1)...)
		got := formattest.Seeks(t, formattest.OpenBytes(t, ogg.Format, rest))
		if len(got) != len(whole) {
			t.Fatalf("%s: %d samples, want %d", name, len(got), len(whole))
		}
		silent, differing := 0, 0
		for i := range got {
			if got[i] == 0 && whole[i] != 0 {
				silent++
			} else if got[i] != whole[i] {
				differing++
			}
		}
		if silent == 0 || silent > len(whole)/2 {
			t.Errorf("%s: %d of %d samples are silence", name, silent, len(whole))
		}
		if name != "long.opus" && differing != 0 { // Opus may differ until its next span
			t.Errorf("%s: %d samples differ", name, differing)
		}
	}
}

// Recorders that cut a stream out of a longer one keep its positions.
func TestAStreamThatBeginsLateBeginsAtFrame0(t *testing.T) {
	for _, name := range []string{"long.opus", "stereo.ogg"} {
		file := formattest.Read(t, "testdata/"+name)
		whole := formattest.Plays(t, formattest.OpenBytes(t, ogg.Format, file))
		for _, p := range pages(file) {
			if granule := binary.LittleEndian.Uint64(p[6:]); granule != 0 {
				binary.LittleEndian.PutUint64(p[6:], granule+1_000_000)
			}
		}
		got := formattest.Seeks(t, formattest.OpenBytes(t, ogg.Format, sign(file)))
		// Vorbis that begins at 0 may cut its first block, one that begins late not.
		if more := len(got) - len(whole); more < 0 || !formattest.Equal(got[more:], whole) {
			t.Errorf("%s: %d samples, want the %d of before", name, len(got), len(whole))
		}
	}
}

// Some recorders leave the checksums 0.
func TestChecksumsThatWereNeverReckonedAreIgnored(t *testing.T) {
	file := formattest.Read(t, "testdata/celt.opus")
	whole := formattest.Plays(t, formattest.OpenBytes(t, ogg.Format, file))
	for _, p := range pages(file) {
		clear(p[22:26])
	}
	if got := formattest.Seeks(t, formattest.OpenBytes(t, ogg.Format, file)); !formattest.Equal(got, whole) {
		t.Error("other samples than with checksums")
	}
}

// Speech before sound that can be played, and sound alone that cannot.
func TestOtherStreamsArePassedOverOrNamed(t *testing.T) {
	file := formattest.Read(t, "testdata/celt.opus")
	whole := formattest.Plays(t, formattest.OpenBytes(t, ogg.Format, file))
	other := slices.Concat([]byte("OggS\x00\x02"), make([]byte, 8), []byte("othr\x00\x00\x00\x00\x00\x00\x00\x00\x01\x0ASpeex   1."))
	both := sign(slices.Concat(other, file))
	if got := formattest.Plays(t, formattest.OpenBytes(t, ogg.Format, both)); !formattest.Equal(got, whole) {
		t.Error("other samples beside another stream")
	}
	alone := sign(other)
	_, err := ogg.New(bytes.NewReader(alone), int64(len(alone)))
	want := review.Fail(format.UnsupportedCodec, review.Args{"container": "Ogg", "codec": "Speex"})
	if err == nil || err.Error() != want.Error() {
		t.Errorf("got %v, want %v", err, want)
	}
}

func TestBrokenBeginningsNameTheReason(t *testing.T) {
	opus, vorbis := formattest.Read(t, "testdata/celt.opus"), formattest.Read(t, "testdata/mono.ogg")
	surround := bytes.Clone(opus)
	surround[headSize(surround)+9] = 6
	for name, c := range map[string]struct {
		file []byte
		want review.Code
	}{
		"half a page":  {opus[:20], ogg.BadOgg},
		"only titles":  {opus[:len(pages(opus)[0])+len(pages(opus)[1])], ogg.BadOgg},
		"no setup":     {vorbis[:len(pages(vorbis)[0])], ogg.BadOgg},
		"six channels": {sign(surround), format.TooManyChannels},
	} {
		_, err := ogg.New(bytes.NewReader(c.file), int64(len(c.file)))
		if review.CodeOf(err) != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}

// pages are the pages of a good file, in place.
func pages(file []byte) (all [][]byte) {
	for len(file) > 0 {
		end := headSize(file)
		for _, s := range file[27:end] {
			end += int(s)
		}
		all, file = append(all, file[:end:end]), file[end:]
	}
	return all
}

func headSize(page []byte) int { return 27 + int(page[26]) }

// sign reckons the checksums of a file anew, in place: the remainder of
// dividing by 0x104C11DB7 (RFC 3533, 6), bit by bit.
func sign(file []byte) []byte {
	for _, p := range pages(file) {
		clear(p[22:26])
		crc := uint32(0)
		for _, b := range p {
			crc ^= uint32(b) << 24
			for range 8 {
				carry := crc >> 31
				crc = crc<<1 ^ carry*0x04C11DB7
			}
		}
		binary.LittleEndian.PutUint32(p[22:], crc)
	}
	return file
}

// A first page without a checksum opens the way to all behind it.
func FuzzRead(f *testing.F) {
	var chain []byte
	for _, pattern := range []string{"testdata/[chms]*.opus", "testdata/[ms]*.ogg", "testdata/*.oga"} {
		files, _ := filepath.Glob(pattern)
		for _, name := range files {
			file, err := os.ReadFile(name)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(file)
			chain = append(chain, file...)
		}
	}
	f.Add(chain)
	f.Fuzz(func(t *testing.T, file []byte) {
		unchecked := bytes.Clone(file)
		if len(unchecked) > 26 {
			clear(unchecked[22:26])
		}
		formattest.Survives(t, ogg.Format, file)
		formattest.Survives(t, ogg.Format, unchecked)
	})
}
