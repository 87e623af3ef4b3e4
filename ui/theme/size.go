package theme

import (
	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
)

// Gaps, in rising order. GapTiny lies within a control, GapSmall between
// controls that belong together, Gap between cards and inside them, GapWide
// around a page.
const (
	GapTiny  fyne.ThemeSizeName = "gapTiny"
	GapSmall fyne.ThemeSizeName = "gapSmall"
	Gap      fyne.ThemeSizeName = "gap"
	GapWide  fyne.ThemeSizeName = "gapWide"
)

// Corners and lines.
const (
	Radius        fyne.ThemeSizeName = "radius"                      // of cards
	RadiusControl                    = fynetheme.SizeNameInputRadius // of buttons and fields
	RadiusSmall   fyne.ThemeSizeName = "radiusSmall"                 // of key caps and chips
	Hairline                         = fynetheme.SizeNameSeparatorThickness
	FocusLine     fyne.ThemeSizeName = "focusLine" // the ring that shows keyboard focus
)

// Texts, in rising order.
const (
	TextKey     fyne.ThemeSizeName = "textKey"                     // on a key cap
	TextCaption                    = fynetheme.SizeNameCaptionText // beside and below
	Text                           = fynetheme.SizeNameText
	TextTitle   fyne.ThemeSizeName = "textTitle"                      // of a card
	TextHeading                    = fynetheme.SizeNameSubHeadingText // of a screen
	TextClock   fyne.ThemeSizeName = "textClock"                      // the playing time
	TextStory   fyne.ThemeSizeName = "textStory"                      // on a slide, read across a room
)

// Controls.
const (
	ControlHeight fyne.ThemeSizeName = "controlHeight" // of a button, a field, a tab
	Icon                             = fynetheme.SizeNameInlineIcon
	IconNav       fyne.ThemeSizeName = "iconNav"   // in the navigation rail
	IconLarge     fyne.ThemeSizeName = "iconLarge" // over an empty state
	Dot           fyne.ThemeSizeName = "dot"       // an issue's mark in a list
	BarHeight     fyne.ThemeSizeName = "barHeight" // of a share
)

var sizes = map[fyne.ThemeSizeName]float32{
	GapTiny: 4, GapSmall: 8, Gap: 14, GapWide: 20,
	Radius: 10, RadiusControl: 7, RadiusSmall: 4, Hairline: 1, FocusLine: 2,
	TextKey: 11, TextCaption: 12, Text: 14, TextTitle: 15, TextHeading: 18, TextClock: 21, TextStory: 30,
	ControlHeight: 35, Icon: 18, IconNav: 20, IconLarge: 40, Dot: 10, BarHeight: 13,
	fynetheme.SizeNameHeadingText:     21,
	fynetheme.SizeNameSelectionRadius: 4,
}
