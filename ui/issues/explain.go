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
	unheardFigure
	rankFigure
	callsFigure
	shareFigure
	weekFigure
	filedFigure
	statusFigure
	figures // how many there are
)

// explain says what a figure means, with the numbers of the issue of that id.
func (m *model) explain(f figure, id string) string {
	c := m.ranked.Counts
	switch f {
	case heardFigure:
		said := m.say("issues.explain-heard", review.Args{"n": c.Heard, "frame": c.Frame, "skipped": c.NotHeard + c.NoCustomer})
		if list := m.beside(); list != "" {
			said += " " + m.say("issues.explain-beside", review.Args{"list": list})
		}
		return said
	case distinctFigure:
		return m.say("issues.explain-distinct", review.Args{"n": len(m.ranked.Issues)})
	case unheardFigure:
		return m.explainAhead()
	}
	if at := m.place(id); at >= 0 {
		return m.explainIssue(f, m.ranked.Issues[at])
	}
	return ""
}

// explainAhead says whether enough was heard.
func (m *model) explainAhead() string {
	if m.allHeard() {
		return m.say("issues.explain-ahead-all", nil)
	}
	u, c := m.ranked.Unheard, m.ranked.Counts
	said := m.say("rank.next_new", review.Args{"p": m.texts.Percent(u.NextNew), "n": u.AtLeast})
	if c.NotCovered > 0 && c.Frame > 0 {
		said += " " + m.say("rank.not_covered", review.Args{"p": m.texts.Percent(float64(c.NotCovered) / float64(c.Frame))})
	}
	return said
}

func (m *model) explainIssue(f figure, r ranking.Ranked) string {
	c := m.ranked.Counts
	switch f {
	case rankFigure:
		said := m.say("issues.explain-rank", review.Args{"rank": r.Rank})
		if r.RankLow < r.RankHigh {
			said += " " + m.say("rank.place", review.Args{"low": r.RankLow, "high": r.RankHigh})
		}
		return said
	case callsFigure:
		return m.say("issues.explain-calls", review.Args{"calls": r.Calls, "n": c.Heard})
	case shareFigure:
		said := m.explainShare(r.Share)
		if len(r.WaitsFor) > 0 {
			said += " " + m.say("codebook.explain-waiting", review.Args{"n": r.ToLookAt})
		}
		if r.More > 0 {
			said += " " + m.say("rank.more", review.Args{"n": r.More})
		}
		return said
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
	return m.explainStatus(r.ID)
}

func (m *model) explainShare(s ranking.Share) string {
	if s.Low == s.High {
		return m.say("issues.explain-share-all", review.Args{"part": m.texts.Percent(s.Part)})
	}
	return m.say("issues.explain-share", review.Args{
		"part": m.texts.Percent(s.Part), "interval": m.texts.PercentRange(s.Low, s.High),
	})
}
