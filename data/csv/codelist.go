package csv

import (
	"bufio"
	"bytes"
	stdcsv "encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/codebook"
)

// below parts a code from the categories that it is in, in a list for QualCoder.
const below = ">>"

// listSeparator answers what parts the columns of a list of codes as QualCoder takes
// it in, 0 for a table that begins so and is none: a code on each line, behind its
// categories, and perhaps a memo, as CSV or behind a tab; no names of columns (its
// manual, "Codebook import"). What a memo holds tells neither: one may point at
// another code, or hold a tab.
func listSeparator(start []byte) rune {
	head, err := newReader(bytes.NewReader(start), true, otherNames)
	if err == nil && slices.Contains(head.header, "name") {
		return 0
	}
	in := stdcsv.NewReader(bytes.NewReader(start))
	in.FieldsPerRecord, in.LazyQuotes = -1, true
	separator, found := ',', false
	for first := true; ; first = false {
		row, err := in.Read()
		switch {
		case err != nil && found:
			return separator // what cannot be read is told where it is read
		case err != nil || first && strings.Contains(row[0], ";"):
			return 0
		}
		code, _, tab := strings.Cut(row[0], "\t")
		found = found || strings.Contains(code, below)
		if tab {
			separator = '\t'
		}
	}
}

// readCodeList reads such a list. The categories are left out: an issue has none.
func readCodeList(r *bufio.Reader, separator rune) ([]codebook.Entry, error) {
	skipMark(r)
	in := stdcsv.NewReader(r)
	in.FieldsPerRecord, in.LazyQuotes, in.Comma = -1, separator == '\t', separator
	var entries []codebook.Entry
	for {
		row, err := in.Read()
		if errors.Is(err, io.EOF) {
			return entries, nil
		}
		if err != nil {
			return nil, review.Fail(NotCodebook, review.Args{"line": badLine(err)}).Because(err)
		}
		if len(row) > 2 {
			line, _ := in.FieldPos(0)
			return nil, review.Fail(NotCodebook, review.Args{"line": line}).Because(errors.New("more than a code and a memo"))
		}
		path := strings.Split(row[0], below)
		e := codebook.Entry{State: codebook.Open}
		e.Name = strings.TrimSpace(path[len(path)-1])
		if len(row) == 2 {
			e.Definition = row[1]
		}
		if e.Name != "" {
			entries = append(entries, e)
		}
	}
}
