package desk

import (
	"context"
	"time"

	"github.com/earshot-app/earshot/review"
)

// A Meaning is what a column of a metadata table tells of a call.
type Meaning string

// The meanings. A column that is kept becomes a field of the call; see
// [Meta.Fields].
const (
	MeansFile      Meaning = "file"      // the recording, by path or name
	MeansCall      Meaning = "call"      // the source's id of the recording or leg
	MeansContact   Meaning = "contact"   // what all legs and transfers of a contact share
	MeansStart     Meaning = "start"     // its day, and its time of day unless that stands apart
	MeansTime      Meaning = "time"      // the time of day, where the start has none
	MeansDuration  Meaning = "duration"  // in seconds, or as 6:13
	MeansAgent     Meaning = "agent"     // who answered
	MeansQueue     Meaning = "queue"     // where the call was put through to
	MeansCategory  Meaning = "category"  // what the agent filed it under
	MeansCustomer  Meaning = "customer"  // a name or number
	MeansDirection Meaning = "direction" // who called whom
	MeansUpdated   Meaning = "updated"   // when the row was written: of two about one call the later holds
	MeansField     Meaning = "field"     // kept under the column's own name
	MeansNothing   Meaning = "ignore"    // left out
)

// Meanings are all of them, in the order in which they are offered.
var Meanings = []Meaning{
	MeansFile, MeansCall, MeansContact, MeansStart, MeansTime, MeansDuration, MeansAgent, MeansQueue, MeansCategory,
	MeansCustomer, MeansDirection, MeansUpdated, MeansField, MeansNothing,
}

// NoColumn is answered for an arrangement that names a column which the table
// does not have. Args: column.
const NoColumn review.Code = "metadata-no-column"

// An Arrangement is what a person said of how to read a metadata table. What is
// left at zero is guessed.
type Arrangement struct {
	// Columns say what columns mean, by their names or, where a table has no
	// header, by their places from "1".
	Columns   map[string]Meaning `json:"columns,omitempty"`
	Separator string             `json:"separator,omitempty"` // one of , ; | and tab
	Encoding  string             `json:"encoding,omitempty"`  // utf-8, utf-16le, utf-16be or windows-1252
	Header    string             `json:"header,omitempty"`    // yes or no
	Days      string             `json:"days,omitempty"`      // day or month: which comes first in 10/11/2026
	Zone      string             `json:"zone,omitempty"`      // of starts without an offset, as Europe/Berlin
	// Tolerance is how far the start of a recording may be from that of its row,
	// where they are joined by number and time; 0 for [StandardTolerance].
	Tolerance time.Duration `json:"tolerance,omitempty"`
}

// StandardTolerance covers that a recording begins when the agent answers and
// its row when the customer called.
const StandardTolerance = 2 * time.Minute

// IsZero reports whether nothing was said.
func (a Arrangement) IsZero() bool {
	return len(a.Columns) == 0 && a.Separator == "" && a.Encoding == "" && a.Header == "" && a.Days == "" && a.Zone == "" && a.Tolerance == 0
}

// A TablePreview is how a metadata table will be read.
type TablePreview struct {
	Arrangement // nothing left at zero but what the table does not need
	Columns     []PreviewColumn
	Rows        int  // that were looked at
	Usable      bool // its columns say enough to join rows with recordings
	Ambiguous   bool // it has days like 10/11/2026
	// Said is what a person said of it, now or before.
	Said Arrangement
}

// A PreviewColumn is one column of a table.
type PreviewColumn struct {
	Name    string // its place, in a table without a header
	Means   Meaning
	Guessed Guess
	// Cells are its first, at most [MostSamples], and Shapes the same with x for
	// each letter and 0 for each digit.
	Cells  []review.Private
	Shapes []string
}

// Samples are some cells of the column as one may see them if it means m: only
// their shape where that may be a person's. Nobody knows what a column holds that
// is kept or left out.
func (c PreviewColumn) Samples(m Meaning) []string {
	switch m {
	case MeansStart, MeansTime, MeansDuration, MeansQueue, MeansCategory, MeansDirection, MeansUpdated:
		var open []string
		for _, cell := range c.Cells {
			open = append(open, cell.Open())
		}
		return open
	}
	return c.Shapes
}

// MostSamples is how many cells of a column a preview shows.
const MostSamples = 5

// A Guess says where the meaning of a column comes from.
type Guess string

// The guesses, the surest first.
const (
	BySaid    Guess = "said"    // a person said so
	ByProfile Guess = "profile" // the vendor's profile does
	ByName    Guess = "name"    // it has a known name
	ByContent Guess = "content" // its cells look like it
	ByNothing Guess = "none"    // it has no meaning
)

// Tables looks into metadata tables. data/catalog is the one that people use.
type Tables interface {
	// PreviewTable reads the first rows of a request's table. It answers what
	// an import would of a table that cannot be used, but for one whose columns
	// say too little.
	PreviewTable(ctx context.Context, req ImportRequest) (TablePreview, error)
}

// KeepTables is what a [Store] does with metadata tables. None of it is
// journalled.
type KeepTables interface {
	// Arranged is how the table of a source is read, zero when nobody said.
	Arranged(ctx context.Context, root string) (Arrangement, error)
	// SaveArranged keeps that.
	SaveArranged(ctx context.Context, root string, a Arrangement) error
	// AddUnjoined keeps what did not join.
	AddUnjoined(ctx context.Context, look int64, batch []Unjoined) error
	// EndUnjoined forgets what earlier looks through root did not join.
	EndUnjoined(ctx context.Context, root string, look int64) error
}

// PreviewTable shows how the request's table will be read: as the request says,
// else as was said for its source before, else as guessed.
func (d *Desk) PreviewTable(ctx context.Context, req ImportRequest) (TablePreview, error) {
	req, err := d.recognised(ctx, req)
	if err == nil {
		err = d.arrange(ctx, &req)
	}
	if err != nil {
		return TablePreview{}, err
	}
	tables, ok := d.source.(Tables)
	if !ok {
		return TablePreview{}, nil
	}
	return tables.PreviewTable(ctx, req)
}

// arrange fills in how a request's table was read before, where the request
// does not say.
func (d *Desk) arrange(ctx context.Context, req *ImportRequest) error {
	if req.Metadata == "" || !req.Table.IsZero() || len(req.Paths) == 0 {
		return nil
	}
	roots, err := absolute(req.Paths[:1])
	if err != nil {
		return err
	}
	req.Table, err = d.store.Arranged(ctx, roots[0])
	return err
}
