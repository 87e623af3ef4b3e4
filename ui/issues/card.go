package issues

import (
	"fmt"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/ranking"
	"github.com/earshot-app/earshot/ui/widget"
)

// issuesAtOnce are shown on a card before its rarer issues are asked for.
const issuesAtOnce = 6

// A cardRow is one of the agents' categories as its card shows it.
type cardRow struct {
	category string // "" for calls without one
	title    string
	calls    string // "31 % of all calls · 20 heard"
	hides    string // "hides 9 issues"
	lines    []cardLine
	rarer    string // on the button for the rest, "" when there is none
	note     string // in place of lines
	trace    []string
}

// A cardLine is an issue inside a category, or no problem heard.
type cardLine struct {
	name           string
	code           int // the issue's place in the codebook, -1 for no problem
	share          widget.Share
	part, interval string
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
		category: card.Category, title: card.Category,
		calls: m.say("issues.card-calls", review.Args{"part": m.texts.Percent(card.Part), "heard": card.Heard}),
	}
	if card.Category == "" {
		out.title = m.say("issues.no-category", nil)
	}
	out.trace = []string{fmt.Sprintf("%s %s %d/%d", out.title, m.texts.Percent(card.Part), card.Heard, card.Calls)}
	if card.Heard == 0 {
		out.note = m.say("issues.card-unheard", nil)
		return out
	}
	out.hides = m.say("issues.hides", review.Args{"n": len(card.Issues)})
	shown := card.Issues
	if len(shown) > issuesAtOnce {
		rest := len(shown) - issuesAtOnce
		out.rarer = m.say("issues.rarer", review.Args{"n": rest})
		if m.open[card.Category] {
			out.rarer = m.say("issues.rarer-hide", review.Args{"n": rest})
		} else {
			shown = shown[:issuesAtOnce]
		}
	}
	for _, issue := range shown {
		line := m.cardLine(issue.Name, issue.Share, widest)
		line.code = codes[issue.ID]
		out.lines = append(out.lines, line)
		out.trace = append(out.trace, fmt.Sprintf("%s %d/%d %s", issue.Name, issue.Calls, card.Heard, line.part))
	}
	none := m.cardLine(m.say("issues.no-problem", nil), card.NoProblem, widest)
	none.code, none.share.Low, none.share.High = -1, 0, 0 // the pale bar alone: it is not what one compares
	out.lines = append(out.lines, none)
	return out
}

func (m *model) cardLine(name string, s ranking.Share, widest float64) cardLine {
	return cardLine{name: name, share: bar(s, widest), part: m.texts.Percent(s.Part), interval: m.interval(s)}
}

// lead is what stands above the cards.
func (m *model) lead() string {
	if len(m.cards) == 1 && m.cards[0].Category == "" {
		return m.say("issues.unlump-without", nil)
	}
	return m.say("issues.unlump-lead", nil)
}

// moreCards is on the button that shows further cards, "" when all are shown.
func (m *model) moreCards() string {
	if rest := len(m.cards) - m.mostOf; rest > 0 {
		return m.say("issues.more-cards", review.Args{"n": min(rest, cardsAtOnce)})
	}
	return ""
}
