package ogg_test

import (
	"context"
	"errors"
	"io"
	"slices"
	"testing"

	"github.com/earshot-app/earshot/data/audio/format"
	"github.com/earshot-app/earshot/data/audio/format/formattest"
	"github.com/earshot-app/earshot/data/audio/ogg"
	"github.com/earshot-app/earshot/review"
)

// Whoever asks what is wrong with an hour of Opus is told what listening to it
// would tell, at the same place.
func TestDamageIsFoundWithoutDecoding(t *testing.T) {
	long := formattest.Read(t, "testdata/long.opus")
	middle := len(pages(long)) / 2
	for name, damage := range map[string]func(file []byte) []byte{
		"nothing": slices.Clone[[]byte],
		"a bit is flipped": func(file []byte) []byte {
			p := pages(file)[middle]
			p[len(p)/2] ^= 1
			return file
		},
		"a packet is none, in a page that is whole": func(file []byte) []byte {
			p := pages(file)[middle]
			p[headSize(p)] |= 3 // so many frames as the next byte says:
			p[headSize(p)+1] = 0
			return sign(file)
		},
		"a page is lost": func(file []byte) []byte { return slices.Concat(slices.Delete(pages(file), middle, middle+1)...) },
		"it is cut off":  func(file []byte) []byte { return file[:len(file)*3/4] },
		"noise between":  func(file []byte) []byte { return slices.Insert(file, len(file)/2, make([]byte, 500)...) },
	} {
		for _, from := range []string{"silk", "silk-mono60", "hybrid", "celt", "mixed", "long"} {
			file := formattest.Read(t, "testdata/"+from+".opus")
			if from != "long" && name != "nothing" {
				continue // they are a page or two
			}
			file = damage(file)
			_, want := formattest.Play(formattest.OpenBytes(t, ogg.Format, file))
			got := skim(t, formattest.OpenBytes(t, ogg.Format, file))
			if errors.Is(want, io.EOF) {
				want = nil
			}
			if !same(got, want) {
				t.Errorf("%s, %s: %v, who listens is told %v", from, name, got, want)
			}
		}
	}
}

func skim(t *testing.T, d format.Decoder) error {
	t.Helper()
	ok, err := d.(format.Skimmer).Skim(t.Context())
	if !ok {
		t.Fatal("it would have to be decoded")
	}
	if n, err := d.ReadFrames(make([]float32, 8)); err == nil {
		t.Errorf("%d frames behind the end", n)
	}
	return err
}

// same reports whether both are no error, or the same code at the same time.
func same(a, b error) bool {
	var one, other *review.Error
	if !errors.As(a, &one) || !errors.As(b, &other) {
		return a == nil && b == nil
	}
	return one.Code == other.Code && one.Args["at"] == other.Args["at"]
}

// Without checksums, and in other codecs, only decoding tells.
func TestWhatHasNoChecksumsIsNotListed(t *testing.T) {
	file := formattest.Read(t, "testdata/celt.opus")
	for _, p := range pages(file) {
		clear(p[22:26])
	}
	for name, d := range map[string]format.Decoder{
		"no checksums": formattest.OpenBytes(t, ogg.Format, file),
		"Vorbis":       formattest.Open(t, ogg.Format, "testdata/stereo.ogg"),
	} {
		if ok, err := d.(format.Skimmer).Skim(t.Context()); ok || err != nil {
			t.Errorf("%s: %t, %v", name, ok, err)
		}
		formattest.Plays(t, d) // all is still there
	}
}

func TestAListThatIsNotWantedAnyMoreEnds(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	d := formattest.Open(t, ogg.Format, "testdata/long.opus").(format.Skimmer)
	if _, err := d.Skim(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
