package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/earshot-app/earshot/data/csv"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/sampling"
)

type drawCmd struct {
	Make   drawMakeCmd   `cmd:"" default:"withargs" help:"draw_make"`
	Verify drawVerifyCmd `cmd:"" help:"draw_verify"`
	Export drawExportCmd `cmd:"" help:"draw_export"`
	Close  drawCloseCmd  `cmd:"" help:"draw_close"`
	TopUp  drawTopUpCmd  `cmd:"" name:"topup" help:"draw_topup"`
}

type drawMakeCmd struct {
	Number  *int    `short:"n" xor:"size" required:"" help:"number" placeholder:"N"`
	Minutes float64 `xor:"size" required:"" help:"minutes" placeholder:"M"`
	Seed    string  `help:"seed" placeholder:"TEXT"`
	From    day     `help:"from" placeholder:"DAY"`
	To      day     `help:"to" placeholder:"DAY"`

	designFlags `embed:""`
}

type drawn struct {
	ID         string      `json:"id"`
	Number     int         `json:"number"`
	At         string      `json:"at"`
	Seed       string      `json:"seed"`
	ChosenSeed bool        `json:"chosen_seed"`
	Filter     filterShown `json:"filter"`
	Wanted     int         `json:"wanted"`
	Size       int         `json:"size"`
	Done       int         `json:"done"`
	Closed     bool        `json:"closed"`
	Fewer      bool        `json:"fewer"` // the frame held fewer open calls than wanted
	Frame      frameShown  `json:"frame"`
	Prev       string      `json:"prev"`
	Digest     string      `json:"digest"`
	Stratify   string      `json:"stratify,omitempty"`
	Equal      bool        `json:"equal,omitempty"`
	TopsUp     string      `json:"tops_up,omitempty"` // id of the draw whose frame it is
	Planned    string      `json:"planned,omitempty"` // the ISO week that the weekly plan had it made for
	Strata     []stratum   `json:"strata,omitempty"`
	Calls      []drawnCall `json:"calls,omitempty"`

	at time.Time
}

// stratum is a part of a stratified draw's frame.
type stratum struct {
	Stratum string  `json:"stratum"`
	Size    int64   `json:"size"`
	Calls   int     `json:"calls"`
	Weight  float64 `json:"weight"` // calls of the frame that each drawn one stands for
}

type frameShown struct {
	Size   int64  `json:"size"`
	Digest string `json:"digest"`
}

type filterShown struct {
	From        string  `json:"from,omitempty"`
	To          string  `json:"to,omitempty"`
	Queue       string  `json:"queue,omitempty"`
	Category    string  `json:"category,omitempty"`
	MinDuration float64 `json:"min_duration,omitempty"`
}

type drawnCall struct {
	Rank    int     `json:"rank"`
	UID     string  `json:"uid"`
	Key     string  `json:"key"`
	Stratum *string `json:"stratum,omitempty"` // of a stratified draw; "" for calls without category or queue
	Weight  float64 `json:"weight,omitempty"`
}

func toDrawn(d desk.Draw) (drawn, error) {
	f, err := sampling.ParseFilter(d.Filter)
	if err != nil {
		return drawn{}, err
	}
	out := drawn{
		ID: d.ID, Number: d.Number, At: instant(d.At), Seed: d.Seed, ChosenSeed: d.ChosenSeed, at: d.At,
		Filter: filterShown{instant(f.From), instant(f.To), f.Queue, f.Category, f.MinDuration.Seconds()},
		Wanted: d.Wanted, Size: d.Size, Done: d.Done, Closed: d.Closed, Fewer: d.Size < d.Wanted,
		Frame: frameShown(d.Frame), Prev: d.Prev, Digest: d.Digest,
		Stratify: strataName(d.Strata), Equal: d.Equal, TopsUp: d.TopsUp, Planned: d.Planned,
	}
	weights := map[string]float64{}
	for _, s := range d.Dealt {
		weights[s.Name] = s.Weight()
		out.Strata = append(out.Strata, stratum{s.Name, s.Size, s.Calls, s.Weight()})
	}
	for i, c := range d.Calls {
		call := drawnCall{Rank: i + 1, UID: c.UID, Key: c.Key}
		if len(d.Dealt) > 0 {
			call.Stratum, call.Weight = &c.Stratum, weights[c.Stratum]
		}
		out.Calls = append(out.Calls, call)
	}
	return out, nil
}

