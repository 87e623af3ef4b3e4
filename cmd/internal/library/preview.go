package library

import (
	"context"
	"errors"
	"strings"

	"github.com/earshot-app/earshot/data/csv"
)

// Beginning is how a table will be written.
type Beginning struct {
	Format csv.Options // with what the preset decides
	Rows   []string    // the first, as they will stand in the file, without their ends
}

// PreviewExport writes the header and the first rows of a table. No more of it
// is made than that, where it is made row by row. It answers what
// [Library.Export] answers.
func (l *Library) PreviewExport(ctx context.Context, e Export, rows int) (Beginning, error) {
	format, err := e.Format.Settled()
	if err != nil {
		return Beginning{}, err
	}
	top := &beginning{rows: rows + 1}
	if err := l.Export(ctx, top, e); err != nil && !errors.Is(err, errEnough) {
		return Beginning{}, err
	}
	return Beginning{format, top.lines()}, nil
}

// errEnough ends a table whose beginning is written.
var errEnough = errors.New("enough")

// beginning keeps what is written until it holds so many rows, and then takes
// no more.
type beginning struct {
	strings.Builder
	rows int
}

// rowEnd ends a row, and stands nowhere within one: see package csv.
const rowEnd = "\r\n"

// Write implements io.Writer. It answers errEnough.
func (b *beginning) Write(p []byte) (int, error) {
	n, _ := b.Builder.Write(p) // a Builder never fails
	if strings.Count(b.String(), rowEnd) >= b.rows {
		return n, errEnough
	}
	return n, nil
}

func (b *beginning) lines() []string {
	lines := strings.Split(strings.TrimSuffix(b.String(), rowEnd), rowEnd)
	return lines[:min(len(lines), b.rows)]
}
