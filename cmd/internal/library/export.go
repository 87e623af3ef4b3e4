package library

import (
	"context"
	"io"

	"github.com/earshot-app/earshot/data/csv"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/ranking"
)

// Table is what an export writes.
type Table string

// The tables.
const (
	Ranking    Table = "ranking"
	Moments    Table = "moments"
	Mismatch   Table = "mismatch"   // categories and issues
	Categories Table = "categories" // a better list of them
	Trend      Table = "trend"      // of one issue
)

// Export says what is to be written, and how.
type Export struct {
	Table  Table
	Preset string // as csv.ParsePreset reads it
	Filter desk.Filter

	Issue string       // of Trend: its name or id
	By    ranking.Step // of Trend
	Above float64      // of Categories: the share that one must have
	Most  int          // of Categories
	Other string       // of Categories: the name of what is left
}

// Export writes a table as CSV.
func (l *Library) Export(ctx context.Context, w io.Writer, e Export) error {
	preset, err := csv.ParsePreset(e.Preset)
	if err != nil {
		return err
	}
	switch e.Table {
	case Moments:
		return csv.WriteMoments(w, preset, l.Moments(ctx, e.Filter, ""))
	case Mismatch:
		table, err := l.Mismatch(ctx, e.Filter)
		if err != nil {
			return err
		}
		return csv.WriteMismatch(w, preset, e.Filter, table)
	case Categories:
		list, err := l.Propose(ctx, e.Filter, e.Above, e.Most)
		if err != nil {
			return err
		}
		return csv.WriteProposal(w, preset, e.Filter, list, e.Other)
	case Trend:
		trend, err := l.Trend(ctx, e.Issue, e.Filter, e.By)
		if err != nil {
			return err
		}
		return csv.WriteTrend(w, preset, trend)
	}
	ranked, err := l.Rank(ctx, e.Filter)
	if err != nil {
		return err
	}
	return csv.WriteRanking(w, preset, ranked)
}

// ExportFile writes a table to a file, whole or not at all.
func (l *Library) ExportFile(ctx context.Context, file string, e Export) error {
	return csv.WriteFile(ctx, file, func(w io.Writer) error { return l.Export(ctx, w, e) })
}
