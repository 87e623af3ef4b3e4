package main

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"time"

	"github.com/earshot-app/earshot/data/cache"
	"github.com/earshot-app/earshot/data/config"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/sound"
)

// surveys keeps the surveys of recordings in the cache of this machine. What
// the cache cannot do is logged and nothing more: a survey can be made again.
type surveys struct {
	store *cache.Store
	log   *slog.Logger
}

const (
	mostSurveys = 256 << 20 // a hundred hours of two channels
	surveyKind  = "survey"
)

func newSurveys(folders config.Folders, log *slog.Logger) surveys {
	return surveys{cache.New(filepath.Join(folders.Cache, "recordings"), mostSurveys, time.Now), log}
}

// Recall implements listen.Surveys.
func (s surveys) Recall(_ context.Context, recordings []review.Recording) (*sound.Survey, bool) {
	key, err := keyOf(recordings)
	if err != nil {
		return nil, false // opening it will tell the person
	}
	kept, ok := s.store.Get(key, surveyKind)
	if !ok {
		return nil, false
	}
	survey := &sound.Survey{}
	return survey, survey.UnmarshalBinary(kept) == nil // else it is of another version of the app
}

// Keep implements listen.Surveys.
func (s surveys) Keep(_ context.Context, recordings []review.Recording, survey *sound.Survey) {
	key, err := keyOf(recordings)
	if err == nil {
		var content []byte
		if content, err = survey.MarshalBinary(); err == nil {
			err = s.store.Put(key, surveyKind, content)
		}
	}
	if err != nil {
		s.log.Warn("keep a survey", "error", err)
	}
}

// keyOf is the key of recordings that play as one: of what is in them and of
// how they lie together.
func keyOf(recordings []review.Recording) (cache.Key, error) {
	var how strings.Builder
	var paths []string
	for _, r := range recordings {
		fmt.Fprintln(&how, r.Part, r.Leg, r.Offset)
		paths = append(paths, r.Path.Open())
	}
	return cache.Of(how.String(), paths...)
}
