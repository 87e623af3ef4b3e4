package ui

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/ui/command"
	"github.com/earshot-app/earshot/ui/job"
	"github.com/earshot-app/earshot/ui/screen"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// imported is what the last import did.
type imported struct {
	what  string   // the folder's name
	lines []string // what it left out and corrected
}

// LastImport is what the last import said: the folder's name, and a sentence
// for each thing that it left out or corrected. ok is false before the first.
func (s *Shell) LastImport() (folder string, lines []string, ok bool) {
	if s.last == nil {
		return "", nil, false
	}
	return s.last.what, s.last.lines, true
}

// Import brings in recordings, from files and folders, with what a metadata
// table says of them; among the paths, a CSV or its like is that table. With no path but
// the table's, the recordings are looked for beside it.
func (s *Shell) Import(paths []string) {
	req := desk.ImportRequest{}
	for _, path := range paths {
		if isTable(path) {
			req.Metadata = path
		} else {
			req.Paths = append(req.Paths, path)
		}
	}
	switch {
	case len(paths) == 0:
	case len(req.Paths) == 0:
		req.Paths = []string{filepath.Dir(req.Metadata)}
		s.runTable(req, false)
	case len(req.Paths) == 1 && req.Metadata == "":
		s.offerProfile(req)
	case req.Metadata != "":
		s.runTable(req, false)
	default:
		s.run(req)
	}
}

// dropped imports what was dropped on the window.
func (s *Shell) dropped(uris []fyne.URI) {
	if command.PlaceOn(s.Canvas()) == command.Dialog {
		return
	}
	var paths []string
	for _, uri := range uris {
		paths = append(paths, uri.Path())
	}
	s.Import(paths)
}

// ImportFolder lets a person choose a folder and imports it.
func (s *Shell) ImportFolder() {
	s.choose(Choice{Title: s.Say("shell.choose.folder", nil), Folder: true}, func(folder string) {
		s.offerProfile(desk.ImportRequest{Paths: []string{folder}})
	})
}

// ImportWithTable lets a person choose a folder and a table and imports both.
func (s *Shell) ImportWithTable() {
	s.choose(Choice{Title: s.Say("shell.choose.folder", nil), Folder: true}, func(folder string) {
		s.chooseTable(desk.ImportRequest{Paths: []string{folder}})
	})
}

// ImportAgain lets a person say anew how the names in a source are read.
func (s *Shell) ImportAgain(root string) { s.offerProfile(desk.ImportRequest{Paths: []string{root}}) }

// ImportBucket lets a person name a bucket and imports it.
func (s *Shell) ImportBucket() {
	address := widget.NewField("s3://")
	ok := func() bool { return review.Elsewhere(address.Text) }
	bring := func() { s.Import([]string{strings.TrimSpace(address.Text)}) }
	address.OnChanged = func(string) { s.Painted() }
	page := container.New(widget.Column{Gap: theme.Gap}, widget.NewText(s.Say("shell.bucket.text", nil), widget.Look{Fit: widget.Wrap}), address)
	dismiss := s.Dialog(s.Say("shell.bucket", nil), page,
		screen.Answer{Text: s.Say("shell.bucket.import", nil), Primary: true, Enabled: ok, Choose: bring},
		screen.Answer{Text: s.Say("shell.cancel", nil)})
	address.OnKey = widget.Answers(dismiss, ok, bring)
	s.Canvas().Focus(address)
}

func (s *Shell) chooseTable(req desk.ImportRequest) {
	s.choose(Choice{Title: s.Say("shell.choose.table", nil), Endings: append(slices.Clone(tableEndings), ".txt", ".json")}, func(table string) {
		req.Metadata = table
		s.runTable(req, true)
	})
}

// offerTable imports a folder, but asks first whether to read the table that
// lies in it: without, no call would have its category.
func (s *Shell) offerTable(req desk.ImportRequest) {
	look := func(context.Context, func(job.Progress)) ([]string, error) { return tables(req.Paths[0]), nil }
	job.Run(s.jobs, "", look, nil, func(found []string, _ error) {
		if len(found) != 1 {
			s.run(req)
			return
		}
		name := filepath.Base(found[0])
		words := widget.NewText(s.Say("shell.table.text", nil), widget.Look{Fit: widget.Wrap})
		s.Dialog(s.Say("shell.table", review.Args{"file": name}), words,
			screen.Answer{Text: s.Say("shell.table.with", nil), Primary: true, Choose: func() {
				with := req
				with.Metadata = found[0]
				s.runTable(with, false)
			}},
			screen.Answer{Text: s.Say("shell.table.other", nil), Choose: func() { s.chooseTable(req) }},
			screen.Answer{Text: s.Say("shell.table.without", nil), Choose: func() { s.run(req) }},
			screen.Answer{Text: s.Say("shell.cancel", nil)})
	})
}

