//go:build linux

package fifocard_test

import (
	"encoding/binary"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"go.uber.org/goleak"

	"github.com/earshot-app/earshot/data/speaker/fifocard"
)

// TestTheCardHearsWhatIsWrittenToIt plays without ALSA: it writes the frames
// that ALSA would write.
func TestTheCardHearsWhatIsWrittenToIt(t *testing.T) {
	defer goleak.VerifyNone(t)
	dir := t.TempDir()
	card, err := fifocard.New(dir)
	if err != nil {
		t.Fatal(err)
	}
	pipe, err := os.OpenFile(filepath.Join(dir, "card"), os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	const frames = 9600 // 0.2 s
	var sound []byte
	for i := range int16(frames) {
		sound = binary.LittleEndian.AppendUint16(sound, uint16(i))
		sound = binary.LittleEndian.AppendUint16(sound, uint16(-i))
	}
	if _, err := pipe.Write(sound); err != nil {
		t.Fatal(err)
	}
	if err := pipe.Close(); err != nil {
		t.Fatal(err)
	}
	for card.Frames() < frames {
		runtime.Gosched()
	}
	for i, heard := range card.Heard(0)[:frames] {
		if heard != [2]int16{int16(i), int16(-i)} {
			t.Fatalf("frame %d is %v", i, heard)
		}
	}
	if last := card.At(frames - 1).Sub(card.At(0)); last <= 0 {
		t.Errorf("0.2 s were played in %v", last)
	}
	if err := card.Close(); err != nil {
		t.Fatal(err)
	}
}
