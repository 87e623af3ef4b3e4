package main

import (
	"context"
	"time"

	"github.com/earshot-app/earshot/data/catalog"
	"github.com/earshot-app/earshot/data/folder"
	"github.com/earshot-app/earshot/review/desk"
)

type benchHeadersCmd struct {
	Folder string `arg:"" help:"arg_path"`
}

// Run reads headers as an import does, and stores nothing.
func (c *benchHeadersCmd) Run(ctx context.Context, s *session) error {
	return s.bench(func() (sound time.Duration, err error) {
		err = catalog.New(folder.Walk, time.UTC).Walk(ctx, desk.ImportRequest{Paths: []string{c.Folder}}, func(f desk.Found) error {
			if r := f.Recording; r.Rate > 0 {
				sound += time.Duration(float64(r.Frames) / float64(r.Rate) * float64(time.Second))
			}
			return nil
		})
		return sound, err
	})
}
