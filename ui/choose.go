package ui

import (
	"context"
	"path/filepath"

	"fyne.io/fyne/v2"
	fynedialog "fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"

	"github.com/earshot-app/earshot/ui/job"
)

// Choice is what a person is asked to choose.
type Choice struct {
	Title   string
	Folder  bool     // a folder; else a file
	Endings []string // of the files that can be chosen, such as ".csv"; none for any
	From    string   // the folder to begin in, or ""
}

// ChooseFolder lets a person choose a folder, beginning at one, and tells chosen
// if they did. The last folder of an import stays what it was.
func (s *Shell) ChooseFolder(from string, chosen func(folder string)) {
	s.ask(Choice{Title: s.Say("shell.choose.any-folder", nil), Folder: true, From: from}, func(folder string) {
		if folder != "" {
			chosen(folder)
		}
	})
}

// ChooseFile lets a person choose a file, and tells chosen if they did.
func (s *Shell) ChooseFile(title string, chosen func(path string)) {
	s.choose(Choice{Title: title}, chosen)
}

// choose asks for a file or folder, in the system's own dialog where there is
// one, and tells then what was chosen, if anything.
func (s *Shell) choose(c Choice, then func(path string)) {
	c.From = s.parts.Folder
	chosen := func(path string) {
		if path == "" {
			return
		}
		folder := path
		if !c.Folder {
			folder = filepath.Dir(path)
		}
		s.parts.Folder = folder
		s.parts.Chosen(folder)
		then(path)
	}
	s.ask(c, chosen)
}

// ask asks, and tells chosen the path, "" for none.
func (s *Shell) ask(c Choice, chosen func(path string)) {
	if s.parts.Choose == nil {
		s.chooseHere(c, chosen)
		return
	}
	type answer struct {
		path string
		ok   bool
	}
	ask := func(ctx context.Context, _ func(job.Progress)) (answer, error) {
		path, ok := s.parts.Choose(ctx, c)
		return answer{path, ok}, nil
	}
	job.Run(s.jobs, c.Title, ask, nil, func(a answer, _ error) {
		if a.ok {
			chosen(a.path)
		} else {
			s.chooseHere(c, chosen)
		}
	})
}

// chooseHere asks in Fyne's dialog, most of the window large.
func (s *Shell) chooseHere(c Choice, chosen func(path string)) {
	s.Surface()
	var m *modal
	done := func(path string) {
		s.drop(m)
		chosen(path)
	}
	d := s.fileDialog(c, done)
	d.SetTitleText(c.Title)
	d.SetConfirmText(s.Say("shell.choose", nil))
	d.SetDismissText(s.Say("shell.cancel", nil))
	if from, err := storage.ListerForURI(storage.NewFileURI(c.From)); c.From != "" && err == nil {
		d.SetLocation(from)
	}
	size := s.Canvas().Size()
	d.Resize(fyne.NewSize(size.Width*part, size.Height*part))
	d.Show()
	m = &modal{title: c.Title, overlay: s.Canvas().Overlays().Top(), enter: func() {}, update: func() {}}
	m.escape = d.Dismiss
	s.push(m)
}

// fileDialog is Fyne's dialog for a choice; done is given "" when a person
// chose nothing.
func (s *Shell) fileDialog(c Choice, done func(path string)) *fynedialog.FileDialog {
	if c.Folder {
		return fynedialog.NewFolderOpen(func(folder fyne.ListableURI, err error) {
			if err != nil || folder == nil {
				done("")
				return
			}
			done(folder.Path())
		}, s.parts.Window)
	}
	d := fynedialog.NewFileOpen(func(file fyne.URIReadCloser, err error) {
		if err != nil || file == nil {
			done("")
			return
		}
		path := file.URI().Path()
		_ = file.Close() // only its path is wanted
		done(path)
	}, s.parts.Window)
	if len(c.Endings) > 0 {
		d.SetFilter(storage.NewExtensionFileFilter(c.Endings))
	}
	return d
}
