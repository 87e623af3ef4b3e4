package listen

import (
	"context"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/ui/job"
	"github.com/earshot-app/earshot/ui/screen"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// Files is how pieces of calls, and what was heard in them, become files. The
// kind of a file is told by how its name ends.
type Files struct {
	// Clip writes a clip as .wav, .mp3 or .opus, whole or not at all. It reports
	// in frames how much of it is done.
	Clip func(ctx context.Context, path string, c desk.Clip, report func(done, total int64)) error
	// Labels writes moments as WebVTT, .vtt, or for Audacity, .txt.
	Labels func(ctx context.Context, path string, moments []review.Moment) error
	// Encodes tells whether .mp3 and .opus can be written; it may touch the disk.
	Encodes func() bool
	// Folder is where files go unless another is chosen.
	Folder string
	// Exists tells whether a file would be replaced; it may touch the disk.
	Exists func(path string) bool
	// Browse lets a person choose the folder of a file to write, beginning at
	// path, and answers on Fyne's goroutine, not at all when nothing was chosen.
	Browse func(path string, chosen func(path string))
}

// target is the file that is asked for in a dialog.
type target struct {
	folder, kind   string
	typed, offered string // the second is what stands there unless a person typed another
}

// offer names the file, unless a person has named another; that keeps its name
// and gets the kind that is asked for now.
func (t *target) offer(name, kind string) {
	if t.typed != t.offered {
		if bare, ok := strings.CutSuffix(t.typed, "."+t.kind); ok {
			t.typed = bare + "." + kind
		}
		t.kind = kind
		return
	}
	t.kind, t.offered = kind, filepath.Join(t.folder, name+"."+kind)
	t.typed = t.offered
}

// path is the file to write: below the offered folder if no other is named, of
// the kind that is asked for if its name tells none, and "" if nothing is named.
func (t *target) path() string {
	typed := strings.TrimSpace(t.typed)
	if typed == "" {
		return ""
	}
	if filepath.Ext(typed) == "" {
		typed += "." + t.kind
	}
	if !filepath.IsAbs(typed) {
		typed = filepath.Join(t.folder, typed)
	}
	return typed
}

// fileForm is the part of a dialog in which a file is named.
type fileForm struct {
	target
	screen  *Screen
	field   *widget.Field
	exists  *widget.Text
	looking *job.Job
}

func (s *Screen) newFileForm() *fileForm {
	f := &fileForm{screen: s, target: target{folder: s.deps.Files.Folder}, field: widget.NewField(""), exists: remark()}
	f.field.OnChanged = func(typed string) {
		f.typed = typed
		f.look()
	}
	return f
}

// remark is a small line below what it speaks of.
func remark() *widget.Text {
	return widget.NewText("", widget.Look{Size: theme.TextCaption, Color: theme.Muted, Fit: widget.Wrap})
}

// parts are what the dialog shows of it.
func (f *fileForm) parts() []fyne.CanvasObject {
	s := f.screen
	browse := widget.NewButton(s.shell.Say("listen.file.browse", nil), widget.Secondary, func() {
		s.deps.Files.Browse(f.path(), f.field.SetText)
	})
	row := flex{gap: theme.GapSmall, grow: 0}.around(f.field, browse)
	return []fyne.CanvasObject{widget.Labelled(s.shell.Say("listen.file", nil), row), f.exists}
}

// show writes what is offered into the field.
func (f *fileForm) show() {
	if f.field.Text == f.typed {
		return
	}
	f.field.SetText(f.typed)
	f.field.CursorColumn = len([]rune(f.typed)) // the name is what one may want to change
	f.field.Refresh()
}

// look says whether the file exists, on a disk that may be slow.
func (f *fileForm) look() {
	s, path := f.screen, f.path()
	if f.looking != nil {
		f.looking.Cancel()
	}
	f.looking = job.Run(s.jobs, "", func(context.Context, func(job.Progress)) (bool, error) {
		return path != "" && s.deps.Files.Exists(path), nil
	}, nil, func(there bool, _ error) {
		f.looking = nil
		said := ""
		if there {
			said = s.shell.Say("listen.file.exists", nil)
		}
		f.exists.SetText(said)
		widget.Show(f.exists, there)
	})
}

// ask opens the dialog whose content has the form in it; ok is whether what is
// asked for can be saved. Enter saves from the other fields too.
func (f *fileForm) ask(title text.Key, content fyne.CanvasObject, ok func() bool, do func(), others ...*widget.Field) {
	s := f.screen
	able := func() bool { return f.path() != "" && ok() }
	dismiss := s.shell.Dialog(s.shell.Say(title, nil), fixed{width: recordWidth}.around(content),
		screen.Answer{Text: s.shell.Say("listen.file.save", nil), Primary: true, Enabled: able, Choose: do},
		screen.Answer{Text: s.shell.Say("listen.cancel", nil)})
	for _, field := range append(others, f.field) {
		field.OnKey = widget.Answers(dismiss, able, do)
	}
	s.shell.Canvas().Focus(f.field)
}

// write writes a file in the background and says when it is there.
func (s *Screen) write(path string, do func(ctx context.Context, report func(done, total int64)) error) {
	var writing *job.Job
	title := s.shell.Say("listen.file.writing", review.Args{"file": filepath.Base(path)})
	writing = job.Run(s.jobs, title, func(ctx context.Context, report func(job.Progress)) (struct{}, error) {
		return struct{}{}, do(ctx, func(done, total int64) { report(job.Progress{Done: done, Total: total}) })
	}, screen.Passing(s.shell, func() { writing.Cancel() }), func(_ struct{}, err error) {
		if err != nil {
			s.shell.Fail(err)
			return
		}
		s.shell.Toast(s.shell.Say("listen.file.saved", review.Args{"file": filepath.Base(path)}), "", nil)
	})
}

// segments is a choice in a dialog, with what it is about before it.
func (s *Screen) segments(about text.Key, names []string, chosen int, choose func(n int)) fyne.CanvasObject {
	parts := widget.NewSegmented(names, choose)
	parts.SetChosen(chosen)
	caption := widget.NewText(s.shell.Say(about, nil), widget.Look{Color: theme.Muted, Fit: widget.Cut})
	return flex{gap: theme.GapSmall, grow: -1}.around(fixed{width: segmentsBefore}.around(level(caption)), parts)
}

const segmentsBefore = 110 // what the choices of a dialog begin behind
