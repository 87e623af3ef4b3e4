package vorbis_test

import (
	"math"
	"os"
	"testing"

	"github.com/earshot-app/earshot/data/audio/format"
	"github.com/earshot-app/earshot/data/audio/vorbis"
	"github.com/earshot-app/earshot/review"
)

// identification is that of 8 kHz mono with blocks of 64 and 64.
const identification = "\x01vorbis\x00\x00\x00\x00\x01\x40\x1f\x00\x00" +
	"\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x66\x01"

// bits are written lowest first, as Vorbis reads them.
type bits struct {
	data []byte
	at   int
}

func (b *bits) put(width int, value int) *bits {
	for i := range width {
		if b.at%8 == 0 {
			b.data = append(b.data, 0)
		}
		b.data[b.at/8] |= byte(value>>i&1) << (b.at % 8)
		b.at++
	}
	return b
}

// book begins a setup header with one codebook.
func book(dimensions, entries int) *bits {
	b := &bits{data: []byte("\x05vorbis"), at: 56}
	return b.put(8, 0).put(24, 0x564342).put(16, dimensions).put(24, entries)
}

// Each of these would take the decoder beneath gigabytes of memory, or for ever.
// That the test ends is what it tests.
func TestCodebooksThatWouldHarmAreRefused(t *testing.T) {
	rest := make([]byte, 100)
	for name, setup := range map[string]*bits{
		"no entries":           book(1, 0),
		"millions of entries":  book(1, 1<<24-1).put(1, 1).put(5, 23).put(24, 1<<24-1),
		"thousands of numbers": book(1<<16-1, 1<<14).put(1, 1).put(5, 13).put(15, 1<<14),
		"no dimension":         book(0, 2).put(2, 0).put(10, 0),
		"codes that are amiss": book(1, 2).put(2, 0).put(5, 1).put(5, 1).put(4, 0),
		"codes too many":       book(1, 3).put(2, 0).put(15, 0).put(4, 0),
		"no code at all":       book(1, 2).put(1, 0).put(1, 1).put(2, 0).put(4, 0),
	} {
		if _, err := vorbis.New([]byte(identification), append(setup.data, rest...)); err == nil {
			t.Errorf("%s: opened", name)
		}
	}
}

// A residue that begins after its end would take the decoder more than a second for
// each packet, and up to 16 GB.
func TestAResidueThatEndsBeforeItBeginsIsRefused(t *testing.T) {
	setup, err := os.ReadFile("testdata/setup")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := vorbis.New([]byte(identification), setup); err != nil {
		t.Fatal(err)
	}
	setup[2437], setup[2438] = 0xFF, 0x07 // where its first residue begins
	if _, err := vorbis.New([]byte(identification), setup); err == nil {
		t.Error("opened")
	}
}

func TestHeadsThatCannotBePlayedNameTheReason(t *testing.T) {
	head := []byte(identification)
	head[11] = 6
	if _, err := vorbis.New(head, nil); review.CodeOf(err) != format.TooManyChannels {
		t.Errorf("six channels: %v", err)
	}
	for name, edit := range map[string]func(b []byte) []byte{
		"cut off":         func(b []byte) []byte { return b[:29] },
		"no channel":      func(b []byte) []byte { b[11] = 0; return b },
		"rate 0":          func(b []byte) []byte { b[12], b[13] = 0, 0; return b },
		"blocks of 32":    func(b []byte) []byte { b[28] = 0x65; return b },
		"blocks of 16384": func(b []byte) []byte { b[28] = 0xE6; return b },
	} {
		if _, err := vorbis.New(edit([]byte(identification)), nil); err == nil {
			t.Errorf("%s: opened", name)
		}
	}
}

// testdata/setup is the third packet of ogg/testdata/mono.ogg.
func FuzzDecode(f *testing.F) {
	setup, err := os.ReadFile("testdata/setup")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(setup, []byte{0x02, 0x55, 0x12, 0x77, 0x10}, []byte{0, 0xFF, 0x81, 0x18})
	f.Fuzz(func(t *testing.T, setup, a, b []byte) {
		d, err := vorbis.New([]byte(identification[:28]+"\x99\x01"), setup)
		if err != nil {
			return
		}
		for _, packet := range [][]byte{a, b, a, b, b} {
			samples, err := d.Decode(packet)
			if err == nil && len(samples) > d.MaxFrames()*d.Channels() {
				t.Fatalf("%d samples", len(samples))
			}
			for _, x := range samples {
				if math.IsNaN(float64(x)) || math.IsInf(float64(x), 0) {
					t.Fatal("a sample is no number")
				}
			}
		}
	})
}
