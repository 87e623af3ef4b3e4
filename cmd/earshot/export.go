package main

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/adrg/xdg"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/cmd/internal/library"
	"github.com/earshot-app/earshot/data/audio/ffmpeg"
	"github.com/earshot-app/earshot/data/csv"
	"github.com/earshot-app/earshot/data/render"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/ranking"
	"github.com/earshot-app/earshot/ui"
	"github.com/earshot-app/earshot/ui/issues"
	"github.com/earshot-app/earshot/ui/listen"
)

// exporter writes a table or chart of a library to the file that a person chose.
func exporter(l *library.Library, texts *text.Catalog) func(context.Context, issues.ExportRequest) error {
	return func(ctx context.Context, req issues.ExportRequest) error {
		if req.Chart != "" {
			return l.ChartFile(ctx, req.Path, library.Chart{
				Of: library.Drawn(req.Chart), Name: req.Of, By: req.By, Filter: req.Filter, Words: render.Words{Texts: texts, Zone: time.Local},
			})
		}
		if req.What == issues.Weekly {
			return l.ReportFile(ctx, req.Path, req.Filter, render.Words{Texts: texts, Zone: time.Local})
		}
		return l.ExportFile(ctx, req.Path, table(req, texts))
	}
}

// previewer tells how a table of a library will be written.
func previewer(l *library.Library, texts *text.Catalog) func(context.Context, issues.ExportRequest, int) (issues.Preview, error) {
	return func(ctx context.Context, req issues.ExportRequest, rows int) (issues.Preview, error) {
		p, err := l.PreviewExport(ctx, table(req, texts), rows)
		return issues.Preview{Separator: p.Format.Separator, Decimal: p.Format.Decimal, Mark: p.Format.Mark, Rows: p.Rows}, err
	}
}

// unjoiner writes what did not join in a source of a library, for a spreadsheet.
func unjoiner(l *library.Library) func(ctx context.Context, root, path string) error {
	return func(ctx context.Context, root, path string) error {
		format, err := csv.Options{Preset: issues.Spreadsheet, Locale: csv.Locale(os.Getenv)}.Format()
		if err != nil {
			return err
		}
		return csv.WriteFile(ctx, path, func(w io.Writer) error {
			return csv.WriteUnjoined(w, format, l.Unjoined(ctx, root, desk.BothSides))
		})
	}
}

// table is what a person asked for, as the library takes it.
func table(req issues.ExportRequest, texts *text.Catalog) library.Export {
	return library.Export{
		Table: library.Table(req.What), Filter: req.Filter, Words: texts, Issue: req.Of, Session: req.Of, By: req.By, Above: req.Above, Most: ranking.MostProposed,
		Format: csv.Options{Preset: req.Preset, Separator: req.Separator, Decimal: req.Decimal, Mark: req.Mark, Locale: csv.Locale(os.Getenv)},
	}
}

// saver writes what a person saves of a call.
func saver(s *ui.Shell) listen.Files {
	return listen.Files{
		Clip: func(ctx context.Context, path string, c desk.Clip, report func(done, total int64)) error {
			_, err := library.ClipFile(ctx, path, c, report)
			return err
		},
		Labels: library.LabelsFile, Encodes: ffmpeg.Encodes, Folder: documents(), Exists: exists, Browse: browse(s),
	}
}

// documents is the folder in which a person looks for what they exported.
func documents() string {
	if info, err := os.Stat(xdg.UserDirs.Documents); err == nil && info.IsDir() {
		return xdg.UserDirs.Documents
	}
	return xdg.Home
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// browse lets a person choose the folder of a file that is to be written. Its
// name is theirs to type: Fyne's dialog for saving empties the chosen file.
func browse(s *ui.Shell) func(path string, chosen func(path string)) {
	return func(path string, chosen func(path string)) {
		s.ChooseFolder(filepath.Dir(path), func(folder string) { chosen(filepath.Join(folder, filepath.Base(path))) })
	}
}
