// Package assets holds what Earshot is built with and what it calls itself.
// Its folders hold the sentences (text) and the demo calls (demo).
package assets

import _ "embed"

// The app as operating systems and libraries know it. FyneApp.toml says the
// same to the packaging tool; a test of cmd/dev holds the two together.
const (
	Name    = "Earshot"
	ID      = "app.earshot.Earshot"
	Version = "0.1.0"
	Build   = 1
)

// Icon is the app's icon as SVG; icon.png beside it is the same, 512 pixels
// wide, for packages.
//
//go:embed icon.svg
var Icon []byte
