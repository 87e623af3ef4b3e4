package csv

import (
	"fmt"
	"io"
	"strings"

	"github.com/earshot-app/earshot/review/session"
)

// WriteAgreement writes how far the members of a session tagged alike: a row,
// of kind "all", for the whole, and one for each issue. Figures that say nothing
// are empty.
func WriteAgreement(w io.Writer, f Format, id string, a session.Agreement) error {
	t := newTable(w, f, "agreement")
	tested := func(ok bool, value float64) cell {
		if !ok {
			return cell{}
		}
		return number(value, 6)
	}
	err := t.row(text(id), text("all"), cell{}, cell{}, integer(int64(a.Calls)), cell{},
		tested(a.Tested, a.Alpha), cell{}, tested(a.Tested, a.Percent))
	for _, i := range a.Issues {
		if err != nil {
			return err
		}
		err = t.row(text(id), text("issue"), text(i.Name), text(i.Issue), integer(int64(len(i.HeardIn))), text(heardIn(i.HeardIn)),
			tested(i.Tested, i.Alpha), tested(i.Tested, i.AC1), tested(i.Tested, i.Percent))
	}
	if err != nil {
		return err
	}
	return t.end()
}

// heardIn tells the calls in which an issue was heard, by how many of whom.
func heardIn(calls []session.HeardIn) string {
	var parts []string
	for _, c := range calls {
		parts = append(parts, fmt.Sprintf("%d: %d/%d", c.Round, c.Heard, c.Of))
	}
	return strings.Join(parts, "; ")
}
