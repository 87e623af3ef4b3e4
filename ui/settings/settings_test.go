package settings_test

import (
	"strconv"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/playback"
	"github.com/earshot-app/earshot/ui/command"
	"github.com/earshot-app/earshot/ui/screen"
	"github.com/earshot-app/earshot/ui/settings"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

type shell struct {
	screen.Shell // nil: what is not below is never asked for
	lang         string
}

func (s shell) Say(key text.Key, args review.Args) string { return s.Text().Say(key, args) }
func (s shell) Text() *text.Catalog                       { return text.For(s.lang) }
func (s shell) Painted()                                  {}

// find walks what is shown for the first widget that fits.
func find[W fyne.CanvasObject](o fyne.CanvasObject, fits func(W) bool) (w W, ok bool) {
	if w, ok := o.(W); ok && fits(w) {
		return w, true
	}
	var children []fyne.CanvasObject
	switch o := o.(type) {
	case *fyne.Container:
		children = o.Objects
	case fyne.Widget:
		children = test.WidgetRenderer(o).Objects()
	}
	for _, child := range children {
		if child.Visible() {
			if w, ok := find(child, fits); ok {
				return w, true
			}
		}
	}
	return w, false
}

func TestWhereThereIsNoSoundItSaysSoAndTriesAgain(t *testing.T) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme.New())
	var why error = review.Fail(playback.NoDevice, nil)
	var p *settings.Screen
	p = settings.New(settings.Deps{
		Shell: shell{lang: "en"}, Theme: "dark", SetTheme: func(string) {}, Library: "/l/calls.earshot", Author: "wge5dpcb25yzsur7",
		Sound: func() error { return why }, Retry: func() {
			why = nil
			p.Changed()
		},
	})
	content := p.Content()
	retry, ok := find(content, func(b *widget.Button) bool { return b.Text() == "Try again" })
	if !ok || !strings.HasPrefix(shows(p)[1], "No sound card was found") {
		t.Fatalf("without a card it says %q", shows(p))
	}
	retry.Tapped(nil)
	if retry.Visible() || !strings.HasPrefix(shows(p)[1], "Calls play") {
		t.Errorf("with a card it says %q", shows(p))
	}
}

func shows(p *settings.Screen) []string {
	var t screen.Trace
	p.Trace(&t)
	return t.Rows
}

func TestTheThemeIsChosenByName(t *testing.T) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme.New())
	var set []string
	p := settings.New(settings.Deps{
		Shell: shell{lang: "de"}, Theme: "dark", SetTheme: func(name string) { set = append(set, name) },
		Sound: func() error { return nil }, Retry: func() {},
	})
	choice, ok := find(p.Content(), func(*widget.Segmented) bool { return true })
	if !ok || choice.Chosen() != 2 {
		t.Fatalf("dark is not the chosen one")
	}
	choice.OnChange(1)
	choice.OnChange(0)
	if strings.Join(set, " ") != "light system" {
		t.Errorf("set %v", set)
	}
}

func TestLanguageAndSizeAreKept(t *testing.T) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme.New())
	var kept []string
	p := settings.New(settings.Deps{
		Shell: shell{lang: "en"}, SetTheme: func(string) {}, Sound: func() error { return nil }, Retry: func() {},
		Language: "de", SetLanguage: func(name string) { kept = append(kept, name) },
		Size: 100, SetSize: func(percent int) { kept = append(kept, strconv.Itoa(percent)) },
	})
	for _, choose := range []struct{ chosen, other int }{{2, 1}, {1, 5}} { // Deutsch → English, 100 → 200 %
		choice, ok := find(p.Content(), func(s *widget.Segmented) bool { return s.Chosen() == choose.chosen })
		if !ok {
			t.Fatalf("nothing has chosen %d", choose.chosen)
		}
		choice.OnChange(choose.other)
	}
	if got := strings.Join(kept, " "); got != "en 200" {
		t.Errorf("kept %q", got)
	}
}

// A window of 1024 × 700 shows half of the sections.
func TestKeysReachWhatASmallWindowCutsOff(t *testing.T) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme.New())
	p := settings.New(settings.Deps{Shell: shell{lang: "de"}, SetTheme: func(string) {}, Sound: func() error { return nil }})
	w := test.NewTempWindow(t, p.Content())
	w.Resize(fyne.NewSize(1024, 500))
	table, err := command.New(p.Commands()...)
	if err != nil {
		t.Fatal(err)
	}
	last, ok := find(p.Content(), func(t *widget.Text) bool { return t.Text() == text.For("de").Say("settings.about.text", nil) })
	if !ok {
		t.Fatal("the last section is not there")
	}
	bottom := func() float32 {
		return app.Driver().AbsolutePositionForObject(last).Y + last.Size().Height
	}
	if bottom() <= 500 {
		t.Fatal("all is seen without scrolling: the test shows nothing")
	}
	for range 20 {
		table.Press(command.Named(fyne.KeyDown), command.Context{Screen: screen.Settings}, false)
	}
	if bottom() > 500 {
		t.Errorf("after ↓ the last section ends at %v of 500", bottom())
	}
	lowest := bottom()
	ends := map[fyne.KeyName]float32{}
	for _, name := range []fyne.KeyName{fyne.KeyHome, fyne.KeyPageDown, fyne.KeyEnd} {
		table.Press(command.Named(name), command.Context{Screen: screen.Settings}, false)
		ends[name] = bottom()
	}
	if page := ends[fyne.KeyHome] - ends[fyne.KeyPageDown]; ends[fyne.KeyEnd] != lowest || page < 300 {
		t.Errorf("the last section ends at %v; a page is %v high", ends, page)
	}
}
