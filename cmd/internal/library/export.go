package library

import (
	"context"
	"io"
	"slices"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/data/csv"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/codebook"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/ranking"
)

// Table is what an export writes.
type Table string

// The tables.
const (
	Ranking    Table = "ranking"
	Moments    Table = "moments"
	Calls      Table = "calls"
	Codebook   Table = "codebook"
	Unlump     Table = "unlump"     // what is heard inside each category
	Mismatch   Table = "mismatch"   // categories and issues
	Categories Table = "categories" // a better list of them
	Trend      Table = "trend"      // of one issue
	Draws      Table = "draw"       // the drawn calls
	Agreement  Table = "agreement"  // how far the members of a session tagged alike
	Dictionary Table = "dictionary" // what the columns of the others hold
)

// The reasons why a table cannot be written as asked for.
const (
	NotSince review.Code = "not-since" // it has no rows that come one by one; args: table
	NotJira  review.Code = "not-jira"  // only the ranking is made of issues; args: table
)

// Export says what is to be written, and how.
type Export struct {
	Table  Table
	Format csv.Options
	Filter desk.Filter
	Since  string // an event: only what later ones are about; "" for all
	Words  *text.Catalog

	Shown   []string     // of Calls: columns that are not to say "hidden"
	Reason  string       // why they are to be shown
	Issue   string       // of Trend: its name or id
	Session string       // of Agreement: its id
	By      ranking.Step // of Trend
	Above   float64      // of Categories: the share that one must have
	Most    int          // of Categories
}

// Export writes a table as CSV. It answers [NotSince], [NotJira],
// [review.BadArgument], and what the desk answers.
func (l *Library) Export(ctx context.Context, w io.Writer, e Export) error {
	if e.Table == Dictionary {
		return WriteDictionary(w, e)
	}
	format, err := e.written()
	if err != nil {
		return err
	}
	write := map[Table]func(context.Context, output, Export) error{
		Ranking: l.ranking, Moments: l.moments, Calls: l.calls, Codebook: l.codebook, Unlump: l.unlump,
		Mismatch: l.mismatch, Categories: l.categories, Trend: l.trend, Draws: l.draws, Agreement: l.agreement,
	}[e.Table]
	if write == nil {
		return review.Fail(review.BadArgument, review.Args{"name": "table", "value": string(e.Table)})
	}
	return write(ctx, output{w, format}, e)
}

// WriteDictionary writes the [Dictionary], which is the same in every library. It
// answers [NotSince], [NotJira] or [review.BadArgument].
func WriteDictionary(w io.Writer, e Export) error {
	format, err := e.written()
	if err != nil {
		return err
	}
	return csv.WriteDictionary(w, format, e.Words)
}

// written is how a table is written, if it can be as asked for.
func (e Export) written() (csv.Format, error) {
	switch {
	case csv.Preset(e.Format.Preset) == csv.Jira && e.Table != Ranking:
		return csv.Format{}, review.Fail(NotJira, review.Args{"table": string(e.Table)})
	case e.Since != "" && !slices.Contains([]Table{Moments, Calls, Codebook, Draws}, e.Table):
		return csv.Format{}, review.Fail(NotSince, review.Args{"table": string(e.Table)})
	}
	return e.Format.Format()
}

// ExportFile writes a table to a file, whole or not at all.
func (l *Library) ExportFile(ctx context.Context, file string, e Export) error {
	return csv.WriteFile(ctx, file, func(w io.Writer) error { return l.Export(ctx, w, e) })
}

// output is where a table goes, and how it is written.
type output struct {
	w      io.Writer
	format csv.Format
}

func (l *Library) ranking(ctx context.Context, out output, e Export) error {
	ranked, err := l.FullRank(ctx, e.Filter)
	if err != nil {
		return err
	}
	if csv.Preset(e.Format.Preset) == csv.Jira {
		return csv.WriteJira(out.w, out.format, ranked, e.Words)
	}
	return csv.WriteRanking(out.w, out.format, ranked)
}

func (l *Library) moments(ctx context.Context, out output, e Export) error {
	return csv.WriteMoments(out.w, out.format, e.Filter, l.TellMoments(ctx, e.Filter, e.Since))
}

func (l *Library) calls(ctx context.Context, out output, e Export) error {
	only, err := l.touched(ctx, e.Since)
	if err != nil {
		return err
	}
	fields, err := l.Fields(ctx)
	if err != nil {
		return err
	}
	var names []string
	for _, f := range fields {
		names = append(names, f.Name)
	}
	if len(e.Shown) > 0 {
		for _, column := range e.Shown {
			if err := csv.Private(column); err != nil {
				return err
			}
		}
		if err := l.RevealAll(ctx, e.Shown, e.Reason); err != nil {
			return err
		}
	}
	calls := l.TellCalls(ctx, desk.CallsRequest{Filter: e.Filter, Only: only, Shown: e.Shown})
	return csv.WriteCalls(out.w, out.format, e.Filter, names, calls)
}

// touched is what the events since one are about; nil for all.
func (l *Library) touched(ctx context.Context, since string) (map[string]bool, error) {
	if since == "" {
		return nil, nil
	}
	return l.TouchedSince(ctx, since)
}

func (l *Library) codebook(ctx context.Context, out output, e Export) error {
	only, err := l.touched(ctx, e.Since)
	if err != nil {
		return err
	}
	entries, err := l.Codebook(ctx)
	if err != nil {
		return err
	}
	if only != nil {
		entries = slices.DeleteFunc(entries, func(entry codebook.Entry) bool { return !only[entry.ID] })
	}
	return csv.WriteCodebook(out.w, out.format, entries)
}

func (l *Library) draws(ctx context.Context, out output, e Export) error {
	only, err := l.touched(ctx, e.Since)
	if err != nil {
		return err
	}
	return csv.WriteDraws(out.w, out.format, e.Filter, l.TellDraws(ctx, e.Filter, only))
}

func (l *Library) agreement(ctx context.Context, out output, e Export) error {
	state, err := l.Session(ctx, e.Session)
	if err != nil {
		return err
	}
	return csv.WriteAgreement(out.w, out.format, e.Session, state.Agreement())
}

func (l *Library) unlump(ctx context.Context, out output, e Export) error {
	cards, err := l.Unlump(ctx, e.Filter)
	if err != nil {
		return err
	}
	return csv.WriteUnlump(out.w, out.format, e.Filter, cards)
}

func (l *Library) mismatch(ctx context.Context, out output, e Export) error {
	table, err := l.Mismatch(ctx, e.Filter)
	if err != nil {
		return err
	}
	return csv.WriteMismatch(out.w, out.format, e.Filter, table)
}

func (l *Library) categories(ctx context.Context, out output, e Export) error {
	list, err := l.Propose(ctx, e.Filter, e.Above, e.Most)
	if err != nil {
		return err
	}
	return csv.WriteProposal(out.w, out.format, e.Filter, list, e.Words.Say("rank.other", nil))
}

func (l *Library) trend(ctx context.Context, out output, e Export) error {
	trend, err := l.Trend(ctx, e.Issue, e.Filter, e.By)
	if err != nil {
		return err
	}
	return csv.WriteTrend(out.w, out.format, trend)
}
