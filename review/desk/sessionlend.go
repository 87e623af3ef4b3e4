package desk

import (
	"context"

	"github.com/earshot-app/earshot/review"
)

// SessionRecording answers the recording of a content among those of a
// session's calls, which are the only ones that members may have. It answers
// [session.NoSession] or [review.NoCall].
func (d *Desk) SessionRecording(ctx context.Context, id, sha256 string) (review.Recording, error) {
	if _, err := d.SharedOf(ctx, id); err != nil {
		return review.Recording{}, err
	}
	places, err := d.store.SessionPlaces(ctx, id)
	if err != nil {
		return review.Recording{}, err
	}
	for _, at := range places {
		recordings, err := d.store.Recordings(ctx, at.Local)
		if err != nil {
			return review.Recording{}, err
		}
		for _, r := range recordings {
			sum, err := d.store.ContentHash(ctx, r)
			if err != nil {
				return review.Recording{}, err
			}
			if sum == sha256 && sum != "" && !r.Missing {
				return r, nil
			}
		}
	}
	return review.Recording{}, review.Fail(review.NoCall, review.Args{"id": sha256})
}
