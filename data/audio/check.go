package audio

import (
	"context"
	"errors"
	"io"

	"github.com/earshot-app/earshot/data/audio/format"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/playback"
)

// Check says what the recording at path is, and all that is wrong with it. It
// reads it to its end or to where that fails, since damage in the middle shows in
// no header.
func Check(ctx context.Context, path string) (info Info, err error) {
	if info, err = Probe(ctx, path); err != nil {
		return Info{}, err
	}
	recording, err := Open(ctx, path)
	if err != nil {
		return Info{}, err
	}
	defer func() { err = errors.Join(err, recording.Close()) }()
	failed := look(ctx, recording)
	if ctx.Err() != nil {
		return Info{}, review.Fail(review.Cancelled, nil).Because(ctx.Err())
	}
	if problems := Problems(recording); len(problems) > 0 {
		info.Problems = problems
	}
	var broken *review.Error
	if errors.As(failed, &broken) {
		info.Problems = append(info.Problems, broken)
		failed = nil
	}
	return info, failed
}

// look reads a recording to what it breaks with, without decoding it if that is
// enough.
func look(ctx context.Context, recording playback.Source) error {
	if own, ok := recording.(*source); ok {
		if skimmer, ok := own.Decoder.(format.Skimmer); ok {
			if ok, err := skimmer.Skim(ctx); ok {
				return err
			}
		}
	}
	return readThrough(ctx, recording)
}

func readThrough(ctx context.Context, recording playback.Source) error {
	buffer := make([]float32, 1<<14*recording.Channels())
	for ctx.Err() == nil {
		if _, err := recording.ReadFrames(buffer); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
	return ctx.Err()
}

// Problems are what is wrong with an open recording, as far as it was read, but
// for what reading answered. Of one that ffmpeg decodes nothing is known.
func Problems(recording playback.Source) []*review.Error {
	if own, ok := recording.(*source); ok {
		return own.Info().Problems
	}
	return nil
}
