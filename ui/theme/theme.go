// Package theme holds how Earshot looks: its colours in light and dark, its
// sizes, and the rule by which text stays readable on them.
//
// Widgets never hold a colour or a gap of their own. They ask the theme they
// are shown in for a name declared here (theme.Muted, theme.Gap, …), so that a
// change of the system's light or dark setting reaches all of them.
//
// Every pair of text and background that the widgets use is listed in the
// contrast test of this package, in both variants, against WCAG 2.2's AA: a
// new pair belongs there too.
package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
)

// Theme answers Fyne's questions about colours and sizes. Fonts and icons are
// Fyne's own.
type Theme struct {
	fyne.Theme
	fixed *fyne.ThemeVariant // nil: as the system says
}

var _ fyne.Theme = (*Theme)(nil)

// New returns the theme that follows the system's light or dark setting.
//
// Set it once the app has started (Lifecycle().SetOnStarted): Fyne 2.7.1 does
// not watch the system's setting when a theme was set before.
func New() *Theme { return &Theme{Theme: fynetheme.DefaultTheme()} }

// Fixed returns the theme in one variant, whatever the system says.
func Fixed(variant fyne.ThemeVariant) *Theme {
	return &Theme{Theme: fynetheme.DefaultTheme(), fixed: &variant}
}

// Color returns the colour called name; names unknown here are Fyne's.
func (t *Theme) Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	if t.fixed != nil {
		variant = *t.fixed
	}
	shade, ok := palette[name]
	switch {
	case !ok:
		return t.Theme.Color(name, variant)
	case variant == fynetheme.VariantDark:
		return shade.dark
	default:
		return shade.light
	}
}

// Size returns the size called name in Fyne's device-independent pixels.
func (t *Theme) Size(name fyne.ThemeSizeName) float32 {
	if size, ok := sizes[name]; ok {
		return size
	}
	return t.Theme.Size(name)
}
