package csv

import (
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/sampling"
)

// WriteCalls writes a row for each call, as they come, in constant memory, with a
// column for each of the fields that metadata has. It answers what calls answer.
func WriteCalls(w io.Writer, f Format, of desk.Filter, fields []string, calls iter.Seq2[desk.CallTold, error]) error {
	header := []cell{}
	for _, c := range tables["calls"] {
		header = append(header, cell{c.name, true})
	}
	for _, name := range fields {
		header = append(header, text(desk.FieldColumn+name))
	}
	t := newRows(w, f, "calls", header)
	last := filtered(of)
	row := make([]cell, 0, len(header))
	for c, err := range calls {
		if err == nil {
			row = append(callRow(row[:0], c), last...)
			for _, name := range fields {
				row = append(row, text(c.Fields[name]))
			}
			err = t.row(row...)
		}
		if err != nil {
			return fmt.Errorf("write calls: %w", err)
		}
	}
	return t.end()
}

// callRow adds the cells that tell a call to a row.
func callRow(row []cell, told desk.CallTold) []cell {
	c := told.Call
	place := cell{}
	if c.Rank > 0 {
		place = integer(int64(c.Rank))
	}
	return append(row,
		text(c.UID), at(c.Start.UTC()), truth(c.StartGuessed), seconds(c.Duration), text(c.Queue), text(c.Category),
		text(c.Direction), text(string(c.State)), text(strings.Join(told.Issues, "; ")), text(c.Draw), place,
		truth(c.Picked), number(c.Played, 3), text(string(c.Skip)), text(c.Reason),
		text(told.Agent), text(told.Customer), text(strings.Join(told.Files, "; ")))
}

// WriteDraws writes a row for each drawn call that a filter lets in, by draw and
// place in it.
func WriteDraws(w io.Writer, f Format, of desk.Filter, draws iter.Seq2[desk.DrawTold, error]) error {
	t := newTable(w, f, "draw")
	for d, err := range draws {
		if err == nil {
			err = t.drawn(d, of)
		}
		if err != nil {
			return fmt.Errorf("write draw: %w", err)
		}
	}
	return t.end()
}

func (t *table) drawn(d desk.DrawTold, of desk.Filter) error {
	weights := map[string]cell{}
	for _, s := range d.Draw.Dealt {
		weights[s.Name] = number(s.Weight(), 6)
	}
	draw := []cell{
		text(d.Draw.Seed), truth(d.Draw.ChosenSeed), integer(int64(d.Draw.Wanted)), text(d.Draw.Filter),
		integer(d.Draw.Frame.Size), text(d.Draw.Frame.Digest), text(d.Draw.Digest), truth(d.Draw.Closed),
	}
	for _, c := range d.Calls {
		var key sampling.Drawn
		if c.Rank > 0 && c.Rank <= len(d.Draw.Calls) {
			key = d.Draw.Calls[c.Rank-1]
		}
		row := []cell{
			text(d.Draw.ID), integer(int64(d.Draw.Number)), at(d.Draw.At.UTC()), integer(int64(c.Rank)), text(c.UID), text(key.Key),
			at(c.Start.UTC()), text(c.Queue), text(c.Category), text(string(c.State)), text(key.Stratum), weights[key.Stratum],
		}
		if err := t.row(slices.Concat(row, draw, filtered(of))...); err != nil {
			return err
		}
	}
	return nil
}
