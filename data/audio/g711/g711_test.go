package g711_test

import (
	"encoding/binary"
	"os"
	"testing"

	"github.com/earshot-app/earshot/data/audio/g711"
)

// testdata/make.sh tells how the expected samples were made.
func TestEveryCodeDecodesAsFfmpegAndSoxDecodeIt(t *testing.T) {
	for name, table := range map[string]*[256]float32{"alaw": g711.ALaw, "mulaw": g711.MuLaw} {
		want, err := os.ReadFile("testdata/" + name + ".s16")
		if err != nil {
			t.Fatal(err)
		}
		for code, got := range table {
			sample := int16(binary.LittleEndian.Uint16(want[2*code:]))
			if got*(1<<15) != float32(sample) {
				t.Errorf("%s code %d: got %v, want %d/32768", name, code, got, sample)
			}
		}
	}
}
