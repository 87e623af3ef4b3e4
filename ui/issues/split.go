package issues

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/codebook"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/ui/screen"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// askSplit asks what the chosen issue is split into and goes on to deal its
// moments; if it is being split, it goes there at once.
func (s *Screen) askSplit() {
	e := s.entry()
	if e.State == codebook.Split {
		s.deal(e.ID)
		return
	}
	f := &splitForm{screen: s, field: widget.NewField(s.shell.Say("codebook.part-hint", nil)), list: container.New(widget.Column{Gap: theme.GapTiny})}
	f.show()
	start := func() {
		s.write(func(ctx context.Context) error {
			_, err := s.desk.Split(ctx, e.ID, f.names)
			return err
		}, func() { s.deal(e.ID) })
	}
	note := widget.NewText(s.shell.Say("codebook.split-note", nil), widget.Look{Size: theme.TextCaption, Color: theme.Muted, Fit: widget.Wrap})
	dismiss := s.shell.Dialog(s.shell.Say("codebook.split-title", review.Args{"issue": short(e.Name)}),
		container.New(widget.Column{Gap: theme.GapSmall}, f.list, f.field, note),
		screen.Answer{Text: s.shell.Say("codebook.split-do", nil), Primary: true, Enabled: f.ok, Choose: start},
		screen.Answer{Text: s.shell.Say("issues.cancel", nil)})
	f.field.OnKey = func(name fyne.KeyName) bool {
		if (name == fyne.KeyReturn || name == fyne.KeyEnter) && f.add() {
			return true
		}
		return widget.Answers(dismiss, f.ok, start)(name)
	}
	s.shell.Canvas().Focus(f.field)
}

// A splitForm gathers the names of parts, one after the other.
type splitForm struct {
	screen *Screen
	names  []string
	field  *widget.Field
	list   *fyne.Container
}

// add takes what was typed as a further part and reports whether it was any.
func (f *splitForm) add() bool {
	name, err := review.CleanName(f.field.Text)
	known := slices.ContainsFunc(f.names, func(n string) bool { return review.SameName(n, name) })
	if err != nil || known || len(f.names) == desk.MaxParts {
		return strings.TrimSpace(f.field.Text) != ""
	}
	f.names = append(f.names, name)
	f.field.SetText("")
	f.show()
	return true
}

// ok reports whether there are parts enough.
func (f *splitForm) ok() bool { return len(f.names) >= 2 }

func (f *splitForm) show() {
	f.list.RemoveAll()
	for i, name := range f.names {
		f.list.Add(widget.NewText(strconv.Itoa(i+1)+"  "+name, widget.Look{Fit: widget.Wrap}))
	}
	f.list.Refresh()
	f.screen.shell.Painted()
}
