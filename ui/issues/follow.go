package issues

import (
	"slices"
	"time"

	"github.com/earshot-app/earshot/review"
)

// follow is what was said of an issue's way to being fixed.
func (m *model) follow(issueID string) review.Follow {
	i := slices.IndexFunc(m.codebook, func(i review.Issue) bool { return i.ID == issueID })
	if i < 0 || m.codebook[i].Follow.State == "" {
		return review.Follow{State: review.Open}
	}
	return m.codebook[i].Follow
}

// status is how far an issue is, "fixed 2 Nov".
func (m *model) status(issueID string) string {
	f := m.follow(issueID)
	switch f.State {
	case review.Fixed:
		return m.say("issues.status-fixed", review.Args{"day": m.fixDay(f)})
	case review.Fixing:
		return m.say("issues.status-fixing", nil)
	}
	return m.say("issues.status-open", nil)
}

// fixDay writes the day of a fix, without its year when that is this one.
func (m *model) fixDay(f review.Follow) string {
	day := f.Since(time.UTC)
	if day.Year() == m.now().In(m.zone).Year() {
		return m.texts.Day(day, time.UTC)
	}
	return m.texts.Date(day, time.UTC)
}

func (m *model) explainStatus(issueID string) string {
	f := m.follow(issueID)
	said := ""
	switch f.State {
	case review.Fixed:
		said = m.say("issues.explain-fixed", review.Args{"day": m.fixDay(f)})
	case review.Fixing:
		said = m.say("issues.explain-fixing", nil)
	default:
		said = m.say("issues.explain-open", nil)
	}
	if f.Owner != "" {
		said += " " + m.say("issues.explain-owner", review.Args{"owner": f.Owner})
	}
	if f.Next != "" {
		said += " " + m.say("issues.explain-next", review.Args{"next": f.Next})
	}
	return said
}

// following is the follow-through of an issue in words; what nobody said is
// said to be missing.
func (m *model) following(issueID string) (owner, state, next string) {
	f := m.follow(issueID)
	owner, next = m.say("issues.follow-nobody", nil), m.say("issues.follow-nothing", nil)
	if f.Owner != "" {
		owner = m.say("issues.explain-owner", review.Args{"owner": f.Owner})
	}
	if f.Next != "" {
		next = m.say("issues.explain-next", review.Args{"next": f.Next})
	}
	return owner, m.say("issues.follow-state", review.Args{"state": m.status(issueID)}), next
}
