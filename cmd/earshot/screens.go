package main

import (
	"context"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"github.com/earshot-app/earshot/assets"
	"github.com/earshot-app/earshot/data/config"
	"github.com/earshot-app/earshot/review/playback"
	"github.com/earshot-app/earshot/ui"
	"github.com/earshot-app/earshot/ui/job"
	librarypage "github.com/earshot-app/earshot/ui/library"
	"github.com/earshot-app/earshot/ui/screen"
	"github.com/earshot-app/earshot/ui/settings"
	"github.com/earshot-app/earshot/ui/theme"
)

// screens makes the pages of an open library.
func (a *app) screens(l *library) func(*ui.Shell) []screen.Screen {
	return func(s *ui.Shell) []screen.Screen {
		return []screen.Screen{
			librarypage.New(librarypage.Deps{
				Shell: s, Desk: l.desk, Import: s.ImportFolder, ImportWithTable: s.ImportWithTable, LastImport: s.LastImport,
			}),
			settings.New(settings.Deps{
				Shell: s, Theme: string(a.settings.Theme), SetTheme: a.setTheme,
				Library: l.file, Author: l.author, Version: assets.Version, Commit: commit(),
				Sound: a.sound.failure, Retry: a.connect,
			}),
		}
	}
}

// setTheme colours the window as the settings say, now and from now on.
func (a *app) setTheme(name string) {
	a.settings.Theme = config.Theme(name)
	chosen := theme.New()
	switch a.settings.Theme {
	case config.Light:
		chosen = theme.Fixed(fynetheme.VariantLight)
	case config.Dark:
		chosen = theme.Fixed(fynetheme.VariantDark)
	}
	fyne.CurrentApp().Settings().SetTheme(chosen)
}

// connect tries the sound card, and says so if nobody will hear anything.
func (a *app) connect() {
	work := func(context.Context, func(job.Progress)) (struct{}, error) { return struct{}{}, a.sound.connect() }
	job.Run(a.jobs, "", work, nil, func(struct{}, error) { a.tellSound() })
}

// tellSound says that there is no sound, and offers to try again. Before the
// library is open nobody can be told; [app.show] does then.
func (a *app) tellSound() {
	if a.shell == nil {
		return
	}
	a.shell.Changed()
	if err := a.sound.failure(); err != nil {
		message, _ := a.texts.Error(err)
		a.shell.Toast(message, a.texts.Say("shell.again", nil), a.connect)
	}
}

// played is told by the player, from a goroutine of its own, what it did by
// itself.
func (a *app) played(e playback.Event) {
	ui.Post(func() {
		if a.closed || e.Kind != playback.OutputLost {
			return
		}
		work := func(context.Context, func(job.Progress)) (struct{}, error) {
			a.sound.mute(e.Err)
			return struct{}{}, nil
		}
		job.Run(a.jobs, "", work, nil, func(struct{}, error) { a.tellSound() })
	})
}
