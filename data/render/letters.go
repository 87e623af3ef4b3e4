package render

import (
	"image"
	"image/color"
	"strings"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"github.com/earshot-app/earshot/review/chart"
)

// fonts are the regular and the bold letters. They come with the module, so
// that one which cannot be read is a mistake of ours.
var fonts = sync.OnceValue(func() [2]*sfnt.Font {
	var parsed [2]*sfnt.Font
	for i, raw := range [][]byte{goregular.TTF, gobold.TTF} {
		f, err := opentype.Parse(raw)
		if err != nil {
			panic(err)
		}
		parsed[i] = f
	}
	return parsed
})

// A style is a size of letters, in points, and their weight.
type style struct {
	size float64
	bold bool
}

// letters draws and measures texts. It is not for several goroutines.
type letters struct {
	scale float64 // pixels a point
	faces map[style]font.Face
}

func newLetters(scale float64) *letters { return &letters{scale, map[style]font.Face{}} }

func (l *letters) face(s style) font.Face {
	if f, ok := l.faces[s]; ok {
		return f
	}
	which := 0
	if s.bold {
		which = 1
	}
	// At 72 dots an inch a point is a dot.
	f, err := opentype.NewFace(fonts()[which], &opentype.FaceOptions{Size: s.size * l.scale, DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		panic(err) // only for options that are wrong
	}
	l.faces[s] = f
	return f
}

// spaces turns the narrow space before a percent sign, which the fonts lack,
// into one that they have.
var spaces = strings.NewReplacer("\u202f", "\u00a0")

// width measures a text in pixels.
func (l *letters) width(text string, s style) fixed.Int26_6 {
	return font.MeasureString(l.face(s), spaces.Replace(text))
}

func (l *letters) draw(picture *image.RGBA, t chart.Text, c color.NRGBA) {
	s := style{t.Size, t.Bold}
	dot := fixed.Point26_6{X: fixed.Int26_6(t.X * l.scale * 64), Y: fixed.Int26_6(t.Y * l.scale * 64)}
	switch wide := l.width(t.Text, s); t.Anchor {
	case chart.Middle:
		dot.X -= wide / 2
	case chart.End:
		dot.X -= wide
	}
	d := font.Drawer{Dst: picture, Src: image.NewUniform(c), Face: l.face(s), Dot: dot}
	d.DrawString(spaces.Replace(t.Text))
}

// Ruler measures texts as [PNG] draws them. It is not for several goroutines.
func Ruler() chart.Ruler {
	l := newLetters(1)
	return func(text string, size float64, bold bool) float64 {
		return float64(l.width(text, style{size, bold})) / 64
	}
}
