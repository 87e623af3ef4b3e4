package main

import (
	"cmp"
	"context"
	"time"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"github.com/earshot-app/earshot/assets"
	"github.com/earshot-app/earshot/cmd/internal/library"
	"github.com/earshot-app/earshot/cmd/internal/recording"
	"github.com/earshot-app/earshot/data/audio"
	"github.com/earshot-app/earshot/data/config"
	"github.com/earshot-app/earshot/review/playback"
	"github.com/earshot-app/earshot/ui"
	"github.com/earshot-app/earshot/ui/issues"
	"github.com/earshot-app/earshot/ui/job"
	librarypage "github.com/earshot-app/earshot/ui/library"
	"github.com/earshot-app/earshot/ui/listen"
	"github.com/earshot-app/earshot/ui/meeting"
	"github.com/earshot-app/earshot/ui/screen"
	"github.com/earshot-app/earshot/ui/settings"
	"github.com/earshot-app/earshot/ui/theme"
)

// screens makes the pages of an open library.
func (a *app) screens(l *library.Library) func(*ui.Shell) []screen.Screen {
	return func(s *ui.Shell) []screen.Screen {
		a.listen = listen.New(listen.Deps{
			Shell: s, Desk: l.Desk, Player: a.player, Open: recording.Open, Problems: audio.Problems, Surveys: newSurveys(a.folders, a.log),
			Sound: a.sound.failure, Retry: a.sound.connect,
			Habits: listen.Habits(a.settings.Sound), Keep: func(h listen.Habits) { a.settings.Sound = config.Sound(h) },
			Together: a.rooms, Files: saver(s),
		})
		a.meeting = meeting.New(meeting.Deps{
			Shell: s, Desk: l.Desk, Player: a.player, Borrow: a.listen.Lend, Open: recording.Open, Sound: a.sound.failure,
			Now: time.Now, Copy: fyne.CurrentApp().Clipboard().SetContent,
		})
		return []screen.Screen{
			a.listen,
			issues.New(issues.Deps{
				Shell: s, Desk: l.Desk, Now: time.Now, Export: exporter(l, a.texts), Preview: previewer(l, a.texts), Folder: documents(), Exists: exists,
				Browse: browse(s), Copy: fyne.CurrentApp().Clipboard().SetContent, Play: a.listen.PlayAside, Hush: a.listen.EndAside,
				Again: func(uid string) {
					s.Go(screen.Listen)
					a.listen.HearAgain(uid)
				},
				Inside: func(category, queue string) {
					s.Go(screen.Listen)
					a.listen.DrawInside(category, queue)
				},
			}),
			a.meeting,
			a.newSessions(l, s),
			librarypage.New(librarypage.Deps{
				Shell: s, Desk: l.Desk, Import: s.ImportFolder, ImportWithTable: s.ImportWithTable, LastImport: s.LastImport, Rescan: s.RescanNow, ImportAgain: s.ImportAgain,
				ExportUnjoined: unjoiner(l), Folder: documents(), Exists: exists,
				Copy: fyne.CurrentApp().Clipboard().SetContent,
			}),
			settings.New(settings.Deps{
				Shell: s, Theme: string(a.settings.Theme), SetTheme: a.setTheme,
				Language: a.settings.Language, SetLanguage: func(name string) { a.settings.Language = name },
				Size: cmp.Or(a.settings.Size, 100), SetSize: func(percent int) { a.settings.Size = percent },
				Library: l.File, Author: l.Author, Version: assets.Version, Commit: commit(),
				Sound: a.sound.failure, Retry: a.connect, Backups: a.backups(l.File), Privacy: a.privacy(l),
				Server: toShow(a.settings.Server), KeepServer: a.keepServer, TryServer: a.serverTrier(), Pick: s.ChooseFile,
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

// connect tries the sound card. The screens say when nobody will hear anything.
func (a *app) connect() {
	work := func(context.Context, func(job.Progress)) (struct{}, error) { return struct{}{}, a.sound.connect() }
	job.Run(a.jobs, "", work, nil, func(_ struct{}, err error) { a.soundChanged(err) })
}

func (a *app) soundChanged(why error) {
	if why != nil {
		a.log.Warn("no sound", "error", why)
	}
	if a.shell != nil {
		a.shell.Changed()
	}
}

// played is told by the player, from a goroutine of its own, what it did by
// itself.
func (a *app) played(e playback.Event) {
	if e.Kind == playback.OutputLost {
		a.sound.set(e.Err)
	}
	a.loop.Post(func() {
		if a.shell == nil {
			return
		}
		a.listen.Event(e)
		a.meeting.Event(e)
		if e.Kind != playback.OutputLost {
			return
		}
		work := func(context.Context, func(job.Progress)) (struct{}, error) {
			a.sound.mute(e.Err)
			return struct{}{}, nil
		}
		job.Run(a.jobs, "", work, nil, func(struct{}, error) { a.soundChanged(e.Err) })
	})
}
