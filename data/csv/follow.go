package csv

import (
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/ranking"
)

// WriteTrend writes the share of one issue over time, a row for each period. A
// share is empty where too few calls were heard.
func WriteTrend(w io.Writer, f Format, trend desk.Trend) error {
	t := newTable(w, f, "trend")
	of := filtered(trend.Filter)
	for _, point := range trend.Points {
		cells := []cell{text(trend.Issue.Name), at(point.From), at(point.To), integer(point.Heard), integer(point.Held)}
		if point.OK {
			cells = append(cells, share(point.Share)...)
		} else {
			cells = append(cells, cell{}, cell{}, cell{})
		}
		cells = append(cells, integer(point.Calls), integer(point.NotCovered), of[2], of[0], of[1])
		if err := t.row(cells...); err != nil {
			return err
		}
	}
	return t.end()
}

// WriteUnlump writes what is heard inside each category: a row for each issue,
// and one, of kind "none", for the calls without any.
func WriteUnlump(w io.Writer, f Format, of desk.Filter, cards []ranking.Card) error {
	t := newTable(w, f, "unlump")
	for _, c := range cards {
		category := []cell{text(c.Category), text(string(c.By)), integer(c.Calls), integer(c.Heard), number(c.Part, 6)}
		row := func(kind, issue, id string, calls cell, s ranking.Share) error {
			return t.row(slices.Concat(category, []cell{text(kind), text(issue), calls}, share(s), filtered(of), []cell{text(id)})...)
		}
		for _, i := range c.Issues {
			if err := row("issue", i.Name, i.ID, integer(i.Calls), i.Share); err != nil {
				return err
			}
		}
		if c.Heard == 0 {
			continue
		}
		if err := row("none", "", "", cell{}, c.NoProblem); err != nil {
			return err
		}
	}
	return t.end()
}

// WriteMismatch writes which issues are filed under which categories, a row for
// each pair.
func WriteMismatch(w io.Writer, f Format, of desk.Filter, m ranking.Mismatch) error {
	t := newTable(w, f, "mismatch")
	surprises := map[ranking.Surprise]string{ranking.Commoner: "more", ranking.Rarer: "less"}
	for _, row := range m.Rows {
		for i, c := range row.Cells {
			cells := []cell{
				text(row.Category), text(string(row.By)), integer(row.Calls), integer(row.Heard), text(m.Issues[i].Name), integer(c.Calls),
			}
			if row.Heard > 0 {
				cells = append(append(cells, share(c.Share)...), number(c.OfIssue, 6))
			} else {
				cells = append(cells, cell{}, cell{}, cell{}, cell{})
			}
			if err := t.row(append(append(cells, text(surprises[c.Surprise])), filtered(of)...)...); err != nil {
				return err
			}
		}
	}
	return t.end()
}

// WriteProposal writes a better list of categories, largest share first and last
// what is left, under the name of other.
func WriteProposal(w io.Writer, f Format, of desk.Filter, list ranking.Proposal, other string) error {
	t := newTable(w, f, "categories")
	row := func(name, kind string, s ranking.Share, sure, replaces string) error {
		cells := append([]cell{text(name), text(kind)}, share(s)...)
		return t.row(append(append(cells, text(sure), text(replaces), integer(list.Heard)), filtered(of)...)...)
	}
	for _, c := range list.Categories {
		if err := row(c.Name, "issue", c.Share, strconv.FormatBool(c.Sure), strings.Join(c.Categories, "; ")); err != nil {
			return err
		}
	}
	if err := row(other, "other", list.Other, "", ""); err != nil {
		return err
	}
	return t.end()
}
