package main

import (
	"context"
	"sync"
	"time"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/cmd/internal/library"
	"github.com/earshot-app/earshot/data/sqlite"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/ui"
	"github.com/earshot-app/earshot/ui/job"
	"github.com/earshot-app/earshot/ui/settings"
	"github.com/earshot-app/earshot/ui/widget"
)

// copying copies the person's own library in the background for as long as it is
// open, and once more when the window is gone.
type copying struct {
	job  *job.Job
	done chan struct{} // closed when nothing is copied any more; nil when nothing was

	mu     sync.Mutex
	failed error // why the last copy was not made
}

// lookEvery is how often a window that stays open looks whether a day has begun,
// for which to copy the library and to forget old calls.
const lookEvery = time.Hour

// begin copies a library that was just opened, and then each day.
func (c *copying) begin(a *app, library string) {
	done := make(chan struct{})
	c.done = done
	work := func(ctx context.Context, _ func(job.Progress)) (struct{}, error) {
		defer close(done)
		tick := time.NewTicker(lookEvery)
		defer tick.Stop()
		for {
			c.make(ctx, a, library, sqlite.Daily)
			select {
			case <-ctx.Done():
				return struct{}{}, nil
			case <-tick.C:
			}
		}
	}
	c.job = job.Run(a.jobs, "", work, nil, nil)
}

// end stops copying, without waiting for it.
func (c *copying) end() {
	if c.job != nil {
		c.job.Cancel()
		c.job = nil
	}
}

// make makes a copy that is due.
func (c *copying) make(ctx context.Context, a *app, library string, when sqlite.When) {
	_, _, err := sqlite.MakeBackup(ctx, library, when, time.Now())
	if ctx.Err() != nil {
		return
	}
	if err != nil {
		a.log.Error("copy the library", "error", err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.failed = err
}

func (c *copying) why() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.failed
}

// backups are the copies as the settings show them; only the person's own library
// has any.
func (a *app) backups(library string) settings.Backups {
	if library != a.home {
		return settings.Backups{}
	}
	list := func(context.Context) ([]settings.Backup, error) {
		all, err := sqlite.Backups(library)
		rows := make([]settings.Backup, len(all))
		for i, b := range all {
			rows[i] = settings.Backup{File: b.File, At: b.At, Bytes: b.Bytes, Kind: text.Key("backup." + string(b.Kind))}
		}
		return rows, err
	}
	return settings.Backups{Folder: sqlite.BackupFolder(library), List: list, Failed: a.copying.why, Restore: a.restore}
}

// wayBack offers the newest copy of a library that is too broken to be opened.
func (a *app) wayBack(file string, err error) []*widget.Button {
	broken := review.CodeOf(err) == sqlite.LibraryBroken || review.CodeOf(err) == sqlite.LibraryForeign
	shown := a.backups(file)
	if !broken || shown.List == nil {
		return nil
	}
	copies, err := shown.List(context.Background())
	if err != nil || len(copies) == 0 {
		return nil
	}
	return []*widget.Button{widget.NewButton(
		a.texts.Say("backup.back", review.Args{"at": a.dated(copies[0])}), widget.Secondary, func() { a.restore(copies[0]) })}
}

// dated is when a copy was made.
func (a *app) dated(b settings.Backup) string {
	return a.texts.When(b.At, time.Local)
}

// restore puts a copy into the place of the person's library and opens it. What
// is there stays when that cannot be done.
func (a *app) restore(b settings.Backup) {
	done := a.copying.done
	a.leave()
	work := func(ctx context.Context, _ func(job.Progress)) (library.Restored, error) {
		if done != nil {
			<-done
		}
		return library.Restore(ctx, a.home, b.File, a.folders)
	}
	a.window.SetContent(ui.Opening(a.texts))
	job.Run(a.jobs, "", work, nil, func(out library.Restored, err error) {
		if err != nil {
			a.log.Error("restore a copy", "error", err)
		}
		a.restored(b, out, err)
	})
}

// restored opens the library again and says what became of it.
func (a *app) restored(b settings.Backup, out library.Restored, err error) {
	a.afterwards = func() {
		if err != nil {
			a.shell.Fail(err)
			return
		}
		said := a.texts.Say("backup.restored", review.Args{"at": a.dated(b)})
		if n := out.Most(); n > 0 {
			said += " " + a.texts.Say("backup.retained", review.Args{"n": n})
		}
		a.shell.Toast(said, "", nil)
	}
	a.open(a.home)
}
