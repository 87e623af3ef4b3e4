package main

import (
	"context"
	"io"
	"os"
	"path/filepath"

	"github.com/earshot-app/earshot/cmd/internal/library"
	"github.com/earshot-app/earshot/data/csv"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/codebook"
)

type codebookExportCmd struct {
	Output string `short:"o" help:"output" placeholder:"FILE"`

	formatFlags `embed:""`
}

// Run writes the codebook as CSV, as [exportCmd.Run] does other tables.
func (c *codebookExportCmd) Run(ctx context.Context, s *session) error {
	export := library.Export{Table: library.Codebook, Format: c.options(s.program)}
	return s.writes(ctx, c.Output, "", func(w io.Writer) error { return s.Library.Export(ctx, w, export) })
}

type codebookImportCmd struct {
	File string `arg:"" help:"arg_codebook"`
	Raw  bool   `help:"raw"`
}

// met is what became of an issue of another codebook.
type met struct {
	Name  string       `json:"name"`
	How   codebook.How `json:"how"`
	Issue string       `json:"issue"` // id of the issue that it is here
	Near  []string     `json:"near"`  // names that may mean the same; nothing is merged
	// What became of it there and so here, as ids.
	MergedInto string   `json:"merged_into"`
	SplitInto  []string `json:"split_into"`
}

// Run brings another codebook to this one.
func (c *codebookImportCmd) Run(ctx context.Context, s *session) error {
	file, err := os.Open(c.File)
	if err != nil {
		return review.Fail(noFile, review.Args{"file": filepath.Base(c.File)}).Because(err)
	}
	defer func() { _ = file.Close() }() // only read
	theirs, err := csv.ReadCodebook(file, c.Raw)
	if err != nil {
		return err
	}
	meetings, err := s.BringCodebook(ctx, theirs)
	if err != nil {
		return err
	}
	rows := []met{}
	for _, m := range meetings {
		rows = append(rows, toMet(m))
	}
	return s.answer(rows, func(w io.Writer) {
		s.heads(w, "issue", "met", "state", "near")
		for _, r := range rows {
			row(w, r.Name, s.texts.Say(howKeys[r.How], nil), s.became(r), joined(r.Near))
		}
	})
}

func toMet(m codebook.Meeting) met {
	out := met{Name: m.Theirs.Name, How: m.How, Issue: m.Mine.ID, Near: []string{}, MergedInto: m.Into, SplitInto: orEmpty(m.Parts)}
	for _, n := range m.Near {
		out.Near = append(out.Near, n.Text)
	}
	return out
}

// became says what bringing it merged or split.
func (s *session) became(r met) string {
	switch {
	case r.MergedInto != "":
		return s.texts.Say(stateKeys[codebook.Merged], nil)
	case len(r.SplitInto) > 0:
		return s.texts.Say(stateKeys[codebook.Split], nil)
	}
	return ""
}
