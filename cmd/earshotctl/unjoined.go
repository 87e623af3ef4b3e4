package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/earshot-app/earshot/data/csv"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

// tableFlags say how a metadata table is read, where a guess is wrong.
type tableFlags struct {
	Map       []string      `help:"table_map" placeholder:"COLUMN=MEANING"`
	Encoding  string        `enum:",utf-8,utf-16le,utf-16be,windows-1252" default:"" help:"table_encoding" placeholder:"NAME"`
	Separator string        `enum:",comma,semicolon,tab,bar" default:"" help:"table_separator" placeholder:"comma|semicolon|tab|bar"`
	Header    string        `enum:",yes,no" default:"" help:"table_header" placeholder:"yes|no"`
	Days      string        `enum:",day,month" default:"" help:"table_days" placeholder:"day|month"`
	Zone      string        `help:"table_zone" placeholder:"NAME"`
	Tolerance time.Duration `help:"table_tolerance" placeholder:"2m"`
}

// separatorBytes are the separators by their names.
var separatorBytes = map[string]string{"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}

// arrangement is what the flags say. It answers [review.BadArgument].
func (f tableFlags) arrangement() (desk.Arrangement, error) {
	a := desk.Arrangement{
		Separator: separatorBytes[f.Separator], Encoding: f.Encoding, Header: f.Header, Days: f.Days, Zone: f.Zone, Tolerance: f.Tolerance,
	}
	for _, pair := range f.Map {
		at := strings.LastIndexByte(pair, '=')
		if at <= 0 {
			return a, review.Fail(review.BadArgument, review.Args{"name": "map", "value": pair})
		}
		if a.Columns == nil {
			a.Columns = map[string]desk.Meaning{}
		}
		a.Columns[pair[:at]] = desk.Meaning(pair[at+1:])
	}
	if a.Tolerance < 0 {
		return a, review.Fail(review.BadArgument, review.Args{"name": "tolerance", "value": a.Tolerance.String()})
	}
	return a, nil
}

// tableShown is how a table was read.
type tableShown struct {
	Encoding  string       `json:"encoding"`
	Separator string       `json:"separator"` // "json" for records
	Header    bool         `json:"header"`
	Days      string       `json:"days"` // day or month; "" where no date needs it
	Zone      string       `json:"zone"` // of starts without an offset
	Columns   []columnSeen `json:"columns"`
}

type columnSeen struct {
	Column  string       `json:"column"`
	Means   desk.Meaning `json:"means"`
	Guessed desk.Guess   `json:"by"`
	Samples []string     `json:"samples"`
}

// tableOf shows how the table of a request is read; nil for none.
func (s *session) tableOf(ctx context.Context, req desk.ImportRequest) (*tableShown, error) {
	if req.Metadata == "" {
		return nil, nil
	}
	p, err := s.PreviewTable(ctx, req)
	if err != nil {
		return nil, err
	}
	out := &tableShown{Encoding: p.Encoding, Separator: p.Separator, Header: p.Header == "yes", Days: p.Days, Zone: p.Zone, Columns: []columnSeen{}}
	for name, separator := range separatorBytes {
		if separator == p.Separator {
			out.Separator = name
		}
	}
	for _, c := range p.Columns {
		out.Columns = append(out.Columns, columnSeen{c.Name, c.Means, c.Guessed, c.Samples(c.Means)})
	}
	return out, nil
}

func (s *session) printTable(w io.Writer, t *tableShown) {
	if t == nil {
		return
	}
	row(w, s.texts.Say("ctl.table_read", review.Args{"encoding": t.Encoding, "separator": t.Separator, "zone": t.Zone}))
	if t.Days != "" {
		row(w, s.texts.Say("ctl.table_days_"+t.Days, nil))
	}
	for _, c := range t.Columns {
		if c.Means != desk.MeansNothing {
			row(w, c.Column, string(c.Means), strings.Join(c.Samples, " · "))
		}
	}
}

type unjoinedCmd struct {
	Source string `help:"unjoined_source" placeholder:"PATH"`
	Side   string `enum:",rows,recordings" default:"" help:"unjoined_side" placeholder:"rows|recordings"`
	Limit  int    `short:"n" default:"1000" help:"unjoined_limit"`
	Output string `short:"o" help:"output" placeholder:"FILE"`
	Preset string `enum:",spreadsheet,data" default:"" help:"preset" placeholder:"spreadsheet|data"`
}

type unjoinedShown struct {
	Rows       int64         `json:"rows"`
	Recordings int64         `json:"recordings"`
	Unjoined   []unjoinedRow `json:"unjoined"` // the first of both
}

type unjoinedRow struct {
	Name   string            `json:"name"` // of the recording, or of the table
	Line   int               `json:"line,omitempty"`
	Code   review.Code       `json:"code"`
	Reason string            `json:"reason"`
	Said   map[string]string `json:"said,omitempty"`
}

// Run lists what did not join when tables were read last, or writes it as CSV.
func (c *unjoinedCmd) Run(ctx context.Context, s *session) error {
	side := desk.UnjoinedSide(c.Side)
	if c.Source != "" {
		root, err := s.SourceAt(ctx, c.Source)
		if err != nil {
			return err
		}
		c.Source = root
	}
	if c.Output != "" {
		format, err := csv.Options{Preset: c.Preset, Locale: csv.Locale(s.getenv)}.Format()
		if err != nil {
			return err
		}
		return s.writes(ctx, c.Output, "", func(w io.Writer) error {
			return csv.WriteUnjoined(w, format, s.Unjoined(ctx, c.Source, side))
		})
	}
	counts, err := s.UnjoinedCounts(ctx)
	if err != nil {
		return err
	}
	out := unjoinedShown{Unjoined: []unjoinedRow{}}
	for _, count := range counts {
		if c.Source == "" || c.Source == count.Root {
			out.Rows, out.Recordings = out.Rows+count.Rows, out.Recordings+count.Recordings
		}
	}
	for u, err := range s.Unjoined(ctx, c.Source, side) {
		if err != nil {
			return err
		}
		if len(out.Unjoined) >= c.Limit {
			break
		}
		out.Unjoined = append(out.Unjoined, s.unjoinedRow(u))
	}
	return s.answer(out, func(w io.Writer) { s.printUnjoined(w, out) })
}

func (s *session) unjoinedRow(u desk.Unjoined) unjoinedRow {
	reason, _ := s.texts.Error(review.Fail(u.Reason, review.Args{"n": u.N}))
	out := unjoinedRow{Name: u.Name, Line: u.Line, Code: u.Reason, Reason: reason}
	for _, f := range u.Said {
		if out.Said == nil {
			out.Said = map[string]string{}
		}
		out.Said[f.Name] = u.Tells(desk.Meaning(f.Name))
	}
	return out
}

func (s *session) printUnjoined(w io.Writer, out unjoinedShown) {
	row(w, s.texts.Say("ctl.unjoined_counts", review.Args{"rows": out.Rows, "recordings": out.Recordings}))
	for _, u := range out.Unjoined {
		line := ""
		if u.Line > 0 {
			line = fmt.Sprint(u.Line)
		}
		row(w, u.Name, line, u.Said[string(desk.MeansStart)], u.Said[string(desk.MeansCall)], u.Reason)
	}
}
