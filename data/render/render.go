// Package render writes scenes of review/chart as SVG or PNG, and the weekly page
// of review/report as HTML.
//
// Both files hold the same shapes in the same places. The letters of a PNG are
// those of the Go fonts (Regular and Bold, under the licence of Go itself),
// which hold the Latin, Greek and Cyrillic alphabets; an SVG names them first
// and leaves the rest to whoever shows it. [Ruler] measures with the same
// letters, so that a scene that is built with it fits.
//
// A file has the colours of the light or of the dark theme ([Light], [Dark]),
// which are those of the window.
package render

import (
	"bytes"
	"fmt"
	"image/color"
	"io"
	"path/filepath"
	"strings"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/chart"
)

// NotAPicture is answered for a file whose name ends in neither .svg nor .png.
// Args: file.
const NotAPicture review.Code = "not-a-picture"

// A Palette gives each role of a scene its colour.
type Palette map[chart.Role]color.NRGBA

func (p Palette) of(r chart.Role) color.NRGBA { return p[r] }

// rgb makes an opaque colour from 0xRRGGBB.
func rgb(hex uint32) color.NRGBA {
	return color.NRGBA{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: 0xff}
}

func palette(roles [8]uint32, issues [chart.Issues]uint32) Palette {
	p := Palette{}
	for i, hex := range roles {
		p[chart.Role(i)] = rgb(hex)
	}
	for i, hex := range issues {
		p[chart.Issue(i)] = rgb(hex)
	}
	return p
}

// The palettes, in the order of the roles: ground, ink, muted, grid, bar, rest,
// none, accent.
var (
	Light = palette(
		[8]uint32{0xffffff, 0x1b2430, 0x5b6675, 0xe3e6eb, 0x5a9e88, 0x7f8a97, 0x868f9c, 0x0b6b4b},
		[chart.Issues]uint32{
			0xc2415b, 0xd0741a, 0x2f7fd0, 0x7b57c2, 0x2f8a50, 0x7a5a28,
			0x4e5a6b, 0xb8388a, 0x12899c, 0xa88500, 0x3c46b8, 0x8c2f2f,
		})
	Dark = palette(
		[8]uint32{0x1a2129, 0xe8ecf1, 0xa3aebb, 0x2d3742, 0x3f8a72, 0x8b96a3, 0x71808f, 0x34b58a},
		[chart.Issues]uint32{
			0xf0728b, 0xf09a45, 0x5ca8f2, 0xac8cf0, 0x57bd7c, 0xb99560,
			0x94a2b5, 0xec7cc6, 0x3fc2d6, 0xe3c53c, 0x7883f5, 0xd9604f,
		})
)

// File returns a body on a page as a file of its name's kind: .svg or .png. It
// answers [NotAPicture].
func File(name string, page chart.Page, p Palette) ([]byte, error) {
	var write func(io.Writer, chart.Scene, Palette) error
	switch strings.ToLower(filepath.Ext(name)) {
	case ".svg":
		write = SVG
	case ".png":
		write = PNG
	default:
		return nil, review.Fail(NotAPicture, review.Args{"file": filepath.Base(name)})
	}
	var b bytes.Buffer
	if err := write(&b, page.Scene(chart.PageWidth, Ruler()), p); err != nil {
		return nil, fmt.Errorf("draw chart: %w", err)
	}
	return b.Bytes(), nil
}
