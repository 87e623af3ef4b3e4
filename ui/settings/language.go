package settings

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/earshot-app/earshot/ui/widget"
)

// languages are what Deps.SetLanguage is given, in the order of the choice; "" is
// the system's.
var languages = []string{"", "en", "de"}

// language is the choice of it, which holds from the next start.
func (s *Screen) language() part {
	names := []string{s.say("settings.language.system"), s.say("settings.language.en"), s.say("settings.language.de")}
	choice := widget.NewSegmented(names, func(n int) {
		s.Language = languages[n]
		s.SetLanguage(s.Language)
		s.Shell.Painted()
	})
	choice.SetChosen(max(0, slices.Index(languages, s.Language)))
	return part{title: "settings.language", content: []fyne.CanvasObject{container.NewHBox(choice), s.words("settings.language.text", nil)}}
}

// magnifications are what Deps.SetSize is given, in per cent.
var magnifications = []int{80, 100, 125, 150, 175, 200}

// size is the choice of how large text and all around it are, from the next start.
func (s *Screen) size() part {
	names := make([]string, len(magnifications))
	for i, percent := range magnifications {
		names[i] = s.Shell.Text().Percent(float64(percent) / 100)
	}
	choice := widget.NewSegmented(names, func(n int) {
		s.Size = magnifications[n]
		s.SetSize(s.Size)
		s.Shell.Painted()
	})
	choice.SetChosen(slices.Index(magnifications, s.Size))
	return part{title: "settings.size", content: []fyne.CanvasObject{container.NewHBox(choice), s.words("settings.size.text", nil)}}
}
