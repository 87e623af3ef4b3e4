package widget

import (
	"image"
	"image/color"
	"math"
	"time"

	"github.com/earshot-app/earshot/ui/theme"
)

const (
	barPitch = 3.3 // from one bar to the next, in Fyne's pixels
	barThick = 2   // of a bar
	// quiet is the loudest sample that still fills the height: a softer call
	// is not drawn larger, so that noise does not look like speech.
	quiet = 0.1
	// finest is the shortest part of a call that is drawn as a bar to both
	// sides of silence. Below it one sees how the sound swings.
	finest = 20 * time.Millisecond
	// loudParts is how many parts the call is cut into to find its loudest.
	loudParts = 500
)

// picture draws a waveform's bars into a buffer that it keeps.
type picture struct {
	wave   *Waveform
	buffer *image.RGBA
	bins   []Bin
}

// start clears the buffer, w by h of the screen's pixels. While Fyne lays out
// it asks for sizes down to nothing. It answers false where there is nothing
// to be drawn.
func (p *picture) start(w, h int) bool {
	w, h = max(1, w), max(1, h)
	if p.buffer == nil || p.buffer.Bounds() != image.Rect(0, 0, w, h) {
		p.buffer = image.NewRGBA(image.Rect(0, 0, w, h))
	}
	clear(p.buffer.Pix)
	v := p.wave.view
	return p.wave.duration() > 0 && v != nil && v.area.Width > 0
}

// draw is the generator of the lanes' raster.
func (p *picture) draw(w, h int) image.Image {
	if !p.start(w, h) {
		return p.buffer
	}
	scale := float32(w) / p.wave.view.area.Width
	pitch := max(2, int(math.Round(float64(barPitch*scale))))
	thick := max(1, min(pitch-1, int(math.Round(float64(barThick*scale)))))
	n, loudest := max(1, w/pitch), p.loudest()
	lanes := max(1, p.wave.peaks.Lanes())
	room := h / lanes
	for lane := range lanes {
		r := row{middle: lane*room + room/2, half: float32(room/2) * 0.94 / loudest, thick: thick, n: n}
		if p.wave.lens.span()/time.Duration(n) < finest {
			p.swing(lane, r)
		} else {
			p.bars(lane, r)
		}
	}
	return p.buffer
}

// A row is where and how the n bars of a lane are drawn.
type row struct {
	middle, thick, n int
	half             float32 // of a sample of full scale
}

// loudest is the measure of all lanes, the same on every page of the call.
func (p *picture) loudest() float32 {
	peaks, loudest := p.wave.peaks, float32(quiet)
	bins := p.parts(loudParts)
	for lane := range peaks.Lanes() {
		peaks.Bins(bins, lane, 0, peaks.Duration())
		for _, b := range bins[:p.known(0, peaks.Duration(), len(bins))] {
			loudest = max(loudest, b.reach())
		}
	}
	return min(1, loudest)
}

// parts are n bins to be filled.
func (p *picture) parts(n int) []Bin {
	if cap(p.bins) < n {
		p.bins = make([]Bin, n)
	}
	return p.bins[:n]
}

// known is how many of n parts of a span the peaks have come to.
func (p *picture) known(from, to time.Duration, n int) int {
	ready := p.wave.peaks.Ready()
	if ready >= to {
		return n
	}
	return max(0, int(float64(ready-from)/float64(to-from)*float64(n)))
}

// bars draws the bars of a lane: as far as its peaks in a lighter shade, as far
// as its level in the full one.
func (p *picture) bars(lane int, r row) {
	l, bins := p.wave.lens, p.parts(r.n)
	p.wave.peaks.Bins(bins, lane, l.from, l.to)
	ready := p.known(l.from, l.to, r.n)
	unknown := rgba(shade(p.wave, theme.Disabled))
	ink := rgba(shade(p.wave, p.wave.lane(lane).Color))
	for i, b := range bins {
		x := i * p.buffer.Bounds().Dx() / r.n // spread, so that the last bar lies at the end
		if i >= ready {
			p.bar(x, r, 0, unknown)
			continue
		}
		p.bar(x, r, b.reach()*r.half, faint(ink, 8))
		p.bar(x, r, min(b.Level, b.reach())*r.half, ink)
	}
}

// swing draws a lane as it swings, a column a pixel, each joined to the one
// before.
func (p *picture) swing(lane int, r row) {
	w := p.buffer.Bounds().Dx()
	l, bins := p.wave.lens, p.parts(w)
	p.wave.peaks.Bins(bins, lane, l.from, l.to)
	ready := p.known(l.from, l.to, w)
	ink := rgba(shade(p.wave, p.wave.lane(lane).Color))
	for x, b := range bins[:ready] {
		low, high := b.Low, b.High
		if x > 0 {
			low, high = min(low, bins[x-1].High), max(high, bins[x-1].Low)
		}
		top, bottom := r.middle-int(math.Round(float64(high*r.half))), r.middle-int(math.Round(float64(low*r.half)))
		for y := top; y < max(bottom, top+r.thick); y++ {
			p.buffer.SetRGBA(x, y, ink)
		}
	}
}

// bar draws one bar around the middle of its row, with softened ends where it
// is long enough.
func (p *picture) bar(x int, r row, reach float32, ink color.RGBA) {
	long := max(1, r.thick/2, int(reach))
	for y := r.middle - long; y < r.middle+long; y++ {
		c := ink
		if long > r.thick && (y == r.middle-long || y == r.middle+long-1) {
			c = faint(ink, 5)
		}
		for dx := range r.thick {
			p.buffer.SetRGBA(x+dx, y, c) // outside the picture it does nothing
		}
	}
}

// dots returns a raster's generator for a dotted line from top to bottom.
func dots(ink color.RGBA) func(w, h int) image.Image {
	var buffer *image.RGBA
	return func(w, h int) image.Image {
		w, h = max(1, w), max(1, h)
		if buffer == nil || buffer.Bounds() != image.Rect(0, 0, w, h) {
			buffer = image.NewRGBA(image.Rect(0, 0, w, h))
		}
		clear(buffer.Pix)
		for y := range h {
			if y%(2*w+1) >= w {
				continue
			}
			for x := range w {
				buffer.SetRGBA(x, y, ink)
			}
		}
		return buffer
	}
}

func rgba(c color.Color) color.RGBA { return color.RGBAModel.Convert(c).(color.RGBA) }

// faint is a part of a colour, in tenths, and for the rest what lies below.
func faint(c color.RGBA, tenths int) color.RGBA {
	part := func(x uint8) uint8 { return uint8(int(x) * tenths / 10) }
	return color.RGBA{R: part(c.R), G: part(c.G), B: part(c.B), A: part(c.A)}
}
