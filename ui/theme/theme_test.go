package theme_test

import (
	"fmt"
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	fynetheme "fyne.io/fyne/v2/theme"

	"github.com/earshot-app/earshot/ui/theme"
)

var variants = map[string]fyne.ThemeVariant{"light": fynetheme.VariantLight, "dark": fynetheme.VariantDark}

func TestEveryColourNameOfFyneIsAnswered(t *testing.T) {
	test.NewTempApp(t)
	test.AssertAllColorNamesDefined(t, theme.New(), "earshot")
}

// The bounds are WCAG 2.2's AA: 4.5 for text (1.4.3), 3 for what must be seen
// to use a control or to read a figure (1.4.11).
func TestTextAndFiguresStandOutFromWhatLiesBehind(t *testing.T) {
	const text, figure = 4.5, 3.0
	pairs := []struct {
		front, back fyne.ThemeColorName
		least       float64
	}{
		{theme.Ink, theme.Ground, text},
		{theme.Ink, theme.Card, text},
		{theme.Ink, theme.Chip, text},
		{theme.Ink, theme.Amber, text},
		{theme.Ink, theme.Tint, text},
		{theme.Ink, fynetheme.ColorNameInputBackground, text},
		{theme.Ink, fynetheme.ColorNameMenuBackground, text},
		{theme.Muted, theme.Ground, text},
		{theme.Muted, theme.Card, text},
		{theme.Muted, theme.Chip, text},
		{theme.Muted, theme.Amber, text},
		{theme.Muted, theme.Tint, text},
		{theme.Muted, theme.KeyCap, text},
		{fynetheme.ColorNamePlaceHolder, fynetheme.ColorNameInputBackground, text},
		{theme.Link, theme.Ground, text},
		{theme.Link, theme.Card, text},
		{theme.Link, theme.Tint, text},
		{theme.OnPrimary, theme.Primary, text},
		{theme.OnPrimary, theme.KeyCapOn, text},
		{theme.OnToast, theme.ToastBack, text},
		{theme.ToastLink, theme.ToastBack, text},
		{theme.Error, theme.Card, text},
		{theme.Error, theme.Ground, text},
		{fynetheme.ColorNameForegroundOnError, theme.Error, text},
		{fynetheme.ColorNameForegroundOnSuccess, fynetheme.ColorNameSuccess, text},
		{fynetheme.ColorNameForegroundOnWarning, fynetheme.ColorNameWarning, text},
		{theme.Customer, theme.Card, text},
		{theme.Agent, theme.Card, text}, // the lanes’ names too
		{theme.Playhead, theme.Card, figure},
		{theme.Playhead, theme.CustomerPale, figure},
		{theme.FocusRing, theme.Card, figure},
		{theme.FocusRing, theme.Ground, figure},
		{fynetheme.ColorNameInputBorder, theme.Card, figure},
		{theme.Bar, theme.Card, figure},
		{theme.BarRest, theme.Card, figure},
		{theme.StepDone, theme.Card, figure},
		{theme.Ink, theme.Bar, figure},
	}
	for i := range theme.Issues {
		pairs = append(pairs, struct {
			front, back fyne.ThemeColorName
			least       float64
		}{theme.Issue(i), theme.Card, figure})
	}
	for name, variant := range variants {
		th := theme.Fixed(variant)
		for _, p := range pairs {
			got := theme.Contrast(th.Color(p.front, variant), th.Color(p.back, variant))
			if got < p.least {
				t.Errorf("%s: %s on %s has contrast %.2f, want at least %.1f", name, p.front, p.back, got, p.least)
			}
		}
	}
}

// The published corner values: black on white is 21 to 1, a colour on itself
// 1 to 1, and #767676 is the well-known lightest grey that passes on white.
func TestContrastIsWCAGs(t *testing.T) {
	grey := color.NRGBA{R: 0x76, G: 0x76, B: 0x76, A: 0xff}
	for _, c := range []struct {
		a, b color.Color
		want float64
	}{{color.Black, color.White, 21}, {grey, grey, 1}, {grey, color.White, 4.54}} {
		if got := theme.Contrast(c.a, c.b); math.Abs(got-c.want) > 0.005 {
			t.Errorf("Contrast(%v, %v) = %.3f, want %.2f", c.a, c.b, got, c.want)
		}
	}
}

