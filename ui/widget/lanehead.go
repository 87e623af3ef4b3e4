package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"

	"github.com/earshot-app/earshot/ui/theme"
)

// LaneHead stands before a lane of a [Waveform]: whose voice it is and how loud.
// A tap on the loudspeaker mutes, one on the bar beside it sets the level, and a
// drag along the bar does too. When it was reached by Tab, ← and → change the
// level and Space mutes.
type LaneHead struct {
	control
	name  string
	color fyne.ThemeColorName
	said  string // what stands instead of the bar while muted
	level float64
	muted bool
	plain bool // a name alone
	view  *laneHeadView

	// OnLevel is called with a level, 0 to 1, that a person set.
	OnLevel func(level float64)
	// OnMute is called with whether a person muted.
	OnMute func(muted bool)
}

var (
	_ fyne.Draggable     = (*LaneHead)(nil)
	_ desktop.Cursorable = (*LaneHead)(nil)
)

// levelStep is what a key changes a level by.
const levelStep = 0.1

// NewLaneHead returns a head that says muted where nobody is heard.
func NewLaneHead(muted string) *LaneHead {
	h := &LaneHead{said: muted, level: 1, color: theme.Customer}
	h.view = &laneHeadView{
		head: h, name: canvas.NewText("", nil), said: canvas.NewText(muted, nil), icon: canvas.NewImageFromResource(nil),
		trough: canvas.NewRectangle(nil), filled: canvas.NewRectangle(nil), knob: canvas.NewCircle(nil), ring: canvas.NewRectangle(nil),
	}
	h.extend(h)
	return h
}

// SetLane says whose lane it is. A plain head has no level: its lane is both
// people's.
func (h *LaneHead) SetLane(l Lane, plain bool) {
	if h.name != l.Name || h.color != l.Color || h.plain != plain {
		h.name, h.color, h.plain = l.Name, or(l.Color, theme.Customer), plain
		h.Refresh()
	}
}

// Set shows another level, 0 to 1, and whether it is muted.
func (h *LaneHead) Set(level float64, muted bool) {
	if h.level != level || h.muted != muted {
		h.level, h.muted = level, muted
		h.Refresh()
	}
}

// Tapped mutes or sets the level.
func (h *LaneHead) Tapped(e *fyne.PointEvent) {
	Release(h)
	switch bar := h.view.bar(); {
	case h.plain || e.Position.Y < bar.top:
	case h.muted || e.Position.X < bar.left:
		h.mute()
	default:
		h.slide(e.Position.X)
	}
}

// Dragged sets the level.
func (h *LaneHead) Dragged(e *fyne.DragEvent) {
	if !h.plain && !h.muted {
		h.slide(e.Position.X)
	}
}

// DragEnd is for Fyne.
func (h *LaneHead) DragEnd() {}

// TypedKey changes the level by the arrows and mutes by Space and Enter.
func (h *LaneHead) TypedKey(key *fyne.KeyEvent) {
	switch {
	case h.plain:
		h.control.TypedKey(key)
	case key.Name == fyne.KeyLeft:
		h.setLevel(h.level - levelStep)
	case key.Name == fyne.KeyRight:
		h.setLevel(h.level + levelStep)
	case key.Name == fyne.KeySpace || key.Name == fyne.KeyReturn || key.Name == fyne.KeyEnter:
		h.mute()
	default:
		h.control.TypedKey(key)
	}
}

