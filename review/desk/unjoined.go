package desk

import (
	"context"
	"iter"
	"time"

	"github.com/earshot-app/earshot/review"
)

// Unjoined is a row of a metadata table that has no recording, or a recording
// that no row is about.
type Unjoined struct {
	Root   string
	Line   int            // of the table, from 1; 0 for a recording
	Until  int            // the last of several lines of which nothing more is kept; else 0
	Name   string         // of the table, or of the recording below Root
	Reason review.Code    // why it did not join
	N      int            // the recordings that it may be about, where they are too many
	Said   []review.Field // what the row says, by the names of [Meaning], a start in UTC as of RFC 3339; none of a row too old

	hashes []string // what its call would be forgotten by; none where nothing was
}

// NoRow is the reason of a recording that no row of the table is about.
const NoRow review.Code = "metadata-no-row"

// UnjoinedSide is the side of a join on which something was left over.
type UnjoinedSide string

// The sides.
const (
	BothSides       UnjoinedSide = ""
	RowsAlone       UnjoinedSide = "rows"
	RecordingsAlone UnjoinedSide = "recordings"
)

// UnjoinedCount counts what did not join in a source.
type UnjoinedCount struct {
	Root       string
	Rows       int64
	Recordings int64
}

// ReadUnjoined reads what did not join when a source's table was read last.
type ReadUnjoined interface {
	// Unjoined is one side of a source, or of all for "", by source, and then
	// recordings before rows, in the order of the look. Each line comes by itself.
	Unjoined(ctx context.Context, root string, side UnjoinedSide) iter.Seq2[Unjoined, error]
	// UnjoinedCounts are those of each source that has any, by root.
	UnjoinedCounts(ctx context.Context) ([]UnjoinedCount, error)
}

// Unjoined is what did not join when the tables of sources were read last.
func (d *Desk) Unjoined(ctx context.Context, root string, side UnjoinedSide) iter.Seq2[Unjoined, error] {
	return d.store.Unjoined(ctx, root, side)
}

// UnjoinedCounts count it by source.
func (d *Desk) UnjoinedCounts(ctx context.Context) ([]UnjoinedCount, error) {
	return d.store.UnjoinedCounts(ctx)
}

// unjoin notes what has no counterpart on the other side of the join.
func (in *importing) unjoin(ctx context.Context, f Found) error {
	u := Unjoined{Root: in.root, Line: f.Line, Name: f.Name, Said: f.Said}
	switch {
	case f.Alone:
		u.Reason = f.Problem.Code
		u.N, _ = f.Problem.Args["n"].(int)
	case f.NoRow:
		u.Root, u.Reason = f.Root, NoRow
	default:
		return nil
	}
	if in.forgets {
		u.hashes = in.aloneAs(f)
	}
	if u.began().Before(in.rows) {
		u.Said = nil
	}
	in.tell(func(done *Imported) {
		if f.NoRow {
			done.FilesAlone++
		} else {
			done.RowsAlone++
		}
	})
	if last := len(in.alone) - 1; last >= 0 && in.alone[last].goesOn(u) {
		in.alone[last].Until = u.Line
		return nil
	}
	if in.alone = append(in.alone, u); len(in.alone) < batchSize {
		return nil
	}
	return in.keepAlone(ctx)
}

// goesOn reports whether the line after is kept with u: of both nothing is known
// but why they did not join.
func (u Unjoined) goesOn(after Unjoined) bool {
	told := u.Said != nil || after.Said != nil || u.hashes != nil || after.hashes != nil
	return !told && u.Line > 0 && max(u.Line, u.Until)+1 == after.Line && u.Reason == after.Reason && u.N == after.N
}

// began is when a row's call did, zero where it does not tell.
func (u Unjoined) began() time.Time {
	start, err := time.Parse(time.RFC3339, u.said(MeansStart).Open())
	if err != nil {
		return time.Time{}
	}
	return start
}

func (in *importing) keepAlone(ctx context.Context) error {
	err := in.passAlone(ctx)
	if err == nil {
		err = in.desk.store.AddUnjoined(ctx, in.number, in.alone)
	}
	in.alone = in.alone[:0]
	return err
}

// endTable keeps how the request's table was read, and forgets what an earlier
// one did not join.
func (in *importing) endTable(ctx context.Context, req ImportRequest) error {
	if req.Metadata == "" {
		return nil
	}
	if err := in.keepAlone(ctx); err != nil {
		return err
	}
	roots, err := absolute(req.Paths)
	for _, root := range roots {
		if err == nil {
			err = in.desk.store.EndUnjoined(ctx, root, in.number)
		}
	}
	if err == nil && !req.Table.IsZero() {
		err = in.desk.store.SaveArranged(ctx, in.root, req.Table)
	}
	return err
}

// Tells is what the row says under a meaning, as far as anyone may read it:
// names, numbers and paths are hidden, and so is an id that may hold one.
func (u Unjoined) Tells(m Meaning) string {
	value := u.said(m)
	switch m {
	case MeansStart, MeansDuration, MeansQueue, MeansCategory, MeansDirection:
		return value.Open()
	case MeansCall, MeansContact:
		names := []review.Private{u.said(MeansAgent), u.said(MeansCustomer)}
		if review.UID(value.Open(), names, "", "", "") == value.Open() {
			return value.Open()
		}
	}
	return value.String()
}

func (u Unjoined) said(m Meaning) review.Private {
	for _, f := range u.Said {
		if f.Name == string(m) {
			return f.Value
		}
	}
	return review.Private{}
}
