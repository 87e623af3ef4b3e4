package ogg_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/earshot-app/earshot/data/audio/format"
	"github.com/earshot-app/earshot/data/audio/format/formattest"
	"github.com/earshot-app/earshot/data/audio/ogg"
	"github.com/earshot-app/earshot/review"
)

func TestFLACInOggIsThatOfFfmpeg(t *testing.T) {
	for _, name := range []string{"flac", "flac16k"} {
		got := formattest.Seeks(t, formattest.Open(t, ogg.Format, "testdata/"+name+".oga"))
		if want := formattest.ReadS16(t, "testdata/"+name+".s16"); !formattest.Equal(got, want) {
			t.Errorf("%s: %d samples, or other ones than the %d of ffmpeg", name, len(got), len(want))
		}
	}
}

// Streams of one shape, one after the other, are what ffmpeg makes of each.
func TestAChainPlaysItsLinksOneAfterTheOther(t *testing.T) {
	file := slices.Concat(formattest.Read(t, "testdata/mono.ogg"), formattest.Read(t, "testdata/sox.ogg"))
	want := slices.Concat(formattest.ReadS16(t, "testdata/mono.s16"), formattest.ReadS16(t, "testdata/sox.s16"))
	d := formattest.OpenBytes(t, ogg.Format, file)
	got := formattest.Seeks(t, d)
	if len(got) != len(want) || formattest.Worst(got, want) > 1 {
		t.Errorf("%d samples, want the %d of both", len(got), len(want))
	}
	info := d.Info()
	if info.Container != "ogg" || info.Codec != "vorbis" || info.Frames != int64(len(want)) || info.Problems != nil {
		t.Errorf("the info is %+v", info)
	}
}

// The rate is that of the first; one channel is heard on both sides.
func TestLinksOfOtherShapesAreFittedToTheFirst(t *testing.T) {
	stereo, mono := formattest.Read(t, "testdata/flac.oga"), formattest.Read(t, "testdata/flac16k.oga")
	d := formattest.OpenBytes(t, ogg.Format, slices.Concat(stereo, mono))
	got := formattest.Plays(t, d)
	if info := d.Info(); info.Rate != 8000 || info.Channels != 2 || info.Frames != 8000+4000 {
		t.Fatalf("the info is %+v", info)
	}
	if want := formattest.ReadS16(t, "testdata/flac.s16"); !formattest.Equal(got[:len(want)], want) {
		t.Error("the first link has other samples than ffmpeg's")
	}
	for i := 16000; i < len(got); i += 2 {
		if got[i] != got[i+1] {
			t.Fatalf("frame %d of the mono link is %v and %v", i/2-8000, got[i], got[i+1])
		}
	}
}

// A recorder that began anew forty times.
func TestALongChainIsFoundWithoutLosingALink(t *testing.T) {
	const links = 40
	part := formattest.Read(t, "testdata/celt.opus")
	whole := formattest.Plays(t, formattest.OpenBytes(t, ogg.Format, bytes.Clone(part)))
	file := chainOf(part, links)
	d := formattest.OpenBytes(t, ogg.Format, file)
	if frames := d.Info().Frames; frames != int64(links*len(whole)) {
		t.Fatalf("%d frames, want %d times %d", frames, links, len(whole))
	}
	for i, chunk := range slices.Collect(slices.Chunk(formattest.Plays(t, d), len(whole))) {
		if !formattest.Equal(chunk, whole) {
			t.Errorf("link %d has other samples than alone", i)
		}
	}
}

// chainOf is a file several times, each with another serial number.
func chainOf(file []byte, links int) (chain []byte) {
	for i := range links {
		link := bytes.Clone(file)
		for _, p := range pages(link) {
			binary.LittleEndian.PutUint32(p[14:], uint32(i+1))
		}
		chain = append(chain, sign(link)...)
	}
	return chain
}

func TestDamageInALinkSaysWhenInTheChain(t *testing.T) {
	part := formattest.Read(t, "testdata/long.opus")
	file := chainOf(part, 3)
	all, each := pages(file), len(pages(part))
	damaged := all[each+each/2] // in the second
	damaged[len(damaged)-1] ^= 1
	got, err := formattest.Play(formattest.OpenBytes(t, ogg.Format, file))
	at := time.Duration(len(got)) * time.Second / 48000
	var broken *review.Error
	if !errors.As(err, &broken) || broken.Code != format.Broken || broken.Args["at"] != at || at <= 15*time.Second {
		t.Errorf("after %v: %v, want %s there, in the second link", at, err, format.Broken)
	}
}

// What cannot be played is told, and does not keep the rest from it.
func TestALinkThatCannotBePlayedIsNamed(t *testing.T) {
	celt := formattest.Read(t, "testdata/celt.opus")
	speex := sign(slices.Concat([]byte("OggS\x00\x02"), make([]byte, 8), []byte("othr\x00\x00\x00\x00\x00\x00\x00\x00\x01\x0ASpeex   1.")))
	whole := formattest.Plays(t, formattest.OpenBytes(t, ogg.Format, celt))
	d := formattest.OpenBytes(t, ogg.Format, slices.Concat(celt, speex))
	if got := formattest.Plays(t, d); !formattest.Equal(got, whole) {
		t.Error("other samples than without it")
	}
	if p := d.Info().Problems; len(p) != 1 || p[0].Code != format.UnsupportedCodec || p[0].Args["codec"] != "Speex" {
		t.Errorf("problems %v, want Speex named", p)
	}
}
