package listen

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// heard lists the moments and praise of the call. One field serves the words
// of all of them; it lies in the row that is edited.
type heard struct {
	screen *Screen
	card   fyne.CanvasObject
	choice *fyne.Container // before the title; hidden and empty until something else may be shown in this place
	title  fyne.CanvasObject
	scroll *container.Scroll
	list   *fyne.Container
	none   *widget.Text
	field  *widget.Field
	line   fyne.CanvasObject // the field at its own height
	rows   map[string]*heardRow
	shown  []string // ids
}

func newHeard(s *Screen) *heard {
	h := &heard{screen: s, rows: map[string]*heardRow{}, list: flex{vertical: true, grow: -1}.around()}
	h.none = widget.NewText(s.shell.Say("listen.nothing-yet", nil), widget.Look{Color: theme.Muted, Fit: widget.Wrap})
	h.field = widget.NewField(s.shell.Say("listen.words.hint", nil))
	h.line = level(h.field)
	h.field.OnChanged = func(words string) {
		if c := s.model.call; c != nil {
			c.draft = words
		}
	}
	h.field.OnKey = h.key
	h.field.OnFocus = func(gained bool) {
		if !gained {
			s.keepWords()
		}
	}
	h.title = widget.NewText(s.shell.Say("listen.heard", nil), widget.Look{Size: theme.TextTitle, Bold: true, Fit: widget.Cut})
	undo := widget.NewText(s.shell.Say("listen.undo", nil), widget.Look{Size: theme.TextCaption, Color: theme.Muted})
	key := widget.NewKeyHint(s.shell.Key("app.undo"))
	widget.Show(undo, key.Key() != "")
	h.choice = container.NewStack()
	h.choice.Hide()
	h.scroll = container.NewVScroll(h.list)
	h.card = widget.NewCard(widget.Plain, flex{vertical: true, gap: theme.GapSmall, grow: 2}.around(
		flex{gap: theme.GapSmall, grow: 1}.around(h.choice, container.NewStack(h.title), undo, key), h.none, h.scroll))
	return h
}

// key is a key in the words' field: Enter saves, Esc leaves them as they were.
func (h *heard) key(name fyne.KeyName) bool {
	switch name {
	case fyne.KeyReturn, fyne.KeyEnter:
		h.screen.shell.Surface() // losing the focus saves
		return true
	case fyne.KeyEscape:
		h.screen.dropWords()
		h.screen.shell.Surface()
		return true
	}
	return false
}

// edit puts the caret into the words of the mark that is edited.
func (h *heard) edit() {
	h.field.SetText(h.screen.model.call.draft)
	h.screen.shell.Canvas().Focus(h.field)
	h.field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
}

func (h *heard) show(m *model) {
	rows := m.markRows()
	ids := make([]string, len(rows))
	for i, r := range rows {
		ids[i] = r.id
		if h.rows[r.id] == nil {
			h.rows[r.id] = newHeardRow(h, r.id)
		}
		h.rows[r.id].show(r)
	}
	widget.Show(h.none, len(rows) == 0)
	widget.Show(h.scroll, len(rows) > 0) // an empty list would still ask for room
	if !slices.Equal(ids, h.shown) {
		h.arrange(ids)
	}
	for _, r := range rows {
		if r.selected {
			h.reveal(h.rows[r.id].row)
		}
	}
}

// arrange lists the rows of ids and forgets the others.
func (h *heard) arrange(ids []string) {
	h.shown, h.list.Objects = ids, nil
	kept := map[string]*heardRow{}
	for _, id := range ids {
		kept[id] = h.rows[id]
		h.list.Add(h.rows[id].row)
	}
	h.rows = kept
	h.scroll.Refresh()
}

// reveal scrolls to a row that keys have reached.
func (h *heard) reveal(row fyne.CanvasObject) {
	top, bottom := row.Position().Y, row.Position().Y+row.Size().Height
	offset := h.scroll.Offset.Y
	switch {
	case top < offset:
		offset = top
	case bottom > offset+h.scroll.Size().Height:
		offset = bottom - h.scroll.Size().Height
	default:
		return
	}
	h.scroll.ScrollToOffset(fyne.NewPos(0, max(0, offset)))
}

// heardRow is one moment or praise.
type heardRow struct {
	heard *heard
	row   *widget.Row
	play  *widget.Button
	mark  *widget.Mark
	name  *widget.Text
	words *widget.Text
	key   *widget.KeyHint // of typing them, while the row is chosen
	tap   *widget.Row
	place *fyne.Container // of the words or their field
}

const (
	playWidth  = 88
	wordsShare = 0.5
)

func newHeardRow(h *heard, id string) *heardRow {
	s := h.screen
	r := &heardRow{heard: h, mark: widget.NewMark(theme.Issue(0), widget.Circle)}
	r.play = widget.NewButton("", widget.Quiet, func() {
		s.selectMark(id)
		s.playMark()
	})
	r.play.SetIcon(fynetheme.MediaPlayIcon())
	r.name = widget.NewText("", widget.Look{Fit: widget.Wrap})
	r.words = widget.NewText("", widget.Look{Fit: widget.Wrap, Lines: 4})
	r.key = widget.NewKeyHint(s.shell.Key("listen.words"))
	r.tap = widget.NewRow(flex{gap: theme.GapSmall, grow: 0}.around(level(r.words), level(r.key)), func() { s.editWords(id) })
	r.place = container.NewStack(r.tap)
	what := flex{gap: theme.GapSmall, grow: 1}.around(r.mark, level(r.name))
	r.row = widget.NewRow(container.New(heardLayout{}, r.play, what, r.place), func() { s.selectMark(id) })
	r.row.SetLined(true)
	return r
}

func (r *heardRow) show(m markRow) {
	r.play.SetText(m.clock)
	r.mark.Set(m.color, m.shape)
	r.name.SetText(m.name)
	r.row.SetChosen(m.selected)
	words, look := m.words, widget.Look{Fit: widget.Wrap, Lines: 4}
	if words == "" {
		words, look.Color = m.wanted, theme.Muted
	} else {
		words = r.heard.screen.shell.Say("listen.words.said", review.Args{"words": words})
	}
	r.words.SetText(words)
	r.words.SetLook(look)
	widget.Show(r.key, m.selected)
	r.put(m.editing)
}

// put lays the field or the words into the row's place.
func (r *heardRow) put(editing bool) {
	var want fyne.CanvasObject = r.tap
	if editing {
		want = r.heard.line
	}
	if r.place.Objects[0] != want {
		r.place.Objects[0] = want
		r.place.Refresh()
	}
}

// heardLayout sets when, what and the words beside one another, so that all
// rows have the same columns.
type heardLayout struct{}

// MinSize implements fyne.Layout.
func (heardLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	height := max(o[0].MinSize().Height, o[1].MinSize().Height, o[2].MinSize().Height)
	return fyne.NewSize(playWidth+240, height)
}

// Layout implements fyne.Layout.
func (heardLayout) Layout(o []fyne.CanvasObject, at fyne.Size) {
	gap := size(theme.GapSmall)
	words := (at.Width - playWidth) * wordsShare
	o[0].Resize(fyne.NewSize(playWidth, o[0].MinSize().Height))
	o[0].Move(fyne.NewPos(0, (at.Height-o[0].MinSize().Height)/2))
	o[1].Resize(fyne.NewSize(at.Width-playWidth-words-gap, at.Height))
	o[1].Move(fyne.NewPos(playWidth, 0))
	o[2].Resize(fyne.NewSize(words, at.Height))
	o[2].Move(fyne.NewPos(at.Width-words, 0))
}
