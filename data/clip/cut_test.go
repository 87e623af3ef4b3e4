package clip_test

import (
	"bytes"
	"errors"
	"io"
	"math"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/earshot-app/earshot/data/clip"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/sound"
)

func TestACutIsWhatSoxCuts(t *testing.T) {
	for file, lane := range map[string]int{"testdata/cut.wav": 0, "testdata/second.wav": 2} {
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		cut := newCut(t, tones(t), clip.Cut{Span: span(100, 350), Lane: lane})
		var got bytes.Buffer
		if err := clip.Write(&got, cut, cut.Shape()); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got.Bytes(), want) {
			t.Errorf("the cut is not %s: %d bytes, want %d", file, got.Len(), len(want))
		}
	}
}

// Whatever was said: the same samples stand for it, in each channel, to the
// last frame that holds a part of the span; and every other sample is the call's.
func TestNothingIsLeftUnderTheTone(t *testing.T) {
	call, loud := tones(t), tones(t)
	for i := range loud.samples {
		loud.samples[i] = float32(1 - 2*(i%3)) // shouted
	}
	// 0.2001 to 0.2999 s are frames 1600.8 to 2399.2.
	beeps := []sound.Span{{From: 200100 * time.Microsecond, To: 299900 * time.Microsecond}}
	cut := clip.Cut{Span: span(100, 350), Beeps: beeps}
	a, b := all(t, newCut(t, call, cut)), all(t, newCut(t, loud, cut))
	plain := all(t, newCut(t, tones(t), clip.Cut{Span: span(100, 350)}))
	from, to := 2*(1600-800), 2*(2400-800)
	if !slices.Equal(a[from:to], b[from:to]) {
		t.Error("what is heard in the span depends on what was said there")
	}
	if !slices.Equal(a[:from], plain[:from]) || !slices.Equal(a[to:], plain[to:]) {
		t.Error("the call beside the span is not what it was")
	}
}

// One second of a tone of 1 kHz goes up and down 1000 times, so it crosses
// nothing 2000 times, the first time at its very begin.
func TestTheToneIsOneKilohertz(t *testing.T) {
	for _, rate := range []int{8000, 11025, 44100} {
		silence := &call{rate: rate, samples: make([]float32, 4*rate), channels: 2}
		got := all(t, newCut(t, silence, clip.Cut{Span: span(0, 2000), Beeps: []sound.Span{span(500, 1500)}}))
		crossed := 0
		for i := 2; i < len(got); i += 2 {
			if got[i] != got[i+1] {
				t.Fatal("the channels differ")
			}
			if math.Signbit(float64(got[i])) != math.Signbit(float64(got[i-2])) {
				crossed++
			}
		}
		if crossed < 1998 || crossed > 2001 {
			t.Errorf("at %d Hz it crosses nothing %d times", rate, crossed)
		}
	}
}

func TestOnePersonCannotBeTakenOutOfOneChannel(t *testing.T) {
	mono := &call{rate: 8000, channels: 1, samples: make([]float32, 8000)}
	_, err := clip.New(mono, clip.Cut{Span: span(0, 1000), Lane: 1})
	if review.CodeOf(err) != desk.OneLane {
		t.Errorf("answered %v", err)
	}
}

func TestACutOfABrokenRecordingSaysWhy(t *testing.T) {
	gone := errors.New("disk gone")
	broken := tones(t)
	broken.breaks, broken.why = 2000, gone
	cut := newCut(t, broken, clip.Cut{Span: span(100, 350)})
	if err := clip.Write(io.Discard, cut, cut.Shape()); !errors.Is(err, gone) {
		t.Errorf("answered %v", err)
	}
}

func span(from, to int) sound.Span {
	return sound.Span{From: time.Duration(from) * time.Millisecond, To: time.Duration(to) * time.Millisecond}
}

func newCut(t *testing.T, c *call, cut clip.Cut) *clip.Clip {
	t.Helper()
	made, err := clip.New(c, cut)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// all reads a clip in small and odd pieces.
func all(t *testing.T, c *clip.Clip) []float32 {
	t.Helper()
	var got []float32
	piece := make([]float32, 2*77)
	for {
		n, err := c.ReadFrames(piece)
		got = append(got, piece[:2*n]...)
		if errors.Is(err, io.EOF) {
			return got
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// call is a recording in memory, which may break at a frame.
type call struct {
	rate, channels int
	samples        []float32
	next           int64
	breaks         int64
	why            error
}

// tones is testdata/call.wav, behind its header of 44 bytes.
func tones(t *testing.T) *call {
	t.Helper()
	raw, err := os.ReadFile("testdata/call.wav")
	if err != nil {
		t.Fatal(err)
	}
	c := &call{rate: 8000, channels: 2}
	for i := 44; i+1 < len(raw); i += 2 {
		c.samples = append(c.samples, float32(int16(uint16(raw[i])|uint16(raw[i+1])<<8))/(1<<15))
	}
	return c
}

func (c *call) Rate() int     { return c.rate }
func (c *call) Channels() int { return c.channels }
func (c *call) Frames() int64 { return int64(len(c.samples) / c.channels) }
func (c *call) Close() error  { return nil }

func (c *call) SeekFrame(frame int64) error {
	c.next = frame
	return nil
}

func (c *call) ReadFrames(dst []float32) (int, error) {
	if c.why != nil && c.next >= c.breaks {
		return 0, c.why
	}
	if c.next >= c.Frames() {
		return 0, io.EOF
	}
	end := c.Frames()
	if c.why != nil {
		end = c.breaks
	}
	n := copy(dst, c.samples[c.next*int64(c.channels):end*int64(c.channels)]) / c.channels
	c.next += int64(n)
	return n, nil
}