// tableEndings are those by which a metadata table is known. What ends in .txt
// or .json may be anything, so a person must say that it is one.
var tableEndings = []string{".csv", ".tsv", ".psv", ".jsonl", ".ndjson"}

// isTable tells a metadata table by its name.
func isTable(path string) bool {
	return slices.Contains(tableEndings, strings.ToLower(filepath.Ext(path)))
}

// tables are the metadata tables in a folder. What cannot be read holds none: the
// import will say so.
func tables(folder string) []string {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil
	}
	var found []string
	for _, entry := range entries {
		if !entry.IsDir() && isTable(entry.Name()) {
			found = append(found, filepath.Join(folder, entry.Name()))
		}
	}
	return found
}

// run imports in the background, one import at a time.
func (s *Shell) run(req desk.ImportRequest) {
	what := filepath.Base(req.Paths[0])
	work := func(ctx context.Context, report func(job.Progress)) (desk.Imported, error) {
		return s.parts.Desk.Import(ctx, req, func(done desk.Imported) {
			report(walked(done))
		})
	}
	s.long(s.Say("shell.importing", review.Args{"folder": what}), "shell.importing.text", func(title string, observe func(job.State)) *job.Job {
		return job.Run(s.jobs, title, work, observe, func(done desk.Imported, err error) {
			s.last = &imported{what: what, lines: s.importLines(done)}
			s.Wrote()
			if err != nil {
				s.Fail(err)
				return
			}
			s.summary(done)
		})
	})
}

// walked is how far an import is: by the files that it met, since what is known
// is met and not looked at.
func walked(done desk.Imported) job.Progress {
	return job.Progress{Done: max(done.Files, int64(done.Seen)), Total: done.Total}
}

// openDemo makes the demo library and opens it.
func (s *Shell) openDemo() {
	s.long(s.Say("shell.demo.making", nil), "shell.demo.making.text", func(title string, observe func(job.State)) *job.Job {
		return job.Run(s.jobs, title, s.parts.Demo, observe, func(library string, err error) {
			if err != nil {
				s.Fail(err)
				return
			}
			s.parts.Open(library)
		})
	})
}

// long runs the one long job that the window has at a time; progress is how
// its state is put into words.
func (s *Shell) long(title string, progress text.Key, start func(title string, observe func(job.State)) *job.Job) {
	if s.importing != nil {
		s.Toast(s.Say("shell.busy", nil), "", nil)
		return
	}
	s.yield()
	s.frame.status.begin()
	s.importing = start(title, func(state job.State) {
		s.frame.status.show(state, progress)
		if !state.Ended {
			return
		}
		s.importing = nil
		s.Painted()
		if review.CodeOf(state.Err) == review.Cancelled {
			s.Wrote()
			s.Toast(s.Say("shell.stopped", nil), "", nil)
		}
	})
	s.frame.status.follow(s.importing)
	s.Painted()
}

// summary tells what an import did: in passing if all went well, else with
// everything that was left out or corrected, or with what could have been found.
func (s *Shell) summary(done desk.Imported) {
	message := s.Say("shell.imported", review.Args{
		"calls":      s.Say("shell.imported.calls", review.Args{"n": done.Calls}),
		"recordings": s.Say("shell.imported.recordings", review.Args{"n": done.Recordings}),
	})
	folder := review.Args{"folder": s.last.what}
	muted := func(words string) *widget.Text {
		return widget.NewText(words, widget.Look{Color: theme.Muted, Fit: widget.Wrap})
	}
	closing := screen.Answer{Text: s.Say("shell.close", nil), Primary: true}
	switch {
	case len(s.last.lines) > 0:
		about := muted(s.Say("shell.left-out", review.Args{"n": len(done.Problems), "corrected": done.Updated}))
		s.Dialog(message, container.New(layout.NewCustomPaddedVBoxLayout(10), about, widget.NewLines(s.last.lines)), closing)
	case done.None:
		s.Dialog(s.Say("shell.imported.none", folder), muted(s.Say("shell.imported.none-about", nil)), closing)
	case done.Recordings == 0:
		s.Toast(s.Say("shell.imported.nothing", folder), "", nil)
	default:
		s.Toast(message, "", nil)
	}
}

// fieldText are the names of what an import can correct in a call.
var fieldText = map[string]text.Key{
	"start": "shell.field.start", "duration": "shell.field.duration", "queue": "shell.field.queue",
	"category": "shell.field.category", "direction": "shell.field.direction",
	"agent": "shell.field.agent", "customer": "shell.field.customer",
}

// importLines are what an import left out and corrected.
func (s *Shell) importLines(done desk.Imported) []string {
	var lines []string
	for _, p := range done.Problems {
		lines = append(lines, screen.Problem(s.Text(), p))
	}
	for _, change := range done.Changes {
		for _, f := range change.Fields {
			lines = append(lines, s.Say("shell.corrected", review.Args{
				"uid": change.UID, "field": s.Say(fieldText[f.Field], nil), "from": f.From, "to": f.To,
			}))
		}
	}
	return lines
}
