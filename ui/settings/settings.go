// Package settings is the screen of what belongs to this machine: colours,
// language, the sound card, somebody's server for sessions, where the library lies
// and who one is in its journal; and what this app is.
//
// It reads nothing from the library: all that it shows is handed in.
//
// Each section is a [part] in a file of its own, and a line in parts.
package settings

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/ui/command"
	"github.com/earshot-app/earshot/ui/job"
	"github.com/earshot-app/earshot/ui/screen"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// Deps are what the screen shows and does.
type Deps struct {
	Shell screen.Shell
	// Theme is "system", "light" or "dark"; SetTheme is told another of them.
	Theme    string
	SetTheme func(name string)
	// Language is "en", "de" or "", the system's, and Size how large text is, in per
	// cent; SetLanguage and SetSize are told another, for the next start.
	Language    string
	SetLanguage func(name string)
	Size        int
	SetSize     func(percent int)
	// Library is the library's file, Author the id that signs what is said.
	Library, Author string
	Version, Commit string
	// Sound is why nobody hears the calls, nil when there is a sound card;
	// Retry tries the card again, and has the screens told when that is done.
	Sound func() error
	Retry func()
	// Server is where sessions may lie; KeepServer is told another, and TryServer
	// answers why it is of no use. Pick lets a person choose a file, and tells
	// chosen if they did.
	Server     Server
	KeepServer func(Server)
	TryServer  func(ctx context.Context, server Server) error
	Pick       func(title string, chosen func(path string))
	// Backups are the copies of the library.
	Backups Backups
	// Privacy is what the library forgets and logs.
	Privacy Privacy
}

// Screen is the Settings page.
type Screen struct {
	Deps
	page   fyne.CanvasObject // nil until Content
	scroll *container.Scroll
	parts  []part
	runner *job.Runner // nil until something takes time
}

// A part is a section of the page.
type part struct {
	title   text.Key
	content []fyne.CanvasObject // below one another
	changed func()              // shows what may have changed; nil where nothing does
	left    func()              // keeps what was typed, when the page is left; nil for nothing
	said    func() []string     // what the trace tells; nil for nothing
}

// sections are the page's parts, from the top.
func (s *Screen) sections() []part {
	parts := []part{s.colours(), s.size(), s.language(), s.sound(), s.server(), s.library()}
	if s.Backups.List != nil {
		parts = append(parts, s.backups())
	}
	if s.Privacy.Retention != nil {
		parts = append(parts, s.privacy())
	}
	return append(parts, s.author(), s.about())
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
	all := []command.Command{
		{ID: "settings.down", Title: "settings.down", Keys: keys(fyne.KeyDown), Run: func() { s.scrollBy(scrollStep) }},
		{ID: "settings.up", Title: "settings.up", Keys: keys(fyne.KeyUp), Run: func() { s.scrollBy(-scrollStep) }},
		{ID: "settings.page-down", Title: "settings.page-down", Keys: keys(fyne.KeyPageDown), Run: func() { s.scrollBy(s.most()) }},
		{ID: "settings.page-up", Title: "settings.page-up", Keys: keys(fyne.KeyPageUp), Run: func() { s.scrollBy(-s.most()) }},
		{ID: "settings.first", Title: "settings.first", Keys: keys(fyne.KeyHome), Run: func() { s.scrollBy(-end) }},
		{ID: "settings.last", Title: "settings.last", Keys: keys(fyne.KeyEnd), Run: func() { s.scrollBy(end) }},
	}
	for i := range all {
		all[i].Screen, all[i].Repeats = screen.Settings, true
	}
	return all
}

// How far the keys scroll: about one section, or further than any page is long.
const (
	scrollStep = 120
	end        = 1e6
)

// most is how far one can scroll without passing over anything.
func (s *Screen) most() float32 {
	if s.scroll == nil {
		return 0
	}
	return s.scroll.Size().Height - scrollStep/2
}

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
func (s *Screen) Hide() {
	for _, p := range s.parts {
		if p.left != nil {
			p.left()
		}
	}
}

// Changed implements [screen.Screen].
func (s *Screen) Changed() {
	for _, p := range s.parts {
		if p.changed != nil {
			p.changed()
		}
	}
}

// Trace implements [screen.Screen].
func (s *Screen) Trace(t *screen.Trace) {
	for _, p := range s.parts {
		if p.said != nil {
			t.Rows = append(t.Rows, p.said()...)
		}
	}
}

// Close implements [screen.Screen].
func (s *Screen) Close() {
	s.Hide()
	if s.runner != nil {
		s.runner.Close()
	}
}

func (s *Screen) say(key text.Key) string { return s.Shell.Say(key, nil) }

func (s *Screen) build() {
	s.parts = s.sections()
	title := widget.NewText(s.say("settings.title"), widget.Look{Size: theme.TextHeading, Bold: true})
	header := widget.NewPane(widget.Bottom, container.New(layout.NewCustomPaddedLayout(20, 20, 20, 20), title))
	sections := container.New(layout.NewCustomPaddedVBoxLayout(14))
	for _, p := range s.parts {
		sections.Add(s.card(p))
	}
	page := container.New(layout.NewCustomPaddedLayout(20, 20, 20, 20), container.New(&measure{}, sections))
	s.scroll = container.NewVScroll(page)
	s.page = container.NewBorder(header, nil, nil, nil, s.scroll)
}

// card is a section below its title.
func (s *Screen) card(p part) fyne.CanvasObject {
	heading := widget.NewText(s.say(p.title), widget.Look{Size: theme.TextTitle, Bold: true})
	all := append([]fyne.CanvasObject{heading}, p.content...)
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
