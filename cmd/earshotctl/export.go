package main

import (
	"context"
	"errors"
	"io"
	"strings"

	"github.com/earshot-app/earshot/cmd/internal/library"
	"github.com/earshot-app/earshot/data/csv"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/ranking"
)

// formatFlags say how a table is written down.
type formatFlags struct {
	Preset    string `enum:",spreadsheet,data,jira" default:"" help:"preset" placeholder:"spreadsheet|data|jira"`
	Separator string `enum:",comma,semicolon,tab" default:"" help:"separator" placeholder:"comma|semicolon|tab"`
	Decimal   string `enum:",point,comma" default:"" help:"decimal" placeholder:"point|comma"`
	BOM       string `name:"bom" enum:",yes,no" default:"" help:"bom" placeholder:"yes|no"`
}

func (f formatFlags) options(p program) csv.Options {
	return csv.Options{Preset: f.Preset, Separator: f.Separator, Decimal: f.Decimal, Mark: f.BOM, Locale: csv.Locale(p.getenv)}
}

type exportCmd struct {
	What       string     `arg:"" optional:"" enum:",ranking,moments,calls,codebook,unlump,mismatch,categories,trend,draw,agreement" default:"" help:"what"`
	Output     string     `short:"o" help:"output" placeholder:"FILE"`
	Since      string     `help:"export_since" placeholder:"EVENT"`
	Dictionary bool       `help:"dictionary"`
	Reveal     []string   `help:"export_reveal" placeholder:"COLUMN"`
	Reason     string     `help:"export_reason" placeholder:"TEXT"`
	Issue      string     `help:"of_trend" placeholder:"NAME"`
	Session    sessionRef `help:"of_agreement" placeholder:"ID"`
	By         string     `enum:",week,month" default:"" help:"by" placeholder:"week|month"`

	formatFlags   `embed:""`
	proposalFlags `embed:""`
	periodFlags   `embed:""`
}

// Validate is called by the parser.
func (c *exportCmd) Validate() error {
	if (c.What == "") != c.Dictionary {
		return errors.New("TABLE | --dictionary")
	}
	if (c.What == string(library.Agreement)) != (c.Session != "") {
		return errors.New("agreement --session=ID")
	}
	if c.What == string(library.Trend) && c.Issue == "" {
		return errors.New("trend --issue=NAME")
	}
	return nil
}

// lone reports that the dictionary is written without a library.
func (c *exportCmd) lone() bool { return c.Dictionary }

// serial reports that moments and calls are read and written one after the other.
func (c *exportCmd) serial() bool {
	return c.What == string(library.Moments) || c.What == string(library.Calls)
}

// Run writes a table as CSV, to a file or to standard output.
func (c *exportCmd) Run(ctx context.Context, s *session) error {
	filter, err := c.filter()
	if err != nil {
		return err
	}
	if c.Dictionary {
		words := library.Export{Table: library.Dictionary, Format: c.options(s.program), Since: c.Since, Words: s.texts}
		return s.writes(ctx, c.Output, "", func(w io.Writer) error { return library.WriteDictionary(w, words) })
	}
	of := ""
	if c.Session != "" {
		if of, err = c.Session.of(ctx, s); err != nil {
			return err
		}
	}
	last, err := s.LastEvent(ctx)
	if err != nil {
		return err
	}
	export := library.Export{
		Table: library.Table(c.What), Format: c.options(s.program), Filter: filter, Since: c.Since, Words: s.texts,
		Shown: c.Reveal, Reason: c.Reason, Issue: c.Issue, By: ranking.Step(c.By), Above: float64(c.Above), Most: c.Most, Session: of,
	}
	err = s.writes(ctx, c.Output, last, func(w io.Writer) error { return s.Library.Export(ctx, w, export) })
	if err != nil || c.Since == "" || c.Output != "" || s.json {
		return err
	}
	return printJSON(s.errs, map[string]string{"last_event": last})
}

// writes writes a table to a file or to standard output. last is the event to
// ask on from next time: it is told with the file; after a table of the new alone
// on standard output, on standard error; and where JSON is asked for, as in a
// batch, beside the table: {"csv": …, "last_event": …}.
func (s *session) writes(ctx context.Context, file, last string, write func(io.Writer) error) error {
	type told struct {
		CSV  string `json:"csv,omitempty"`
		File string `json:"file,omitempty"`
		Last string `json:"last_event,omitempty"`
	}
	switch {
	case file == "" && s.json:
		var table strings.Builder
		if err := write(&table); err != nil {
			return err
		}
		return printJSON(s.out, told{CSV: table.String(), Last: last})
	case file == "":
		return write(s.out)
	}
	if err := csv.WriteFile(ctx, file, write); err != nil {
		return err
	}
	return s.answer(told{File: file, Last: last}, func(w io.Writer) {
		row(w, s.texts.Say("ctl.wrote", review.Args{"file": file}))
		if last != "" {
			row(w, s.texts.Say("ctl.last_event", review.Args{"id": last}))
		}
	})
}
