package csv

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/ranking"
)

// WriteTrend writes the share of one issue over time, a row for each period:
//
//	issue        its name
//	from, to     the period, from inclusive, to exclusive
//	heard        heard, drawn calls of the period
//	calls        of these, with the issue
//	share        0 to 1, up to six decimals; empty where too few calls were heard
//	low, high    95 % interval of the share
//	frame        all calls of the period
//	not_covered  of these, calls that no draw covers: the share says nothing of them
//	queue        empty for all
func WriteTrend(w io.Writer, p Preset, trend desk.Trend) error {
	t := newTable(w, p, "issue", "from", "to", "heard", "calls", "share", "low", "high", "frame", "not_covered", "queue")
	for _, point := range trend.Points {
		cells := []cell{text(trend.Issue.Name), instant(point.From), instant(point.To), whole(point.Heard), whole(point.Held)}
		if point.OK {
			cells = append(cells, share(point.Share)...)
		} else {
			cells = append(cells, cell{}, cell{}, cell{})
		}
		if err := t.row(append(cells, whole(point.Calls), whole(point.NotCovered), text(trend.Filter.Queue))...); err != nil {
			return fmt.Errorf("write trend: %w", err)
		}
	}
	return t.end("trend")
}

// WriteMismatch writes which issues are filed under which categories, a row for
// each pair:
//
//	category        that the agents filed calls under; a queue where there is none
//	by              "category" or "queue"
//	category_calls  filed under it
//	category_heard  of these drawn and heard
//	issue           its name
//	calls           heard calls of the category with the issue
//	share           of the category's calls, 0 to 1, up to six decimals; empty where none was heard
//	low, high       95 % interval of the share
//	of_issue        of the issue's calls, the part filed here
//	surprise        "more" or "less" where that is surely so than under the other categories
//	from, to, queue what was counted
func WriteMismatch(w io.Writer, p Preset, f desk.Filter, m ranking.Mismatch) error {
	t := newTable(w, p, "category", "by", "category_calls", "category_heard", "issue", "calls", "share", "low", "high",
		"of_issue", "surprise", "from", "to", "queue")
	surprises := map[ranking.Surprise]string{ranking.Commoner: "more", ranking.Rarer: "less"}
	for _, row := range m.Rows {
		for i, c := range row.Cells {
			cells := []cell{
				text(row.Category), text(string(row.By)), whole(row.Calls), whole(row.Heard), text(m.Issues[i].Name), whole(c.Calls),
			}
			if row.Heard > 0 {
				cells = append(append(cells, share(c.Share)...), decimal(c.OfIssue, 6))
			} else {
				cells = append(cells, cell{}, cell{}, cell{}, cell{})
			}
			if err := t.row(append(cells, text(surprises[c.Surprise]), instant(f.From), instant(f.To), text(f.Queue))...); err != nil {
				return fmt.Errorf("write mismatch: %w", err)
			}
		}
	}
	return t.end("mismatch")
}

// WriteProposal writes a better list of categories, largest share first and last
// what is left:
//
//	category   the issue's name; other, in the words given, for what is left
//	kind       "issue" or "other"
//	share      of all calls, 0 to 1, up to six decimals
//	low, high  95 % interval of the share
//	sure       "true" where the low end too is above the share asked for; empty for other
//	replaces   categories that the calls are filed under now, most first, parted by "; "
//	heard      heard, drawn calls that this is estimated from
//	from, to, queue what was counted
func WriteProposal(w io.Writer, p Preset, f desk.Filter, list ranking.Proposal, other string) error {
	t := newTable(w, p, "category", "kind", "share", "low", "high", "sure", "replaces", "heard", "from", "to", "queue")
	row := func(name, kind string, s ranking.Share, sure, replaces string) error {
		cells := append([]cell{text(name), text(kind)}, share(s)...)
		return t.row(append(cells, text(sure), text(replaces), whole(list.Heard), instant(f.From), instant(f.To), text(f.Queue))...)
	}
	for _, c := range list.Categories {
		if err := row(c.Name, "issue", c.Share, strconv.FormatBool(c.Sure), strings.Join(c.Categories, "; ")); err != nil {
			return fmt.Errorf("write proposal: %w", err)
		}
	}
	if err := row(other, "other", list.Other, "", ""); err != nil {
		return fmt.Errorf("write proposal: %w", err)
	}
	return t.end("proposal")
}

// share is a share with its interval as three cells.
func share(s ranking.Share) []cell {
	return []cell{decimal(s.Part, 6), decimal(s.Low, 6), decimal(s.High, 6)}
}

func (t *table) end(of string) error {
	if err := t.out.Flush(); err != nil {
		return fmt.Errorf("write %s: %w", of, err)
	}
	return nil
}
