package main

import (
	"context"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

type importCmd struct {
	Paths    []string `arg:"" name:"path" help:"arg_path"`
	Metadata string   `help:"metadata" placeholder:"FILE"`
	Preview  bool     `help:"preview"`

	profileFlags `embed:""`
	tableFlags   `embed:""`
}

type imported struct {
	Profile     string      `json:"profile,omitempty"`  // that names and sidecars were read by
	Metadata    string      `json:"metadata,omitempty"` // the table that was read
	Calls       int         `json:"calls"`
	Recordings  int         `json:"recordings"`
	Updated     int         `json:"updated"`
	Merged      int         `json:"merged"`
	Transcripts int         `json:"transcripts"`
	RowsAlone   int         `json:"rows_alone"`
	FilesAlone  int         `json:"recordings_alone"`
	LeftOut     int         `json:"left_out"` // problems in all
	Forgotten   int         `json:"forgotten"`
	Changes     []changed   `json:"changes"`
	Problems    []problem   `json:"problems"`
	Table       *tableShown `json:"table,omitempty"`
	none        bool
}

type changed struct {
	UID    string  `json:"uid"`
	Fields []field `json:"fields"`
}

type field struct {
	Field string `json:"field"`
	From  string `json:"from"`
	To    string `json:"to"`
}

type problem struct {
	File   string      `json:"file"`
	Line   int         `json:"line,omitempty"`
	Code   review.Code `json:"code"`
	Reason string      `json:"reason"`
}

// Run imports what the paths hold. A stop by Ctrl+C prints what was done.
func (c *importCmd) Run(ctx context.Context, s *session) error {
	arranged, err := c.arrangement()
	if err != nil {
		return err
	}
	req := desk.ImportRequest{Paths: c.Paths, Metadata: c.Metadata, Table: arranged}
	if err := c.read(&req); err != nil {
		return err
	}
	if c.Preview {
		return s.showPreview(ctx, req)
	}
	done, err := s.Import(ctx, req, nil)
	if err != nil && review.CodeOf(err) != review.Cancelled {
		return err
	}
	out := s.toImported(done)
	var unread error
	req.Profile, req.Metadata = done.Profile, done.Metadata
	if out.Table, unread = s.tableOf(ctx, req); unread != nil && err == nil {
		return unread
	}
	if shown := s.answer(out, func(w io.Writer) { s.printImport(w, out) }); shown != nil {
		return shown
	}
	return err
}

func (s *session) toImported(done desk.Imported) imported {
	out := imported{
		Profile: profileID(done.Profile), Metadata: done.Metadata,
		Calls: done.Calls, Recordings: done.Recordings, Updated: done.Updated, Transcripts: done.Transcripts,
		Merged: done.Merged, RowsAlone: done.RowsAlone, FilesAlone: done.FilesAlone, LeftOut: done.LeftOut,
		Forgotten: done.Forgotten, none: done.None, Changes: []changed{}, Problems: []problem{},
	}
	for _, ch := range done.Changes {
		fields := make([]field, len(ch.Fields))
		for i, f := range ch.Fields {
			fields[i] = field(f)
		}
		out.Changes = append(out.Changes, changed{ch.UID, fields})
	}
	for _, p := range done.Problems {
		reason, _ := s.texts.Error(p.Reason)
		out.Problems = append(out.Problems, problem{p.File, p.Line, p.Reason.Code, reason})
	}
	return out
}

func (s *session) printImport(w io.Writer, out imported) {
	if out.none {
		row(w, s.texts.Say("ctl.imported_none", nil))
	}
	row(w, s.texts.Say("ctl.imported", review.Args{"calls": out.Calls, "recordings": out.Recordings, "updated": out.Updated}))
	if out.Transcripts > 0 {
		row(w, s.texts.Say("ctl.imported_transcripts", review.Args{"n": out.Transcripts}))
	}
	if out.Forgotten > 0 {
		row(w, s.texts.Say("forget.passed", review.Args{"n": out.Forgotten}))
	}
	if out.Merged > 0 {
		row(w, s.texts.Say("ctl.imported_merged", review.Args{"n": out.Merged}))
	}
	s.printTable(w, out.Table)
	if out.RowsAlone+out.FilesAlone > 0 {
		row(w, s.texts.Say("ctl.unjoined_counts", review.Args{"rows": out.RowsAlone, "recordings": out.FilesAlone}))
	}
	for _, c := range out.Changes {
		for _, f := range c.Fields {
			row(w, s.texts.Say("ctl.changed", review.Args{"uid": c.UID, "field": f.Field, "from": f.From, "to": f.To}))
		}
	}
	for _, p := range out.Problems {
		s.printProblem(w, p)
	}
}

func (s *session) printProblem(w io.Writer, p problem) {
	if p.Line > 0 {
		row(w, s.texts.Say("ctl.problem_line", review.Args{"file": p.File, "line": p.Line, "reason": p.Reason}))
		return
	}
	row(w, s.texts.Say("ctl.problem", review.Args{"file": p.File, "reason": p.Reason}))
}

type callsCmd struct {
	State string   `help:"state" enum:",new,drawn,heard,skipped,not_reached,missing" default:"" placeholder:"STATE"`
	Field []string `help:"field" placeholder:"NAME"`
}

type callRow struct {
	UID      string       `json:"uid"`
	Start    string       `json:"start"`
	Duration float64      `json:"duration"`
	Queue    string       `json:"queue"`
	Category string       `json:"category"`
	State    review.State `json:"state"`
	// What else metadata says, "hidden" unless asked for by name.
	Fields map[string]string `json:"fields"`

	start time.Time
}

func toCallRow(c review.Call, asked []string) callRow {
	return callRow{c.UID, instant(c.Start), c.Duration.Seconds(), c.Queue, c.Category, c.State, desk.TellFields(c.Fields, asked), c.Start}
}

// Run lists calls.
func (c *callsCmd) Run(ctx context.Context, s *session) error {
	rows := []callRow{}
	for call, err := range s.Calls(ctx, review.State(c.State)) {
		if err != nil {
			return err
		}
		rows = append(rows, toCallRow(call, c.Field))
	}
	return s.answer(rows, func(w io.Writer) {
		s.heads(w, "call", "start", "duration", "queue", "category", "state")
		for _, r := range rows {
			row(w, r.UID, local(r.start), strconv.FormatFloat(r.Duration, 'f', 1, 64), r.Queue, r.Category, string(r.State))
		}
	})
}

type showCmd struct {
	UID   string   `arg:"" help:"arg_uid"`
	Field []string `help:"field" placeholder:"NAME"`
}

type shownCall struct {
	callRow
	StartGuessed    bool             `json:"start_guessed"`
	StartSaid       string           `json:"start_said"` // as the source wrote it
	Zone            string           `json:"zone"`       // in which that was read
	ZoneGuessed     bool             `json:"zone_guessed"`
	Direction       string           `json:"direction"`
	Agent           review.Private   `json:"agent"`
	Customer        review.Private   `json:"customer"`
	Picked          bool             `json:"picked"`
	Draw            string           `json:"draw"`
	Rank            int              `json:"rank"`
	Played          float64          `json:"played"`
	SkipKind        review.SkipKind  `json:"skip_kind"`
	SkipReason      string           `json:"skip_reason"`
	Moments         []moment         `json:"moments"`
	Praise          []praise         `json:"praise"`
	Recordings      []recordingShown `json:"recordings"`
	TranscriptTurns int              `json:"transcript_turns"`
}

type moment struct {
	Moment string  `json:"moment"`
	Issue  string  `json:"issue"`
	At     float64 `json:"at"`
	Until  float64 `json:"until,omitempty"`
	Words  string  `json:"words"`
}

type praise struct {
	Praise string  `json:"praise"`
	At     float64 `json:"at"`
	Words  string  `json:"words"`
}

type recordingShown struct {
	Path     review.Private `json:"path"`
	Format   string         `json:"format"`
	Rate     int            `json:"rate"`
	Channels int            `json:"channels"`
	Frames   int64          `json:"frames"`
	Missing  bool           `json:"missing"`
	Part     int            `json:"part"`
	Leg      review.Leg     `json:"leg"`
	Offset   float64        `json:"offset"` // seconds
}

// Run shows one call with all that was said of it. Names, numbers and paths
// stay hidden.
func (c *showCmd) Run(ctx context.Context, s *session) error {
	v, err := s.View(ctx, c.UID)
	if err != nil {
		return err
	}
	t, err := s.Transcript(ctx, c.UID)
	if err != nil {
		return err
	}
	out := toShown(v, c.Field)
	out.TranscriptTurns = len(t.Turns)
	return s.answer(out, func(w io.Writer) { s.printCall(w, out) })
}

func toShown(v desk.CallView, asked []string) shownCall {
	call := v.Call
	out := shownCall{
		callRow: toCallRow(call, asked), StartGuessed: call.StartGuessed, StartSaid: call.Said.Text,
		Zone: call.Said.Zone, ZoneGuessed: call.Said.Guessed, Direction: call.Direction, Agent: call.Agent,
		Customer: call.Customer, Picked: call.Picked, Draw: call.Draw, Rank: call.Rank, Played: call.Played,
		SkipKind: call.Skip, SkipReason: call.Reason, Moments: []moment{}, Praise: []praise{}, Recordings: []recordingShown{},
	}
	for _, m := range v.Moments {
		out.Moments = append(out.Moments, moment{m.ID, m.Issue, m.At.Seconds(), m.Until.Seconds(), m.Words})
	}
	for _, p := range v.Praise {
		out.Praise = append(out.Praise, praise{p.ID, p.At.Seconds(), p.Words})
	}
	for _, r := range v.Recordings {
		out.Recordings = append(out.Recordings, recordingShown{
			r.Path, r.Format, r.Rate, r.Channels, r.Frames, r.Missing, r.Part, r.Leg, r.Offset.Seconds(),
		})
	}
	return out
}

// veiled says in the reader's language that there is something to hide.
func (s *session) veiled(p review.Private) string {
	if p.Empty() {
		return ""
	}
	return s.texts.Say("text.hidden", nil)
}

func (s *session) printCall(w io.Writer, c shownCall) {
	for _, line := range [][2]string{
		{"call", c.UID},
		{"start", local(c.start)},
		{"duration", strconv.FormatFloat(c.Duration, 'f', 1, 64)},
		{"queue", c.Queue},
		{"category", c.Category},
		{"state", string(c.State)},
		{"agent", s.veiled(c.Agent)},
		{"customer", s.veiled(c.Customer)},
	} {
		row(w, s.texts.Say("ctl.col_"+line[0], nil), line[1])
	}
	for _, r := range c.Recordings {
		row(w, s.texts.Say("ctl.col_recording", nil), r.Format, s.said(r))
	}
	if c.TranscriptTurns > 0 {
		row(w, s.texts.Say("ctl.show_turns", review.Args{"n": c.TranscriptTurns}))
	}
	for _, name := range slices.Sorted(maps.Keys(c.Fields)) {
		row(w, name, c.Fields[name])
	}
	for _, m := range c.Moments {
		row(w, strconv.FormatFloat(m.At, 'f', 1, 64), m.Issue, m.Words, m.Moment)
	}
	for _, p := range c.Praise {
		row(w, strconv.FormatFloat(p.At, 'f', 1, 64), s.texts.Say("ctl.praise_row", nil), p.Words, p.Praise)
	}
}

// said is what there is to say of a recording: whose it is, and that it is gone.
func (s *session) said(r recordingShown) string {
	var parts []string
	if r.Leg != review.WholeCall {
		parts = append(parts, s.texts.Say("ctl.leg."+string(r.Leg), nil))
	}
	if r.Missing {
		parts = append(parts, s.texts.Say("ctl.gone", nil))
	}
	return strings.Join(parts, ", ")
}
