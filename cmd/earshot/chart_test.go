package main

import (
	"image/color"
	"testing"

	fynetheme "fyne.io/fyne/v2/theme"

	"github.com/earshot-app/earshot/data/render"
	"github.com/earshot-app/earshot/review/chart"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// A chart that was saved must look like the one in the window.
func TestChartsHaveTheColoursOfTheWindow(t *testing.T) {
	window := theme.New()
	for _, c := range []struct {
		name    string
		palette render.Palette
		dark    bool
	}{{"light", render.Light, false}, {"dark", render.Dark, true}} {
		variant := fynetheme.VariantLight
		if c.dark {
			variant = fynetheme.VariantDark
		}
		for role, got := range c.palette {
			want := color.NRGBAModel.Convert(window.Color(widget.ChartColor(role), variant))
			if got != want {
				t.Errorf("%s: role %d is %v in files and %v in the window", c.name, role, got, want)
			}
		}
		if want := int(chart.Issue(0)) + chart.Issues; len(c.palette) != want {
			t.Errorf("%s has %d of %d roles", c.name, len(c.palette), want)
		}
	}
	if theme.Issues != chart.Issues {
		t.Errorf("the window has %d issue colours, charts have %d", theme.Issues, chart.Issues)
	}
}
