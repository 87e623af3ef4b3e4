package widget

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/earshot-app/earshot/ui/theme"
)

const (
	headWidth = 2  // of the playhead
	laneLeast = 44 // the least height of a lane
)

// waveView is what a [Waveform] puts on the canvas, and where.
type waveView struct {
	wave *Waveform
	plot fyne.Position // the corner of the bars
	area fyne.Size     // of the bars

	image    picture
	bars     *canvas.Raster
	veil     *canvas.Rectangle // over what is not yet played
	head     *canvas.Rectangle
	names    []*canvas.Text
	silences silences
	talks    *talks
	choice   *choice
	flags    []*flag
	ruler    *ruler
	over     *overview
}

func newWaveView(w *Waveform) *waveView {
	v := &waveView{wave: w, image: picture{wave: w}, over: newOverview(w)}
	v.silences.view = v
	v.talks = newTalks(v)
	v.choice, v.ruler = newChoice(v), newRuler(v)
	v.bars = canvas.NewRaster(v.image.draw)
	v.veil, v.head = canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	return v
}

// objects are all parts from the back to the front.
func (v *waveView) objects() []fyne.CanvasObject {
	all := []fyne.CanvasObject{v.bars, v.veil}
	all = append(append(all, v.silences.objects()...), v.talks.bars)
	all = append(all, v.choice.objects()...)
	for _, t := range slices.Concat(v.names, v.ruler.ticks) {
		all = append(all, t)
	}
	for _, f := range v.flags {
		all = append(all, f.objects()...)
	}
	all = append(all, v.over.objects()...)
	return append(append(all, v.ruler.pointer()...), v.head)
}

func (v *waveView) least() fyne.Size {
	lanes := float32(v.wave.laneCount()) * laneLeast
	return fyne.NewSize(240, lanes+v.bandHeight()+v.rulerHeight()+v.over.height())
}

// bandHeight is the room for the marks above the lanes.
func (v *waveView) bandHeight() float32 { return 2 * size(v.wave, theme.Dot) }

// rulerHeight is the room for the times below the lanes.
func (v *waveView) rulerHeight() float32 {
	return v.caption("0:00").Height + size(v.wave, theme.GapTiny)
}

func (v *waveView) rulerTop() float32 { return v.plot.Y + v.area.Height + size(v.wave, theme.GapTiny) }

func (v *waveView) caption(s string) fyne.Size {
	return fyne.MeasureText(s, size(v.wave, theme.TextCaption), fyne.TextStyle{})
}

// paint reads the theme and the state into the objects.
func (v *waveView) paint() {
	w := v.wave
	v.veil.FillColor = shade(w, theme.Veil)
	v.head.FillColor = shade(w, theme.Playhead)
	v.ruler.paint()
	v.over.paint()
	v.choice.paint()
	none := w.duration() == 0
	v.bars.Hidden, v.veil.Hidden, v.head.Hidden = none, none, none
	if none {
		v.ruler.show(false, 0)
	}
	v.names = v.names[:0]
	for n := range w.laneCount() {
		name := canvas.NewText(w.lane(n).Name, shade(w, w.lane(n).Color))
		name.TextSize, name.TextStyle = size(w, theme.TextCaption), fyne.TextStyle{Bold: true}
		v.names = append(v.names, name)
	}
	v.paintFlags()
}

// paintFlags makes the moments' flags, the selected one last and so in front.
func (v *waveView) paintFlags() {
	v.flags = v.flags[:0]
	if v.wave.duration() == 0 {
		return
	}
	var chosen *flag
	for _, m := range v.wave.markers {
		f := newFlag(v.wave, m, m.ID == v.wave.selected)
		if f.chosen {
			chosen = f
			continue
		}
		v.flags = append(v.flags, f)
	}
	if chosen != nil {
		v.flags = append(v.flags, chosen)
	}
}

// layout places everything in at.
func (v *waveView) layout(at fyne.Size) {
	v.plot = fyne.NewPos(v.nameWidth(), v.bandHeight())
	v.area = fyne.NewSize(max(1, at.Width-v.plot.X), max(1, at.Height-v.plot.Y-v.rulerHeight()-v.over.height()))
	v.wave.lens.left, v.wave.lens.width = v.plot.X, v.area.Width
	v.bars.Move(v.plot)
	v.bars.Resize(v.area)
	lane := v.area.Height / float32(len(v.names))
	for n, name := range v.names {
		height := name.MinSize().Height
		name.Move(fyne.NewPos(0, v.plot.Y+(float32(n)+0.5)*lane-height/2))
		name.Resize(fyne.NewSize(v.plot.X, height))
	}
	v.silences.layout()
	v.talks.layout()
	v.choice.layout()
	v.ruler.layout()
	for _, f := range v.flags {
		f.place(v)
	}
	v.over.layout(at.Height - overHeight)
	before := v.veil.Size()
	v.moveHead()
	if v.veil.Size() != before { // else the frame that is being laid out would be painted twice
		v.veil.Refresh() // Fyne 2.7.1 does not repaint a resized rectangle without a stroke
	}
}

func (v *waveView) nameWidth() float32 {
	var widest float32
	for _, name := range v.names {
		if name.Text != "" {
			widest = max(widest, name.MinSize().Width+size(v.wave, theme.Gap))
		}
	}
	return widest
}

// inside reports whether a place lies on the lanes or near their ends, and not
// on their names.
func (v *waveView) inside(at fyne.Position) bool {
	return at.X >= v.plot.X-size(v.wave, theme.GapTiny) && !v.over.hit(at)
}

// moveHead brings the playhead and the veil to the position, on whole pixels
// and only when the pixel has changed.
func (v *waveView) moveHead() {
	v.over.moveHead()
	scale := float32(1)
	if c := fyne.CurrentApp().Driver().CanvasForObject(v.wave); c != nil {
		scale = c.Scale()
	}
	at, right := v.wave.lens.x(v.wave.at), v.plot.X+v.area.Width
	x := float32(int(min(max(v.plot.X, at), right)*scale+0.5)) / scale
	to := fyne.NewPos(x-headWidth/2, v.plot.Y)
	if at < v.plot.X-headWidth || at > right+headWidth {
		to.X = -headWidth // not on this page
	}
	rest := fyne.NewSize(max(0, right-x), v.area.Height)
	if v.head.Position() == to && v.veil.Size() == rest {
		return
	}
	v.head.Resize(fyne.NewSize(headWidth, v.area.Height))
	v.veil.Resize(rest)
	v.veil.Move(fyne.NewPos(x, v.plot.Y))
	v.head.Move(to) // a move repaints, which the resizes do not
}
