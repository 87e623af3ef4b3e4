package opus_test

import (
	"encoding/binary"
	"math"
	"testing"

	"github.com/earshot-app/earshot/data/audio/format"
	"github.com/earshot-app/earshot/data/audio/opus"
	"github.com/earshot-app/earshot/review"
)

// RFC 6716, table 2 and section 3.2: configuration, then how many frames.
func TestAPacketSaysHowLongItIs(t *testing.T) {
	for _, c := range []struct {
		packet []byte
		frames int // at 48 kHz; 0 for no packet
	}{
		{[]byte{0 << 3}, 480},               // SILK, 10 ms
		{[]byte{3 << 3, 1, 2}, 2880},        // SILK, 60 ms
		{[]byte{11<<3 | 1, 0, 0}, 2 * 2880}, // twice
		{[]byte{13 << 3}, 960},              // hybrid, 20 ms
		{[]byte{14<<3 | 2, 1, 0, 0}, 960},   // hybrid, twice 10 ms
		{[]byte{16 << 3}, 120},              // CELT, 2.5 ms
		{[]byte{31 << 3}, 960},              // CELT, 20 ms
		{[]byte{16<<3 | 3, 48}, 5760},       // 48 times 2.5 ms are 120 ms
		{[]byte{16<<3 | 3, 49}, 0},          // more is forbidden
		{[]byte{31<<3 | 3, 0}, 0},
		{[]byte{31<<3 | 3}, 0},
		{nil, 0},
	} {
		got, ok := opus.Frames(c.packet)
		if ok != (c.frames > 0) || ok && got != c.frames {
			t.Errorf("% x: %d, %t, want %d", c.packet, got, ok, c.frames)
		}
	}
}

func TestHeadsThatCannotBePlayedNameTheReason(t *testing.T) {
	good := []byte("OpusHead\x01\x02\x38\x01\x40\x1f\x00\x00\x00\x00\x00")
	if head, err := opus.ParseHead(good); err != nil || head.Channels != 2 || head.PreSkip != 312 {
		t.Fatalf("%+v, %v", head, err)
	}
	for name, c := range map[string]struct {
		at   int
		is   byte
		want review.Code
	}{
		"version 16":         {8, 16, format.UnsupportedCodec},
		"no channel":         {9, 0, format.UnsupportedCodec},
		"six channels":       {9, 6, format.TooManyChannels},
		"streams on its own": {18, 255, format.UnsupportedCodec},
	} {
		head := append([]byte(nil), good...)
		head[c.at] = c.is
		if _, err := opus.ParseHead(head); review.CodeOf(err) != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
	if _, err := opus.ParseHead(good[:18]); review.CodeOf(err) != format.UnsupportedCodec {
		t.Errorf("cut off: %v", err)
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte{1<<3 | 4, 0xFF, 0, 7}, []byte{31 << 3, 9, 9, 9, 9, 9}, true)
	f.Add([]byte{15 << 3, 200, 100, 50, 25, 12}, []byte{3<<3 | 3, 0x42, 8, 1, 2, 3}, false)
	f.Fuzz(func(t *testing.T, a, b []byte, stereo bool) {
		head := []byte("OpusHead\x01\x01\x38\x01\x40\x1f\x00\x00\x00\x00\x00")
		if stereo {
			head[9] = 2
		}
		binary.LittleEndian.PutUint16(head[16:], 0x7FFF) // +128 dB
		h, err := opus.ParseHead(head)
		if err != nil {
			t.Fatal(err)
		}
		d := opus.NewDecoder(h)
		for _, packet := range [][]byte{a, b, a, b, b} {
			samples, err := d.Decode(packet)
			if frames, _ := opus.Frames(packet); err == nil && len(samples) != frames*h.Channels {
				t.Fatalf("% x: %d samples, want %d frames", packet, len(samples), frames)
			}
			for _, x := range samples {
				if math.IsNaN(float64(x)) || math.IsInf(float64(x), 0) {
					t.Fatalf("% x: a sample is no number", packet)
				}
			}
		}
	})
}
