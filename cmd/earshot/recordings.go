package main

import (
	"context"
	"errors"

	"github.com/earshot-app/earshot/data/audio"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/playback"
)

// openRecordings opens a call's recordings, in the order in which they play, as
// one source.
func openRecordings(ctx context.Context, recordings []review.Recording) (playback.Source, error) {
	var sources []playback.Source
	for _, r := range recordings {
		source, err := audio.Open(ctx, r.Path.Open())
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			for _, opened := range sources {
				err = errors.Join(err, opened.Close())
			}
			return nil, err
		}
		sources = append(sources, source)
	}
	if len(sources) == 0 {
		return nil, review.Fail(audio.Missing, nil)
	}
	return playback.Join(sources...), nil
}
