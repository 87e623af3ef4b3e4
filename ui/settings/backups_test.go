package settings_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/ui/screen"
	"github.com/earshot-app/earshot/ui/settings"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// asking is a shell that posts to a channel and answers dialogs at once.
type asking struct {
	shell
	posted chan func()
	asked  *string
}

func (a asking) Post(do func())       { a.posted <- do }
func (a asking) Zone() *time.Location { return time.UTC }

func (a asking) Dialog(title string, _ fyne.CanvasObject, answers ...screen.Answer) func() {
	*a.asked = title
	answers[0].Choose()
	return func() {}
}

// A copy is restored from its row, after a question that names its time.
func TestACopyIsRestoredFromTheList(t *testing.T) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme.New())
	sh := asking{shell: shell{lang: "en"}, posted: make(chan func(), 8), asked: new(string)}
	var restored settings.Backup
	p := settings.New(settings.Deps{
		Shell: sh, SetTheme: func(string) {}, Sound: func() error { return nil },
		Backups: settings.Backups{
			Folder: "/l/calls-backups", Failed: func() error { return nil },
			List: func(context.Context) ([]settings.Backup, error) {
				at := time.Date(2026, 11, 20, 17, 4, 0, 0, time.UTC)
				return []settings.Backup{{File: "/l/calls-backups/1.earshot", At: at, Bytes: 2_450_000, Kind: "backup.copy"}}, nil
			},
			Restore: func(b settings.Backup) { restored = b },
		},
	})
	content := p.Content()
	(<-sh.posted)()
	p.Close()
	if rows := strings.Join(shows(p), "\n"); !strings.Contains(rows, "20 Nov 2026, 17:04 2.5 MB · daily copy") && !strings.Contains(rows, "20 Nov 2026, 17:04 2.4 MB · daily copy") {
		t.Errorf("it lists %s", rows)
	}
	button, ok := find(content, func(b *widget.Button) bool { return b.Text() == "Restore…" })
	if !ok {
		t.Fatal("there is no button to restore it")
	}
	button.Tapped(nil)
	if restored.File != "/l/calls-backups/1.earshot" || *sh.asked != "Go back to the library of 20 Nov 2026, 17:04?" {
		t.Errorf("restored %q after %q", restored.File, *sh.asked)
	}
}

// A person learns that their library is not copied any more.
func TestACopyThatFailedIsTold(t *testing.T) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme.New())
	sh := asking{shell: shell{lang: "en"}, posted: make(chan func(), 8)}
	p := settings.New(settings.Deps{
		Shell: sh, SetTheme: func(string) {}, Sound: func() error { return nil },
		Backups: settings.Backups{
			Failed: func() error { return review.Fail("library-full", nil) },
			List:   func(context.Context) ([]settings.Backup, error) { return nil, nil },
		},
	})
	p.Content()
	(<-sh.posted)()
	p.Close()
	if rows := strings.Join(shows(p), "\n"); !strings.Contains(rows, "The last copy could not be made. The disk has no room left for the library.") {
		t.Errorf("it shows %s", rows)
	}
}
