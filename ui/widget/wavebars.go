package widget

import (
	"fmt"
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
)

// picture draws a waveform's bars into a buffer that it keeps.
type picture struct {
	wave   *Waveform
	buffer *image.RGBA
}

// draw is the raster's generator; w and h are in the screen's pixels. While
// Fyne lays out it asks for sizes down to nothing.
func (p *picture) draw(w, h int) image.Image {
	w, h = max(1, w), max(1, h)
	if p.buffer == nil || p.buffer.Bounds() != image.Rect(0, 0, w, h) {
		p.buffer = image.NewRGBA(image.Rect(0, 0, w, h))
	}
	clear(p.buffer.Pix)
	v := p.wave.view
	if p.wave.duration() == 0 || v == nil || v.area.Width <= 0 {
		return p.buffer
	}
	scale := float32(w) / v.area.Width
	pitch := max(2, int(math.Round(float64(barPitch*scale))))
	thick := max(1, min(pitch-1, int(math.Round(float64(barThick*scale)))))
	p.lanes(w/pitch, thick)
	return p.buffer
}

// lanes draws n bars in each lane, all lanes to one measure.
func (p *picture) lanes(n, thick int) {
	peaks := p.wave.peaks
	if n == 0 {
		return
	}
	ready := int(float64(n) * peaks.Ready().Seconds() / peaks.Duration().Seconds())
	heights, loudest := make([][]float32, peaks.Lanes()), float32(quiet)
	for lane := range heights {
		heights[lane] = loudness(peaks, lane, n)
		for i := range min(ready, n) {
			loudest = max(loudest, heights[lane][i])
		}
	}
	unknown := rgba(shade(p.wave, theme.Disabled))
	room := p.buffer.Bounds().Dy() / max(1, len(heights))
	for lane, high := range heights {
		ink := rgba(shade(p.wave, p.wave.lane(lane).Color))
		middle, half := lane*room+room/2, float32(room/2)*0.94
		for i := range n {
			x := i * p.buffer.Bounds().Dx() / n // spread, so that the last bar lies at the end
			if i >= ready {
				p.bar(x, middle, thick, thick/2, unknown)
				continue
			}
			reach := int(high[i] / loudest * half)
			p.bar(x, middle, thick, max(thick/2, reach), ink)
		}
	}
}

// loudness returns how far each of n parts of a lane reaches from silence.
func loudness(peaks Peaks, lane, n int) []float32 {
	low, high := peaks.Bins(lane, n)
	reach := make([]float32, n)
	for i := range min(n, len(low), len(high)) {
		reach[i] = min(1, max(-low[i], high[i], 0))
	}
	return reach
}

// bar draws one bar around middle, with softened ends where it is long enough.
func (p *picture) bar(x, middle, thick, reach int, ink color.RGBA) {
	reach = max(1, reach)
	soft := color.RGBA{R: ink.R / 2, G: ink.G / 2, B: ink.B / 2, A: ink.A / 2}
	for y := middle - reach; y < middle+reach; y++ {
		c := ink
		if reach > thick && (y == middle-reach || y == middle+reach-1) {
			c = soft
		}
		for dx := range thick {
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

// Clock writes a time in a call as people read it on a player: 2:05, 1:02:05.
func Clock(at time.Duration) string {
	s := int(at / time.Second)
	if s >= 3600 {
		return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
	}
	return fmt.Sprintf("%d:%02d", s/60, s%60)
}
