package main

import (
	"context"
	"io"

	"github.com/earshot-app/earshot/cmd/internal/library"
	"github.com/earshot-app/earshot/review"
)

type labelsCmd struct {
	UID    string `arg:"" help:"arg_uid"`
	Output string `short:"o" required:"" help:"labels_output" placeholder:"FILE"`
}

// Run writes the moments of a call as labels, of the kind that the file's name
// tells.
func (c *labelsCmd) Run(ctx context.Context, s *session) error {
	view, err := s.View(ctx, c.UID)
	if err != nil {
		return err
	}
	if err := library.LabelsFile(ctx, c.Output, view.Moments); err != nil {
		return err
	}
	out := struct {
		File   string `json:"file"`
		Labels int    `json:"labels"`
	}{c.Output, len(view.Moments)}
	return s.answer(out, func(w io.Writer) { row(w, s.texts.Say("ctl.wrote", review.Args{"file": c.Output})) })
}
