package issues

import (
	"flag"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"github.com/earshot-app/earshot/ui/theme"
)

var gallery = flag.String("gallery", "", "write pictures of the page to this folder")

// rail is what the window's rail takes of its width.
const rail = 88

const longName = "Rechnungsanschriftenänderungsbestätigung kommt nicht beim Kunden an"

// crowded is a library of 200 issues with names of 60 letters and more, in the
// language whose words are longest.
func crowded() *library {
	l := billing()
	l.counts.Heard, l.counts.NotCovered = 1280, 12000
	for i := range l.counts.Issues {
		l.counts.Issues[i].Calls *= 20
	}
	for i := len(l.counts.Issues); i < 200; i++ {
		l.add(i, fmt.Sprintf("%s (%d)", longName, i), int64(240-i),
			[]string{"Vertragsangelegenheiten und sonstige Rückfragen zum Tarif", "Technik – Sonstiges", "Beschwerde"})
	}
	l.queues = append(l.queues, "Kundenservice Privatkunden Vertragsverlängerung Region Nordwest")
	l.categories[0].Category = "Vertragsangelegenheiten und sonstige Rückfragen zum Tarif"
	l.categories[0].Issues = nil
	for i, issue := range l.counts.Issues[100:140] {
		issue.Calls = int64(1 + (40-i)/8)
		l.categories[0].Issues = append(l.categories[0].Issues, issue)
	}
	return l
}

// The page in the smallest window that it must hold: run with -gallery DIR to
// look at it in larger ones and both themes.
func TestThePageFitsIntoTheWindow(t *testing.T) {
	libraries := []struct {
		name, lang string
		of         func() *library
	}{{"billing", "en", billing}, {"crowded", "de", crowded}, {"mended", "en", mended}, {"empty", "de", func() *library { return &library{weeks: 1} }}}
	states := []struct {
		name  string
		reach func(p *page)
	}{
		{"ranking", func(*page) {}},
		{"unlump", func(p *page) { p.Write("u") }},
		{"table", func(p *page) { p.Write("uv") }},
		{"list", func(p *page) { p.Write("uvv") }},
		{"trend", func(p *page) { p.Write("t") }},
		{"follow", func(p *page) { p.Write("f") }},
		{"explain", func(p *page) { p.screen.Explain() }},
		{"chart", func(p *page) { p.screen.askChart() }},
		{"moment", func(p *page) { p.Press(fyne.KeyRight, fyne.KeyDown) }},
		{"period", func(p *page) { p.Write("p") }},
		{"key", func(p *page) { p.Write("k") }},
		{"export", func(p *page) { p.screen.askExport() }},
		{"dates", func(p *page) { p.screen.askDates() }},
	}
	for _, l := range libraries {
		for _, state := range states {
			if l.name == "mended" && state.name != "trend" && *gallery == "" {
				continue // it differs from billing only there
			}
			t.Run(l.name+"-"+state.name, func(t *testing.T) {
				eachSize(t, state.reach, func(t *testing.T) *page { return open(t, l.of(), l.lang, whole) })
			})
		}
	}
}

func eachSize(t *testing.T, reach func(*page), begin func(*testing.T) *page) {
	variants := map[string]fyne.ThemeVariant{"light": fynetheme.VariantLight}
	sizes := []fyne.Size{{Width: 1024, Height: 700}}
	if *gallery != "" {
		variants["dark"] = fynetheme.VariantDark
		sizes = append(sizes, fyne.NewSize(1280, 800), fyne.NewSize(1600, 1000))
	}
	for name, variant := range variants {
		for _, at := range sizes {
			t.Run(fmt.Sprintf("%s-%.0f", name, at.Width), func(t *testing.T) {
				p := begin(t)
				fyne.CurrentApp().Settings().SetTheme(theme.Fixed(variant))
				p.Window.Resize(fyne.NewSize(at.Width-rail, at.Height))
				reach(p)
				p.Wait()
				if least := p.screen.Content().MinSize(); least.Width > at.Width-rail || least.Height > at.Height-40 {
					t.Errorf("the page asks for %v", least)
				}
				if *gallery != "" {
					save(t, p)
				}
			})
		}
	}
}

// whole gives the page all that it may have.
func whole(d *Deps) {
	d.Inside = func(string, string) {}
	d.Browse = func(string, func(string)) {}
}

func save(t *testing.T, p *page) {
	t.Helper()
	_, name := filepath.Split(filepath.Dir(t.Name()))
	f, err := os.Create(filepath.Join(*gallery, name+"-"+filepath.Base(t.Name())+".png"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, p.Canvas().Capture()); err != nil {
		t.Fatal(err)
	}
}
