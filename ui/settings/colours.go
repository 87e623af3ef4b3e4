package settings

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/earshot-app/earshot/ui/widget"
)

// themes are the names that Deps.SetTheme is given, in the order of the choice.
var themes = []string{"system", "light", "dark"}

// colours is the choice of them.
func (s *Screen) colours() part {
	names := []string{s.say("settings.theme.system"), s.say("settings.theme.light"), s.say("settings.theme.dark")}
	choice := widget.NewSegmented(names, func(n int) {
		s.Theme = themes[n]
		s.SetTheme(s.Theme)
		s.Shell.Painted()
	})
	choice.SetChosen(max(0, slices.Index(themes, s.Theme)))
	return part{
		title: "settings.theme", content: []fyne.CanvasObject{container.NewHBox(choice)},
		said: func() []string { return []string{s.Theme} },
	}
}
