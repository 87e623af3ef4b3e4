package mp3_test

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/earshot-app/earshot/data/audio/format"
	"github.com/earshot-app/earshot/data/audio/format/formattest"
	"github.com/earshot-app/earshot/data/audio/mp3"
	"github.com/earshot-app/earshot/review"
)

func TestACutOffRecordingPlaysAsFarAsItIsGood(t *testing.T) {
	for _, file := range recordings(t) {
		whole := formattest.Read(t, file)
		straight := formattest.Plays(t, open(t, whole))
		d := open(t, whole[:len(whole)*2/3-7]) // within a frame
		got := formattest.Plays(t, d)
		if len(got) < len(straight)/3 || len(got) >= len(straight) || !formattest.Equal(got, straight[:len(got)]) {
			t.Errorf("%s: %d of %d samples, or other ones", file, len(got), len(straight))
		}
		if code := problem(d); code != format.Truncated {
			t.Errorf("%s: problem %q, want %s", file, code, format.Truncated)
		}
	}
}

// How much is missing is known from the number of frames in the label.
func TestACutOffRecordingSaysHowMuchIsMissing(t *testing.T) {
	file := formattest.Read(t, "testdata/8000-joint-cbr.mp3")
	const frame = 216 // 24 kbit/s at 8 kHz
	d := open(t, file[:len(file)-5*frame])
	problems := d.Info().Problems
	if len(problems) != 1 || problems[0].Args["missing"] != 5*72*time.Millisecond {
		t.Errorf("problems %v, want 360 ms missing", problems)
	}
}

func TestAfterADamagedPartAllSamplesAreAtTheirTime(t *testing.T) {
	file := formattest.Read(t, "testdata/8000-mono-alone.mp3")
	const frame, samples = 144, 576 // 16 kbit/s at 8 kHz
	want := formattest.Plays(t, open(t, file))
	for name, c := range map[string]struct {
		file       []byte
		from, good int // frames that are wrong, up to the first that is right
	}{
		"overwritten":         {join(file[:3*frame+50], make([]byte, 200), file[3*frame+250:]), 3, 7},
		"a header":            {join(file[:3*frame], []byte("oops"), file[3*frame+4:]), 2, 6},
		"a bitrate":           {join(file[:3*frame+2], []byte{0x84}, file[3*frame+3:]), 3, 6},
		"half a frame gone":   {join(file[:3*frame+50], file[3*frame+120:]), 3, 6},
		"a little put in":     {join(file[:3*frame+50], make([]byte, 30), file[3*frame+50:]), 3, 6},
		"the side info":       {join(file[:3*frame+4], bytes.Repeat([]byte{0xFF}, 8), file[3*frame+12:]), 3, 6},
		"a tag in the middle": {join(file[:3*frame], []byte("ID3\x03\x00\x00\x00\x00\x00\x05abcde"), file[3*frame:]), 3, 3},
	} {
		d := open(t, c.file)
		got := formattest.Plays(t, d)
		if len(got) != len(want) {
			t.Errorf("%s: %d samples, want %d", name, len(got), len(want))
			continue
		}
		if !formattest.Equal(got[:c.from*samples], want[:c.from*samples]) || !formattest.Equal(got[c.good*samples:], want[c.good*samples:]) {
			t.Errorf("%s: samples outside of frames %d to %d changed", name, c.from, c.good)
		}
		if code := problem(d); code != mp3.Damaged && c.from != c.good {
			t.Errorf("%s: problem %q, want %s", name, code, mp3.Damaged)
		}
	}
}

func TestDamageIsSaidWithItsTime(t *testing.T) {
	file := formattest.Read(t, "testdata/8000-mono-alone.mp3")
	copy(file[7*144:], make([]byte, 288))
	d := open(t, file)
	formattest.Plays(t, d)
	problems := d.Info().Problems
	if len(problems) != 1 || problems[0].Code != mp3.Damaged || problems[0].Args["at"] != 7*72*time.Millisecond {
		t.Errorf("problems %v, want damage at 504 ms", problems)
	}
}

// Samples before the damage are decoded when it is met, not before; then a seek
// must still give what straight decoding gave.
func TestASeekInADamagedRecordingIsExact(t *testing.T) {
	file := formattest.Read(t, "testdata/8000-joint-cbr.mp3")
	random := rand.New(rand.NewPCG(5, 6))
	for range 30 {
		at := 300 + random.IntN(len(file)-600)
		copy(file[at:], "damage")
		d := open(t, file)
		straight := formattest.Plays(t, d)
		for range 10 {
			frame := random.IntN(len(straight) / 2)
			if err := d.SeekFrame(int64(frame)); err != nil {
				t.Fatal(err)
			}
			if got := readSome(t, d, len(straight)-2*frame); !formattest.Equal(got, straight[2*frame:]) {
				t.Fatalf("after a seek to %d other samples came", frame)
			}
		}
	}
}

func TestAFileThatShrinksWhilePlayingSaysWhereItBroke(t *testing.T) {
	file := bytes.Repeat(formattest.Read(t, "testdata/8000-mono-alone.mp3"), 200)
	shrinking := &shrinkingFile{bytes.NewReader(file), int64(len(file))}
	d, err := mp3.New(shrinking, int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	shrinking.size = 100 * 144 // 100 frames of 72 ms, after what has been read by now
	if err := d.SeekFrame(d.Info().Frames / 2); err != nil {
		t.Fatal(err)
	}
	_, err = d.ReadFrames(make([]float32, 100))
	var broken *review.Error
	if !errors.As(err, &broken) || broken.Code != format.Broken || broken.Args["at"] != d.Info().Duration()/2 {
		t.Errorf("%v, want %s in the middle", err, format.Broken)
	}
	shrinking.size = int64(len(file)) // the network is back
	if n, err := d.ReadFrames(make([]float32, 100)); err != nil || n == 0 {
		t.Errorf("when the file is whole again: %d, %v", n, err)
	}
}

type shrinkingFile struct {
	r    *bytes.Reader
	size int64
}

func (f *shrinkingFile) ReadAt(p []byte, at int64) (int, error) {
	if at >= f.size {
		return 0, io.EOF
	}
	n, err := f.r.ReadAt(p[:min(int64(len(p)), f.size-at)], at)
	if err == nil && n < len(p) {
		err = io.EOF
	}
	return n, err
}
