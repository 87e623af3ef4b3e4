package session

import (
	"cmp"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/agreement"
	"github.com/earshot-app/earshot/review/session"
	"github.com/earshot-app/earshot/ui/screen"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// alpha says how far the members agree, in one line.
func (r *room) alpha() string {
	a := r.agreement
	if !a.Tested {
		return r.say("session.no-alpha", nil)
	}
	return r.say("session.alpha", review.Args{"alpha": r.figure(a.Alpha, a.Between), "n": a.Calls})
}

// figure is an α with where it lies, as far as that is known.
func (r *room) figure(alpha float64, in agreement.Interval) string {
	said := r.model.texts.Decimal(alpha, 2)
	if !in.Known {
		return said
	}
	return r.say("session.alpha-between", review.Args{
		"alpha": said, "low": r.model.texts.Decimal(in.Low, 2), "high": r.model.texts.Decimal(in.High, 2),
	})
}

// An agreedLine is how far the members agree on one issue.
type agreedLine struct{ name, calls, alpha string }

// byIssue are the issues that were heard in any revealed call, the worst agreed on
// first; those last of which too few calls can tell.
func (r *room) byIssue() []agreedLine {
	all := slices.Clone(r.agreement.Issues)
	slices.SortStableFunc(all, func(a, b session.IssueAgreement) int {
		switch {
		case a.Tested != b.Tested && a.Tested:
			return -1
		case a.Tested != b.Tested:
			return 1
		case !a.Tested:
			return 0 // those that more calls hold are first already
		}
		return cmp.Compare(a.Alpha, b.Alpha)
	})
	var lines []agreedLine
	for _, i := range all {
		lines = append(lines, agreedLine{r.issueName(i.Issue, i.Name), r.say("session.calls", review.Args{"n": len(i.HeardIn)}), r.issueAlpha(i)})
	}
	return lines
}

// issueAlpha says how far the members agree on an issue, or what there is of that
// where too few calls hold it.
func (r *room) issueAlpha(i session.IssueAgreement) string {
	if i.Tested {
		return r.say("session.issue-alpha", review.Args{"alpha": r.figure(i.Alpha, i.Between)})
	}
	heard, of := 0, 0
	for _, in := range i.HeardIn {
		heard, of = heard+in.Heard, of+in.Of
	}
	return r.say("session.issue-heard", review.Args{"n": heard, "of": of})
}

// agreedOn says how far the members agree on the issue of a line of the table.
func (r *room) agreedOn(n int) string {
	if n >= len(r.table.Rows) {
		return ""
	}
	i := slices.IndexFunc(r.agreement.Issues, func(a session.IssueAgreement) bool { return a.Issue == r.table.Rows[n].Issue })
	if i < 0 {
		return ""
	}
	of := r.agreement.Issues[i]
	return r.say("session.in-all", review.Args{"n": len(of.HeardIn), "alpha": r.issueAlpha(of)})
}

// Where α begins to be of use, after Krippendorff.
const (
	tentative = 0.667
	reliable  = 0.8
)

// explained tells what α means.
func (r *room) explained() []string {
	said := []string{r.say("session.alpha-is", nil)}
	if !r.agreement.Tested {
		return append(said, r.say("session.no-alpha-why", nil))
	}
	key := text.Key("session.alpha-low")
	switch {
	case r.agreement.Alpha >= reliable:
		key = "session.alpha-high"
	case r.agreement.Alpha >= tentative:
		key = "session.alpha-middle"
	}
	said = append(said,
		r.say(key, review.Args{"alpha": r.model.texts.Decimal(r.agreement.Alpha, 2)}),
		r.say("session.percent", review.Args{"p": r.model.texts.Percent(r.agreement.Percent)}))
	if r.agreement.Between.Known {
		said = append(said, r.say("session.alpha-interval", nil))
	}
	return said
}

// Explain implements [screen.Explainer]: how far the members agree on each issue,
// and what the figures and signs mean.
func (s *Screen) Explain() bool {
	r := s.model.room
	if r == nil || len(r.table.Rows) == 0 {
		return false
	}
	chosen := r.tableLine(r.line).name + ": " + r.inWords(r.line)
	parts := []fyne.CanvasObject{wrapped(chosen)} // the page cuts it where there are many members
	for _, l := range r.byIssue() {
		parts = append(parts, agreedRow(l))
	}
	for _, sentence := range r.explained() {
		parts = append(parts, wrapped(sentence))
	}
	for _, sign := range []text.Key{"session.sign-heard", "session.sign-not", "session.sign-not-done", "session.sign-unlisted"} {
		parts = append(parts, wrapped(r.say(sign, nil)))
	}
	s.shell.Dialog(r.alpha(), form(parts...), screen.Answer{Text: r.say("session.ok", nil), Primary: true})
	return true
}

// The widths of the columns of agreement by issue.
var agreedWidths = []float32{0, 96, 200}

func agreedRow(l agreedLine) fyne.CanvasObject {
	muted := widget.Look{Color: theme.Muted, Fit: widget.Cut}
	return container.New(cells{widths: agreedWidths, least: leastName, gap: 10},
		widget.NewText(l.name, widget.Look{Fit: widget.Wrap, Lines: 2}), widget.NewText(l.calls, muted), widget.NewText(l.alpha, muted))
}
