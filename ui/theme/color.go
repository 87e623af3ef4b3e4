package theme

import (
	"fmt"
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
)

// Grounds, from the back to the front.
const (
	Ground                        = fynetheme.ColorNameBackground // the page
	Card      fyne.ThemeColorName = "card"                        // cards, the navigation rail, the top bar
	Chip      fyne.ThemeColorName = "chip"                        // chips and the trough of tabs
	Tint      fyne.ThemeColorName = "tint"                        // where one is: the chosen screen, row or tab
	Amber     fyne.ThemeColorName = "amber"                       // what the agent said, as against what was heard
	KeyCap    fyne.ThemeColorName = "keyCap"                      // a key on a light control
	KeyCapOn  fyne.ThemeColorName = "keyCapOn"                    // a key on a primary control
	ToastBack fyne.ThemeColorName = "toastBack"                   // a passing message
)

// Texts.
const (
	Ink                           = fynetheme.ColorNameForeground
	Muted     fyne.ThemeColorName = "muted"                      // of less weight than Ink, as readable
	Link                          = fynetheme.ColorNameHyperlink // also the text on Tint
	Primary                       = fynetheme.ColorNamePrimary
	OnPrimary                     = fynetheme.ColorNameForegroundOnPrimary
	Error                         = fynetheme.ColorNameError
	Disabled                      = fynetheme.ColorNameDisabled
	OnToast   fyne.ThemeColorName = "onToast"
	ToastLink fyne.ThemeColorName = "toastLink"
)

// Lines and figures.
const (
	Border       fyne.ThemeColorName = "border"  // hairlines around cards and between rows
	Control      fyne.ThemeColorName = "control" // around buttons and key caps
	AmberBorder  fyne.ThemeColorName = "amberBorder"
	KeyCapOnLine fyne.ThemeColorName = "keyCapOnLine"
	FocusRing    fyne.ThemeColorName = "focusRing"
	StepDone                         = Primary
	StepNow      fyne.ThemeColorName = "stepNow"
	StepAhead    fyne.ThemeColorName = "stepAhead"
	Bar          fyne.ThemeColorName = "bar"     // a share where the issue's colour says nothing
	BarRest      fyne.ThemeColorName = "barRest" // rarer issues together
	BarNone      fyne.ThemeColorName = "barNone" // no problem heard; its figure stands beside it
)

// The waveform. What is not yet played is the lane's strong colour beneath
// Veil: the pale colours CustomerPale and AgentPale are what is then seen, for
// those who draw them without a veil.
const (
	Customer     fyne.ThemeColorName = "customer"
	CustomerPale fyne.ThemeColorName = "customerPale"
	Agent        fyne.ThemeColorName = "agent"
	AgentPale    fyne.ThemeColorName = "agentPale"
	Veil         fyne.ThemeColorName = "veil"
	Silence      fyne.ThemeColorName = "silence" // over where nobody speaks
	Chosen       fyne.ThemeColorName = "chosen"  // over what is marked for the next moment
	Playhead                         = Ink
)

// Issues is how many issue colours there are.
const Issues = 12

// Issue returns the colour name of the n-th issue, counted from 0. After
// [Issues] the colours begin again: a colour is never the only sign of an
// issue.
func Issue(n int) fyne.ThemeColorName {
	return fyne.ThemeColorName(fmt.Sprintf("issue%d", ((n%Issues)+Issues)%Issues))
}

type shade struct{ light, dark color.NRGBA }

// rgb makes an opaque colour from 0xRRGGBB.
func rgb(hex uint32) color.NRGBA {
	return color.NRGBA{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: 0xff}
}

func both(light, dark uint32) shade { return shade{rgb(light), rgb(dark)} }

// sheer is both with the opacity alpha.
func sheer(light, dark uint32, alpha uint8) shade {
	s := both(light, dark)
	s.light.A, s.dark.A = alpha, alpha
	return s
}

const veil = 0xa4 // of 255: pale enough for what is to come, dark enough to see speech

