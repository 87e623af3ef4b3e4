package main

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/earshot-app/earshot/cmd/internal/library"
	"github.com/earshot-app/earshot/data/csv"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/ui/job"
	"github.com/earshot-app/earshot/ui/settings"
)

// retaining forgets each day what is older than was settled, for as long as the
// library is open.
type retaining struct{ job *job.Job }

func (r *retaining) begin(a *app, l *library.Library) {
	work := func(ctx context.Context, _ func(job.Progress)) (struct{}, error) {
		tick := time.NewTicker(lookEvery)
		defer tick.Stop()
		for {
			done, err := retain(ctx, l.Desk)
			if err != nil && ctx.Err() == nil {
				a.log.Error("forget old calls", "error", err)
			}
			if n := len(done.Left); n > 0 {
				a.log.Info("old calls are left, since an open session has them", "calls", n)
			}
			select {
			case <-ctx.Done():
				return struct{}{}, nil
			case <-tick.C:
			}
		}
	}
	r.job = job.Run(a.jobs, "", work, nil, nil)
}

// end stops it, without waiting for it.
func (r *retaining) end() {
	if r.job != nil {
		r.job.Cancel()
		r.job = nil
	}
}

// retain forgets what is old, unless that was done today.
func retain(ctx context.Context, d *desk.Desk) (desk.Retained, error) {
	due, err := d.RetentionDue(ctx)
	if err != nil || !due {
		return desk.Retained{}, err
	}
	return d.Retain(ctx, nil)
}

// privacy is what the settings show and do about an open library.
func (a *app) privacy(l *library.Library) settings.Privacy {
	return settings.Privacy{
		Retention: l.Retention, Older: l.Older, Verify: l.VerifyLog,
		Keep: func(ctx context.Context, part desk.Part, days int) (desk.Retained, error) {
			if err := l.SetRetention(ctx, part, days); err != nil {
				return desk.Retained{}, err
			}
			return retain(ctx, l.Desk)
		},
		Export: func(ctx context.Context) (string, error) { return exportLog(ctx, l) },
	}
}

// exportLog writes the log to a new file in the person's documents.
func exportLog(ctx context.Context, l *library.Library) (string, error) {
	log, err := l.Log(ctx)
	if err != nil {
		return "", err
	}
	format, err := csv.Options{Locale: csv.Locale(os.Getenv)}.Format()
	if err != nil {
		return "", err
	}
	file := filepath.Join(documents(), "earshot-log-"+time.Now().Format("20060102-150405")+".csv")
	return file, csv.WriteFile(ctx, file, func(w io.Writer) error { return csv.WriteLog(w, format, log) })
}
