// Package settings is the screen of what belongs to this machine: colours,
// language, where the library lies, who one is in its journal, and the sound
// card; and what this app is.
//
// It reads nothing from the library: all that it shows is handed in.
package settings

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/ui/command"
	"github.com/earshot-app/earshot/ui/screen"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// themes are the names that Deps.SetTheme is given, in the order of the choice.
var themes = []string{"system", "light", "dark"}

// Deps are what the screen shows and does.
type Deps struct {
	Shell screen.Shell
	// Theme is "system", "light" or "dark"; SetTheme is told another of them.
	Theme    string
	SetTheme func(name string)
	// Library is the library's file, Author the id that signs what is said.
	Library, Author string
	Version, Commit string
	// Sound is why nobody hears the calls, nil when there is a sound card;
	// Retry tries the card again, and has the screens told when that is done.
	Sound func() error
	Retry func()
}

// Screen is the Settings page.
type Screen struct {
	Deps
	page   fyne.CanvasObject // nil until Content
	scroll *container.Scroll
	sound  *widget.Text
	retry  *widget.Button
}

var _ screen.Screen = (*Screen)(nil)

// New returns the screen.
func New(d Deps) *Screen { return &Screen{Deps: d} }

// Name implements [screen.Screen].
func (s *Screen) Name() string { return screen.Settings }

// Content implements [screen.Screen].
func (s *Screen) Content() fyne.CanvasObject {
	if s.page == nil {
		s.build()
		s.Changed()
	}
	return s.page
}

// Commands implements [screen.Screen]: all that acts is reached by Tab, and
// what a small window cuts off by scrolling.
func (s *Screen) Commands() []command.Command {
	keys := func(names ...fyne.KeyName) (all []command.Key) {
		for _, name := range names {
			all = append(all, command.Named(name))
		}
		return all
	}
	return []command.Command{
		{
			ID: "settings.down", Title: "settings.down", Screen: screen.Settings, Repeats: true,
			Keys: keys(fyne.KeyDown, fyne.KeyPageDown), Run: func() { s.scrollBy(scrollStep) },
		},
		{
			ID: "settings.up", Title: "settings.up", Screen: screen.Settings, Repeats: true,
			Keys: keys(fyne.KeyUp, fyne.KeyPageUp), Run: func() { s.scrollBy(-scrollStep) },
		},
	}
}

// scrollStep is how far a key scrolls: about one section.
const scrollStep = 120

func (s *Screen) scrollBy(by float32) {
	if s.scroll == nil {
		return
	}
	lowest := max(0, s.scroll.Content.Size().Height-s.scroll.Size().Height)
	s.scroll.ScrollToOffset(fyne.NewPos(0, max(0, min(lowest, s.scroll.Offset.Y+by))))
}

// Show implements [screen.Screen].
func (s *Screen) Show() { s.Changed() }

// Hide implements [screen.Screen].
func (s *Screen) Hide() {}

// Changed implements [screen.Screen]. The sound card is all that changes.
func (s *Screen) Changed() {
	if s.page == nil {
		return
	}
	s.sound.SetText(s.soundText())
	if s.Sound() == nil {
		s.retry.Hide()
	} else {
		s.retry.Show()
	}
}

// Trace implements [screen.Screen].
func (s *Screen) Trace(t *screen.Trace) {
	t.Rows = append(t.Rows, s.Theme, s.Library, s.soundText())
}

// Close implements [screen.Screen].
func (s *Screen) Close() {}

func (s *Screen) soundText() string {
	if err := s.Sound(); err != nil {
		message, hint := s.Shell.Text().Error(err)
		return message + " " + hint
	}
	return s.say("settings.sound.on")
}

func (s *Screen) say(key text.Key) string { return s.Shell.Say(key, nil) }

func (s *Screen) build() {
	s.sound = widget.NewText("", widget.Look{Fit: widget.Wrap})
	s.retry = widget.NewButton(s.say("settings.sound.retry"), widget.Secondary, s.Retry)
	title := widget.NewText(s.say("settings.title"), widget.Look{Size: theme.TextHeading, Bold: true})
	header := widget.NewPane(widget.Bottom, container.New(layout.NewCustomPaddedLayout(20, 20, 20, 20), title))
	sections := container.New(layout.NewCustomPaddedVBoxLayout(14),
		s.section("settings.theme", s.choice()),
		s.section("settings.language", s.words("settings.language.text", nil)),
		s.section("settings.sound", s.sound, container.NewHBox(s.retry)),
		s.section("settings.library", widget.NewText(s.Library, widget.Look{Fit: widget.Wrap}), s.words("settings.library.text", nil)),
		s.section("settings.author", widget.NewText(s.Author, widget.Look{Mono: true, Fit: widget.Wrap}), s.words("settings.author.text", nil)),
		s.section("settings.about", s.words("settings.about.version", review.Args{"version": s.Version, "commit": s.Commit}), s.words("settings.about.text", nil)),
	)
	page := container.New(layout.NewCustomPaddedLayout(20, 20, 20, 20), container.New(&measure{}, sections))
	s.scroll = container.NewVScroll(page)
	s.page = container.NewBorder(header, nil, nil, nil, s.scroll)
}

// choice is the choice of colours.
func (s *Screen) choice() fyne.CanvasObject {
	names := []string{s.say("settings.theme.system"), s.say("settings.theme.light"), s.say("settings.theme.dark")}
	choice := widget.NewSegmented(names, func(n int) {
		s.Theme = themes[n]
		s.SetTheme(s.Theme)
		s.Shell.Painted()
	})
	choice.SetChosen(max(0, slices.Index(themes, s.Theme)))
	return container.NewHBox(choice)
}

func (s *Screen) words(key text.Key, args review.Args) fyne.CanvasObject {
	return widget.NewText(s.Shell.Say(key, args), widget.Look{Color: theme.Muted, Fit: widget.Wrap})
}

// section is a card below its title.
func (s *Screen) section(title text.Key, parts ...fyne.CanvasObject) fyne.CanvasObject {
	heading := widget.NewText(s.say(title), widget.Look{Size: theme.TextTitle, Bold: true})
	all := append([]fyne.CanvasObject{heading}, parts...)
	return widget.NewCard(widget.Plain, container.New(layout.NewCustomPaddedVBoxLayout(8), all...))
}

// measure keeps lines short enough to read.
type measure struct{}

const lineWidth = 720

func (*measure) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(min(objects[0].MinSize().Width, lineWidth), objects[0].MinSize().Height)
}

func (*measure) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Resize(fyne.NewSize(min(size.Width, lineWidth), size.Height))
}
