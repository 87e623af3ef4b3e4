package listen

import (
	"fyne.io/fyne/v2"

	"github.com/earshot-app/earshot/ui/command"
)

// waveCommands are what is done on the waveform. The plus is a key of its own
// on many keyboards and Shift+= on others.
func (s *Screen) waveCommands() []command.Command {
	return []command.Command{
		{ID: "listen.zoom-in", Title: "wave.zoom-in", Menu: menuTitle, Keys: append(runes('+'), runes('=')...), Repeats: true, Enabled: s.loaded, Run: s.zoomIn},
		{ID: "listen.zoom-out", Title: "wave.zoom-out", Menu: menuTitle, Keys: runes('-'), Repeats: true, Enabled: s.loaded, Run: s.zoomOut},
		{ID: "listen.zoom-all", Title: "wave.zoom-all", Menu: menuTitle, Keys: runes('0'), Enabled: s.loaded, Run: s.zoomAll},
		{ID: "listen.span-begin", Title: "wave.span-begin", Menu: menuTitle, Keys: runes(','), Enabled: s.loaded, Run: s.beginSpan},
		{ID: "listen.span-end", Title: "wave.span-end", Menu: menuTitle, Keys: runes('.'), Enabled: s.loaded, Run: s.endSpan},
		{ID: "listen.span-drop", Title: "wave.span-drop", Menu: menuTitle, Keys: keys(fyne.KeyEscape), Enabled: s.withSpan, Run: s.dropSpan},
	}
}
