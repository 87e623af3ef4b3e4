package widget

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/earshot-app/earshot/ui/theme"
)

// A Step is how far one call of a draw is.
type Step int

// The steps.
const (
	Ahead   Step = iota // not yet opened
	Now                 // the open call
	Done                // heard
	Skipped             // an outline: done with, but not heard
)

// StepDots shows a draw as one dash a call.
type StepDots struct {
	widget.BaseWidget
	steps []Step
}

// dash is the widest that a step gets; with many calls they become narrower.
const dash, dashHeight, leastDash = 26, 6, 3

// NewStepDots returns the dashes of steps.
func NewStepDots(steps ...Step) *StepDots {
	d := &StepDots{steps: slices.Clone(steps)}
	d.ExtendBaseWidget(d)
	return d
}

// Set shows other steps.
func (d *StepDots) Set(steps []Step) {
	if !slices.Equal(d.steps, steps) {
		d.steps = slices.Clone(steps)
		d.Refresh()
	}
}

// CreateRenderer is for Fyne.
func (d *StepDots) CreateRenderer() fyne.WidgetRenderer {
	s := &sketch{owner: d}
	s.least = func() fyne.Size {
		return fyne.NewSize(min(float32(len(d.steps))*(leastDash+1), dash*6), dashHeight)
	}
	s.place = func(at fyne.Size) {
		n := float32(max(1, len(s.objects)))
		gap := min(size(d, theme.GapTiny), at.Width/n/3)
		width := min(dash, at.Width/n-gap)
		for i, o := range s.objects {
			o.Move(fyne.NewPos(float32(i)*(width+gap), (at.Height-dashHeight)/2))
			o.Resize(fyne.NewSize(width, dashHeight))
			o.Refresh()
		}
	}
	s.paint = func() { s.objects = d.dashes(s.objects) }
	s.paint()
	return s
}

// dashes paints one rectangle a step, reusing those it has.
func (d *StepDots) dashes(have []fyne.CanvasObject) []fyne.CanvasObject {
	for len(have) < len(d.steps) {
		have = append(have, canvas.NewRectangle(nil))
	}
	have = have[:len(d.steps)]
	for i, step := range d.steps {
		r := have[i].(*canvas.Rectangle)
		r.CornerRadius, r.StrokeWidth = dashHeight/2, 0
		switch step {
		case Done:
			r.FillColor = shade(d, theme.StepDone)
		case Now:
			r.FillColor = shade(d, theme.StepNow)
		case Skipped:
			r.FillColor, r.StrokeColor, r.StrokeWidth = shade(d, theme.Card), shade(d, theme.StepDone), size(d, theme.Hairline)
		default:
			r.FillColor = shade(d, theme.StepAhead)
		}
	}
	return have
}
