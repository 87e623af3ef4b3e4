package issues

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/codebook"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/journal"
	"github.com/earshot-app/earshot/ui/command"
	"github.com/earshot-app/earshot/ui/job"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// Codebook is what the screen does to issues; *desk.Desk is one, whose methods
// name the errors.
type Codebook interface {
	Codebook(ctx context.Context) ([]codebook.Entry, error)
	Rename(ctx context.Context, issueID, name string) error
	Describe(ctx context.Context, body journal.IssueDescribed) error
	Merge(ctx context.Context, fromID, intoID string) error
	Split(ctx context.Context, issueID string, names []string) ([]review.Issue, error)
	Deal(ctx context.Context, moment, partID string) error
	Retire(ctx context.Context, issueID string) error
	Revive(ctx context.Context, issueID string) error
	HeardBefore(ctx context.Context, issueID string, most int) (desk.HeardThen, error)
}

// bookActs are what can be done to the chosen issue, in the order of their
// buttons.
func (s *Screen) bookActs() []command.Command {
	return []command.Command{
		{ID: "issues.rename", Title: "codebook.rename", Keys: named(fyne.KeyF2), Enabled: s.onIssue, Run: s.askName},
		{ID: "issues.describe", Title: "codebook.describe", Keys: letter('i'), Enabled: s.onIssue, Run: s.askDescription},
		{ID: "issues.merge", Title: "codebook.merge", Keys: letter('g'), Enabled: s.onIssue, Run: s.askMerge},
		{ID: "issues.split", Title: "codebook.split-into", Keys: letter('s'), Enabled: s.onIssue, Run: s.askSplit},
		{ID: "issues.retire", Title: "codebook.retire", Keys: letter('o'), Enabled: s.onIssue, Run: s.retire},
		{ID: "issues.again", Title: "codebook.again", Keys: letter('h'), Enabled: s.onIssue, Run: s.askAgain},
	}
}

// book is the part of the panel that changes the chosen issue. A button that has
// no room for its key leaves it to the menu.
type book struct {
	screen *Screen
	box    *fyne.Container
	note   *widget.Text
	split  *widget.Button
	retire *widget.Button
	grid   *fyne.Container
	acts   []*widget.Button // all of them, in the order of bookActs
}

func newBook(s *Screen) *book {
	b := &book{screen: s, note: widget.NewText("", widget.Look{Size: theme.TextCaption, Fit: widget.Wrap, Bold: true})}
	b.grid = container.New(pairs{b})
	for _, act := range s.bookActs() {
		button := widget.NewButton(s.shell.Say(act.Title, nil), widget.Secondary, act.Run)
		b.acts = append(b.acts, button)
		b.grid.Objects = append(b.grid.Objects, button)
		switch act.ID {
		case "issues.split":
			b.split = button
		case "issues.retire":
			b.retire = button
		}
	}
	b.box = container.New(widget.Column{Gap: theme.GapSmall, Margin: theme.GapSmall}, b.note, b.grid)
	return b
}

// pairs is a layout of the book's buttons, two in a row.
type pairs struct{ book *book }

func (p pairs) MinSize([]fyne.CanvasObject) fyne.Size {
	rows, gap := float32((len(p.book.acts)+1)/2), size(theme.GapTiny)
	return fyne.NewSize(2*100+gap, rows*(size(theme.ControlHeight)+gap)-gap)
}

func (p pairs) Layout(_ []fyne.CanvasObject, at fyne.Size) {
	gap := size(theme.GapTiny)
	each := fyne.NewSize((at.Width-gap)/2, size(theme.ControlHeight))
	for i, act := range p.book.screen.bookActs() {
		button := p.book.acts[i]
		button.SetKey(p.book.screen.shell.Key(act.ID))
		if button.Least() > each.Width {
			button.SetKey("")
		}
		button.Resize(each)
		button.Move(fyne.NewPos(float32(i%2)*(each.Width+gap), float32(i/2)*(each.Height+gap)))
	}
}

// show says how the chosen issue stands in the codebook.
func (b *book) show() {
	e := b.screen.entry()
	said := ""
	switch {
	case e.ToLookAt > 0:
		said = b.screen.model.say("codebook.to-look-at", review.Args{"n": e.ToLookAt})
	case e.State == codebook.Retired:
		said = b.screen.model.say("codebook.is-retired", nil)
	}
	b.note.SetText(said)
	b.note.Hidden = said == ""
	split, retire := text.Key("codebook.split-into"), text.Key("codebook.retire")
	switch e.State {
	case codebook.Split:
		split = "codebook.deal"
	case codebook.Retired:
		retire = "codebook.revive"
	}
	b.split.SetText(b.screen.model.say(split, nil))
	b.retire.SetText(b.screen.model.say(retire, nil))
	b.box.Hidden = b.screen.model.at() < 0
	b.grid.Refresh()
	b.box.Refresh()
}

// entry is the chosen issue as the codebook tells it.
func (s *Screen) entry() codebook.Entry { return s.model.entries[s.model.chosen] }

// write does something to the library, one thing at a time, and says that it is
// done. A second one waits for a person to ask again.
func (s *Screen) write(do func(context.Context) error, done func()) {
	if s.writing {
		return
	}
	s.writing = true
	job.Run(s.jobs, "", func(ctx context.Context, _ func(job.Progress)) (struct{}, error) {
		return struct{}{}, do(ctx)
	}, nil, func(_ struct{}, err error) {
		s.writing = false
		if err != nil {
			s.shell.Fail(err)
			return
		}
		done()
		s.shell.Wrote()
	})
}

// told says something when an act is done.
func (s *Screen) told(key text.Key, args review.Args) func() {
	return func() { s.shell.Toast(s.shell.Say(key, args), "", nil) }
}

// retire takes the chosen issue from what is offered, or offers it again.
func (s *Screen) retire() {
	e := s.entry()
	args := review.Args{"issue": short(e.Name)}
	if e.State == codebook.Retired {
		s.write(func(ctx context.Context) error { return s.desk.Revive(ctx, e.ID) }, s.told("codebook.revived", args))
		return
	}
	s.write(func(ctx context.Context) error { return s.desk.Retire(ctx, e.ID) }, s.told("codebook.retired-now", args))
}
