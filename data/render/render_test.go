package render

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"image/color"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/chart"
	"github.com/earshot-app/earshot/review/ranking"
)

var page = chart.Page{
	Title: "What customers call about", Note: "64 of 99,344 calls heard", Foot: "The thin line holds the share in 19 of 20 samples.",
	Body: chart.Bars{
		Ticks: []chart.Tick{{At: 0, Label: "0\u202f%"}, {At: .1, Label: "10\u202f%"}, {At: .2, Label: "20\u202f%"}},
		Rows: []chart.Row{
			{Rank: "1", Name: "Invoice goes to <the> old address & “more”", Note: "11 of 64 calls", Value: "17\u202f%", Range: "10–28\u202f%", Fill: chart.Bar, Share: ranking.Share{Part: .17, Low: .1, High: .28}},
			{Rank: "2–3", Name: "Rückruf kam nie", Note: "9 of 64 calls", Value: "14\u202f%", Range: "8–25\u202f%", Fill: chart.Issue(3), Joined: true, Share: ranking.Share{Part: .14, Low: .08, High: .25}},
			{Rank: "2–3", Name: "4 rarer issues", Value: "9\u202f%", Fill: chart.Rest, Pattern: chart.Hatched, Share: ranking.Share{Part: .09, Low: .04, High: .19}},
			{Rank: "4", Name: "no problem heard", Value: "20\u202f%", Fill: chart.None, Pattern: chart.Hollow, Share: ranking.Share{Part: .2}},
		},
	},
}

// Any XML reader must take the file, whatever the issues are called.
func TestSVGIsXMLThatHoldsTheNames(t *testing.T) {
	raw, err := File("ranking.SVG", page, Light)
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for d := xml.NewDecoder(bytes.NewReader(raw)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if data, ok := token.(xml.CharData); ok {
			texts = append(texts, string(data))
		}
	}
	all := strings.Join(texts, " ")
	for _, want := range []string{"<the>", "Rückruf kam nie", "no problem heard", "17\u202f%"} {
		if !strings.Contains(all, want) {
			t.Errorf("%q is not in it", want)
		}
	}
}

// The bar of 17 % on an axis whose highest interval ends at 28 %: its pixels
// have its colour up to its end and not beyond.
func TestPNGHoldsTheBars(t *testing.T) {
	raw, err := File("ranking.png", page, Dark)
	if err != nil {
		t.Fatal(err)
	}
	picture, err := png.Decode(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	scene := page.Scene(chart.PageWidth, Ruler())
	bar := find(t, scene, func(r chart.Rect) bool { return r.Fill == chart.Bar })
	at := func(x, y float64) color.NRGBA {
		return color.NRGBAModel.Convert(picture.At(int(x*scale), int(y*scale))).(color.NRGBA)
	}
	top := bar.Y + 2
	if got := at(bar.X+bar.Width/2, top); got != Dark[chart.Bar] {
		t.Errorf("in the bar the picture is %v", got)
	}
	if got := at(bar.X+bar.Width+3, top); got != Dark[chart.Ground] {
		t.Errorf("beside the bar the picture is %v", got)
	}
	if got := at(1, 1); got != Dark[chart.Ground] {
		t.Errorf("the ground is %v", got)
	}
}

func find(t *testing.T, s chart.Scene, so func(chart.Rect) bool) chart.Rect {
	t.Helper()
	for _, shape := range s.Shapes {
		if r, ok := shape.(chart.Rect); ok && so(r) {
			return r
		}
	}
	t.Fatal("there is no such rectangle")
	return chart.Rect{}
}

// A hatched bar is told from a solid one without colour: along its middle, its
// colour and the ground take turns.
func TestHatchedBarsAreHatched(t *testing.T) {
	var b bytes.Buffer
	scene := page.Scene(chart.PageWidth, Ruler())
	if err := PNG(&b, scene, Light); err != nil {
		t.Fatal(err)
	}
	picture, err := png.Decode(&b)
	if err != nil {
		t.Fatal(err)
	}
	bar := find(t, scene, func(r chart.Rect) bool { return r.Pattern == chart.Hatched })
	turns, before := 0, false
	for x := int(bar.X*scale) + 4; x < int((bar.X+bar.Width)*scale)-4; x++ {
		grey := color.GrayModel.Convert(picture.At(x, int((bar.Y+3)*scale))).(color.Gray).Y
		if now := grey < 200; now != before {
			turns, before = turns+1, now
		}
	}
	if turns < 8 {
		t.Errorf("its brightness changes %d times", turns)
	}
}

// The advance of “n” is 1139 of the 2048 units of an em in the horizontal
// metrics (hmtx) of Go-Regular.ttf.
func TestTheRulerMeasuresTheFont(t *testing.T) {
	if got := Ruler()("nnnn", 2048, false); got != 4*1139 {
		t.Errorf("nnnn is %.1f wide", got)
	}
}

func TestOtherFilesAreRefused(t *testing.T) {
	_, err := File("/home/ada/ranking.pdf", page, Light)
	var e *review.Error
	if !errors.As(err, &e) || e.Code != NotAPicture || e.Args["file"] != "ranking.pdf" {
		t.Errorf("answered %v", err)
	}
}

var gallery = flag.String("gallery", "", "write the charts to this folder")

// Run with -gallery DIR to look at what is written.
func TestBothKindsAreWritten(t *testing.T) {
	for _, name := range []string{"light.svg", "light.png", "dark.svg", "dark.png"} {
		p := Light
		if strings.HasPrefix(name, "dark") {
			p = Dark
		}
		raw, err := File(name, page, p)
		if err != nil || len(raw) < 1000 {
			t.Fatalf("%s: %d bytes, %v", name, len(raw), err)
		}
		if *gallery != "" {
			if err := os.WriteFile(filepath.Join(*gallery, name), raw, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
}
