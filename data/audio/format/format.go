// Package format is what a folder of one recording format answers with: a
// [Format] to be listed in data/audio, a [Decoder] for one file, the [Info]
// about it, and the codes of what can be wrong with a recording of any format.
//
// A decoder is handed an io.ReaderAt and never the file, so that it cannot
// write, and so that many of them can read one recording at once.
package format

import (
	"context"
	"io"
	"time"

	"github.com/earshot-app/earshot/review"
)

// What can be wrong with a recording, so that it cannot be played.
const (
	NotARecording    review.Code = "not-a-recording"   // no known format
	UnsupportedCodec review.Code = "unsupported-codec" // args: container, codec
	TooManyChannels  review.Code = "too-many-channels" // args: channels
	Empty            review.Code = "empty-recording"   // a header without sound
	Broken           review.Code = "broken-recording"  // args: at (time.Duration); reading failed there
)

// What can be wrong with a recording that is played all the same: the problems
// of an [Info].
const (
	Truncated  review.Code = "truncated-recording"  // args: missing (time.Duration)
	Unfinished review.Code = "unfinished-recording" // the header does not know the length
)

// Info is what the headers of a recording say.
type Info struct {
	Container string // "wav", "rf64"
	Codec     string // "pcm-s16", "alaw", …
	Rate      int    // frames a second
	Channels  int    // 1 or 2
	Frames    int64  // that can be played
	Problems  []*review.Error
}

// Duration is the length that can be played.
func (i Info) Duration() time.Duration { return At(i.Frames, i.Rate) }

// At is the time of a frame. It does not overflow before the 292 years of a
// time.Duration.
func At(frame int64, rate int) time.Duration {
	r := int64(rate)
	return time.Duration(frame/r)*time.Second + time.Duration(frame%r)*time.Second/time.Duration(r)
}

// A Decoder reads one recording. ReadFrames and SeekFrame keep the contract of
// playback.Source.
type Decoder interface {
	Info() Info
	ReadFrames(dst []float32) (int, error)
	SeekFrame(frame int64) error
}

// A Skimmer is a Decoder that may find damage without decoding what lies before
// it.
type Skimmer interface {
	Decoder
	// Skim reads on to the end and returns what ReadFrames would have failed
	// with on the way, nil for nothing, or ctx's error when that ends first.
	// Where only decoding would tell, ok is false and nothing was read.
	Skim(ctx context.Context) (ok bool, err error)
}

// HeadSize is how many bytes of a file a Format may look at to know its own.
const HeadSize = 64

// A Format is one kind of file.
type Format struct {
	// Match tells by the first bytes, at most HeadSize, fewer in a shorter
	// file, whether this is the format's. Names of files lie too often.
	Match func(head []byte) bool
	// Open reads the headers, in time and memory that do not grow with the
	// recording. It fails with a review.Error.
	Open func(r io.ReaderAt, size int64) (Decoder, error)
}
