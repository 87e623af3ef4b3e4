package widget

import (
	"fmt"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/earshot-app/earshot/ui/theme"
)

const tickApart = 72 // the least distance of two times on the ruler

// ruler is the times below the lanes, and the time under the pointer.
type ruler struct {
	view   *waveView
	ticks  []*canvas.Text
	line   *canvas.Rectangle // under the pointer
	back   *canvas.Rectangle
	text   *canvas.Text
	hidden bool // nothing is pointed at
	at     time.Duration
}

func newRuler(v *waveView) *ruler {
	r := &ruler{view: v, hidden: true}
	r.line, r.back, r.text = canvas.NewRectangle(nil), canvas.NewRectangle(nil), canvas.NewText("", nil)
	r.text.Alignment = fyne.TextAlignCenter
	return r
}

// pointer are the parts that follow the pointer.
func (r *ruler) pointer() []fyne.CanvasObject { return []fyne.CanvasObject{r.line, r.back, r.text} }

func (r *ruler) paint() {
	w := r.view.wave
	r.line.FillColor = shade(w, theme.Muted)
	r.back.FillColor, r.back.CornerRadius = shade(w, theme.Chip), size(w, theme.RadiusSmall)
	r.text.Color, r.text.TextSize = shade(w, theme.Ink), size(w, theme.TextCaption)
}

// layout writes the times. It keeps the texts it has: Fyne lays a widget out
// again when an object appears in it, so new ones each time would never come to
// rest.
func (r *ruler) layout() {
	v, l := r.view, &r.view.wave.lens
	n, right := 0, v.plot.X+v.area.Width
	step := tickStep(l.span(), v.area.Width)
	for at := (l.from + step - 1) / step * step; l.span() > 0 && at <= l.to; at += step {
		written := v.wave.clock(at, step)
		box := v.caption(written)
		x := max(v.plot.X, l.x(at)-box.Width/2)
		if x+box.Width > right {
			break
		}
		if n == len(r.ticks) {
			r.ticks = append(r.ticks, canvas.NewText("", nil))
		}
		t := r.ticks[n]
		t.Text, t.Color, t.TextSize, t.Hidden = written, shade(v.wave, theme.Muted), size(v.wave, theme.TextCaption), false
		t.Move(fyne.NewPos(x, v.rulerTop()))
		t.Resize(box)
		n++
	}
	r.ticks = r.ticks[:n]
	if !r.hidden {
		r.place()
	}
}

// tickStep returns the distance of the ruler's times over a span: a round one
// that leaves them room to be read.
func tickStep(span time.Duration, width float32) time.Duration {
	round := []time.Duration{1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 15000, 30000}
	for _, n := range append(round, 60000, 120000, 300000, 600000, 900000, 1800000, 3600000) {
		step := n * time.Millisecond
		if float32(step.Seconds()/max(span.Seconds(), 1e-9))*width >= tickApart {
			return step
		}
	}
	hours := time.Duration(float32(span.Hours())*tickApart/width) + 1
	return hours * time.Hour
}

// show shows or hides the time under the pointer.
func (r *ruler) show(shown bool, at time.Duration) {
	r.hidden, r.at = !shown, at
	for _, o := range r.pointer() {
		Show(o, shown)
	}
	if shown {
		r.place()
	} else {
		r.clear(0, 0)
	}
}

// place brings the pointer's line and time to where it is, with what lies
// there.
func (r *ruler) place() {
	v := r.view
	r.text.Text = v.wave.clock(r.at, 10*v.wave.lens.perPixel()) // a hand is no finer
	for _, s := range v.wave.spans {
		if s.From <= r.at && r.at < s.To && s.Name != "" {
			r.text.Text += " · " + s.Name
		}
	}
	box := v.caption(r.text.Text).AddWidthHeight(2*size(v.wave, theme.GapTiny), 0)
	x := v.wave.lens.x(r.at)
	left := min(max(v.plot.X, x-box.Width/2), v.plot.X+v.area.Width-box.Width)
	r.line.Move(fyne.NewPos(x, v.plot.Y))
	r.line.Resize(fyne.NewSize(1, v.area.Height))
	for _, o := range []fyne.CanvasObject{r.back, r.text} {
		o.Move(fyne.NewPos(left, v.rulerTop()))
		o.Resize(box)
	}
	r.clear(left, left+box.Width)
	canvas.Refresh(r.text)
	canvas.Refresh(r.back)
}

// clear hides the times that would show from beneath another between two
// places, and shows the rest.
func (r *ruler) clear(from, to float32) {
	for _, t := range r.ticks {
		covered := t.Position().X < to && t.Position().X+t.Size().Width > from
		Show(t, !covered)
	}
}

// Clock writes a time in a call as people read it on a player: 2:05, 1:02:05.
func Clock(at time.Duration) string {
	s := int(at / time.Second)
	if s >= 3600 {
		return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
	}
	return fmt.Sprintf("%d:%02d", s/60, s%60)
}

// ClockTo is Clock with as many decimals of a second as a step of that length
// needs, at most three, behind the language's decimal sign: 2:05.312.
func ClockTo(at, step time.Duration, sign string) string {
	digits, unit := 0, time.Second
	for digits < 3 && step < unit {
		digits, unit = digits+1, unit/10
	}
	if digits == 0 {
		return Clock(at)
	}
	return fmt.Sprintf("%s%s%0*d", Clock(at), sign, digits, at%time.Second/unit)
}
