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
// calls heard and the ranking's filter, so that a row can be read alone:
//
//	rank           1 for the most calls; ties share a rank
//	issue          its name
//	calls          heard, drawn calls that hold it
//	heard          heard, drawn calls in all: what calls is divided by
//	share          calls / heard, 0 to 1, up to six decimals
//	low, high      95 % interval of the share
//	per_week_low   calls a week in the whole frame, rounded
//	per_week_high
//	categories     that agents filed them under, most first, parted by "; "
//	from, to       period of the ranking, from inclusive, to exclusive
//	queue          empty for all
//	rank_low       the rank is surely between these
//	rank_high
//	bracket        issues of one bracket cannot be told apart yet
//	since_calls    calls with it among those heard after it was named; empty while these are too few
//	since_heard    calls heard after it was named
//	since_share    their share
//	state          open, fixing or fixed
//	owner          who sees to it
//	fixed_on       the first day without it
//	next_step
func WriteRanking(w io.Writer, p Preset, r desk.Ranked) error {
	t := newTable(w, p, "rank", "issue", "calls", "heard", "share", "low", "high",
		"per_week_low", "per_week_high", "categories", "from", "to", "queue", "rank_low", "rank_high", "bracket",
		"since_calls", "since_heard", "since_share", "state", "owner", "fixed_on", "next_step")
	for _, i := range r.Issues {
		if err := t.row(rankingRow(r, i)...); err != nil {
			return fmt.Errorf("write ranking: %w", err)
		}
	}
	return t.end("ranking")
}

func rankingRow(r desk.Ranked, i ranking.Ranked) []cell {
	since := []cell{{}, {}, {}}
	if i.HasSince {
		since = []cell{whole(i.Since.Calls), whole(i.Since.Heard), decimal(i.Since.Share.Part, 6)}
	}
	return slices.Concat(
		[]cell{whole(int64(i.Rank)), text(i.Name), whole(i.Calls), whole(r.Counts.Heard)}, share(i.Share),
		[]cell{whole(i.PerWeek.Low), whole(i.PerWeek.High), text(strings.Join(i.Categories, "; "))},
		[]cell{instant(r.Filter.From), instant(r.Filter.To), text(r.Filter.Queue)},
		[]cell{whole(int64(i.RankLow)), whole(int64(i.RankHigh)), whole(int64(i.Bracket))}, since,
		[]cell{text(string(i.Follow.State)), text(i.Follow.Owner), text(i.Follow.On), text(i.Follow.Next)},
	)
}

// WriteMoments writes a row for each moment, as they come, in constant memory:
//
//	call      uid
//	start     of the call, in UTC
//	queue
//	category  that the agent filed the call under
//	at        seconds from the start of the call, up to three decimals
//	until     the same; empty for a point in time
//	issue     its name
//	words     the customer's own
//
// It answers what moments answer.
func WriteMoments(w io.Writer, p Preset, moments iter.Seq2[desk.Heard, error]) error {
	t := newTable(w, p, "call", "start", "queue", "category", "at", "until", "issue", "words")
	for m, err := range moments {
		if err == nil {
			err = t.row(text(m.Call.UID), instant(m.Call.Start.UTC()), text(m.Call.Queue), text(m.Call.Category),
				seconds(m.Moment.At), until(m.Moment.Until), text(m.Moment.Issue), text(m.Moment.Words))
		}
		if err != nil {
			return fmt.Errorf("write moments: %w", err)
		}
	}
	return t.end("moments")
}

func whole(n int64) cell { return cell{strconv.FormatInt(n, 10), true} }

// decimal writes x with no more decimals than it needs, and at most digits.
func decimal(x float64, digits int) cell {
	unit := math.Pow10(digits)
	return cell{strconv.FormatFloat(math.Round(x*unit)/unit, 'f', -1, 64), true}
}

func seconds(d time.Duration) cell { return decimal(d.Seconds(), 3) }

func until(d time.Duration) cell {
	if d == 0 {
		return cell{}
	}
	return seconds(d)
}

func instant(t time.Time) cell {
	if t.IsZero() {
		return cell{}
	}
	return cell{t.Format(time.RFC3339), true}
}
