package library

import (
	"strings"

	"fyne.io/fyne/v2"

	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// snippet shows what was said on one line, with the words that were searched
// for in bold. What is too long ends in ….
type snippet struct {
	box    *fyne.Container
	pieces []desk.Piece
}

func newSnippet() *snippet {
	s := &snippet{}
	s.box = &fyne.Container{Layout: s}
	return s
}

func (s *snippet) set(pieces []desk.Piece) {
	s.pieces, s.box.Objects = pieces, nil
	for _, p := range pieces {
		s.box.Objects = append(s.box.Objects, widget.NewText(strings.TrimSpace(p.Text), widget.Look{Bold: p.Found, Fit: widget.Cut}))
	}
	s.box.Refresh()
}

func (*snippet) width(text string, bold bool) float32 {
	points := fyne.CurrentApp().Settings().Theme().Size(theme.Text)
	return fyne.MeasureText(text, points, fyne.TextStyle{Bold: bold}).Width
}

// MinSize implements fyne.Layout.
func (*snippet) MinSize([]fyne.CanvasObject) fyne.Size {
	points := fyne.CurrentApp().Settings().Theme().Size(theme.Text)
	return fyne.NewSize(40, fyne.MeasureText("X", points, fyne.TextStyle{Bold: true}).Height)
}

// Layout implements fyne.Layout. A text drops the spaces at its ends; they are
// where the next piece begins.
func (s *snippet) Layout(objects []fyne.CanvasObject, at fyne.Size) {
	x := float32(0)
	for i, o := range objects {
		p := s.pieces[i]
		lead := s.width(p.Text[:len(p.Text)-len(strings.TrimLeft(p.Text, " "))], p.Found)
		left := at.Width - x - lead
		o.Move(fyne.NewPos(x+lead, 0))
		o.Resize(fyne.NewSize(min(max(0, left), s.width(strings.TrimSpace(p.Text), p.Found)+1), at.Height))
		if left < s.width("…", p.Found) {
			o.Hide()
		} else {
			o.Show()
		}
		x += s.width(p.Text, p.Found)
	}
}
