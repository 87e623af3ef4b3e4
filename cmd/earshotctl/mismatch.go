package main

import (
	"context"
	"fmt"
	"io"

	"github.com/earshot-app/earshot/review/ranking"
)

type mismatchCmd struct {
	periodFlags `embed:""`
}

type mismatchShown struct {
	Issues     []string `json:"issues"`
	Categories []filed  `json:"categories"`
}

// filed is one category with all issues of the table, in their order.
type filed struct {
	Category string      `json:"category"`
	By       ranking.By  `json:"by"` // queue, where calls have no category
	Calls    int64       `json:"calls"`
	Heard    int64       `json:"heard"`
	Issues   []filedCell `json:"issues"`
}

type filedCell struct {
	Issue    string   `json:"issue"`
	Calls    int64    `json:"calls"`
	Share    *float64 `json:"share"` // of the category's calls; null, as what follows, where none was heard
	Low      *float64 `json:"low"`
	High     *float64 `json:"high"`
	OfIssue  *float64 `json:"of_issue"`   // of the issue's calls, the part filed here
	Surprise string   `json:"surprise"`   // more, less or "": against the other categories
	ToLookAt int      `json:"to_look_at"` // moments of a split, still to be dealt, in calls of the category
}

var surprises = map[ranking.Surprise]string{ranking.Commoner: "more", ranking.Rarer: "less"}

// Run tells which issues are filed under which categories.
func (c *mismatchCmd) Run(ctx context.Context, s *session) error {
	filter, err := c.filter()
	if err != nil {
		return err
	}
	table, err := s.Mismatch(ctx, filter)
	if err != nil {
		return err
	}
	out := mismatchShown{Issues: []string{}, Categories: []filed{}}
	for _, issue := range table.Issues {
		out.Issues = append(out.Issues, issue.Name)
	}
	for _, r := range table.Rows {
		out.Categories = append(out.Categories, toFiled(r, out.Issues))
	}
	return s.answer(out, func(w io.Writer) { s.printMismatch(w, out) })
}

func toFiled(r ranking.Filed, issues []string) filed {
	out := filed{r.Category, r.By, r.Calls, r.Heard, []filedCell{}}
	for i, c := range r.Cells {
		shown := filedCell{Issue: issues[i], Calls: c.Calls, Surprise: surprises[c.Surprise], ToLookAt: c.ToLookAt}
		if r.Heard > 0 {
			shown.Share, shown.Low, shown.High, shown.OfIssue = &c.Share.Part, &c.Share.Low, &c.Share.High, &c.OfIssue
		}
		out.Issues = append(out.Issues, shown)
	}
	return out
}

func (s *session) printMismatch(w io.Writer, m mismatchShown) {
	s.heads(w, "category", "issue", "calls", "share", "interval", "of_issue", "surprise")
	for _, c := range m.Categories {
		for _, i := range c.Issues {
			if i.Share == nil || i.Calls == 0 && i.Surprise == "" && i.ToLookAt == 0 {
				continue
			}
			surprise := ""
			switch i.Surprise {
			case "more":
				surprise = s.texts.Say("rank.surprise_more", nil)
			case "less":
				surprise = s.texts.Say("rank.surprise_less", nil)
			}
			row(w, s.categoryName(c.Category, c.By), i.Issue, fmt.Sprint(i.Calls), s.texts.Percent(*i.Share),
				s.texts.PercentRange(*i.Low, *i.High), s.texts.Percent(*i.OfIssue), surprise, s.toLookAt(i.ToLookAt))
		}
	}
}
