package listen

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review/sampling"
	"github.com/earshot-app/earshot/ui/screen"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// setup is where a draw is asked for.
type setup struct {
	screen  *Screen
	content *fyne.Container

	amount, from, to, least, seed *widget.Field
	unit                          *widget.Segmented
	queue, category, strata       *widget.Button
	equal                         *widget.Segmented
	gives, size                   *widget.Text
	draw, weekly                  *widget.Button
	cancel, back, shut            *widget.Button
	first                         *widget.Text // an unfinished draw comes first
}

const setupWidth = 620

func newSetup(s *Screen) *setup {
	u := &setup{screen: s}
	u.amount = u.field("", func(f *form, text string) { f.amount = text })
	u.from = u.field("listen.draw.day", func(f *form, text string) { f.from = text })
	u.to = u.field("listen.draw.day", func(f *form, text string) { f.to = text })
	u.least = u.field("listen.draw.any-length", func(f *form, text string) { f.least = text })
	u.seed = u.field("listen.draw.own-seed", func(f *form, text string) { f.seed = text })
	u.unit = widget.NewSegmented([]string{s.shell.Say("listen.draw.minutes", nil), s.shell.Say("listen.draw.calls", nil)}, func(n int) {
		s.form.calls = n == 1
		s.formChanged()
	})
	u.queue = u.choice(func() []string { return s.offer.queues }, func(f *form, value string) { f.queue = value })
	u.category = u.choice(func() []string { return s.offer.categories }, func(f *form, value string) { f.category = value })
	u.strata = u.dealing()
	u.equal = widget.NewSegmented([]string{s.shell.Say("listen.draw.proportion", nil), s.shell.Say("listen.draw.equally", nil)}, func(n int) {
		s.form.equal = n == 1
		s.formChanged()
	})
	u.gives, u.first = wrapped(""), wrapped("")
	u.size = widget.NewText("", widget.Look{Size: theme.TextCaption, Color: theme.Muted, Fit: widget.Wrap})
	u.weekly = widget.NewButton(s.shell.Say("listen.weekly", nil), widget.Secondary, s.askForPlan)
	u.draw = widget.NewButton(s.shell.Say("listen.draw.do", nil), widget.Primary, s.makeDraw)
	u.draw.SetKey(s.shell.Key("listen.draw"))
	u.cancel = widget.NewButton(s.shell.Say("listen.cancel", nil), widget.Secondary, s.stopDraw)
	u.back = widget.NewButton(s.shell.Say("listen.draw.back", nil), widget.Secondary, s.keepDraw)
	u.shut = widget.NewButton(s.shell.Say("listen.close", nil), widget.Secondary, s.askToClose)
	u.layOut()
	return u
}

func (u *setup) layOut() {
	s := u.screen
	title := widget.NewText(s.shell.Say("listen.draw.title", nil), widget.Look{Size: theme.TextHeading, Bold: true, Fit: widget.Wrap})
	why := widget.NewText(s.shell.Say("listen.draw.why", nil), widget.Look{Color: theme.Muted, Fit: widget.Wrap})
	have := flex{gap: theme.GapSmall, grow: -1}.around(
		level(widget.NewText(s.shell.Say("listen.draw.have", nil), widget.Look{})), fixed{width: 90}.around(u.amount), u.unit)
	pairs := container.New(&columns{},
		u.named("listen.draw.from", u.from), u.named("listen.draw.to", u.to),
		u.named("listen.draw.queue", u.queue), u.named("listen.draw.category", u.category),
		u.named("listen.draw.least", u.least), u.named("listen.draw.seed", u.seed),
		u.named("listen.draw.deal", u.strata), u.named("listen.draw.how", u.equal))
	buttons := flex{gap: theme.GapSmall, grow: -1}.around(u.draw, u.cancel, u.weekly, u.back)
	column := flex{vertical: true, gap: theme.Gap, grow: -1}.around(title, why,
		flex{vertical: true, gap: theme.GapSmall, grow: -1}.around(u.first, flex{grow: -1}.around(u.shut)),
		have, pairs, u.gives, u.size, buttons)
	u.content = inset{theme.GapWide, theme.GapWide}.around(container.NewVScroll(
		container.New(middle{setupWidth}, widget.NewCard(widget.Plain, column))))
}

// named puts a name above a control.
func (u *setup) named(name text.Key, control fyne.CanvasObject) fyne.CanvasObject {
	caption := widget.NewText(u.screen.shell.Say(name, nil), widget.Look{Size: theme.TextCaption, Color: theme.Muted, Fit: widget.Cut})
	return flex{vertical: true, gap: theme.GapTiny, grow: -1}.around(caption, control)
}

