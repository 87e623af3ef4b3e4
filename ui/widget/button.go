package widget

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"

	"github.com/earshot-app/earshot/ui/theme"
)

// A Weight says how loudly a [Button] asks to be tapped.
type Weight int

// The weights. A screen has at most one Primary button.
const (
	Secondary Weight = iota // outlined
	Primary                 // filled
	Quiet                   // text alone
	Round                   // a filled circle around an icon, without text
	Link                    // text alone, as small as the caption it follows
)

// Button does one thing. Beside its text it may show an icon and the key that
// does the same. Where there is too little room, the text is cut.
type Button struct {
	control
	text   *Text
	hint   *KeyHint
	icon   fyne.Resource
	weight Weight
	on     bool
	toast  bool // lies on a message's dark ground
}

// NewButton returns a button that calls tap.
func NewButton(text string, weight Weight, tap func()) *Button {
	b := &Button{weight: weight, hint: NewKeyHint("")}
	b.text = NewText(text, b.look(theme.Ink))
	b.OnTap = tap
	b.hint.SetOnPrimary(weight == Primary)
	b.extend(b)
	return b
}

// NewIconButton returns a button that shows icon alone.
func NewIconButton(icon fyne.Resource, weight Weight, tap func()) *Button {
	b := NewButton("", weight, tap)
	b.icon = icon
	return b
}

// SetText shows another text.
func (b *Button) SetText(text string) {
	if b.text.Text() != text {
		b.text.SetText(text)
		b.Refresh()
	}
}

// Text returns the whole text, also what was cut.
func (b *Button) Text() string { return b.text.Text() }

// SetKey shows the key that does the same; "" shows none.
func (b *Button) SetKey(key string) {
	if b.hint.Key() != key {
		b.hint.SetKey(key)
		b.Refresh()
	}
}

// SetIcon shows icon before the text; nil shows none.
func (b *Button) SetIcon(icon fyne.Resource) {
	if b.icon != icon {
		b.icon = icon
		b.Refresh()
	}
}

// SetOn shows that what the button switches is on: tinted, and with a tick where
// its icon was or, if it has nothing but its icon, with a stronger line.
func (b *Button) SetOn(on bool) { b.control.set(&b.on, on) }

// On reports whether it is shown as on.
func (b *Button) On() bool { return b.on }

// CreateRenderer is for Fyne.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	back, ring, icon := canvas.NewRectangle(nil), canvas.NewRectangle(nil), canvas.NewImageFromResource(nil)
	icon.FillMode = canvas.ImageFillContain
	s := &sketch{owner: b, objects: []fyne.CanvasObject{back, icon, b.text, b.hint, ring}}
	s.least = b.least
	s.place = func(at fyne.Size) {
		back.Resize(at)
		inset := b.inset()
		ring.Move(fyne.NewPos(inset, inset))
		ring.Resize(at.SubtractWidthHeight(2*inset, 2*inset))
		b.place(icon, at)
	}
	s.paint = func() { b.paint(back, ring, icon) }
	s.paint()
	return s
}

// parts returns the width of each part that is shown, gaps apart.
func (b *Button) parts() (icon, text, hint, gaps float32) {
	shown := 0
	if b.picture() != nil {
		icon = size(b, theme.Icon)
		shown++
	}
	if b.text.Text() != "" {
		text = b.text.measure(b.text.Text()).Width
		shown++
	}
	if b.hint.Key() != "" {
		hint = b.hint.MinSize().Width
		shown++
	}
	return icon, text, hint, size(b, theme.GapSmall) * float32(max(0, shown-1))
}

// picture is the icon that is shown, nil for none.
func (b *Button) picture() fyne.Resource {
	if b.on && b.text.Text() != "" {
		return fynetheme.ConfirmIcon()
	}
	return b.icon
}

func (b *Button) look(ink fyne.ThemeColorName) Look {
	look := Look{Fit: Cut, Align: fyne.TextAlignCenter, Color: ink}
	if b.weight == Link {
		look.Size = theme.TextCaption
	}
	return look
}

