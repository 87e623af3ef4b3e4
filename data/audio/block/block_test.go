package block_test

import (
	"bytes"
	"errors"
	"io"
	"testing"
	"time"

	"github.com/earshot-app/earshot/data/audio/block"
	"github.com/earshot-app/earshot/data/audio/format"
	"github.com/earshot-app/earshot/data/audio/format/formattest"
	"github.com/earshot-app/earshot/review"
)

// A tape is a codec of blocks that were decided beforehand. It seeks to the
// start, which is always allowed.
type tape struct {
	blocks []block.Block
	end    error
	at     int
}

func (t *tape) SeekFrame(int64) error { t.at = 0; return nil }

func (t *tape) Next() (block.Block, error) {
	if t.at == len(t.blocks) {
		return block.Block{}, t.end
	}
	t.at++
	return t.blocks[t.at-1], nil
}

func reader(frames int64, end error, blocks ...block.Block) *block.Reader {
	info := format.Info{Codec: "tape", Rate: 10, Channels: 1, Frames: frames}
	return block.NewReader(info, &tape{blocks: blocks, end: end})
}

// at is a block whose samples are the numbers of their frames.
func at(first int64, samples int) block.Block {
	b := block.Block{First: first}
	for i := range samples {
		b.Samples = append(b.Samples, float32(first+int64(i)))
	}
	return b
}

func TestBlocksAreCutAndFilledToTheFramesTheyAreOf(t *testing.T) {
	for name, c := range map[string]struct {
		reader *block.Reader
		want   []float32
	}{
		"one after the other":        {reader(4, nil, at(0, 2), at(2, 2)), []float32{0, 1, 2, 3}},
		"empty ones between":         {reader(2, nil, at(0, 1), at(0, 0), at(9, 0), at(1, 1)), []float32{0, 1}},
		"some before the recording":  {reader(2, nil, at(-5, 3), at(-2, 4)), []float32{0, 1}},
		"one twice":                  {reader(4, nil, at(0, 3), at(0, 3), at(2, 2)), []float32{0, 1, 2, 3}},
		"one lost, silence instead":  {reader(5, nil, at(0, 2), at(4, 1)), []float32{0, 1, 0, 0, 4}},
		"more than the headers said": {reader(3, nil, at(0, 9)), []float32{0, 1, 2}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := formattest.Seeks(t, c.reader); !formattest.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

// A person who drags the playhead back must hear again what was good.
func TestWhatBrokeSaysWhereUntilASeek(t *testing.T) {
	jammed := errors.New("jammed")
	r := reader(40, jammed, at(0, 15))
	for range 2 {
		got, err := formattest.Play(r)
		var broken *review.Error
		if !errors.As(err, &broken) || broken.Code != format.Broken || broken.Args["at"] != 1500*time.Millisecond {
			t.Fatalf("got %v, want %s at 1.5 s", err, format.Broken)
		}
		if len(got) != 15 || !errors.Is(err, jammed) {
			t.Fatalf("%d samples, then %v; want 15 and the cause", len(got), err)
		}
		if n, again := r.ReadFrames(make([]float32, 1)); n != 0 || !errors.Is(again, jammed) {
			t.Fatalf("read on after that: %d, %v", n, again)
		}
		if err := r.SeekFrame(0); err != nil {
			t.Fatal(err)
		}
	}
}

func TestFewerBlocksThanTheHeadersSaidAreABreak(t *testing.T) {
	_, err := formattest.Play(reader(3, io.EOF, at(0, 2)))
	if review.CodeOf(err) != format.Broken || errors.Is(err, io.EOF) {
		t.Errorf("got %v, want %s and no end of file", err, format.Broken)
	}
}

// A damaged position must not make a listener wait through hours of silence.
func TestAGapOfMoreThanAMinuteIsABreak(t *testing.T) {
	for missing, want := range map[int64]error{600: io.EOF, 601: nil} {
		got, err := formattest.Play(reader(2000, io.EOF, at(0, 1), at(1+missing, int(1999-missing))))
		if want == nil && (len(got) != 1 || review.CodeOf(err) != format.Broken) {
			t.Errorf("%d s missing: %d frames, %v", missing/10, len(got), err)
		}
		if want != nil && (len(got) != 2000 || !errors.Is(err, want)) {
			t.Errorf("%d s missing: %d frames, %v", missing/10, len(got), err)
		}
	}
}

// pairs packs two samples in two bytes, each block alone.
type pairs struct{}

func (pairs) Size() int              { return 2 }
func (pairs) Frames() int            { return 2 }
func (pairs) Part(size int) int      { return size }
func (pairs) Channels() int          { return 1 }
func (pairs) Lead() int              { return 3 }
func (pairs) Decoder() block.Decoder { return pairs{} }
func (pairs) Reset()                 {}
func (pairs) Decode(dst []float32, b []byte) error {
	for i := range dst {
		dst[i] = float32(b[i])
	}
	return nil
}

func TestAFileThatShrinksWhilePlayingSaysWhereItBroke(t *testing.T) {
	data := bytes.NewReader(make([]byte, 21))
	info := format.Info{Codec: "pairs", Rate: 10, Channels: 1, Frames: block.Frames(pairs{}, 41)}
	got, err := formattest.Play(block.NewReader(info, block.NewFixed(pairs{}, data, 41)))
	var broken *review.Error
	if !errors.As(err, &broken) || broken.Code != format.Broken || broken.Args["at"] != 2*time.Second {
		t.Errorf("after %d frames: %v, want %s at 2 s", len(got), err, format.Broken)
	}
	if !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("got %v, want an unexpected end as its cause", err)
	}
}
