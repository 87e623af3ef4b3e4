package settings

import (
	"fyne.io/fyne/v2"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// The sections that only tell.

func (s *Screen) library() part {
	file := widget.NewText(s.Library, widget.Look{Fit: widget.Wrap})
	return part{
		title: "settings.library", content: []fyne.CanvasObject{file, s.words("settings.library.text", nil)},
		said: func() []string { return []string{s.Library} },
	}
}

func (s *Screen) author() part {
	id := widget.NewText(s.Author, widget.Look{Mono: true, Fit: widget.Wrap})
	return part{title: "settings.author", content: []fyne.CanvasObject{id, s.words("settings.author.text", nil)}}
}

func (s *Screen) about() part {
	version := review.Args{"version": s.Version, "commit": s.Commit}
	return part{title: "settings.about", content: []fyne.CanvasObject{
		s.words("settings.about.version", version), s.words("settings.about.text", nil),
	}}
}

// words is what a section says, in a quiet colour.
func (s *Screen) words(key text.Key, args review.Args) fyne.CanvasObject {
	return widget.NewText(s.Shell.Say(key, args), widget.Look{Color: theme.Muted, Fit: widget.Wrap})
}
