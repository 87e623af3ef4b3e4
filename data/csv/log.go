package csv

import (
	"io"

	"github.com/earshot-app/earshot/review/desk"
)

// WriteLog writes who heard and saw what: a row, of kind "heard" or "shown", for
// each.
func WriteLog(w io.Writer, f Format, log []desk.Logged) error {
	t := newTable(w, f, "log")
	for _, l := range log {
		kind, heard := "heard", seconds(l.Heard)
		if l.Shown != "" {
			kind, heard = "shown", cell{}
		}
		err := t.row(at(l.At), text(kind), text(l.Author), text(l.Call), heard, text(l.Shown), text(l.Reason), text(l.Digest))
		if err != nil {
			return err
		}
	}
	return t.end()
}