func (b *Button) least() fyne.Size {
	height := size(b, theme.ControlHeight)
	icon, text, hint, gaps := b.parts()
	switch b.weight {
	case Round:
		return fyne.NewSquareSize(height + size(b, theme.GapSmall))
	case Link:
		return b.text.measure(b.text.Text()).AddWidthHeight(2*size(b, theme.GapSmall), size(b, theme.GapTiny))
	}
	return fyne.NewSize(max(height, icon+text+hint+gaps+2*size(b, theme.Gap)), height)
}

// Least returns the width below which the text is cut.
func (b *Button) Least() float32 {
	icon, text, hint, gaps := b.parts()
	return icon + text + hint + gaps + 2*size(b, theme.GapSmall)
}

// place centres the parts, and takes from the text what is missing.
func (b *Button) place(picture *canvas.Image, at fyne.Size) {
	icon, text, hint, gaps := b.parts()
	text = max(0, min(text, at.Width-icon-hint-gaps-2*size(b, theme.GapSmall)))
	gap := size(b, theme.GapSmall)
	x := (at.Width - icon - text - hint - gaps) / 2
	put := func(o fyne.CanvasObject, width, height float32) {
		o.Move(fyne.NewPos(x, (at.Height-height)/2))
		o.Resize(fyne.NewSize(width, height))
		if width > 0 {
			x += width + gap
		}
	}
	put(picture, icon, icon)
	put(b.text, text, b.text.MinSize().Height)
	put(b.hint, hint, b.hint.MinSize().Height)
}

func (b *Button) filled() bool { return (b.weight == Primary || b.weight == Round) && !b.disabled }

// inset is how far within the button the focus shows.
func (b *Button) inset() float32 {
	if b.filled() {
		return size(b, theme.FocusLine)
	}
	return 0
}

func (b *Button) paint(back, ring *canvas.Rectangle, icon *canvas.Image) {
	fill, line, ink := b.colors()
	back.FillColor, back.StrokeColor, back.StrokeWidth = fill, line, size(b, theme.Hairline)
	if b.on {
		back.StrokeWidth = size(b, theme.FocusLine)
	}
	back.CornerRadius = size(b, theme.RadiusControl)
	b.ring(ring, theme.RadiusControl)
	if b.filled() {
		ring.StrokeColor = shade(b, theme.OnPrimary) // the usual one is as green as the button
	}
	if b.weight == Round {
		back.CornerRadius = canvas.RadiusMaximum
		ring.CornerRadius = canvas.RadiusMaximum
	}
	b.text.SetLook(b.look(ink))
	b.hint.SetOnPrimary(b.weight == Primary && b.filled())
	icon.Hidden = b.picture() == nil
	if !icon.Hidden {
		icon.Resource = fynetheme.NewColoredResource(b.picture(), ink)
		icon.Refresh()
	}
}

// colors returns what the button is filled, outlined and written with now.
func (b *Button) colors() (fill, line color.Color, ink fyne.ThemeColorName) {
	fill, line, ink = color.Transparent, color.Transparent, theme.Ink
	switch b.weight {
	case Primary, Round:
		fill, ink = shade(b, theme.Primary), theme.OnPrimary
	case Secondary:
		fill, line = shade(b, theme.Card), shade(b, theme.Control)
		if b.on {
			fill, line = shade(b, theme.Tint), shade(b, theme.Primary)
		}
	case Quiet, Link:
		ink = theme.Link
	}
	switch {
	case b.toast:
		ink = theme.ToastLink
	case b.disabled && (b.weight == Quiet || b.weight == Link):
		ink = theme.Disabled
	case b.disabled:
		fill, line, ink = shade(b, theme.Chip), color.Transparent, theme.Disabled
	case b.hovered:
		fill = lay(fill, shade(b, fynetheme.ColorNameHover))
	}
	return fill, line, ink
}

// lay returns above as seen on below, either of which may be sheer.
func lay(below, above color.Color) color.Color {
	under, over := color.NRGBAModel.Convert(below).(color.NRGBA), color.NRGBAModel.Convert(above).(color.NRGBA)
	if under.A == 0 {
		return over
	}
	return theme.Over(under, over)
}
