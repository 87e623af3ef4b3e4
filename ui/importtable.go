package ui

import (
	"context"
	"maps"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/ui/job"
	"github.com/earshot-app/earshot/ui/screen"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// meaningText are the names of what a column can mean.
var meaningText = map[desk.Meaning]text.Key{
	desk.MeansFile: "shell.means.file", desk.MeansCall: "shell.means.call", desk.MeansContact: "shell.means.contact",
	desk.MeansStart: "shell.means.start", desk.MeansTime: "shell.means.time", desk.MeansDuration: "shell.means.duration",
	desk.MeansAgent: "shell.means.agent", desk.MeansQueue: "shell.means.queue", desk.MeansCategory: "shell.means.category",
	desk.MeansCustomer: "shell.means.customer", desk.MeansDirection: "shell.means.direction",
	desk.MeansUpdated: "shell.means.updated", desk.MeansField: "shell.means.field", desk.MeansNothing: "shell.means.ignore",
}

// A mapping is what the columns of a table are taken for, while a person looks
// at it.
type mapping struct {
	preview desk.TablePreview
	said    desk.Arrangement // what the person changed, over what was remembered
	shown   []func()         // show the meanings anew
}

// choose gives a column a meaning. Another that had it is kept as a field: a
// call begins once.
func (m *mapping) choose(at int, means desk.Meaning) {
	say := func(at int, means desk.Meaning) {
		m.preview.Columns[at].Means, m.preview.Columns[at].Guessed = means, desk.BySaid
		if m.said.Columns == nil {
			m.said.Columns = map[string]desk.Meaning{}
		}
		m.said.Columns[m.preview.Columns[at].Name] = means
	}
	for other, c := range m.preview.Columns {
		if other != at && c.Means == means && means != desk.MeansField && means != desk.MeansNothing {
			say(other, desk.MeansField)
		}
	}
	say(at, means)
}

// has reports whether a column has one of some meanings.
func (m *mapping) has(any ...desk.Meaning) bool {
	for _, c := range m.preview.Columns {
		for _, means := range any {
			if c.Means == means {
				return true
			}
		}
	}
	return false
}

// joins reports whether rows can be joined with recordings.
func (m *mapping) joins() bool {
	return m.has(desk.MeansFile, desk.MeansCall, desk.MeansContact) || m.has(desk.MeansCustomer) && m.has(desk.MeansStart)
}

// clear reports whether nothing needs to be asked: rows can be joined, a
// category is among them, and no date can be read in two ways.
func (m *mapping) clear() bool {
	return m.joins() && m.has(desk.MeansCategory) && (!m.preview.Ambiguous || m.preview.Days != "")
}

// runTable imports with a table; one that is not clear is shown before.
func (s *Shell) runTable(req desk.ImportRequest, ask bool) {
	look := func(ctx context.Context, _ func(job.Progress)) (desk.TablePreview, error) {
		return s.parts.Desk.PreviewTable(ctx, req)
	}
	job.Run(s.jobs, "", look, nil, func(preview desk.TablePreview, err error) {
		m := &mapping{preview: preview, said: preview.Said}
		m.said.Columns = maps.Clone(m.said.Columns)
		if err != nil || !ask && m.clear() {
			s.run(req) // which tells what is wrong with it
			return
		}
		s.askColumns(req, m)
	})
}

// askColumns shows what the columns of a table are taken for, with some of their
// cells, and lets a person change it.
func (s *Shell) askColumns(req desk.ImportRequest, m *mapping) {
	about := widget.NewText(s.Say("shell.columns.text", nil), widget.Look{Fit: widget.Wrap})
	page := container.New(widget.Column{Gap: theme.Gap}, about)
	if m.preview.Ambiguous {
		page.Add(s.dayOrder(m))
	}
	for at := range m.preview.Columns {
		page.Add(s.columnRow(m, at))
	}
	page.Add(widget.NewText(s.readAs(m), widget.Look{Size: theme.TextCaption, Color: theme.Muted, Fit: widget.Wrap}))
	s.Dialog(s.Say("shell.columns", review.Args{"file": filepath.Base(req.Metadata)}), page,
		screen.Answer{Text: s.Say("shell.columns.import", nil), Primary: true, Enabled: m.joins, Choose: func() {
			req.Table = m.said
			s.run(req)
		}},
		screen.Answer{Text: s.Say("shell.cancel", nil)})
}

// columnRow is one column: its name, some of its cells, and what it means.
func (s *Shell) columnRow(m *mapping, at int) fyne.CanvasObject {
	column := m.preview.Columns[at]
	name := column.Name
	if m.preview.Header == "no" {
		name = s.Say("shell.columns.nth", review.Args{"n": name})
	}
	samples := func() string {
		column := m.preview.Columns[at]
		return strings.Join(column.Samples(column.Means), "  ·  ")
	}
	cells := widget.NewText(samples(), widget.Look{Size: theme.TextCaption, Color: theme.Muted, Fit: widget.Cut})
	words := container.New(layout.NewCustomPaddedVBoxLayout(2), widget.NewText(name, widget.Look{Bold: true, Fit: widget.Cut}), cells)
	var button *widget.Button
	button = widget.NewButton(s.Say(meaningText[column.Means], nil), widget.Secondary, func() { s.offerMeanings(m, at, button) })
	m.shown = append(m.shown, func() {
		button.SetText(s.Say(meaningText[m.preview.Columns[at].Means], nil))
		cells.SetText(samples())
	})
	return container.NewBorder(nil, nil, nil, container.NewCenter(button), words)
}

// offerMeanings shows what a column can mean below its button.
func (s *Shell) offerMeanings(m *mapping, at int, button fyne.CanvasObject) {
	var items []*fyne.MenuItem
	for _, means := range desk.Meanings {
		item := fyne.NewMenuItem(s.Say(meaningText[means], nil), func() {
			m.choose(at, means)
			for _, show := range m.shown {
				show()
			}
			s.Surface()
			s.Painted()
		})
		item.Checked = m.preview.Columns[at].Means == means
		items = append(items, item)
	}
	widget.Offer(items, s.Canvas(), button, s.Say("shell.offer", nil))
}

// dayOrder asks what comes first in days like 10/11/2026.
func (s *Shell) dayOrder(m *mapping) fyne.CanvasObject {
	orders := []string{"day", "month"}
	choice := widget.NewSegmented([]string{s.Say("shell.columns.day", nil), s.Say("shell.columns.month", nil)}, func(n int) {
		m.said.Days = orders[n]
	})
	for n, order := range orders {
		if m.preview.Days == order {
			choice.SetChosen(n)
		}
	}
	return container.NewHBox(choice)
}

// separatorText are the names of separators.
var separatorText = map[string]text.Key{
	",": "shell.separator.comma", ";": "shell.separator.semicolon", "\t": "shell.separator.tab", "|": "shell.separator.bar",
	"json": "shell.separator.json",
}

// readAs says how the table is read.
func (s *Shell) readAs(m *mapping) string {
	return s.Say("shell.columns.read", review.Args{
		"encoding": strings.ToUpper(m.preview.Encoding), "separator": s.Say(separatorText[m.preview.Separator], nil), "zone": m.preview.Zone,
	})
}
