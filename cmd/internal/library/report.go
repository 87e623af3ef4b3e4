package library

import (
	"context"
	"io"

	"github.com/earshot-app/earshot/data/csv"
	"github.com/earshot-app/earshot/data/render"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/report"
)

// ReportFile writes the weekly page of a period and queue to a file, whole or not
// at all. It answers [render.NotAPage] or the codes of data/csv.
func (l *Library) ReportFile(ctx context.Context, file string, f desk.Filter, words render.Words) error {
	if err := render.CheckPage(file); err != nil {
		return err
	}
	page, err := report.Make(ctx, l.Desk, f, Clock{}.Now())
	if err != nil {
		return err
	}
	return csv.WriteFile(ctx, file, func(w io.Writer) error { return words.Report(w, page) })
}
