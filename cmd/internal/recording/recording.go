// Package recording opens a call's recordings as the one source that the window
// plays and the terminal cuts clips from.
package recording

import (
	"context"
	"errors"
	"path/filepath"

	"github.com/earshot-app/earshot/cmd/internal/place"
	"github.com/earshot-app/earshot/data/audio"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/playback"
)

// Open opens recordings, in the order in which they play, as one source. A leg
// that is gone is left out, as long as its partner is there. It answers the codes
// of data/audio.
func Open(ctx context.Context, recordings []review.Recording) (playback.Source, error) {
	return open(ctx, recordings, func(r review.Recording, err error) bool {
		return review.CodeOf(err) == audio.Missing && r.Leg != review.WholeCall && len(recordings) > 1
	})
}

// OpenAll is [Open] for what must be whole: a leg that is gone is an error.
func OpenAll(ctx context.Context, recordings []review.Recording) (playback.Source, error) {
	return open(ctx, recordings, func(review.Recording, error) bool { return false })
}

func open(ctx context.Context, recordings []review.Recording, spare func(review.Recording, error) bool) (playback.Source, error) {
	var sources []playback.Source
	var found []review.Recording
	for _, r := range recordings {
		source, err := openAt(ctx, r.Path.Open())
		if err != nil && spare(r, err) {
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

// openAt opens one recording wherever it lies.
func openAt(ctx context.Context, path string) (playback.Source, error) {
	if !review.Elsewhere(path) {
		return audio.Open(ctx, path)
	}
	content, err := place.Open(ctx, path)
	if err != nil {
		return nil, err
	}
	return audio.OpenContent(content, filepath.Ext(path))
}
