package settings

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/ui/job"
	"github.com/earshot-app/earshot/ui/screen"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// Backups are the copies of the library; zero where it is not copied, as the
// demo.
type Backups struct {
	Folder string
	// List answers the copies, newest first.
	List func(ctx context.Context) ([]Backup, error)
	// Failed is why the last copy was not made, nil when it was.
	Failed func() error
	// Restore puts a copy in the library's place and opens that.
	Restore func(b Backup)
}

// A Backup is one copy.
type Backup struct {
	File  string
	At    time.Time
	Bytes int64
	Kind  text.Key // says what it was made for
}

// backupsPart is the section of the copies.
type backupsPart struct {
	screen *Screen
	state  *widget.Text // why there is none, or what went wrong
	rows   *fyne.Container
	shown  []Backup
	asking *job.Job
}

// backups lists the copies.
func (s *Screen) backups() part {
	p := &backupsPart{screen: s, rows: container.NewVBox(), state: widget.NewText("", widget.Look{Fit: widget.Wrap})}
	return part{
		title:   "backup.title",
		content: []fyne.CanvasObject{s.words("backup.text", review.Args{"folder": s.Backups.Folder}), p.state, p.rows},
		changed: p.read, said: p.said,
	}
}

// read looks at the copies anew.
func (p *backupsPart) read() {
	if p.asking != nil {
		p.asking.Cancel()
	}
	list := func(ctx context.Context, _ func(job.Progress)) ([]Backup, error) { return p.screen.Backups.List(ctx) }
	p.asking = job.Run(p.screen.jobs(), "", list, nil, p.show)
}

// show puts what was read into rows. They are built anew only when they are
// others, so that a button keeps the focus.
func (p *backupsPart) show(found []Backup, err error) {
	p.asking = nil
	why := p.screen.Backups.Failed()
	switch {
	case err != nil:
		message, hint := p.screen.Shell.Text().Error(err)
		p.state.SetText(message + " " + hint)
	case why != nil:
		message, hint := p.screen.Shell.Text().Error(why)
		p.state.SetText(p.screen.say("backup.failed") + " " + message + " " + hint)
	case len(found) == 0:
		p.state.SetText(p.screen.say("backup.none"))
	default:
		p.state.SetText("")
	}
	widget.Show(p.state, p.state.Text() != "")
	if !same(found, p.shown) {
		p.shown = found
		p.rows.RemoveAll()
		for _, b := range found {
			p.rows.Add(p.row(b))
		}
	}
	p.screen.Shell.Painted()
}

func same(a, b []Backup) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].File != b[i].File || a[i].Bytes != b[i].Bytes {
			return false
		}
	}
	return true
}

// row is one copy with the button that restores it.
func (p *backupsPart) row(b Backup) fyne.CanvasObject {
	at := widget.NewText(p.at(b), widget.Look{})
	what := widget.NewText(p.what(b), widget.Look{Color: theme.Muted, Fit: widget.Cut})
	restore := widget.NewButton(p.screen.say("backup.restore"), widget.Secondary, func() { p.ask(b) })
	return container.NewBorder(nil, nil, at, restore, what)
}

// ask makes sure that a copy is to be restored.
func (p *backupsPart) ask(b Backup) {
	say := p.screen.Shell.Say
	words := widget.NewText(say("backup.restore.text", nil), widget.Look{Fit: widget.Wrap})
	p.screen.Shell.Dialog(say("backup.restore.title", review.Args{"at": p.at(b)}), words,
		screen.Answer{Text: say("backup.restore.yes", nil), Primary: true, Choose: func() { p.screen.Backups.Restore(b) }},
		screen.Answer{Text: say("backup.restore.no", nil)})
}

func (p *backupsPart) at(b Backup) string {
	return p.screen.Shell.Text().When(b.At, p.screen.Shell.Zone())
}

// what says how large a copy is and why it was made.
func (p *backupsPart) what(b Backup) string {
	size := p.screen.Shell.Say("backup.size", review.Args{"size": p.screen.Shell.Text().Decimal(float64(b.Bytes)/1e6, 1)})
	return size + " · " + p.screen.say(b.Kind)
}

func (p *backupsPart) said() []string {
	lines := []string{}
	if p.state.Text() != "" {
		lines = append(lines, p.state.Text())
	}
	for _, b := range p.shown {
		lines = append(lines, p.at(b)+" "+p.what(b))
	}
	return lines
}
