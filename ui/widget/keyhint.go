package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/earshot-app/earshot/ui/theme"
)

// KeyHint is a key cap: it says which key does the same.
type KeyHint struct {
	widget.BaseWidget
	key string
	on  bool
}

// NewKeyHint returns a cap with key on it, such as "Space" or "Ctrl E"; an
// empty key shows nothing and takes no place.
func NewKeyHint(key string) *KeyHint {
	k := &KeyHint{key: key}
	k.ExtendBaseWidget(k)
	return k
}

// SetKey shows another key.
func (k *KeyHint) SetKey(key string) {
	if k.key != key {
		k.key = key
		k.Refresh()
	}
}

// Key returns what stands on the cap.
func (k *KeyHint) Key() string { return k.key }

// SetOnPrimary sets whether the cap lies on the primary colour.
func (k *KeyHint) SetOnPrimary(on bool) {
	if k.on != on {
		k.on = on
		k.Refresh()
	}
}

// CreateRenderer is for Fyne.
func (k *KeyHint) CreateRenderer() fyne.WidgetRenderer {
	cap, text := canvas.NewRectangle(nil), canvas.NewText(k.key, nil)
	text.TextStyle = fyne.TextStyle{Monospace: true, Bold: true}
	text.Alignment = fyne.TextAlignCenter
	s := &sketch{owner: k, objects: []fyne.CanvasObject{cap, text}}
	s.least = func() fyne.Size {
		if k.key == "" {
			return fyne.Size{}
		}
		letters := text.MinSize()
		pad := size(k, theme.GapTiny)
		return fyne.NewSize(max(letters.Width, letters.Height-pad)+2*pad, letters.Height+pad)
	}
	s.place = func(at fyne.Size) {
		own := at.Min(s.least()) // a cap never grows with its place
		for _, o := range s.objects {
			o.Move(fyne.NewPos(0, (at.Height-own.Height)/2))
			o.Resize(own)
		}
	}
	s.paint = func() { k.paint(cap, text) }
	s.paint()
	return s
}

func (k *KeyHint) paint(cap *canvas.Rectangle, text *canvas.Text) {
	fill, line, ink := theme.KeyCap, theme.Control, theme.Muted
	if k.on {
		fill, line, ink = theme.KeyCapOn, theme.KeyCapOnLine, theme.OnPrimary
	}
	cap.FillColor, cap.StrokeColor, cap.StrokeWidth = shade(k, fill), shade(k, line), size(k, theme.Hairline)
	cap.CornerRadius = size(k, theme.RadiusSmall)
	cap.Hidden = k.key == ""
	text.Text, text.Color, text.TextSize = k.key, shade(k, ink), size(k, theme.TextKey)
}
