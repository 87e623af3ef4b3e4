package audio_test

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/earshot-app/earshot/data/audio"
	"github.com/earshot-app/earshot/review"
)

// memory is a recording that lies in memory.
type memory struct{ *bytes.Reader }

func (memory) Close() error { return nil }

// FuzzOpen opens anything under any name: it is told apart by what it holds, and
// what opens can be read, from its middle too, until an error that has a code.
func FuzzOpen(f *testing.F) {
	for _, pattern := range []string{"adpcm/testdata/mono*.wav", "gsm/testdata/second.*", "flac/testdata/tone8.flac", "mp3/testdata/*.mp3", "opus/testdata/*.opus", "ogg/testdata/*.o*"} {
		files, _ := filepath.Glob(pattern)
		for _, file := range files {
			raw, err := os.ReadFile(file)
			if err != nil {
				f.Fatal(err)
			}
			if len(raw) < 20_000 {
				f.Add(raw, filepath.Ext(file))
			}
		}
	}
	f.Add([]byte{0xff, 0xfb, 0x90, 0x64}, ".raw")
	f.Fuzz(func(t *testing.T, raw []byte, extension string) {
		source, err := audio.OpenContent(memory{bytes.NewReader(raw)}, extension)
		if err != nil {
			return
		}
		defer source.Close()
		if source.Rate() <= 0 || source.Channels() < 1 || source.Channels() > 2 || source.Frames() < 0 {
			t.Fatalf("%d Hz, %d channels, %d frames", source.Rate(), source.Channels(), source.Frames())
		}
		for _, at := range []int64{0, source.Frames() / 2} {
			if err := source.SeekFrame(at); err != nil {
				continue // it may break off before
			}
			dst := make([]float32, 512*source.Channels())
			for range 64 {
				n, err := source.ReadFrames(dst)
				if err != nil {
					if !errors.Is(err, io.EOF) && review.CodeOf(err) == review.Internal {
						t.Fatalf("it breaks with %v", err)
					}
					break
				}
				if n < 1 || n > 512 {
					t.Fatalf("%d frames were read", n)
				}
			}
		}
	})
}
