package settings

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/earshot-app/earshot/ui/widget"
)

// sound says whether anybody hears the calls.
func (s *Screen) sound() part {
	told := widget.NewText("", widget.Look{Fit: widget.Wrap})
	retry := widget.NewButton(s.say("settings.sound.retry"), widget.Secondary, s.Retry)
	return part{
		title: "settings.sound", content: []fyne.CanvasObject{told, container.NewHBox(retry)},
		changed: func() {
			told.SetText(s.soundText())
			widget.Show(retry, s.Sound() != nil)
		},
		said: func() []string { return []string{s.soundText()} },
	}
}

func (s *Screen) soundText() string {
	if err := s.Sound(); err != nil {
		message, hint := s.Shell.Text().Error(err)
		return message + " " + hint
	}
	return s.say("settings.sound.on")
}
