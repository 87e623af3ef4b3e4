package csv

import (
	"bufio"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/codebook"
)

// WriteCodebook writes a row for each issue, also for those that were merged.
func WriteCodebook(w io.Writer, f Format, entries []codebook.Entry) error {
	t := newTable(w, f, "codebook")
	for _, e := range entries {
		key := cell{}
		if e.Key != 0 {
			key = integer(int64(e.Key))
		}
		err := t.row(text(e.ID), text(e.Name), key, text(string(e.State)), integer(int64(e.Calls)),
			text(e.Definition), text(e.Include), text(e.Exclude), text(e.Example), text(e.Prevented), text(e.Fixer),
			text(e.Into), text(strings.Join(e.PartOf, "; ")), text(strings.Join(e.Parts, "; ")))
		if err != nil {
			return err
		}
	}
	return t.end()
}

// NotCodebook is answered for a table that is no codebook: it has no column
// "name", or cannot be read. Args: line, from 1.
const NotCodebook review.Code = "not-codebook"

// ReadCodebook reads what [WriteCodebook] wrote, in any format, or a table made
// by hand or by another program: the column "name" is needed, the others are
// read as far as they are there, in any order, and further ones are passed over.
// Rows without a name are none. A list of codes for QualCoder has no names of
// columns and is read too. Where raw is set, as for [Data], an apostrophe
// belongs to the text. It answers [NotCodebook].
func ReadCodebook(r io.Reader, raw bool) ([]codebook.Entry, error) {
	buffered := bufio.NewReaderSize(r, 1<<16)
	start, _ := buffered.Peek(1 << 16)
	if separator := listSeparator(start); separator != 0 {
		return readCodeList(buffered, separator)
	}
	in, err := newReader(buffered, raw, otherNames)
	if err == nil && !slices.Contains(in.header, "name") {
		err = errors.New("no column of names")
	}
	if err != nil {
		return nil, review.Fail(NotCodebook, review.Args{"line": badLine(err)}).Because(err)
	}
	var entries []codebook.Entry
	for {
		row, err := in.next()
		if errors.Is(err, io.EOF) {
			return entries, nil
		}
		if err != nil {
			return nil, review.Fail(NotCodebook, review.Args{"line": badLine(err)}).Because(err)
		}
		e := codebook.Entry{State: codebook.Open}
		for i, field := range row {
			setField(&e, in.header[i], field)
		}
		if e.Name != "" {
			entries = append(entries, e)
		}
	}
}

// otherNames are columns as code lists of Taguette (tag, description) and others
// (code or code name, memo) call them.
var otherNames = map[string]string{
	"tag": "name", "code": "name", "codename": "name", "code name": "name", "description": "definition", "memo": "definition",
}

// states are those that a codebook tells; what is none of them is open.
var states = []codebook.State{codebook.Open, codebook.Split, codebook.Retired, codebook.Merged}

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
	case column == "state" && slices.Contains(states, codebook.State(field)):
		e.State = codebook.State(field)
	case column == "split_from" && field != "":
		e.PartOf = strings.Split(field, "; ")
	case column == "split_into" && field != "":
		e.Parts = strings.Split(field, "; ")
	}
}
