package csv

import (
	"errors"
	"io"
	"iter"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

// NotMoments is answered for a table that holds no moments: it has no columns
// "call", "at" and "issue", or a line cannot be read. Args: line, from 1.
const NotMoments review.Code = "not-moments"

// ReadMoments reads what [WriteMoments] wrote, in any format, or a table made by
// hand: the columns "call", "at" and "issue" are needed; "until", "words",
// "moment" and "issue_id" are read where they are there. Where raw is set, as for
// [Data], an apostrophe belongs to the text. It answers [NotMoments] and ends.
func ReadMoments(r io.Reader, raw bool) iter.Seq2[desk.Brought, error] {
	return func(yield func(desk.Brought, error) bool) {
		in, err := newReader(r, raw, nil)
		for _, name := range []string{"call", "at", "issue"} {
			if err == nil && !slices.Contains(in.header, name) {
				err = errors.New("no column " + name)
			}
		}
		for err == nil {
			var row []string
			if row, err = in.next(); err != nil {
				break
			}
			m := desk.Brought{Line: in.line()}
			if err = setMoment(&m, in.header, row); err == nil && !yield(m, nil) {
				return
			}
			if err != nil {
				yield(m, review.Fail(NotMoments, review.Args{"line": m.Line}).Because(err))
				return
			}
		}
		if !errors.Is(err, io.EOF) {
			yield(desk.Brought{}, review.Fail(NotMoments, review.Args{"line": badLine(err)}).Because(err))
		}
	}
}

func setMoment(m *desk.Brought, header, row []string) (err error) {
	for i, field := range row {
		var wrong error
		switch header[i] {
		case "call":
			m.Call = field
		case "at":
			m.At, wrong = duration(field)
		case "until":
			if field != "" {
				m.Until, wrong = duration(field)
			}
		case "issue":
			m.Issue = field
		case "issue_id":
			m.IssueID = field
		case "words":
			m.Words = field
		case "moment":
			m.ID = field
		}
		err = errors.Join(err, wrong)
	}
	return err
}

// duration reads seconds with a decimal point or comma.
func duration(s string) (time.Duration, error) {
	x, err := strconv.ParseFloat(strings.Replace(s, ",", ".", 1), 64)
	if err == nil && !(math.Abs(x) < 1e6) {
		err = errors.New("no call is so long")
	}
	return time.Duration(math.Round(x*1000)) * time.Millisecond, err
}
