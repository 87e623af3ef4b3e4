package issues

import (
	"fmt"
	"slices"
	"strings"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/chart"
	"github.com/earshot-app/earshot/review/ranking"
)

// issuesAtOnce are shown on a card before its rarer issues are asked for.
const issuesAtOnce = 6

// A cardKey tells a card from the others: a queue may be called as a category
// is.
type cardKey struct {
	by   ranking.By
	name string // "" for calls without one
}

func keyOf(c ranking.Card) cardKey { return cardKey{c.By, c.Category} }

// drawable reports whether one can draw the calls of a card and no others:
// those of a category, or of a queue where no call has a category.
func (m *model) drawable(k cardKey) bool {
	filed := slices.ContainsFunc(m.cards, func(c ranking.Card) bool { return c.By == ranking.ByCategory })
	return k.name != "" && (k.by == ranking.ByCategory || !filed)
}

// A cardRow is one of the agents' categories, or a queue without any, as its
// card shows it.
type cardRow struct {
	key   cardKey
	title string
	calls string // "31 % of all calls · 20 heard"
	hides string // "hides 9 issues"
	bars  chart.Bars
	rarer string // on the button for the rest, "" when there is none
	note  string // in place of bars
	trace []string
}

// cardRows are the first of the cards, biggest category first. All bars have
// one scale, so that cards can be compared.
func (m *model) cardRows() []cardRow {
	codes, widest := m.codes(), 0.0
	for _, card := range m.cards {
		if card.Heard > 0 {
			widest = max(widest, card.NoProblem.Part)
		}
		for _, issue := range card.Issues {
			widest = max(widest, issue.Share.High)
		}
	}
	shown := m.cards[:min(len(m.cards), m.mostOf)]
	rows := make([]cardRow, len(shown))
	for i, card := range shown {
		rows[i] = m.cardRow(card, codes, widest)
	}
	return rows
}

func (m *model) cardRow(card ranking.Card, codes map[string]int, widest float64) cardRow {
	out := cardRow{
		key: keyOf(card), title: m.cardTitle(card),
		calls: m.say("issues.card-calls", review.Args{"part": m.texts.Percent(card.Part), "heard": card.Heard}),
		bars:  chart.Bars{Max: widest},
	}
	out.trace = []string{fmt.Sprintf("%s %s %d/%d", out.title, m.texts.Percent(card.Part), card.Heard, card.Calls)}
	if card.Heard == 0 {
		out.note = m.say("issues.card-unheard", nil)
		return out
	}
	out.hides = m.say("issues.hides", review.Args{"n": len(card.Issues)})
	shown := card.Issues
	if rest := len(shown) - issuesAtOnce; rest > 0 {
		out.rarer = m.say("issues.rarer", review.Args{"n": rest})
		if m.open[out.key] {
			out.rarer = m.say("issues.rarer-hide", review.Args{"n": rest})
		} else {
			shown = shown[:issuesAtOnce]
		}
	}
	for _, issue := range shown {
		bar := chart.NewRow(issue.Name, issue.Share, chart.Issue(codes[issue.ID]), m.texts)
		if issue.ToLookAt > 0 {
			bar.Note = m.say("codebook.waiting", review.Args{"n": issue.ToLookAt})
		}
		out.bars.Rows = append(out.bars.Rows, bar)
		out.trace = append(out.trace, fmt.Sprintf("%s %d/%d %s", issue.Name, issue.Calls, card.Heard, strings.TrimSpace(bar.Value+" "+bar.Note)))
	}
	none := chart.NewNone(m.say("issues.no-problem", nil), card.NoProblem, m.texts)
	out.bars.Rows = append(out.bars.Rows, none)
	return out
}

func (m *model) cardTitle(card ranking.Card) string {
	switch {
	case card.Category == "":
		return m.say("issues.no-category", nil)
	case card.By == ranking.ByQueue:
		return m.say("issues.queue-named", review.Args{"queue": card.Category})
	}
	return card.Category
}

// lead is what stands above the cards.
func (m *model) lead() string {
	queues := 0
	for _, card := range m.cards {
		if card.By == ranking.ByQueue || card.Category == "" {
			queues++
		}
	}
	switch queues {
	case 0:
		return m.say("issues.unlump-lead", nil)
	case len(m.cards):
		return m.say("issues.unlump-without", nil)
	}
	return m.say("issues.unlump-lead", nil) + " " + m.say("issues.unlump-some", nil)
}

// moreCards is on the button that shows further cards, "" when all are shown.
func (m *model) moreCards() string {
	if rest := len(m.cards) - m.mostOf; rest > 0 {
		return m.say("issues.more-cards", review.Args{"n": min(rest, cardsAtOnce)})
	}
	return ""
}
