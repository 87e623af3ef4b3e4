package main

import (
	"context"
	"errors"
	"time"

	"github.com/earshot-app/earshot/cmd/internal/library"
	"github.com/earshot-app/earshot/data/render"
)

// chartCmd draws figures as a picture for a report or a slide.
type chartCmd struct {
	Of     string `arg:"" enum:"ranking,unlump,trend" help:"chart_of"`
	Name   string `arg:"" optional:"" help:"chart_name"`
	Output string `short:"o" required:"" help:"chart_output" placeholder:"FILE"`
	Dark   bool   `help:"chart_dark"`

	periodFlags `embed:""`
}

// Validate is called by the parser: a trend is that of an issue.
func (c *chartCmd) Validate() error {
	if c.Of == string(library.TrendChart) && c.Name == "" {
		return errors.New("trend ISSUE -o FILE")
	}
	return nil
}

// Run writes the chart as the kind of picture that its file's name tells.
func (c *chartCmd) Run(ctx context.Context, s *session) error {
	filter, err := c.filter()
	if err != nil {
		return err
	}
	err = s.ChartFile(ctx, c.Output, library.Chart{
		Of: library.Drawn(c.Of), Name: c.Name, Filter: filter, Dark: c.Dark, Words: render.Words{Texts: s.texts, Zone: time.Local},
	})
	if err != nil {
		return err
	}
	return s.wrote(c.Output)
}
