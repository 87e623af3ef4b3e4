package csv

import (
	"fmt"
	"io"
	"iter"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/ranking"
)

// WriteRanking writes the issues in the order of their ranks, each with the
// calls heard and the ranking's filter, so that a row can be read alone. Shares
// lie between 0 and 1 and have up to six decimals.
func WriteRanking(w io.Writer, f Format, r desk.FullRanking) error {
	t := newTable(w, f, "ranking")
	for _, i := range r.Issues {
		if err := t.row(rankingRow(r, i)...); err != nil {
			return err
		}
	}
	return t.end()
}

func rankingRow(r desk.FullRanking, i ranking.Ranked) []cell {
	since := []cell{{}, {}, {}}
	if i.HasSince {
		since = []cell{integer(i.Since.Calls), integer(i.Since.Heard), number(i.Since.Share.Part, 6)}
	}
	about := r.About[i.ID]
	return slices.Concat(
		[]cell{integer(int64(i.Rank)), text(i.Name), integer(i.Calls), integer(r.Counts.Heard)}, share(i.Share),
		[]cell{integer(i.PerWeek.Low), integer(i.PerWeek.High), text(strings.Join(i.Categories, "; "))}, filtered(r.Filter),
		[]cell{integer(int64(i.RankLow)), integer(int64(i.RankHigh)), integer(int64(i.Bracket))}, since,
		[]cell{text(string(i.Follow.State)), text(i.Follow.Owner), text(i.Follow.On), text(i.Follow.Next)},
		[]cell{at(about.First), at(about.Last), text(about.Definition), text(i.ID), integer(int64(i.ToLookAt))},
	)
}

// WriteMoments writes a row for each moment, as they come, in constant memory.
// It answers what moments answer.
func WriteMoments(w io.Writer, f Format, of desk.Filter, moments iter.Seq2[desk.Told, error]) error {
	t := newTable(w, f, "moments")
	last := filtered(of)
	row := make([]cell, 0, len(tables["moments"]))
	for m, err := range moments {
		if err != nil {
			return fmt.Errorf("write moments: %w", err)
		}
		row = append(row[:0],
			text(m.Call.UID), at(m.Call.Start.UTC()), text(m.Call.Queue), text(m.Call.Category),
			seconds(m.Moment.At), until(m.Moment.Until), text(m.Moment.Issue), text(m.Moment.Words),
			text(m.Author), text(m.Call.Draw), text(m.Moment.ID), text(m.Moment.IssueID))
		if err := t.row(append(row, last...)...); err != nil {
			return err
		}
	}
	return t.end()
}

func integer(n int64) cell { return cell{strconv.FormatInt(n, 10), true} }

// number writes x with no more decimals than it needs, and at most digits.
func number(x float64, digits int) cell {
	unit := math.Pow10(digits)
	return cell{strconv.FormatFloat(math.Round(x*unit)/unit, 'f', -1, 64), true}
}

func seconds(d time.Duration) cell { return number(d.Seconds(), 3) }

func until(d time.Duration) cell {
	if d == 0 {
		return cell{}
	}
	return seconds(d)
}

func at(t time.Time) cell {
	if t.IsZero() {
		return cell{}
	}
	return cell{t.Format(time.RFC3339), true}
}

func truth(b bool) cell { return cell{strconv.FormatBool(b), true} }

// filtered is what a table is about.
func filtered(f desk.Filter) []cell { return []cell{at(f.From), at(f.To), text(f.Queue)} }

// share is a share with its interval as three cells.
func share(s ranking.Share) []cell {
	return []cell{number(s.Part, 6), number(s.Low, 6), number(s.High, 6)}
}
