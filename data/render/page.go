package render

import (
	"time"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/chart"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/ranking"
)

// mostRows are as many as one can read on a page; the foot tells how many are
// left out.
const mostRows = 25

// Words is the language of a page and where its days begin and end.
type Words struct {
	Texts *text.Catalog
	Zone  *time.Location
}

// Ranking is a ranking as a page: issues that cannot be told apart yet are
// joined by a line.
func (w Words) Ranking(r desk.Ranked) chart.Page {
	say := w.Texts.Say
	shown := r.Issues[:min(len(r.Issues), mostRows)]
	rows := make([]chart.Row, len(shown))
	for i, issue := range shown {
		rows[i] = w.row(issue.Name, issue.Share, chart.Bar)
		rows[i].Rank = w.Texts.Range(issue.RankLow, issue.RankHigh)
		rows[i].Note = say("issues.calls-of", review.Args{"calls": issue.Calls, "n": r.Counts.Heard})
		rows[i].Joined = i+1 < len(shown) && shown[i+1].Bracket == issue.Bracket
	}
	foot := say("chart.interval", nil) + " " + say("chart.joined", nil)
	if left := len(r.Issues) - len(shown); left > 0 {
		foot += " " + say("chart.left-out", review.Args{"n": left})
	}
	return chart.Page{Title: say("chart.ranking", nil), Note: w.heard(r.Counts, r.Filter), Foot: foot, Body: w.bars(rows)}
}

// heard says of which calls a chart is, and how many of them were heard.
func (w Words) heard(c ranking.Counts, f desk.Filter) string {
	note := w.Texts.Say("chart.heard", review.Args{"n": c.Heard, "frame": c.Frame})
	if !c.First.IsZero() {
		note += " · " + w.Texts.Say("issues.from-to", review.Args{"from": w.Texts.Date(c.First, w.Zone), "to": w.Texts.Date(c.Last, w.Zone)})
	}
	if f.Queue != "" {
		note += " · " + f.Queue
	}
	return note
}

func (w Words) row(name string, s ranking.Share, fill chart.Role) chart.Row {
	row := chart.Row{
		Name: name, Value: w.Texts.Percent(s.Part), Fill: fill,
		Share: chart.Share{Part: s.Part, Low: s.Low, High: s.High},
	}
	if s.Low < s.High {
		row.Range = w.Texts.PercentRange(s.Low, s.High)
	}
	return row
}

func (w Words) bars(rows []chart.Row) chart.Bars {
	return chart.Bars{Rows: rows, Ticks: w.ticks(chart.Highest(rows))}
}

func (w Words) ticks(highest float64) []chart.Tick {
	var ticks []chart.Tick
	for _, at := range chart.Steps(highest) {
		ticks = append(ticks, chart.Tick{At: at, Label: w.Texts.Percent(at)})
	}
	return ticks
}

// Unlump is what was heard inside one category as a page. Its issues have the
// colours of their places in the codebook, as in the window.
func (w Words) Unlump(card ranking.Card, codebook []review.Issue) chart.Page {
	say := w.Texts.Say
	places := map[string]int{}
	for i, issue := range codebook {
		places[issue.ID] = i
	}
	shown := card.Issues[:min(len(card.Issues), mostRows)]
	rows := make([]chart.Row, 0, len(shown)+1)
	for _, issue := range shown {
		rows = append(rows, w.row(issue.Name, issue.Share, chart.Issue(places[issue.ID])))
	}
	none := w.row(say("issues.no-problem", nil), card.NoProblem, chart.None)
	none.Pattern = chart.Hollow
	title := card.Category
	if title == "" {
		title = say("issues.no-category", nil)
	}
	foot := say("issues.unlump-note", nil)
	if left := len(card.Issues) - len(shown); left > 0 {
		foot += " " + say("chart.left-out", review.Args{"n": left})
	}
	return chart.Page{
		Title: title, Note: say("issues.card-calls", review.Args{"part": w.Texts.Percent(card.Part), "heard": card.Heard}),
		Foot: foot, Body: w.bars(append(rows, none)),
	}
}
