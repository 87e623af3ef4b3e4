package ui

import (
	"cmp"
	"context"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/ui/job"
	"github.com/earshot-app/earshot/ui/screen"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// A pointing is an example name, while a person points at its parts.
type pointing struct {
	name    string
	parts   []desk.NamePart
	profile string // that they make, "" while they make none
	bad     error  // why
	rows    []desk.Found
	reading *job.Job // the recordings by the profile
}

// take makes another name the example. Where it has as many parts, they mean what
// those of the one before did.
func (p *pointing) take(name string, parts []desk.NamePart) {
	for i := range parts {
		if len(p.parts) == len(parts) {
			parts[i].Field = p.parts[i].Field
		}
	}
	p.name, p.parts = name, parts
}

// mean gives a part a field, "" for none. Parts beside it that have the field
// already are one with it; others lose it, since a field stands in one place.
func (p *pointing) mean(at int, field string) {
	p.parts[at].Field = field
	from, to := at, at
	for from > 0 && p.parts[from-1].Field == field {
		from--
	}
	for to+1 < len(p.parts) && p.parts[to+1].Field == field {
		to++
	}
	for i := range p.parts {
		if (i < from || i > to) && p.parts[i].Field == field {
			p.parts[i].Field = ""
		}
	}
}

// points reports whether a field is pointed at.
func (p *pointing) points() bool {
	for _, part := range p.parts {
		if part.Field != "" {
			return true
		}
	}
	return false
}

// pointer is the dialog in which a person points at the parts of a name.
type pointer struct {
	*Shell
	req     desk.ImportRequest
	p       pointing
	example *fyne.Container
	buttons []*widget.Button // of the parts
	read    *fyne.Container
	said    *widget.Text
}

// askParts lets a person say what the parts of an example name mean, and shows
// meanwhile how the first recordings are read by that.
func (s *Shell) askParts(req desk.ImportRequest, preview desk.Preview) {
	d := &pointer{Shell: s, req: req, example: container.New(&widget.Flow{Least: previewWidth}), read: container.New(widget.Column{Gap: theme.GapTiny})}
	d.said = widget.NewText("", widget.Look{Size: theme.TextCaption, Color: theme.Muted, Fit: widget.Wrap})
	d.p.rows = preview.Rows
	d.choose(preview.Rows[0].Name)
	page := container.New(widget.Column{Gap: theme.Gap},
		widget.NewText(s.Say("profile.parts.text", nil), widget.Look{Fit: widget.Wrap}), d.example, d.said, d.read)
	s.Dialog(s.Say("profile.parts", review.Args{"folder": filepath.Base(req.Paths[0])}), page,
		screen.Answer{Text: s.Say("profile.import", nil), Primary: true, Enabled: func() bool { return d.p.profile != "" }, Choose: func() {
			d.req.Profile = d.p.profile
			s.importBy(d.req, preview.Metadata)
		}},
		screen.Answer{Text: s.Say("shell.cancel", nil)})
}

// choose takes another recording's name for the example.
func (d *pointer) choose(name string) {
	d.p.take(d.parts.Desk.NameParts(name))
	d.changed()
}

// changed shows the example anew, and how recordings are read by it.
func (d *pointer) changed() {
	d.showExample()
	d.p.profile, d.p.bad = "", nil
	if d.p.reading != nil {
		d.p.reading.Cancel()
	}
	if d.p.points() {
		d.p.profile, d.p.bad = d.parts.Desk.Pattern(d.p.name, d.p.parts)
	}
	d.showRows()
	if d.p.bad != nil {
		d.p.profile = ""
	}
	req := d.req
	req.Profile = cmp.Or(d.p.profile, desk.PlainProfile)
	look := func(ctx context.Context, _ func(job.Progress)) (desk.Preview, error) {
		return d.parts.Desk.Preview(ctx, req)
	}
	d.p.reading = job.Run(d.jobs, "", look, nil, func(p desk.Preview, err error) {
		if err == nil { // else the import tells of it
			d.p.rows = p.Rows
		}
		d.showRows()
	})
}

// showExample shows the parts of the name and, between them, its signs.
func (d *pointer) showExample() {
	d.example.RemoveAll()
	d.buttons = nil
	name, end := []rune(d.p.name), 0
	for i, part := range d.p.parts {
		d.sign(string(name[end:part.From]))
		d.example.Add(d.part(i, string(name[part.From:part.To])))
		end = part.To
	}
	d.sign(string(name[end:]))
	d.example.Refresh()
}

// sign shows what stands between parts.
func (d *pointer) sign(signs string) {
	if signs == "" {
		return
	}
	words := widget.NewText(signs, widget.Look{Color: theme.Muted})
	button := fyne.CurrentApp().Settings().Theme().Size(theme.ControlHeight)
	d.example.Add(container.New(layout.NewCustomPaddedLayout((button-words.MinSize().Height)/2, 0, 0, 0), words))
}

// part is one part of the name, above what it means.
func (d *pointer) part(at int, words string) fyne.CanvasObject {
	field := d.p.parts[at].Field
	var button *widget.Button
	button = widget.NewButton(words, widget.Secondary, func() { d.offer(at, button) })
	button.SetOn(field != "")
	d.buttons = append(d.buttons, button)
	meaning := widget.NewText(d.meaning(field), widget.Look{Size: theme.TextCaption, Color: theme.Muted, Align: fyne.TextAlignCenter})
	return container.New(widget.Column{Gap: theme.GapTiny}, button, meaning)
}

// meaning names a field, "–" for none.
func (d *pointer) meaning(field string) string {
	if field == "" {
		return "–"
	}
	if key, known := meaningText[desk.Meaning(field)]; known {
		return d.Say(key, nil)
	}
	return field
}

// offer shows what a part can mean below its button. Who came to that by the keys
// goes on there.
func (d *pointer) offer(at int, button *widget.Button) {
	byKeys := button.Keyed()
	var items []*fyne.MenuItem
	add := func(name, field string) {
		item := fyne.NewMenuItem(name, func() {
			if d.mean(at, field); byKeys {
				d.Post(func() { d.Canvas().Focus(d.buttons[at]) }) // once the list is closed
			}
		})
		item.Checked = d.p.parts[at].Field == field
		items = append(items, item)
	}
	add(d.Say("profile.parts.nothing", nil), "")
	for _, means := range desk.NameMeanings {
		add(d.Say(meaningText[means], nil), string(means))
	}
	own := fyne.NewMenuItem(d.Say("profile.parts.own", nil), func() { d.askField(at) })
	own.Checked = d.isOwn(at)
	items = append(items, own)
	widget.Offer(items, d.Canvas(), button, d.Say("shell.offer", nil))
}

// isOwn reports whether a part is a field of the centre's own.
func (d *pointer) isOwn(at int) bool {
	field := d.p.parts[at].Field
	_, known := meaningText[desk.Meaning(field)]
	return field != "" && !known
}

func (d *pointer) mean(at int, field string) {
	d.p.mean(at, field)
	d.changed()
	d.Surface()
	d.Painted()
}

// askField asks for the name of a field that only this centre has.
func (d *pointer) askField(at int) {
	name := widget.NewField(d.Say("profile.parts.field.hint", nil))
	if d.isOwn(at) {
		name.SetText(d.p.parts[at].Field)
	}
	ok := func() bool { return name.Text != "" }
	keep := func() { d.mean(at, name.Text) }
	name.OnChanged = func(string) { d.Painted() }
	dismiss := d.Dialog(d.Say("profile.parts.field", nil), name,
		screen.Answer{Text: d.Say("profile.parts.keep", nil), Primary: true, Enabled: ok, Choose: keep},
		screen.Answer{Text: d.Say("shell.cancel", nil)})
	name.OnKey = widget.Answers(dismiss, ok, keep)
	d.Canvas().Focus(name)
}

// showRows shows how the first recordings are read. Each can be the example.
func (d *pointer) showRows() {
	d.read.RemoveAll()
	read := 0
	for _, found := range d.p.rows {
		if d.readOf(found) != "" {
			read++
		}
		row := widget.NewRow(d.previewRow(found), func() {
			d.choose(found.Name)
			d.Painted()
		})
		row.SetChosen(found.Name == d.p.name)
		d.read.Add(row)
	}
	d.said.SetText(d.judgement(read))
	d.read.Refresh()
	d.Painted()
}

// judgement says how well the parts read the first recordings.
func (d *pointer) judgement(read int) string {
	switch {
	case d.p.bad != nil:
		reason, _ := d.Text().Error(d.p.bad)
		return reason + " " + d.Say("profile.parts.bad", nil)
	case !d.p.points():
		return d.Say("profile.parts.none", nil)
	}
	return d.Say("profile.parts.read", review.Args{"n": read, "of": len(d.p.rows)})
}

// telling reports whether a name seems to say something: a start or an id stands
// in it.
func (s *Shell) telling(rows []desk.Found) bool {
	for _, found := range rows {
		_, parts := s.parts.Desk.NameParts(found.Name)
		for _, part := range parts {
			if part.Field != "" {
				return true
			}
		}
	}
	return false
}
