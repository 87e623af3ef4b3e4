package main

import (
	"context"
	"time"

	"github.com/earshot-app/earshot/data/render"
)

type reportCmd struct {
	Output string `short:"o" required:"" help:"report_output" placeholder:"FILE"`

	periodFlags `embed:""`
}

// Run writes the weekly page.
func (c *reportCmd) Run(ctx context.Context, s *session) error {
	filter, err := c.filter()
	if err != nil {
		return err
	}
	if err := s.ReportFile(ctx, c.Output, filter, render.Words{Texts: s.texts, Zone: time.Local}); err != nil {
		return err
	}
	return s.wrote(c.Output)
}
