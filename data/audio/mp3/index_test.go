package mp3

import (
	"io"
	"os"
	"testing"
)

// repeated is a file over and over again.
type repeated struct {
	once []byte
	size int64
}

func (r repeated) ReadAt(p []byte, at int64) (int, error) {
	n := 0
	for n < len(p) && at < r.size {
		k := copy(p[n:], r.once[at%int64(len(r.once)):])
		n, at = n+k, at+int64(k)
	}
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

// Of ten hours no more is remembered than of one, and what comes after a seek is
// exact all the same.
func TestTheIndexStaysSmall(t *testing.T) {
	once, err := os.ReadFile("testdata/8000-mono-alone.mp3")
	if err != nil {
		t.Fatal(err)
	}
	const times = 36000
	period := int64(len(once)) / 144 * granuleSize
	d, err := New(repeated{once, times * int64(len(once))}, times*int64(len(once)))
	if err != nil || d.Info().Frames != times*period {
		t.Fatalf("%d frames, want %d (%v)", d.Info().Frames, times*period, err)
	}
	want := make([]float32, 1000)
	for _, at := range []int64{1, times - 1, 2, times / 2} {
		if err := d.SeekFrame(at*period + 500); err != nil {
			t.Fatal(err)
		}
		got := make([]float32, len(want))
		for rest := got; len(rest) > 0; {
			n, err := d.ReadFrames(rest)
			if err != nil {
				t.Fatal(err)
			}
			rest = rest[n:]
		}
		if at == 1 {
			want = got
		}
		for i := range want {
			if got[i] != want[i] {
				t.Fatalf("period %d differs from the first at sample %d", at, i)
			}
		}
	}
	if n := len(d.index.marks); n > maxMarks || cap(d.index.marks) > 2*maxMarks {
		t.Errorf("%d marks, at most %d", n, maxMarks)
	}
}
