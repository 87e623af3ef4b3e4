package issues

import (
	"fmt"
	"time"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/chart"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/ranking"
)

// steps are the periods of a trend, in the order in which they are offered.
var steps = []ranking.Step{ranking.Automatic, ranking.ByWeek, ranking.ByMonth}

// A course is how the share of the chosen issue went, and what became of it
// where it was fixed.
type course struct {
	trend  desk.Trend
	fixed  bool
	effect desk.Effect // where fixed
}

// chart is the trend as it is painted, ok false while no call has a time.
func (m *model) chart() (t chart.Trend, ok bool) {
	points := m.course.trend.Points
	if len(points) == 0 {
		return t, false
	}
	day := func(at time.Time) string { return m.texts.Day(at, m.zone) }
	t = chart.NewTrend(points, chart.Issue(m.codes()[m.chosen]), m.texts, day)
	t.Gap = m.say("rank.gap", nil)
	if m.course.fixed {
		t.Mark(points, m.course.effect.Fixed, m.status(m.chosen))
	}
	return t, true
}

// verdicts are the texts that say what became of an issue.
var verdicts = map[ranking.Verdict]text.Key{
	ranking.Down: "rank.effect_down", ranking.Up: "rank.effect_up",
	ranking.Unchanged: "rank.effect_unchanged", ranking.TooEarly: "rank.effect_too_early",
}

// effect says what became of a fix, and beside it what to bear in mind.
func (m *model) effect() (said, beside string) {
	e := m.course.effect.Effect
	if !m.course.fixed {
		return m.say("issues.not-fixed", nil), m.say("issues.not-fixed-note", nil)
	}
	least, most := e.Points()
	said = m.say(verdicts[e.Verdict], review.Args{
		"before": m.texts.Percent(e.Before.Share.Part), "after": m.texts.Percent(e.After.Share.Part),
		"low": least, "high": most,
	})
	if e.HearMore > 0 {
		said += " " + m.say("rank.effect_hear_after", review.Args{"n": e.HearMore})
	}
	beside = m.say("issues.effect-heard", review.Args{"before": e.Before.Heard, "after": e.After.Heard})
	if e.HearBefore > 0 {
		beside += " " + m.say("rank.effect_hear_before", review.Args{"n": e.HearBefore})
	}
	if e.Luck && e.Verdict == ranking.Down {
		beside += " " + m.say("rank.effect_luck", nil)
	}
	return said, beside
}

// gaps says how many periods are not shown for want of heard calls, "" for
// none.
func (m *model) gaps() string {
	gaps := 0
	for _, p := range m.course.trend.Points {
		if !p.OK {
			gaps++
		}
	}
	if gaps == 0 {
		return ""
	}
	return m.say("issues.trend-gaps", review.Args{"n": gaps, "of": len(m.course.trend.Points), "least": ranking.FewestPoint})
}

// trendTrace is what the tab lists: each period, and what became of the fix.
func (m *model) trendTrace() []string {
	lines := []string{m.course.trend.Issue.Name}
	for _, p := range m.course.trend.Points {
		share := m.say("rank.gap", nil)
		if p.OK {
			share = m.texts.Percent(p.Share.Part)
		}
		lines = append(lines, fmt.Sprintf("%s %d/%d %s", m.texts.Day(p.From, m.zone), p.Held, p.Heard, share))
	}
	said, _ := m.effect()
	return append(lines, said)
}
