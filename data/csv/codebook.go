package csv

import (
	stdcsv "encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/codebook"
)

// codebookColumns are the columns of a codebook, in their order.
var codebookColumns = []string{
	"id", "name", "key", "state", "calls", "definition", "include", "exclude", "example", "prevented", "fixer",
	"merged_into", "split_from",
}

// WriteCodebook writes a row for each issue, also for those that were merged:
//
//	id           by which two libraries know that it is one issue
//	name
//	key          1 to 9; empty for none
//	state        open, split, retired or merged
//	calls        that hold it, drawn or not
//	definition   what makes a moment one of this issue
//	include      what counts too
//	exclude      what does not
//	example      words of a customer
//	prevented    where in the process it could have been prevented
//	fixer        whose it is to fix
//	merged_into  id of the issue that it was merged into
//	split_from   ids of the issues that it was split from, parted by "; "
func WriteCodebook(w io.Writer, p Preset, entries []codebook.Entry) error {
	t := newTable(w, p, codebookColumns...)
	for _, e := range entries {
		key := cell{}
		if e.Key != 0 {
			key = whole(int64(e.Key))
		}
		err := t.row(text(e.ID), text(e.Name), key, text(string(e.State)), whole(int64(e.Calls)),
			text(e.Definition), text(e.Include), text(e.Exclude), text(e.Example), text(e.Prevented), text(e.Fixer),
			text(e.Into), text(strings.Join(e.PartOf, "; ")))
		if err != nil {
			return fmt.Errorf("write codebook: %w", err)
		}
	}
	if err := t.out.Flush(); err != nil {
		return fmt.Errorf("write codebook: %w", err)
	}
	return nil
}

// NotCodebook is answered for a table that is no codebook: it has no column
// "name", or cannot be read. Args: line, from 1.
const NotCodebook review.Code = "not-codebook"

// ReadCodebook reads what [WriteCodebook] wrote, in either preset, or a table
// made by hand: the column "name" is needed, the others are read as far as they
// are there, in any order, and further ones are passed over. Rows without a
// name are none. It answers [NotCodebook].
func ReadCodebook(r io.Reader) ([]codebook.Entry, error) {
	in := stdcsv.NewReader(r)
	in.FieldsPerRecord = -1
	header, err := in.Read()
	if err != nil {
		return nil, notCodebook(err)
	}
	header[0] = strings.TrimPrefix(header[0], "\ufeff") // as spreadsheets begin a file
	for i, name := range header {
		header[i] = strings.ToLower(strings.TrimSpace(name))
	}
	if !slices.Contains(header, "name") {
		return nil, notCodebook(errors.New("no column of names"))
	}
	var entries []codebook.Entry
	for {
		row, err := in.Read()
		if errors.Is(err, io.EOF) {
			return entries, nil
		}
		if err != nil {
			return nil, notCodebook(err)
		}
		e := codebook.Entry{State: codebook.Open}
		for i, field := range row[:min(len(row), len(header))] {
			setField(&e, header[i], unguarded(field))
		}
		if e.Name != "" {
			entries = append(entries, e)
		}
	}
}

func notCodebook(err error) error {
	line := 1
	var parse *stdcsv.ParseError
	if errors.As(err, &parse) {
		line = parse.Line
	}
	return review.Fail(NotCodebook, review.Args{"line": line}).Because(err)
}

func setField(e *codebook.Entry, column, field string) {
	texts := map[string]*string{
		"id": &e.ID, "name": &e.Name, "definition": &e.Definition, "include": &e.Include, "exclude": &e.Exclude,
		"example": &e.Example, "prevented": &e.Prevented, "fixer": &e.Fixer, "merged_into": &e.Into,
	}
	switch to := texts[column]; {
	case to != nil:
		*to = field
	case column == "key":
		e.Key, _ = strconv.Atoi(field) // what is no key is none
	case column == "state" && field != "":
		e.State = codebook.State(field)
	case column == "split_from" && field != "":
		e.PartOf = strings.Split(field, "; ")
	}
}

// unguarded is a field without the apostrophe that [Spreadsheet] puts before
// what a spreadsheet would run.
func unguarded(field string) string {
	rest, ok := strings.CutPrefix(field, "'")
	if ok && rest != "" && strings.ContainsRune(dangerous, rune(rest[0])) {
		return rest
	}
	return field
}
