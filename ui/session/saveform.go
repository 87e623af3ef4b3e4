package session

import (
	"context"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/ui/job"
	"github.com/earshot-app/earshot/ui/screen"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// ending is how the name of a session's file ends.
const ending = ".earshot-session"

// saving is what is being asked for when a session's file is to be written.
type saving struct{ folder, typed string }

// path is the file to write, below the offered folder if no other is named; ""
// when none is.
func (f saving) path() string {
	typed := strings.TrimSpace(f.typed)
	if typed == "" {
		return ""
	}
	if filepath.Ext(typed) == "" {
		typed += ending
	}
	if !filepath.IsAbs(typed) {
		typed = filepath.Join(f.folder, typed)
	}
	return typed
}

// fileName makes a name of letters, digits and dashes of what a session is
// called.
func fileName(title string) string {
	name := strings.Join(strings.FieldsFunc(title, func(r rune) bool { return strings.ContainsRune(` /\:*?"<>|.,;·`, r) }), "-")
	if name == "" {
		name = "earshot"
	}
	return name + ending
}

// askSave asks where to write the file of the session in front.
func (s *Screen) askSave() { s.askSaveOf(s.model.room.state.ID, s.model.room.title()) }

func (s *Screen) askSaveOf(id, title string) {
	f := &saving{folder: s.deps.Folder, typed: filepath.Join(s.deps.Folder, fileName(title))}
	field, exists := widget.NewField(""), note("")
	var row fyne.CanvasObject = field
	if s.deps.Browse != nil {
		browse := widget.NewButton(s.shell.Say("session.browse", nil), widget.Secondary, func() {
			s.deps.Browse(f.path(), func(path string) { field.SetText(path) })
		})
		row = container.NewBorder(nil, nil, nil, browse, field)
	}
	content := form(wrapped(s.shell.Say("session.save-about", nil)), widget.Labelled(s.shell.Say("session.file-name", nil), row), exists)
	field.OnChanged = func(typed string) {
		f.typed = typed
		s.warn(f, exists)
	}
	ok := func() bool { return f.path() != "" }
	do := func() { s.save(id, f.path()) }
	dismiss := s.shell.Dialog(s.shell.Say("session.save-title", nil), content,
		screen.Answer{Text: s.shell.Say("session.save-do", nil), Primary: true, Enabled: ok, Choose: do}, s.cancel())
	field.OnKey = widget.Answers(dismiss, ok, do)
	field.SetText(f.typed)
	s.shell.Canvas().Focus(field)
}

// warn says whether the file exists, on a disk that may be slow.
func (s *Screen) warn(f *saving, exists *widget.Text) {
	path := f.path()
	job.Run(s.jobs, "", func(context.Context, func(job.Progress)) (bool, error) {
		return path != "" && s.deps.Exists(path), nil
	}, nil, func(there bool, _ error) {
		if path != f.path() {
			return
		}
		said := ""
		if there {
			said = s.shell.Say("session.file-exists", nil)
		}
		exists.SetText(said)
	})
}

func (s *Screen) save(id, path string) {
	s.act(func(ctx context.Context) error { return s.deps.Live.Save(ctx, id, path) }, func() {
		s.shell.Toast(s.shell.Say("session.saved", review.Args{"file": filepath.Base(path)}), "", nil)
	})
}

// column puts parts below one another.
func column(parts ...fyne.CanvasObject) fyne.CanvasObject {
	return container.New(widget.Column{Gap: theme.GapSmall}, parts...)
}