func TestNumbersOnIssueMarksAreReadable(t *testing.T) {
	for name, variant := range variants {
		th := theme.Fixed(variant)
		for i := range theme.Issues {
			mark := th.Color(theme.Issue(i), variant)
			if got := theme.Contrast(theme.On(mark), mark); got < 4.5 {
				t.Errorf("%s: number on issue %d has contrast %.2f", name, i, got)
			}
		}
	}
}

// Two issues next to each other on a waveform must not look like one. The
// distance is that of Oklab (Ottosson 2020), where 0.02 is about the smallest
// difference seen side by side; marks lie apart, so four times as much is asked.
func TestIssueColoursCanBeToldApart(t *testing.T) {
	for name, variant := range variants {
		th := theme.Fixed(variant)
		for i := range theme.Issues {
			for j := range i {
				a, b := th.Color(theme.Issue(i), variant), th.Color(theme.Issue(j), variant)
				if d := oklabDistance(a, b); d < 0.08 {
					t.Errorf("%s: issues %d and %d are only %.3f apart", name, j, i, d)
				}
			}
		}
	}
}

func TestIssueColoursBeginAgain(t *testing.T) {
	if theme.Issue(theme.Issues) != theme.Issue(0) || theme.Issue(-1) != theme.Issue(theme.Issues-1) {
		t.Error("an issue beyond the palette has no colour of the palette")
	}
}

func TestFixedIgnoresTheSystem(t *testing.T) {
	dark := theme.Fixed(fynetheme.VariantDark)
	if dark.Color(theme.Card, fynetheme.VariantLight) != dark.Color(theme.Card, fynetheme.VariantDark) {
		t.Error("a fixed theme followed the variant it was asked in")
	}
}

func TestSizesRise(t *testing.T) {
	th := theme.New()
	for _, names := range [][]fyne.ThemeSizeName{
		{theme.GapTiny, theme.GapSmall, theme.Gap, theme.GapWide},
		{theme.TextKey, theme.TextCaption, theme.Text, theme.TextTitle, theme.TextHeading, theme.TextClock},
		{theme.RadiusSmall, theme.RadiusControl, theme.Radius},
	} {
		for i := 1; i < len(names); i++ {
			if th.Size(names[i-1]) >= th.Size(names[i]) {
				t.Errorf("%s (%v) is not below %s (%v)", names[i-1], th.Size(names[i-1]), names[i], th.Size(names[i]))
			}
		}
	}
}

func ExampleContrast() {
	fmt.Printf("%.0f\n", theme.Contrast(color.Black, color.White))
	// Output: 21
}

func oklabDistance(a, b color.Color) float64 {
	p, q := oklab(a), oklab(b)
	return math.Sqrt(sq(p[0]-q[0]) + sq(p[1]-q[1]) + sq(p[2]-q[2]))
}

func sq(x float64) float64 { return x * x }

// oklab follows https://bottosson.github.io/posts/oklab/.
func oklab(c color.Color) [3]float64 {
	var lin [3]float64
	r, g, b, _ := c.RGBA()
	for i, v := range []uint32{r, g, b} {
		s := float64(v) / 0xffff
		if s <= 0.04045 {
			lin[i] = s / 12.92
		} else {
			lin[i] = math.Pow((s+0.055)/1.055, 2.4)
		}
	}
	l := math.Cbrt(0.4122214708*lin[0] + 0.5363325363*lin[1] + 0.0514459929*lin[2])
	m := math.Cbrt(0.2119034982*lin[0] + 0.6806995451*lin[1] + 0.1073969566*lin[2])
	s := math.Cbrt(0.0883024619*lin[0] + 0.2817188376*lin[1] + 0.6299787005*lin[2])
	return [3]float64{
		0.2104542553*l + 0.7936177850*m - 0.0040720468*s,
		1.9779984951*l - 2.4285922050*m + 0.4505937099*s,
		0.0259040371*l + 0.7827717662*m - 0.8086757660*s,
	}
}
