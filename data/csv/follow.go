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
		row := func(kind string, i ranking.Inside, calls, toLookAt cell) error {
			return t.row(slices.Concat(category, []cell{text(kind), text(i.Name), calls}, share(i.Share), filtered(of), []cell{text(i.ID), toLookAt})...)
		}
		for _, i := range c.Issues {
			if err := row("issue", i, integer(i.Calls), integer(int64(i.ToLookAt))); err != nil {
				return err
			}
		}
		if c.Heard == 0 {
			continue
		}
		if err := row("none", ranking.Inside{Share: c.NoProblem}, cell{}, cell{}); err != nil {
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
			cells = append(append(cells, text(surprises[c.Surprise])), filtered(of)...)
			if err := t.row(append(cells, integer(int64(c.ToLookAt)))...); err != nil {
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
	row := func(name, kind string, s ranking.Share, sure, replaces string, toLookAt int) error {
		return t.row(slices.Concat([]cell{text(name), text(kind)}, share(s), []cell{text(sure), text(replaces), integer(list.Heard)},
			filtered(of), []cell{integer(int64(toLookAt))})...)
	}
	for _, c := range list.Categories {
		if err := row(c.Name, "issue", c.Share, strconv.FormatBool(c.Sure), strings.Join(c.Ranked.Categories, "; "), c.ToLookAt); err != nil {
			return err
		}
	}
	if err := row(other, "other", list.Other, "", "", list.ToLookAt); err != nil {
		return err
	}
	return t.end()
}
