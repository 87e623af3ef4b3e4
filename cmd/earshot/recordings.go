package main

import (
	"context"
	"errors"

	"github.com/earshot-app/earshot/data/audio"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/playback"
)

// openRecordings opens a call's recordings, in the order in which they play, as
// one source. A leg that is gone is left out, as long as its partner is there.
func openRecordings(ctx context.Context, recordings []review.Recording) (playback.Source, error) {
	var sources []playback.Source
	var found []review.Recording
	for _, r := range recordings {
		source, err := audio.Open(ctx, r.Path.Open())
		if review.CodeOf(err) == audio.Missing && r.Leg != review.WholeCall && len(recordings) > 1 {
			continue
		}
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			for _, opened := range sources {
				err = errors.Join(err, opened.Close())
			}
			return nil, err
		}
		sources, found = append(sources, source), append(found, r)
	}
	if len(sources) == 0 {
		return nil, review.Fail(audio.Missing, nil)
	}
	return playback.Assemble(found, sources), nil
}
