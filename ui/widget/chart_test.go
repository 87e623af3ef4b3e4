package widget

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	fynetheme "fyne.io/fyne/v2/theme"

	"github.com/earshot-app/earshot/review/chart"
	"github.com/earshot-app/earshot/review/ranking"
	"github.com/earshot-app/earshot/ui/theme"
)

// The name that is broken into two lines in a narrow window must not lie on
// the next row: the chart asks for what its scene needs at the width it has.
func TestAChartAsksForTheHeightOfItsScene(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.Fixed(fynetheme.VariantLight))
	c := NewChart(chart.Bars{Rows: []chart.Row{{Name: "Invoice goes to the old address of the customer", Value: "17 %", Fill: chart.Bar, Share: ranking.Share{Part: .17}}}})
	test.NewTempWindow(t, c)
	c.Resize(fyne.NewSize(1200, 100))
	wide := c.MinSize().Height
	c.Resize(fyne.NewSize(420, 100))
	if narrow := c.MinSize().Height; narrow <= wide {
		t.Errorf("%.0f high when narrow, %.0f when wide", narrow, wide)
	}
}

func TestAChartShowsItsTextsAndFollowsTheTheme(t *testing.T) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme.Fixed(fynetheme.VariantLight))
	c := NewChart(chart.Bars{Rows: []chart.Row{{Name: "Invoice", Value: "17 %", Fill: chart.Bar}}})
	test.NewTempWindow(t, c)
	name := func() *canvas.Text {
		for _, o := range test.TempWidgetRenderer(t, c).Objects() {
			if text, ok := o.(*canvas.Text); ok && text.Text == "Invoice" {
				return text
			}
		}
		t.Fatal("the name is not shown")
		return nil
	}
	light := name().Color
	app.Settings().SetTheme(theme.Fixed(fynetheme.VariantDark))
	c.Refresh()
	if name().Color == light {
		t.Error("the name has the same colour in the dark")
	}
}
