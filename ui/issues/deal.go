package issues

import (
	"context"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/codebook"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/ui/job"
	"github.com/earshot-app/earshot/ui/screen"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// A checklist is what is left of a split: moments to be played one by one, each
// dealt to a part by one key. It is the model of the [dealing] page.
type checklist struct {
	issue   codebook.Entry
	parts   []codebook.Entry
	moments []desk.Heard
	at      int            // the moment that is played
	dealt   map[string]int // the part that a moment went to, by its id
}

// left is how many moments are still to be looked at.
func (c *checklist) left() int { return len(c.moments) - len(c.dealt) }

// give deals the moment one is at to a part, from 0, and goes to the next that
// is not dealt. ok is false where there is no such part.
func (c *checklist) give(part int) (moment review.Moment, to codebook.Entry, ok bool) {
	if part < 0 || part >= len(c.parts) || c.at >= len(c.moments) {
		return moment, to, false
	}
	moment, to = c.moments[c.at].Moment, c.parts[part]
	c.dealt[moment.ID] = part
	for range c.moments {
		if c.left() == 0 {
			break
		}
		c.at = (c.at + 1) % len(c.moments)
		if _, done := c.dealt[c.moments[c.at].Moment.ID]; !done {
			break
		}
	}
	return moment, to, true
}

// move goes back or on and reports whether that is another moment.
func (c *checklist) move(by int) bool {
	at := max(0, min(c.at+by, len(c.moments)-1))
	moved := at != c.at
	c.at = at
	return moved
}

// deal reads what is left of a split and shows it.
func (s *Screen) deal(issueID string) {
	job.Run(s.jobs, "", func(ctx context.Context, _ func(job.Progress)) (*checklist, error) {
		return readChecklist(ctx, s.desk, issueID)
	}, nil, func(c *checklist, err error) {
		switch {
		case err != nil:
			s.shell.Fail(err)
		case len(c.moments) == 0:
			s.shell.Toast(s.shell.Say("codebook.all-dealt", review.Args{"issue": short(c.issue.Name)}), "", nil)
		default:
			newDealing(s, c).open()
		}
	})
}

func readChecklist(ctx context.Context, d Desk, issueID string) (*checklist, error) {
	entries, err := d.Codebook(ctx)
	if err != nil {
		return nil, err
	}
	c := &checklist{dealt: map[string]int{}}
	c.issue, _ = codebook.Find(entries, issueID)
	for _, id := range c.issue.Parts {
		if part, ok := codebook.Find(entries, id); ok {
			c.parts = append(c.parts, codebook.Survivor(entries, part))
		}
	}
	for heard, err := range d.Moments(ctx, desk.Filter{}, issueID) {
		if err != nil {
			return nil, err
		}
		c.moments = append(c.moments, heard)
	}
	return c, nil
}

// dealing is the page of a checklist. It keeps the focus, so that digits deal.
type dealing struct {
	fynewidget.BaseWidget
	*checklist
	screen       *Screen
	box          *fyne.Container
	place, words *widget.Text
	left         *widget.Text
	buttons      []*widget.Button
	dismiss      func()
	waiting      []func(context.Context) error // deals on their way, in order
}

var _ fyne.Focusable = (*dealing)(nil)

func newDealing(s *Screen, c *checklist) *dealing {
	caption := widget.Look{Size: theme.TextCaption, Color: theme.Muted, Fit: widget.Wrap}
	d := &dealing{
		checklist: c, screen: s, left: widget.NewText("", widget.Look{Bold: true, Fit: widget.Wrap}),
		place: widget.NewText("", caption), words: widget.NewText("", widget.Look{Fit: widget.Wrap, Lines: 6}),
	}
	parts := container.New(widget.Column{Gap: theme.GapSmall})
	for i := range c.parts {
		button := widget.NewButton("", widget.Secondary, func() {
			d.give(i)
			d.focus()
		})
		button.SetKey(strconv.Itoa(i + 1))
		d.buttons = append(d.buttons, button)
		parts.Add(button)
	}
	hint := widget.NewText(s.shell.Say("codebook.deal-hint", nil), caption)
	moment := widget.NewCard(widget.Plain, container.New(widget.Column{Gap: theme.GapTiny}, d.words, d.place))
	d.box = container.New(widget.Column{Gap: theme.GapSmall}, d.left, moment, parts, hint)
	d.ExtendBaseWidget(d)
	return d
}

// Held implements [widget.Holder].
func (d *dealing) Held() []fyne.CanvasObject { return []fyne.CanvasObject{d.box} }

// CreateRenderer is for Fyne.
func (d *dealing) CreateRenderer() fyne.WidgetRenderer { return within{d.box} }

// Resize is for Fyne: texts that wrap know their height once they know their
// width.
func (d *dealing) Resize(at fyne.Size) {
	d.BaseWidget.Resize(at)
	d.box.Resize(at)
}

// open shows the page and plays the first moment.
func (d *dealing) open() {
	s := d.screen
	d.show()
	d.dismiss = s.shell.Dialog(s.shell.Say("codebook.deal-title", review.Args{"issue": short(d.issue.Name)}), d,
		screen.Answer{Text: s.shell.Say("codebook.deal-later", nil), Choose: d.leave})
	d.focus()
	d.play()
}

func (d *dealing) focus() { d.screen.shell.Canvas().Focus(d) }

// show says which moment one is at and what each part has by now.
func (d *dealing) show() {
	say, c := d.screen.shell.Say, d.screen.shell.Text()
	d.left.SetText(say("codebook.deal-left", review.Args{"at": d.at + 1, "of": len(d.moments), "n": d.checklist.left()}))
	heard := d.moments[d.at]
	words := c.Spoken(heard.Moment.Words)
	if words == "" {
		words = say("issues.no-words", nil)
	}
	d.words.SetText(words)
	d.place.SetText(c.DateTime(heard.Call.Start, d.screen.shell.Zone()) + " · " + c.Clock(heard.Moment.At))
	part, dealt := d.dealt[heard.Moment.ID]
	for i, button := range d.buttons {
		n := 0
		for _, to := range d.dealt {
			if to == i {
				n++
			}
		}
		button.SetText(say("codebook.part", review.Args{"issue": d.parts[i].Name, "n": n}))
		button.SetOn(dealt && part == i)
	}
	d.box.Refresh()
	d.screen.shell.Painted()
}

// give deals the moment to a part and plays the next one, or ends when it was
// the last.
func (d *dealing) give(part int) {
	moment, to, ok := d.checklist.give(part)
	if !ok {
		return
	}
	d.waiting = append(d.waiting, func(ctx context.Context) error { return d.screen.desk.Deal(ctx, moment.ID, to.ID) })
	if len(d.waiting) == 1 {
		d.next()
	}
	if d.checklist.left() == 0 {
		d.dismiss()
		d.leave()
		return
	}
	d.show()
	d.play()
}

// next does the first of the deals that wait; one follows the other.
func (d *dealing) next() {
	do := d.waiting[0]
	job.Run(d.screen.jobs, "", func(ctx context.Context, _ func(job.Progress)) (struct{}, error) {
		return struct{}{}, do(ctx)
	}, nil, func(_ struct{}, err error) {
		if err != nil {
			d.screen.shell.Fail(err)
		}
		d.screen.shell.Wrote()
		if d.waiting = slices.Delete(d.waiting, 0, 1); len(d.waiting) > 0 {
			d.next()
		}
	})
}

// leave ends the page and says what is left.
func (d *dealing) leave() {
	s := d.screen
	if s.deps.Hush != nil {
		s.deps.Hush()
	}
	if n := d.checklist.left(); n > 0 {
		s.shell.Toast(s.shell.Say("codebook.to-look-at", review.Args{"n": n}), "", nil)
		return
	}
	s.shell.Toast(s.shell.Say("codebook.all-dealt", review.Args{"issue": short(d.issue.Name)}), "", nil)
}

// play plays the moment from a little before it.
func (d *dealing) play() {
	if m := d.moments[d.at].Moment; d.screen.deps.Play != nil {
		d.screen.deps.Play(m.Call, max(0, m.At-lead))
	}
}

// TypedRune deals by a digit and plays again by the space bar.
func (d *dealing) TypedRune(r rune) {
	switch {
	case r >= '1' && r <= '9':
		d.give(int(r - '1'))
	case r == ' ':
		d.play()
	}
}

// TypedKey goes back and on, and leaves.
func (d *dealing) TypedKey(key *fyne.KeyEvent) {
	by := map[fyne.KeyName]int{fyne.KeyUp: -1, fyne.KeyLeft: -1, fyne.KeyDown: 1, fyne.KeyRight: 1}[key.Name]
	switch {
	case key.Name == fyne.KeyEscape:
		d.dismiss()
		d.leave()
	case by != 0 && d.move(by):
		d.show()
		d.play()
	}
}

// FocusGained is for Fyne.
func (d *dealing) FocusGained() {}

// FocusLost is for Fyne.
func (d *dealing) FocusLost() {}