// Run makes a draw.
func (c *drawMakeCmd) Run(ctx context.Context, s *session) error {
	req, err := c.request()
	if err != nil {
		return err
	}
	made, err := s.Draw(ctx, req, nil)
	if err != nil {
		return err
	}
	return s.drew(made)
}

// request is what is asked for. The desk knows nothing of flags: for it, 0
// calls mean that none were named.
func (c *drawMakeCmd) request() (desk.DrawRequest, error) {
	filter, err := c.filter()
	filter.From, filter.To = c.From.Time, c.To.Time
	req := desk.DrawRequest{
		Minutes: c.Minutes, Speed: c.Speed, Seed: c.Seed, Filter: filter, Strata: sampling.Strata(c.Stratify), Equal: c.Equal,
	}
	if c.Number != nil {
		req.N = *c.Number
		if req.N < 1 {
			return req, review.Fail(review.BadArgument, review.Args{"name": "n", "value": req.N})
		}
	}
	return req, err
}

// drew answers with a draw that was made.
func (s *session) drew(made desk.Draw) error {
	out, err := toDrawn(made)
	if err != nil {
		return err
	}
	return s.answer(out, func(w io.Writer) { s.printDraw(w, out) })
}

type drawTopUpCmd struct {
	ID     string `arg:"" help:"arg_draw"`
	Number int    `short:"n" required:"" help:"number" placeholder:"N"`
}

// Run draws again from the frame of a draw.
func (c *drawTopUpCmd) Run(ctx context.Context, s *session) error {
	made, err := s.TopUp(ctx, c.ID, c.Number, nil)
	if err != nil {
		return err
	}
	return s.drew(made)
}

func (s *session) printDraw(w io.Writer, d drawn) {
	row(w, s.texts.Say("ctl.drawn", review.Args{"n": d.Size, "frame": d.Frame.Size, "id": d.ID, "seed": d.Seed}))
	if d.ChosenSeed {
		row(w, s.texts.Say("ctl.chosen_seed", nil))
	}
	if d.Fewer {
		row(w, s.texts.Say("ctl.fewer", review.Args{"wanted": d.Wanted, "n": d.Size}))
	}
	if d.TopsUp != "" {
		row(w, s.texts.Say("ctl.tops_up", review.Args{"id": d.TopsUp}))
	}
	for _, st := range d.Strata {
		row(w, s.texts.Say("ctl.stratum", review.Args{"name": s.stratumName(st.Stratum), "n": st.Calls, "size": st.Size, "weight": st.Weight}))
	}
	for _, c := range d.Calls {
		if c.Stratum == nil {
			row(w, fmt.Sprint(c.Rank), c.UID, c.Key)
		} else {
			row(w, fmt.Sprint(c.Rank), c.UID, c.Key, s.stratumName(*c.Stratum))
		}
	}
}

// stratumName names a stratum for people, also that of calls without a name.
func (s *session) stratumName(name string) string {
	if name == "" {
		return s.texts.Say("ctl.no_stratum", nil)
	}
	return name
}

type drawsCmd struct{}

// Run lists the draws.
func (drawsCmd) Run(ctx context.Context, s *session) error {
	draws, err := s.Draws(ctx)
	if err != nil {
		return err
	}
	rows := []drawn{}
	for _, d := range draws {
		shown, err := toDrawn(d)
		if err != nil {
			return err
		}
		rows = append(rows, shown)
	}
	return s.answer(rows, func(w io.Writer) {
		s.heads(w, "draw", "made", "drawn", "done", "frame", "seed")
		for _, d := range rows {
			seed := d.Seed
			if d.ChosenSeed {
				seed += " (" + s.texts.Say("ctl.chosen_seed", nil) + ")"
			}
			row(w, d.ID, local(d.at), fmt.Sprint(d.Size), fmt.Sprint(d.Done), fmt.Sprint(d.Frame.Size), seed)
		}
	})
}

type drawVerifyCmd struct {
	ID   string `arg:"" optional:"" help:"arg_draw"`
	File string `help:"draw_file" placeholder:"FILE"`
}

