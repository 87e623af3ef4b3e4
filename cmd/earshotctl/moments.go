package main

import (
	"context"
	"io"
	"os"
	"path/filepath"

	"github.com/earshot-app/earshot/data/csv"
	"github.com/earshot-app/earshot/review"
)

type momentsCmd struct {
	Import momentsImportCmd `cmd:"" help:"moments_import"`
}

type momentsImportCmd struct {
	File string `arg:"" help:"arg_moments"`
	Raw  bool   `help:"raw"`
}

type broughtMoments struct {
	Added    int       `json:"added"`
	Known    int       `json:"known"`
	Named    int       `json:"named"` // issues that are new to the codebook
	Problems []problem `json:"problems"`
}

// Run brings the moments of a table to the library.
func (c *momentsImportCmd) Run(ctx context.Context, s *session) error {
	file, err := os.Open(c.File)
	if err != nil {
		return review.Fail(noFile, review.Args{"file": filepath.Base(c.File)}).Because(err)
	}
	defer func() { _ = file.Close() }() // only read
	in, end := s.watch(file, "ctl.moments_read")
	done, err := s.BringMoments(ctx, csv.ReadMoments(in, c.Raw))
	end()
	if err != nil {
		return err
	}
	out := broughtMoments{done.Added, done.Known, done.Named, []problem{}}
	for _, p := range done.Problems {
		reason, _ := s.texts.Error(p.Reason)
		out.Problems = append(out.Problems, problem{filepath.Base(c.File), p.Line, p.Reason.Code, reason})
	}
	return s.answer(out, func(w io.Writer) {
		row(w, s.texts.Say("ctl.moments_added", review.Args{"added": out.Added, "known": out.Known, "named": out.Named}))
		for _, p := range out.Problems {
			row(w, s.texts.Say("ctl.moments_line", review.Args{"line": p.Line, "reason": p.Reason}))
		}
	})
}
