package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"
	"unicode"

	"github.com/earshot-app/earshot/cmd/internal/library"
)

// session is what a command runs with: the program and its open library.
type session struct {
	program
	*library.Library
	common *common // flags
	json   bool
}

// answer prints value for scripts, or what people prints for people.
func (s *session) answer(value any, people func(w io.Writer)) error {
	if s.json {
		return printJSON(s.out, value)
	}
	w := tabwriter.NewWriter(s.out, 0, 4, 2, ' ', 0)
	people(w)
	if err := w.Flush(); err != nil {
		return fmt.Errorf("print the answer: %w", err)
	}
	return nil
}

// row prints the cells of one row of a table. A name or a customer's words may
// hold anything: what would break the row or reach the terminal is a space.
func row(w io.Writer, cells ...string) {
	for i, cell := range cells {
		cells[i] = strings.Map(func(r rune) rune {
			if unicode.IsControl(r) {
				return ' '
			}
			return r
		}, cell)
	}
	fmt.Fprintln(w, strings.Join(cells, "\t"))
}

// heads prints the head of a table, whose names are texts under "ctl.col_".
func (s *session) heads(w io.Writer, names ...string) {
	for i, name := range names {
		names[i] = s.texts.Say("ctl.col_"+name, nil)
	}
	row(w, names...)
}

// printJSON prints one value on one line, as scripts read it.
func printJSON(w io.Writer, value any) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return fmt.Errorf("print the answer: %w", err)
	}
	return nil
}

// instant is a time as scripts read it: RFC 3339 in UTC, "" for none.
func instant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// local is a time as people read it in a table: the local day and time, by which
// the filters go too.
func local(t time.Time) string { return t.Local().Format("2006-01-02 15:04") }

// orEmpty keeps an empty list from being null in JSON.
func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
