// Package block turns a codec that decodes whole blocks of samples, a [Codec],
// into a decoder that reads and seeks to any frame, a [Reader].
//
//	reader := block.NewReader(info, block.NewFixed(packing, data, size))
//
// A block says at which frame it begins. So the reader cuts off what lies
// before the frame that was asked for, fills what was lost in between with
// silence, and ends at the very frame that the headers name. What a seek finds
// is what reading from the start would have found, as long as the codec keeps
// its side of [Codec.SeekFrame].
//
// [Fixed] is the codec of formats whose blocks all have the same size.
package block

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/earshot-app/earshot/data/audio/format"
	"github.com/earshot-app/earshot/review"
)

// A Block is a run of decoded samples.
type Block struct {
	First   int64     // its first frame; below 0 for what comes before the recording
	Samples []float32 // interleaved, full scale ±1, until the next call of Next
}

// A Codec decodes a recording block by block. It is used by one goroutine at a
// time.
type Codec interface {
	// Next decodes the next block, which may be empty. After the last it
	// returns io.EOF; any other error says what broke. A codec that returns no
	// error has read on in its file, so that calling it ends.
	Next() (Block, error)
	// SeekFrame makes the next block one that begins at frame or before it, and
	// does what is needed for frame, and all after it, to decode to the very
	// samples that decoding from the start gives.
	SeekFrame(frame int64) error
}

// A Lister is a Codec that knows its blocks without decoding them.
type Lister interface {
	Codec
	// List is Next without the samples: it answers the block's first frame and
	// how many it has.
	List() (first, frames int64, err error)
}

// maxGap is the longest silence, in seconds, that stands in for lost blocks.
// What says that more is missing is a damaged number.
const maxGap = 60

// A Reader decodes one recording. It keeps the contract of format.Decoder.
type Reader struct {
	info    format.Info
	codec   Codec
	next    int64 // frame
	placed  bool  // the codec was told where to go on
	broken  error // what reading ended with
	silence int64 // frames until samples begin
	samples []float32
}

// NewReader returns a reader of what codec decodes, at frame 0. Rate, channels
// and frames of info must be right.
func NewReader(info format.Info, codec Codec) *Reader {
	return &Reader{info: info, codec: codec}
}

// Info says what the headers say.
func (r *Reader) Info() format.Info { return r.info }

// SeekFrame makes frame the next one read. It touches no file: that is left to
// the next read, so that a playhead may be dragged about.
func (r *Reader) SeekFrame(frame int64) error {
	if frame < 0 || frame > r.info.Frames {
		return review.Fail(review.BadArgument, review.Args{"name": "frame", "value": frame})
	}
	r.next, r.placed, r.broken = frame, false, nil
	r.silence, r.samples = 0, nil
	return nil
}

// ReadFrames decodes up to len(dst)/channels frames; it may be fewer. Once the
// recording broke it returns the same error until the next seek.
func (r *Reader) ReadFrames(dst []float32) (int, error) {
	channels := int64(r.info.Channels)
	want := min(int64(len(dst))/channels, r.info.Frames-r.next)
	switch {
	case int64(len(dst)) < channels:
		return 0, nil
	case want == 0:
		return 0, io.EOF
	case r.broken != nil:
		return 0, r.broken
	}
	if err := r.fill(); err != nil {
		return 0, r.fail(err)
	}
	n := r.take(dst[:want*channels])
	r.next += n
	return int(n), nil
}

// take moves frames to dst, silence first.
func (r *Reader) take(dst []float32) int64 {
	channels := int64(r.info.Channels)
	if r.silence > 0 {
		n := min(r.silence, int64(len(dst))/channels)
		clear(dst[:n*channels])
		r.silence -= n
		return n
	}
	n := copy(dst, r.samples)
	r.samples = r.samples[n:]
	return int64(n) / channels
}

// fill decodes until there is a frame to take.
func (r *Reader) fill() error {
	if err := r.place(); err != nil {
		return err
	}
	for r.silence == 0 && len(r.samples) == 0 {
		b, err := r.codec.Next()
		if err != nil {
			return err
		}
		if err := r.accept(b); err != nil {
			return err
		}
	}
	return nil
}

// place makes the codec go on where reading does.
func (r *Reader) place() error {
	if r.placed {
		return nil
	}
	r.placed = true
	return r.codec.SeekFrame(r.next)
}

// accept cuts off what lies before the next frame, or notes what is missing.
// An empty block is no proof of a gap.
func (r *Reader) accept(b Block) error {
	if len(b.Samples) == 0 {
		return nil
	}
	early := r.next - b.First
	if early < 0 {
		if err := r.mayMiss(-early); err != nil {
			return err
		}
		r.silence, early = -early, 0
	}
	r.samples = b.Samples[min(early*int64(r.info.Channels), int64(len(b.Samples))):]
	return nil
}

func (r *Reader) mayMiss(frames int64) error {
	if frames > maxGap*int64(r.info.Rate) {
		return fmt.Errorf("%d frames are missing", frames)
	}
	return nil
}

// Skim implements format.Skimmer for a codec that is a [Lister].
func (r *Reader) Skim(ctx context.Context) (ok bool, err error) {
	lister, ok := r.codec.(Lister)
	if !ok {
		return false, nil
	}
	for err = r.SeekFrame(r.next); err == nil && r.next < r.info.Frames; err = ctx.Err() {
		if err := r.list(lister); err != nil {
			return true, r.fail(err)
		}
	}
	return true, err
}

// list passes over the next block.
func (r *Reader) list(l Lister) error {
	if err := r.place(); err != nil {
		return err
	}
	first, frames, err := l.List()
	if err != nil || frames == 0 {
		return err
	}
	if err := r.mayMiss(first - r.next); err != nil {
		return err
	}
	r.next = min(r.info.Frames, max(r.next, first+frames))
	return nil
}

// fail notes what reading ended with, and where.
func (r *Reader) fail(err error) error {
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF // the headers promised more
	}
	at := format.At(r.next, r.info.Rate)
	r.broken = review.Fail(format.Broken, review.Args{"at": at}).Because(fmt.Errorf("decode %s: %w", r.info.Codec, err))
	return r.broken
}
