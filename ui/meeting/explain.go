package meeting

import (
	"fyne.io/fyne/v2/container"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/ui/screen"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// figures are the headings of what an issue's slide shows, and what they mean.
var figures = []struct{ title, means text.Key }{
	{"issues.column-share", "rank.explain_share"},
	{"issues.column-week", "rank.explain_week"},
	{"issues.column-rank-long", "rank.explain_range"},
}

// Explain implements [screen.Explainer]: what is asked in the meeting about the
// figures of an issue.
func (s *Screen) Explain() bool {
	if len(s.model.meeting.Issues) == 0 {
		return false
	}
	list := container.New(widget.Column{Gap: theme.GapSmall})
	for _, f := range figures {
		means := widget.NewText(s.shell.Say(f.means, nil), widget.Look{Fit: widget.Wrap})
		list.Add(widget.Labelled(s.shell.Say(f.title, nil), means))
	}
	s.shell.Dialog(s.shell.Say("issues.explain-these", nil), list, screen.Answer{Text: s.shell.Say("issues.close", nil), Primary: true})
	return true
}
