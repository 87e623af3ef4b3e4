package listen

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// header says which draw and call this is, and ends the call.
type header struct {
	content         fyne.CanvasObject
	bar             *fyne.Container
	title, subtitle *widget.Text
	how             *widget.Button
	dots            *widget.StepDots
	names           *widget.Button
	back            *widget.Button
	skip, done      *widget.Button
	right           *fyne.Container

	keys       map[*widget.Button]string
	keyed      bool    // the buttons show their keys
	full, bare float32 // how wide they are with their keys and without
}

func newHeader(s *Screen) *header {
	h := &header{dots: widget.NewStepDots()}
	h.title = widget.NewText("", widget.Look{Size: theme.TextHeading, Bold: true, Fit: widget.Cut})
	h.subtitle = widget.NewText("", widget.Look{Size: theme.TextCaption, Color: theme.Muted, Fit: widget.Cut})
	h.how = widget.NewButton(s.shell.Say("listen.how", nil), widget.Link, s.explainDraw)
	h.names = widget.NewButton("", widget.Quiet, s.askToReveal)
	h.back = widget.NewButton(s.shell.Say("listen.return", nil), widget.Secondary, s.back)
	h.skip = widget.NewButton(s.shell.Say("listen.skip", nil), widget.Secondary, s.askToSkip)
	h.done = widget.NewButton("", widget.Primary, s.finish)
	h.right = flex{gap: theme.GapSmall, grow: -1}.around(h.names, h.back, h.skip, h.done)
	h.keys = map[*widget.Button]string{h.back: s.shell.Key("listen.return"), h.skip: s.shell.Key("listen.skip"), h.done: s.shell.Key("listen.finish")}
	h.measure()
	h.bar = container.New(&headerLayout{h}, h.title, h.subtitle, h.how, h.dots, h.right)
	h.content = widget.NewPane(widget.Bottom, h.bar)
	return h
}

func (h *header) show(m *model) {
	before := h.texts()
	h.title.SetText(m.title())
	h.subtitle.SetText(m.subtitle())
	h.dots.Set(m.steps())
	open := m.phase() == hearing
	widget.Show(h.how, m.open && m.phase() != drawing && !m.byHand())
	widget.Show(h.right, open)
	widget.Show(h.back, m.beside() && m.open)
	if open {
		h.showCall(m)
	}
	if h.texts() != before {
		h.measure()
		h.right.Refresh()
		h.bar.Refresh()
	}
}

func (h *header) showCall(m *model) {
	names, done := "listen.names-hidden", "listen.done-next"
	if m.call.parties != nil {
		names = "listen.hide-names"
	}
	if m.byHand() || m.inStep() {
		done = "listen.done"
	}
	h.names.SetText(m.texts.Say(names, nil))
	h.done.SetText(m.texts.Say(done, nil))
}

// texts are what the header's layout depends on.
func (h *header) texts() [6]any {
	return [6]any{h.title.Text(), h.subtitle.Text(), h.names.Text(), h.done.Text(), h.right.Visible(), h.back.Visible()}
}

// measure finds out how wide the buttons are with their keys and without.
func (h *header) measure() {
	h.showKeys(false)
	h.bare = h.right.MinSize().Width
	h.showKeys(true)
	h.full = h.right.MinSize().Width
}

// showKeys shows the buttons' keys or, where the window is too narrow for them,
// leaves them to the menu.
func (h *header) showKeys(on bool) {
	if h.keyed == on {
		return
	}
	h.keyed = on
	for b, key := range h.keys {
		if !on {
			key = ""
		}
		b.SetKey(key)
	}
}

// tick shows how much time is left.
func (h *header) tick(m *model) {
	if said := m.subtitle(); said != h.subtitle.Text() {
		h.subtitle.SetText(said)
		h.bar.Refresh()
	}
}

const (
	headerHeight = 60
	dotsMost     = 182
	dotsLeast    = 60
	titleLeast   = 220
)

// headerLayout gives the buttons what they need, with their keys where the title
// has room beside them; the dots take what the title leaves them, if that is enough
// to be seen.
type headerLayout struct{ h *header }

// MinSize implements fyne.Layout.
func (l *headerLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	right := float32(0)
	if l.h.right.Visible() {
		right = l.h.bare + size(theme.Gap)
	}
	return fyne.NewSize(titleLeast+right+2*size(theme.GapWide), headerHeight)
}

// Layout implements fyne.Layout.
func (l *headerLayout) Layout(_ []fyne.CanvasObject, at fyne.Size) {
	h, wide, gap := l.h, size(theme.GapWide), size(theme.Gap)
	right := at.Width - wide
	if h.right.Visible() {
		h.showKeys(right-wide-gap-h.full >= titleLeast)
		need := h.right.MinSize()
		right -= need.Width
		h.right.Move(fyne.NewPos(right, (at.Height-need.Height)/2))
		h.right.Resize(need)
		right -= gap
	}
	how := float32(0)
	if h.how.Visible() {
		how = h.how.MinSize().Width
	}
	h.placeTexts(wide, right-wide, how, at.Height)
	h.placeDots(wide, right, how, at.Height)
}

// placeDots puts the dots beside both texts or, where that leaves too little,
// beside the title.
func (h *header) placeDots(left, right, how, height float32) {
	from := left + max(h.titleWidth(), h.subtitleWidth()+how) + size(theme.Gap)
	top, high := float32(0), height
	if right-from < dotsLeast {
		from = left + h.titleWidth() + size(theme.Gap)
		top, high = h.title.Position().Y, h.title.Size().Height
	}
	room := min(dotsMost, right-from)
	widget.Show(h.dots, room >= dotsLeast)
	h.dots.Move(fyne.NewPos(from, top))
	h.dots.Resize(fyne.NewSize(max(0, room), high))
}

func (h *header) placeTexts(left, room, how, height float32) {
	title, below := h.title.MinSize().Height, h.subtitle.MinSize().Height
	top := (height - title - below) / 2
	h.title.Move(fyne.NewPos(left, top))
	h.title.Resize(fyne.NewSize(max(0, room), title))
	width := max(0, min(h.subtitleWidth(), room-how))
	h.subtitle.Move(fyne.NewPos(left, top+title))
	h.subtitle.Resize(fyne.NewSize(width, below))
	button := h.how.MinSize().Height
	h.how.Move(fyne.NewPos(left+width, top+title+(below-button)/2))
	h.how.Resize(fyne.NewSize(how, button))
}

// natural is the width that the whole of a text takes on one line.
func natural(t *widget.Text, name fyne.ThemeSizeName, bold bool) float32 {
	return fyne.MeasureText(t.Text(), size(name), fyne.TextStyle{Bold: bold}).Width + 1
}

func (h *header) titleWidth() float32 { return natural(h.title, theme.TextHeading, true) }

func (h *header) subtitleWidth() float32 { return natural(h.subtitle, theme.TextCaption, false) }
