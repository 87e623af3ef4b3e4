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
		rows[i] = chart.NewRow(issue.Name, issue.Share, chart.Bar, w.Texts)
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

func (w Words) bars(rows []chart.Row) chart.Bars {
	return chart.Bars{Rows: rows, Ticks: chart.Ticks(chart.Highest(rows), w.Texts)}
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
		row := chart.NewRow(issue.Name, issue.Share, chart.Issue(places[issue.ID]), w.Texts)
		if issue.ToLookAt > 0 {
			row.Note = say("codebook.waiting", review.Args{"n": issue.ToLookAt})
		}
		rows = append(rows, row)
	}
	none := chart.NewNone(say("issues.no-problem", nil), card.NoProblem, w.Texts)
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

// Trend is how the share of an issue went as a page; place is its place in the
// codebook, which is its colour. The day of its fix is marked.
func (w Words) Trend(t desk.Trend, place int) chart.Page {
	say := w.Texts.Say
	day := func(at time.Time) string { return w.Texts.Day(at, w.Zone) }
	body := chart.NewTrend(t.Points, chart.Issue(place), w.Texts, day)
	body.Gap = say("rank.gap", nil)
	if fixed := t.Issue.Follow.Since(w.Zone); !fixed.IsZero() {
		body.Mark(t.Points, fixed, say("rank.state_fixed", review.Args{"day": day(fixed)}))
	}
	var heard, calls int64
	for _, p := range t.Points {
		heard, calls = heard+p.Heard, calls+p.Calls
	}
	note := say("chart.heard", review.Args{"n": heard, "frame": calls})
	if t.Filter.Queue != "" {
		note += " · " + t.Filter.Queue
	}
	return chart.Page{Title: t.Issue.Name, Note: note, Foot: say("chart.interval", nil) + " " + say("rank.explain_trend", nil), Body: body}
}
