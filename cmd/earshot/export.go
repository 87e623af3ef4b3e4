package main

import (
	"context"
	"io"
	"os"
	"path/filepath"

	"github.com/adrg/xdg"

	"github.com/earshot-app/earshot/data/csv"
	"github.com/earshot-app/earshot/ui"
	"github.com/earshot-app/earshot/ui/issues"
)

// export writes a table of the library to a file, whole or not at all.
func (l *library) export(ctx context.Context, req issues.ExportRequest) error {
	preset, err := csv.ParsePreset(req.Preset)
	if err != nil {
		return err
	}
	write := func(w io.Writer) error {
		return csv.WriteMoments(w, preset, l.desk.Moments(ctx, req.Filter, ""))
	}
	if req.What == issues.Ranking {
		write = func(w io.Writer) error {
			ranked, err := l.desk.Rank(ctx, req.Filter)
			if err != nil {
				return err
			}
			return csv.WriteRanking(w, preset, ranked)
		}
	}
	return csv.WriteFile(ctx, req.Path, write)
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
