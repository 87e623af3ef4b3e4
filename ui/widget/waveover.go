package widget

import (
	"image"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/earshot-app/earshot/ui/theme"
)

const (
	overHeight = 26 // of the strip
	leastGrip  = 14 // the least width of the window in it, so that it can be taken hold of
)

// overview is the strip below the lanes of a waveform that is zoomed: the whole
// call, and a window around what is shown of it.
type overview struct {
	wave   *Waveform
	image  picture
	ground *canvas.Rectangle
	bars   *canvas.Raster
	window *canvas.Rectangle
	head   *canvas.Rectangle
	lens   lens // of the strip
	top    float32
}

func newOverview(w *Waveform) *overview {
	o := &overview{wave: w, image: picture{wave: w}}
	o.bars = canvas.NewRaster(o.draw)
	o.ground, o.window, o.head = canvas.NewRectangle(nil), canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	return o
}

// shown reports whether there is more of the call than the lanes show.
func (o *overview) shown() bool { return o.wave.lens.zoomed() }

// height is the room that it takes.
func (o *overview) height() float32 {
	if !o.shown() {
		return 0
	}
	return overHeight + size(o.wave, theme.GapTiny)
}

func (o *overview) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{o.ground, o.bars, o.window, o.head}
}

func (o *overview) paint() {
	for _, part := range o.objects() {
		Show(part, o.shown())
	}
	o.ground.FillColor, o.ground.CornerRadius = shade(o.wave, theme.Chip), size(o.wave, theme.RadiusSmall)
	o.window.FillColor = shade(o.wave, theme.Chosen)
	o.window.StrokeColor, o.window.StrokeWidth = shade(o.wave, theme.Primary), size(o.wave, theme.FocusLine)
	o.window.CornerRadius = size(o.wave, theme.RadiusSmall)
	o.head.FillColor = shade(o.wave, theme.Playhead)
}

// layout places the strip at a height, as wide as the lanes.
func (o *overview) layout(top float32) {
	l := o.wave.lens
	o.top = top
	o.lens = lens{left: l.left, width: l.width}
	o.lens.open(l.whole)
	for _, part := range []fyne.CanvasObject{o.ground, o.bars} {
		part.Move(fyne.NewPos(l.left, top))
		part.Resize(fyne.NewSize(l.width, overHeight))
	}
	from, to := o.lens.x(l.from), o.lens.x(l.to)
	grip := max(leastGrip, to-from)
	from = max(l.left, min(from-(grip-(to-from))/2, l.left+l.width-grip))
	o.window.Move(fyne.NewPos(from, top+1))
	o.window.Resize(fyne.NewSize(grip, overHeight-2))
	o.moveHead()
}

func (o *overview) moveHead() {
	if !o.shown() {
		return
	}
	to := fyne.NewPos(o.lens.x(o.wave.at), o.top)
	if d := to.X - o.head.Position().X; d > -1 && d < 1 && o.head.Position().Y == to.Y {
		return
	}
	o.head.Resize(fyne.NewSize(1, overHeight))
	o.head.Move(to)
}

// hit reports whether a place lies on the strip.
func (o *overview) hit(at fyne.Position) bool {
	return o.shown() && at.Y >= o.top && at.Y <= o.top+overHeight
}

// take begins to drag the window, which comes to the pointer first if it is
// elsewhere.
func (o *overview) take(x float32) {
	l := &o.wave.lens
	if at := o.lens.at(x); at < l.from || at > l.to {
		l.show(at-l.span()/2, l.span())
		o.wave.looked()
	}
}

// drag moves the window by some pixels.
func (o *overview) drag(dx float32) {
	o.wave.lens.pan(o.lens.at(o.lens.left+max(0, dx)) - o.lens.at(o.lens.left+max(0, -dx)))
	o.wave.looked()
}

// draw is the raster's generator: all lanes in one.
func (o *overview) draw(w, h int) image.Image {
	p := &o.image
	if !p.start(w, h) || !o.shown() {
		return p.buffer
	}
	thick := max(1, int(math.Round(float64(float32(w)/o.wave.view.area.Width))))
	n := max(1, w/(2*thick))
	peaks, reach := o.wave.peaks, make([]float32, n)
	for lane := range peaks.Lanes() {
		bins := p.parts(n)
		peaks.Bins(bins, lane, 0, peaks.Duration())
		for i, b := range bins[:p.known(0, peaks.Duration(), n)] {
			reach[i] = max(reach[i], b.reach())
		}
	}
	ink, loudest := rgba(shade(o.wave, theme.Muted)), p.loudest()
	r := row{middle: h / 2, half: float32(h/2) * 0.8 / loudest, thick: thick, n: n}
	for i, high := range reach {
		p.bar(i*w/n, r, high*r.half, ink)
	}
	return p.buffer
}
