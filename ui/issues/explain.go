package issues

import (
	"math"
	"strings"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/ranking"
)

// A figure is a number of the ranking that can be explained in a sentence.
type figure int

// The figures: the cards above the table, then its columns.
const (
	heardFigure figure = iota
	distinctFigure
	besideFigure
	rankFigure
	callsFigure
	shareFigure
	weekFigure
	filedFigure
	keyFigure
	figures // how many there are
)

// explain says what the figure one looks at means, with the numbers of the
// issue of that id.
func (m *model) explain(id string) string {
	c := m.ranked.Counts
	switch m.figure {
	case heardFigure:
		return m.say("issues.explain-heard", review.Args{"n": c.Heard, "frame": c.Frame, "skipped": c.NotHeard + c.NoCustomer})
	case distinctFigure:
		return m.say("issues.explain-distinct", review.Args{"n": len(m.ranked.Issues)})
	case besideFigure:
		return m.say("issues.explain-beside", review.Args{"list": m.beside()})
	}
	for _, r := range m.ranked.Issues {
		if r.ID == id {
			return m.explainIssue(r)
		}
	}
	return ""
}

func (m *model) explainIssue(r ranking.Ranked) string {
	c := m.ranked.Counts
	switch m.figure {
	case rankFigure:
		return m.say("issues.explain-rank", review.Args{"rank": r.Rank})
	case callsFigure:
		return m.say("issues.explain-calls", review.Args{"calls": r.Calls, "n": c.Heard})
	case shareFigure:
		return m.explainShare(r.Share)
	case weekFigure:
		weekly := int(math.Round(float64(c.Frame) / max(1, m.ranked.Weeks)))
		return m.say("issues.explain-week", review.Args{
			"range": m.texts.Range(int(r.PerWeek.Low), int(r.PerWeek.High)), "weekly": weekly,
		})
	case filedFigure:
		if len(r.Categories) == 0 {
			return m.say("issues.explain-unfiled", nil)
		}
		return m.say("issues.explain-filed", review.Args{"list": strings.Join(r.Categories, ", ")})
	}
	if r.Key == 0 {
		return m.say("issues.no-key-note", nil)
	}
	return m.say("issues.key-note", review.Args{"key": r.Key})
}

func (m *model) explainShare(s ranking.Share) string {
	if s.Low == s.High {
		return m.say("issues.explain-share-all", review.Args{"part": m.texts.Percent(s.Part)})
	}
	return m.say("issues.explain-share", review.Args{
		"part": m.texts.Percent(s.Part), "interval": m.texts.PercentRange(s.Low, s.High),
	})
}
