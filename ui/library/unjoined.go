package library

import (
	"context"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/ui/job"
	"github.com/earshot-app/earshot/ui/screen"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// mostUnjoined is how many lines of what did not join are shown; a file has all.
const mostUnjoined = 500

// unjoined says what did not join in a source, "" for nothing.
func (m *model) unjoined(root string) string {
	for _, n := range m.contents.unjoined {
		if n.Root != root || n.Rows+n.Recordings == 0 {
			continue
		}
		var parts []string
		if n.Rows > 0 {
			parts = append(parts, m.text.Say("library.unjoined.rows", review.Args{"n": int(n.Rows)}))
		}
		if n.Recordings > 0 {
			parts = append(parts, m.text.Say("library.unjoined.recordings", review.Args{"n": int(n.Recordings)}))
		}
		return strings.Join(parts, ", ")
	}
	return ""
}

// showUnjoined lists what did not join in a source, and offers it as a file.
func (s *Screen) showUnjoined(root string) {
	work := func(ctx context.Context, _ func(job.Progress)) ([]desk.Unjoined, error) {
		var all []desk.Unjoined
		for u, err := range s.Desk.Unjoined(ctx, root, desk.BothSides) {
			if err != nil || len(all) == mostUnjoined {
				return all, err
			}
			all = append(all, u)
		}
		return all, nil
	}
	job.Run(s.jobs, "", work, nil, func(all []desk.Unjoined, err error) {
		if err != nil {
			s.Shell.Fail(err)
			return
		}
		var lines []string
		for _, u := range all {
			lines = append(lines, s.model.alone(u))
		}
		if len(all) == mostUnjoined {
			lines = append(lines, s.Shell.Say("library.unjoined.more", nil))
		}
		s.Shell.Dialog(s.Shell.Say("library.unjoined", nil), widget.NewLines(lines),
			screen.Answer{Text: s.Shell.Say("library.unjoined.save", nil), Choose: func() { s.askUnjoined(root) }},
			screen.Answer{Text: s.Shell.Say("shell.close", nil), Primary: true})
	})
}

// alone tells of a row without a recording, or of a recording without a row.
func (m *model) alone(u desk.Unjoined) string {
	problem := desk.Problem{File: u.Name, Line: u.Line, Reason: review.Fail(u.Reason, review.Args{"n": u.N})}
	line := screen.Problem(m.text, problem)
	var said []string
	for _, means := range []desk.Meaning{desk.MeansStart, desk.MeansCall, desk.MeansQueue, desk.MeansCategory} {
		if value := u.Tells(means); value != "" {
			said = append(said, value)
		}
	}
	if len(said) == 0 {
		return line
	}
	return line + " (" + strings.Join(said, " · ") + ")"
}

// askUnjoined asks where what did not join is to be written.
func (s *Screen) askUnjoined(root string) {
	path := widget.NewField("")
	path.SetText(filepath.Join(s.Folder, s.Shell.Say("library.unjoined.file", nil)+".csv"))
	about := widget.NewText("", widget.Look{Size: theme.TextCaption, Color: theme.Muted, Fit: widget.Wrap})
	ok := func() bool { return strings.TrimSpace(path.Text) != "" }
	show := func(string) {
		key := text.Key("library.unjoined.about")
		if s.Exists(strings.TrimSpace(path.Text)) {
			key = "library.unjoined.replace"
		}
		about.SetText(s.Shell.Say(key, nil))
		s.Shell.Painted()
	}
	path.OnChanged = show
	show("")
	save := func() { s.saveUnjoined(root, strings.TrimSpace(path.Text)) }
	dismiss := s.Shell.Dialog(s.Shell.Say("library.unjoined.save", nil), container.New(widget.Column{Gap: theme.Gap}, path, about),
		screen.Answer{Text: s.Shell.Say("library.unjoined.write", nil), Primary: true, Enabled: ok, Choose: save},
		screen.Answer{Text: s.Shell.Say("shell.cancel", nil)})
	path.OnKey = widget.Answers(dismiss, ok, save)
	s.Shell.Canvas().Focus(path)
}

func (s *Screen) saveUnjoined(root, path string) {
	write := func(ctx context.Context, _ func(job.Progress)) (struct{}, error) {
		return struct{}{}, s.ExportUnjoined(ctx, root, path)
	}
	job.Run(s.jobs, s.Shell.Say("library.unjoined.save", nil), write, nil, func(_ struct{}, err error) {
		if err != nil {
			s.Shell.Fail(err)
			return
		}
		s.Shell.Toast(s.Shell.Say("library.unjoined.saved", review.Args{"file": filepath.Base(path)}), "", nil)
	})
}

// sourceActs are what can be done with a source: say anew how its names are read,
// and look at what did not join.
func (v *view) sourceActs(row sourceRow) fyne.CanvasObject {
	s := v.screen
	acts := container.NewHBox(widget.NewButton(s.Shell.Say("library.source.anew", nil), widget.Link, func() { s.ImportAgain(row.root) }))
	if row.unjoined {
		acts.Add(widget.NewButton(s.Shell.Say("library.unjoined.show", nil), widget.Link, func() { s.showUnjoined(row.root) }))
	}
	return acts
}
