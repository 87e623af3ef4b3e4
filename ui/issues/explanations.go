package issues

import (
	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/ranking"
)

// An explanation is a sentence or two and what they explain.
type explanation struct{ title, said string }

// explainer gathers explanations.
type explainer struct {
	m   *model
	all []explanation
}

// add explains what title names, in sentences of which those that are "" are
// left out.
func (e *explainer) add(title text.Key, sentences ...string) {
	said := ""
	for _, s := range sentences {
		if s != "" {
			said += " " + s
		}
	}
	if said != "" {
		e.all = append(e.all, explanation{e.m.say(title, nil), said[1:]})
	}
}

// explanations are all sentences on what the tab shows, each with what it
// explains, for those who want to read them at once.
func (m *model) explanations() []explanation {
	e := &explainer{m: m}
	switch {
	case m.tab == unlumpTab:
		e.unlump()
	case m.at() < 0:
	case m.tab == trendTab:
		e.trend()
	default:
		e.issue(m.ranked.Issues[m.at()])
		e.ranking()
	}
	return e.all
}

// issue explains the row of an issue.
func (e *explainer) issue(r ranking.Ranked) {
	m, id := e.m, r.ID
	e.add("issues.column-rank-long", m.explain(rankFigure, id), m.say("rank.explain_range", nil))
	if m.rowIn(r) {
		e.add("rank.bracket", m.say("rank.explain_bracket", nil))
	}
	e.add("issues.column-issue", m.explain(callsFigure, id))
	weighed, later := "", ""
	if len(m.ranked.Counts.Cells) > 1 {
		weighed = m.say("rank.explain_weighed", nil)
	}
	if r.More > 0 {
		later = m.say("rank.explain_more", nil)
	}
	e.add("issues.column-share", m.explain(shareFigure, id), later, weighed)
	if r.HasSince {
		said := m.say("rank.since", review.Args{"heard": r.Since.Heard, "p": m.texts.Percent(r.Since.Share.Part)})
		e.add("issues.column-since", said, m.say("rank.explain_since", nil))
	}
	if m.ranked.Counts.NotHeard > 0 {
		e.add("issues.column-bounds", m.say("rank.bounds", review.Args{"low": m.texts.Percent(r.Bounds.Low), "high": m.texts.Percent(r.Bounds.High)}))
	}
	e.add("issues.column-week", m.explain(weekFigure, id))
	e.add("issues.column-filed", m.explain(filedFigure, id))
	e.add("issues.column-status", m.explain(statusFigure, id))
}

// rowIn reports whether an issue is in a bracket with others.
func (m *model) rowIn(r ranking.Ranked) bool {
	at := m.place(r.ID)
	b, ok := m.bracketOf(at)
	return ok && b.first <= at && at <= b.last
}

// ranking explains what stands above the table.
func (e *explainer) ranking() {
	m, c := e.m, e.m.ranked.Counts
	picked, covered := "", ""
	if c.Picked > 0 {
		picked = m.say("rank.explain_picked", nil)
	}
	if c.NotCovered > 0 {
		covered = m.say("rank.explain_not_covered", nil)
	}
	e.add("issues.heard", m.explain(heardFigure, ""), picked)
	if m.ranked.ToppedUp {
		e.add("rank.topped_up", m.say("issues.explain-topped-up", nil))
	}
	e.add("issues.distinct", m.explain(distinctFigure, ""))
	if m.allHeard() {
		e.add("issues.ahead", m.explain(unheardFigure, ""))
		return
	}
	e.add("issues.ahead", m.explain(unheardFigure, ""), m.say("rank.explain_next_new", nil), m.say("rank.explain_unheard", nil), covered)
}

// unlump explains the cards, the table or the list.
func (e *explainer) unlump() {
	m := e.m
	switch m.inside {
	case asTable:
		e.add("issues.as-table", m.say("issues.table-signs", nil))
	case asList:
		e.add("issues.as-list", m.say("rank.explain_proposal", nil))
		e.add("rank.other", m.say("rank.explain_other", nil))
	default:
		e.add("issues.column-share", m.say("rank.explain_inside", nil), m.say("chart.interval", nil))
		e.add("issues.no-problem", m.say("rank.explain_no_problem", nil))
	}
}

// trend explains the trend and the effect of a fix.
func (e *explainer) trend() {
	m := e.m
	e.add("issues.trend", m.say("rank.explain_trend", nil), m.say("chart.interval", nil))
	if m.course.fixed {
		e.add("issues.effect", m.say("rank.explain_effect", nil), m.say("rank.explain_hear_more", nil))
	}
}