// Cursor is a hand where a tap acts.
func (h *LaneHead) Cursor() desktop.Cursor {
	if h.plain {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

func (h *LaneHead) mute() {
	if h.OnMute != nil {
		h.OnMute(!h.muted)
	}
}

func (h *LaneHead) slide(x float32) {
	bar := h.view.bar()
	h.setLevel(float64((x - bar.left) / bar.width))
}

func (h *LaneHead) setLevel(level float64) {
	if h.OnLevel != nil {
		h.OnLevel(max(0, min(1, level)))
	}
}

// CreateRenderer is for Fyne.
func (h *LaneHead) CreateRenderer() fyne.WidgetRenderer {
	v := h.view
	v.icon.FillMode = canvas.ImageFillContain
	s := &sketch{owner: h, least: v.least, place: v.place, paint: v.paint}
	s.objects = []fyne.CanvasObject{v.name, v.icon, v.trough, v.filled, v.knob, v.said, v.ring}
	s.paint()
	return s
}

// laneHeadView is what a [LaneHead] puts on the canvas.
type laneHeadView struct {
	head           *LaneHead
	name, said     *canvas.Text
	icon           *canvas.Image
	trough, filled *canvas.Rectangle
	knob           *canvas.Circle
	ring           *canvas.Rectangle
}

const (
	speakerSide = 16
	levelLeast  = 46 // the least length of the bar
	levelThick  = 4
	knobSide    = 10
)

// A levelBar is where the level is set.
type levelBar struct{ left, width, top, height float32 }

// bar lies below the name, beside the loudspeaker.
func (v *laneHeadView) bar() levelBar {
	left := speakerSide + size(v.head, theme.GapTiny) + knobSide/2
	top := (v.head.Size().Height-v.height())/2 + v.name.MinSize().Height
	return levelBar{left, max(1, v.head.Size().Width-left-knobSide/2), top, v.said.MinSize().Height}
}

// height is that of both lines, or of the name alone.
func (v *laneHeadView) height() float32 {
	if v.head.plain {
		return v.name.MinSize().Height
	}
	return v.name.MinSize().Height + v.said.MinSize().Height
}

func (v *laneHeadView) least() fyne.Size {
	below := speakerSide + size(v.head, theme.GapTiny) + max(levelLeast+knobSide, v.said.MinSize().Width)
	if v.head.plain {
		below = 0
	}
	return fyne.NewSize(max(v.name.MinSize().Width, below), v.height())
}

func (v *laneHeadView) place(at fyne.Size) {
	b := v.bar()
	v.name.Move(fyne.NewPos(0, b.top-v.name.MinSize().Height))
	v.name.Resize(fyne.NewSize(at.Width, v.name.MinSize().Height))
	middle := b.top + b.height/2
	v.icon.Move(fyne.NewPos(0, middle-speakerSide/2))
	v.icon.Resize(fyne.NewSquareSize(speakerSide))
	v.said.Move(fyne.NewPos(b.left-knobSide/2, b.top))
	v.said.Resize(v.said.MinSize())
	set := b.width * float32(v.head.level)
	for r, width := range map[*canvas.Rectangle]float32{v.trough: b.width, v.filled: set} {
		r.Move(fyne.NewPos(b.left, middle-levelThick/2))
		r.Resize(fyne.NewSize(width, levelThick))
		r.Refresh() // Fyne 2.7.1 does not repaint a resized rectangle without a stroke
	}
	v.knob.Move(fyne.NewPos(b.left+set-knobSide/2, middle-knobSide/2))
	v.knob.Resize(fyne.NewSquareSize(knobSide))
	v.ring.Move(fyne.NewPos(-size(v.head, theme.GapTiny), b.top-v.name.MinSize().Height-size(v.head, theme.GapTiny)))
	v.ring.Resize(fyne.NewSize(at.Width+2*size(v.head, theme.GapTiny), v.height()+2*size(v.head, theme.GapTiny)))
}

func (v *laneHeadView) paint() {
	h := v.head
	v.name.Text, v.name.Color = h.name, shade(h, h.color)
	v.name.TextSize, v.name.TextStyle = size(h, theme.TextCaption), fyne.TextStyle{Bold: true}
	v.said.Text, v.said.Color, v.said.TextSize = h.said, shade(h, theme.Muted), size(h, theme.TextCaption)
	speaker := fynetheme.VolumeUpIcon()
	if h.muted {
		speaker = fynetheme.VolumeMuteIcon()
	}
	v.icon.Resource = fynetheme.NewColoredResource(speaker, theme.Muted)
	v.icon.Refresh()
	v.trough.FillColor, v.trough.CornerRadius = shade(h, theme.Control), levelThick/2
	v.filled.FillColor, v.filled.CornerRadius = shade(h, h.color), levelThick/2
	v.knob.FillColor, v.knob.StrokeColor, v.knob.StrokeWidth = shade(h, theme.Card), shade(h, h.color), 2
	v.icon.Hidden, v.said.Hidden = h.plain, h.plain || !h.muted
	for _, o := range []fyne.CanvasObject{v.trough, v.filled, v.knob} {
		Show(o, !h.plain && !h.muted)
	}
	h.ring(v.ring, theme.RadiusSmall)
}