type verified struct {
	ID    string   `json:"id"`
	Holds bool     `json:"holds"` // also where calls were forgotten
	Fails []failed `json:"fails"`
	// Forgotten are the calls of the frame that were forgotten since: of them
	// nothing can be checked but that they had a place.
	Forgotten int `json:"forgotten"`
	// LineEnds says that those of the file were changed on its way, so that its
	// bytes are not those that were exported. What it says is checked all the same.
	LineEnds bool `json:"line_ends_changed"`
}

// Validate is called by the parser: a draw is named by its id or its file.
func (c *drawVerifyCmd) Validate() error {
	if (c.ID == "") == (c.File == "") {
		return errors.New("ID | --file")
	}
	return nil
}

// lone reports that a draw's file is verified without a library.
func (c *drawVerifyCmd) lone() bool { return c.File != "" }

// Run draws again and says whether the same calls come out.
func (c *drawVerifyCmd) Run(ctx context.Context, s *session) error {
	out := verified{Fails: []failed{}}
	verdict, err := c.verify(ctx, s, &out)
	if err != nil {
		return err
	}
	out.ID, out.Holds, out.Forgotten = verdict.ID, len(verdict.Fails) == 0, verdict.Forgotten
	for _, m := range verdict.Fails {
		out.Fails = append(out.Fails, failed{Error: review.Code(m.Check), Message: s.texts.Say("draw.fails-"+string(m.Check), m.Args)})
	}
	err = s.answer(out, func(w io.Writer) {
		switch {
		case out.Holds && out.Forgotten > 0:
			row(w, s.texts.Say("forget.holds_except", review.Args{"id": out.ID, "n": out.Forgotten}))
		case out.Holds:
			row(w, s.texts.Say("ctl.holds", review.Args{"id": out.ID}))
		default:
			row(w, s.texts.Say("ctl.holds_not", review.Args{"id": out.ID}))
		}
		for _, f := range out.Fails {
			row(w, f.Message)
		}
		if out.LineEnds {
			row(w, s.texts.Say("ctl.line_ends", nil))
		}
	})
	if err == nil && !out.Holds {
		err = errNo
	}
	return err
}

func (c *drawVerifyCmd) verify(ctx context.Context, s *session, out *verified) (desk.Verdict, error) {
	if c.File == "" {
		return s.VerifyDraw(ctx, c.ID)
	}
	f, err := os.Open(c.File)
	if err != nil {
		return desk.Verdict{}, review.Fail(noFile, review.Args{"file": c.File}).Because(err)
	}
	defer func() { _ = f.Close() }() // it was only read
	return desk.VerifyFile(io.TeeReader(f, returns{&out.LineEnds}))
}

// returns notes whether a carriage return is written to it.
type returns struct{ seen *bool }

func (r returns) Write(data []byte) (int, error) {
	*r.seen = *r.seen || bytes.IndexByte(data, '\r') >= 0
	return len(data), nil
}

// noFile is answered for a file that cannot be opened. Args: file.
const noFile review.Code = "no-file"

type drawExportCmd struct {
	ID     string `arg:"" help:"arg_draw"`
	Output string `short:"o" required:"" help:"output" placeholder:"FILE"`
}

// Run writes a draw's file.
func (c *drawExportCmd) Run(ctx context.Context, s *session) error {
	err := csv.WriteFile(ctx, c.Output, func(w io.Writer) error { return s.ExportDraw(ctx, c.ID, w) })
	if err != nil {
		return err
	}
	return s.wrote(c.Output)
}

// wrote answers with the file that was written.
func (s *session) wrote(file string) error {
	out := struct {
		File string `json:"file"`
	}{file}
	return s.answer(out, func(w io.Writer) { row(w, s.texts.Say("ctl.wrote", review.Args{"file": file})) })
}

type drawCloseCmd struct {
	ID string `arg:"" help:"arg_draw"`
}

// Run closes a draw.
func (c *drawCloseCmd) Run(ctx context.Context, s *session) error {
	left, err := s.CloseDraw(ctx, c.ID)
	if err != nil {
		return err
	}
	out := struct {
		ID         string `json:"id"`
		Closed     bool   `json:"closed"`
		NotReached int    `json:"not_reached"`
	}{c.ID, true, left}
	return s.answer(out, func(w io.Writer) { row(w, s.texts.Say("ctl.closed", review.Args{"n": left})) })
}

// joined lists names for people.
func joined(names []string) string { return strings.Join(names, ", ") }