// field is a field of the form; Enter in it draws.
func (u *setup) field(hint text.Key, store func(*form, string)) *widget.Field {
	f := widget.NewField("")
	if hint != "" {
		f.SetPlaceHolder(u.screen.shell.Say(hint, nil))
	}
	f.OnChanged = func(text string) {
		store(&u.screen.form, text)
		u.screen.formChanged()
	}
	f.OnFocus = func(gained bool) {
		if gained { // what is typed takes the place of what was there
			f.TypedShortcut(&fyne.ShortcutSelectAll{})
		}
	}
	f.OnKey = func(name fyne.KeyName) bool {
		if name != fyne.KeyReturn && name != fyne.KeyEnter {
			return false
		}
		u.screen.makeDraw()
		return true
	}
	return f
}

// choice is a button that offers names below itself; any of them is the first.
func (u *setup) choice(names func() []string, store func(*form, string)) *widget.Button {
	return u.menu(func(add func(label, value string)) {
		add(u.screen.shell.Say("listen.draw.any", nil), "")
		for _, name := range names() {
			add(name, name)
		}
	}, store)
}

// dealing is a button that offers what a draw can be dealt by.
func (u *setup) dealing() *widget.Button {
	return u.menu(func(add func(label, value string)) {
		for _, by := range []sampling.Strata{sampling.Unstratified, sampling.ByCategory, sampling.ByQueue, sampling.ByWeek} {
			add(u.strataText(by), string(by))
		}
		for _, name := range u.screen.offer.fields {
			add(name, string(sampling.ByField(name)))
		}
	}, func(f *form, value string) { f.strata = sampling.Strata(value) })
}

func (u *setup) strataText(by sampling.Strata) string {
	if name := by.Field(); name != "" {
		return name
	}
	return u.screen.shell.Say(screen.StrataText(by), nil)
}

// menu is a button that offers values below itself.
func (u *setup) menu(offer func(add func(label, value string)), store func(*form, string)) *widget.Button {
	var b *widget.Button
	b = widget.NewButton("", widget.Secondary, func() {
		var items []*fyne.MenuItem
		offer(func(label, value string) {
			items = append(items, fyne.NewMenuItem(label, func() {
				store(&u.screen.form, value)
				u.screen.formChanged()
				u.screen.shell.Canvas().Focus(b) // where Tab goes on from
			}))
		})
		widget.Offer(items, u.screen.shell.Canvas(), b, u.screen.shell.Say("shell.offer", nil))
	})
	b.SetIcon(fynetheme.MenuDropDownIcon())
	return b
}

func (u *setup) show() {
	s := u.screen
	f := s.form
	for field, text := range map[*widget.Field]string{u.amount: f.amount, u.from: f.from, u.to: f.to, u.least: f.least, u.seed: f.seed} {
		if field.Text != text {
			field.SetText(text)
		}
	}
	u.unit.SetChosen(map[bool]int{false: 0, true: 1}[f.calls])
	u.queue.SetText(or(f.queue, s.shell.Say("listen.draw.any", nil)))
	u.category.SetText(or(f.category, s.shell.Say("listen.draw.any", nil)))
	u.strata.SetText(u.strataText(f.strata))
	u.equal.SetChosen(map[bool]int{false: 0, true: 1}[f.equal])
	u.gives.SetText(s.offer.gives)
	u.size.SetText(s.offer.size)
	busy := s.making != nil
	widget.Show(u.cancel, busy)
	widget.Show(u.back, !busy && s.model.open)
	u.draw.SetEnabled(!busy)
	unfinished := s.model.unfinished()
	widget.Show(u.first, unfinished != "")
	widget.Show(u.shut, unfinished != "")
	u.first.SetText(unfinished)
	u.content.Refresh()
}

// columns sets controls in two columns, row by row.
type columns struct{}

// MinSize implements fyne.Layout.
func (*columns) MinSize(o []fyne.CanvasObject) fyne.Size {
	height, width := float32(0), float32(0)
	for i := 0; i < len(o); i += 2 {
		left, right := o[i].MinSize(), o[i+1].MinSize()
		height += max(left.Height, right.Height) + size(theme.Gap)
		width = max(width, left.Width, right.Width)
	}
	return fyne.NewSize(2*width+size(theme.Gap), height-size(theme.Gap))
}

// Layout implements fyne.Layout.
func (*columns) Layout(o []fyne.CanvasObject, at fyne.Size) {
	gap := size(theme.Gap)
	width, top := (at.Width-gap)/2, float32(0)
	for i := 0; i < len(o); i += 2 {
		height := max(o[i].MinSize().Height, o[i+1].MinSize().Height)
		for j, left := range []float32{0, width + gap} {
			o[i+j].Move(fyne.NewPos(left, top))
			o[i+j].Resize(fyne.NewSize(width, height))
		}
		top += height + gap
	}
}