var palette = withPale(map[fyne.ThemeColorName]shade{
	Ground: both(0xf5f6f8, 0x11161c), Card: both(0xffffff, 0x1a2129), Chip: both(0xeef1f4, 0x27303a),
	Tint: both(0xe6f4ee, 0x173a2e), Amber: both(0xfff8ec, 0x2e2716),
	KeyCap: both(0xf8f9fb, 0x222b35), KeyCapOn: both(0x0d7457, 0x2aa37b),
	ToastBack: both(0x1b2430, 0xe8ecf1), OnToast: both(0xffffff, 0x1b2430), ToastLink: both(0x7ee0b8, 0x0b6b4b),

	Ink: both(0x1b2430, 0xe8ecf1), Muted: both(0x5b6675, 0xa3aebb), Link: both(0x0b6b4b, 0x62d0a8),
	Primary: both(0x0b6b4b, 0x34b58a), OnPrimary: both(0xffffff, 0x041c13), Disabled: both(0xa3abb5, 0x5d6874),
	Error: both(0xb3332f, 0xff9a94),

	Border: both(0xe3e6eb, 0x2d3742), Control: both(0xc9cfd7, 0x424e5b), AmberBorder: both(0xefd9a8, 0x5d4c22),
	KeyCapOnLine: both(0x4da085, 0x0b6b4b), FocusRing: both(0x0b6b4b, 0x62d0a8),
	StepNow: both(0x7cc4a8, 0x3f8a72), StepAhead: both(0xdde2e7, 0x36414d),
	Bar: both(0x5a9e88, 0x3f8a72), BarRest: both(0x7f8a97, 0x8b96a3), BarNone: both(0xe3e6eb, 0x36414d),

	Customer: both(0x0c7f66, 0x2fc29b), Agent: both(0x4c62c8, 0x8c9df0), Veil: sheer(0xffffff, 0x1a2129, veil),
	Silence: sheer(0x1b2430, 0xffffff, 0x10), Chosen: sheer(0x0b6b4b, 0x34b58a, 0x24),

	Issue(0): both(0xc2415b, 0xf0728b), Issue(1): both(0xd0741a, 0xf09a45), Issue(2): both(0x2f7fd0, 0x5ca8f2),
	Issue(3): both(0x7b57c2, 0xac8cf0), Issue(4): both(0x2f8a50, 0x57bd7c), Issue(5): both(0x7a5a28, 0xb99560),
	Issue(6): both(0x4e5a6b, 0x94a2b5), Issue(7): both(0xb8388a, 0xec7cc6), Issue(8): both(0x12899c, 0x3fc2d6),
	Issue(9): both(0xa88500, 0xe3c53c), Issue(10): both(0x3c46b8, 0x7883f5), Issue(11): both(0x8c2f2f, 0xd9604f),

	// Names of Fyne's own widgets.
	fynetheme.ColorNameButton: both(0xeef1f4, 0x27303a), fynetheme.ColorNameDisabledButton: both(0xeef1f4, 0x222b35),
	fynetheme.ColorNameForegroundOnError: both(0xffffff, 0x2b0806), fynetheme.ColorNameHeaderBackground: both(0xffffff, 0x1a2129),
	fynetheme.ColorNameInputBackground: both(0xffffff, 0x151b22), fynetheme.ColorNameInputBorder: both(0x868f9c, 0x71808f),
	fynetheme.ColorNameMenuBackground: both(0xffffff, 0x222b35), fynetheme.ColorNameOverlayBackground: both(0xffffff, 0x1a2129),
	fynetheme.ColorNamePlaceHolder: both(0x5b6675, 0xa3aebb), fynetheme.ColorNameSeparator: both(0xe3e6eb, 0x2d3742),
	fynetheme.ColorNameSuccess: both(0x0b6b4b, 0x34b58a), fynetheme.ColorNameForegroundOnSuccess: both(0xffffff, 0x041c13),
	fynetheme.ColorNameWarning: both(0x8a5a00, 0xf0b84a), fynetheme.ColorNameForegroundOnWarning: both(0xffffff, 0x241800),
	fynetheme.ColorNameFocus: sheer(0x0b6b4b, 0x34b58a, 0x3c), fynetheme.ColorNameSelection: sheer(0x0b6b4b, 0x34b58a, 0x33),
	fynetheme.ColorNameHover: sheer(0x1b2430, 0xffffff, 0x0c), fynetheme.ColorNamePressed: sheer(0x1b2430, 0xffffff, 0x20),
	fynetheme.ColorNameScrollBar: sheer(0x1b2430, 0xffffff, 0x60), fynetheme.ColorNameScrollBarBackground: sheer(0x1b2430, 0xffffff, 0x10),
	fynetheme.ColorNameShadow: sheer(0x1b2430, 0x000000, 0x22),
})

// withPale adds the lanes' pale colours, so that they cannot drift from what
// the veil makes of the strong ones.
func withPale(p map[fyne.ThemeColorName]shade) map[fyne.ThemeColorName]shade {
	for strong, pale := range map[fyne.ThemeColorName]fyne.ThemeColorName{Customer: CustomerPale, Agent: AgentPale} {
		p[pale] = shade{Over(p[strong].light, p[Veil].light), Over(p[strong].dark, p[Veil].dark)}
	}
	return p
}

// Over returns what is seen of the opaque colour below through above.
func Over(below, above color.NRGBA) color.NRGBA {
	mix := func(b, a uint8) uint8 {
		return uint8((int(b)*(255-int(above.A)) + int(a)*int(above.A) + 127) / 255)
	}
	return color.NRGBA{R: mix(below.R, above.R), G: mix(below.G, above.G), B: mix(below.B, above.B), A: 0xff}
}

// Contrast returns the contrast ratio of two opaque colours, 1 to 21, as WCAG
// 2.2 defines it from their relative luminance.
func Contrast(a, b color.Color) float64 {
	la, lb := luminance(a), luminance(b)
	return (math.Max(la, lb) + 0.05) / (math.Min(la, lb) + 0.05)
}

// On returns black or white, whichever reads better on background; the better
// of the two always has a contrast above 4.5.
func On(background color.Color) color.Color {
	if Contrast(color.White, background) >= Contrast(color.Black, background) {
		return color.White
	}
	return color.Black
}

// luminance is WCAG's relative luminance, 0 to 1.
func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	linear := func(v uint32) float64 {
		s := float64(v) / 0xffff
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}
