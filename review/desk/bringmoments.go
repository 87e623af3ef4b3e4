package desk

import (
	"cmp"
	"context"
	"iter"
	"slices"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/codebook"
	"github.com/earshot-app/earshot/review/journal"
)

// Brought is a moment of a table that is brought to the library.
type Brought struct {
	Line      int    // of the table
	ID        string // by which it is known if it was exported; "" for a new one
	Call      string
	IssueID   string // "" to go by the name alone
	Issue     string
	At, Until time.Duration
	Words     string
}

// BroughtMoments says what became of a table of moments.
type BroughtMoments struct {
	Added    int
	Known    int // were here already
	Named    int // issues that are new to the codebook
	Problems []MomentProblem
}

// A MomentProblem is a line that could not be brought.
type MomentProblem struct {
	Line   int
	Reason *review.Error
}

// mostMomentProblems keeps the list of what is wrong with a whole table short.
const mostMomentProblems = 1000

// BringMoments adds moments of a table as one act: those that are here, by their
// ids or by call, issue and time, are left as they are. A line that cannot be
// brought, since its call is not in this library say, does not stop the rest. It
// answers what moments answer, or [review.Cancelled], and then nothing was brought.
func (d *Desk) BringMoments(ctx context.Context, moments iter.Seq2[Brought, error]) (BroughtMoments, error) {
	var b *bringing
	err := d.store.Write(ctx, func(tx Tx) error {
		names, err := d.namer(ctx, tx)
		if err != nil {
			return err
		}
		b = &bringing{names: names}
		if b.writer, err = d.writer(ctx, tx); err != nil {
			return err
		}
		// To watch for a stop costs more than a line's statements: it is asked
		// for between the lines.
		line := context.WithoutCancel(ctx)
		for m, err := range moments {
			if err = cmp.Or(err, ctx.Err()); err == nil {
				err = b.bring(line, m)
			}
			if err != nil {
				return err
			}
		}
		return ctx.Err()
	})
	if err != nil {
		return BroughtMoments{}, cancelled(ctx, err)
	}
	return b.done, nil
}

// bringing is a table on its way into the library. Unlike other acts it writes
// its events as it goes: a table may have a million lines.
type bringing struct {
	*writer
	names *namer
	done  BroughtMoments

	call string // that of the last line
	end  time.Duration
	has  []review.Moment
}

func (b *bringing) bring(ctx context.Context, m Brought) error {
	bodies, err := b.decide(ctx, m)
	if known, ok := err.(*review.Error); ok && known.Code != review.Internal {
		if len(b.done.Problems) < mostMomentProblems {
			b.done.Problems = append(b.done.Problems, MomentProblem{m.Line, known})
		}
		return nil
	}
	for _, body := range bodies {
		if err == nil {
			err = b.append(ctx, body)
		}
	}
	return err
}

// decide answers what a line adds; nothing for what is here.
func (b *bringing) decide(ctx context.Context, m Brought) ([]journal.Body, error) {
	if err := b.open(ctx, m.Call); err != nil {
		return nil, err
	}
	m.At, m.Until = toMillis(m.At), toMillis(m.Until)
	if err := within(m.At, m.Until, b.end); err != nil {
		return nil, err
	}
	words, err := cleanWords(m.Words)
	if err != nil {
		return nil, err
	}
	if m.ID != "" {
		if _, err := b.tx.Moment(ctx, m.ID); err == nil {
			b.done.Known++
			return nil, nil
		} else if review.CodeOf(err) != review.NoMoment {
			return nil, err
		}
	}
	issue, before, err := b.issue(m)
	if err != nil {
		return nil, err
	}
	same := func(h review.Moment) bool { return h.IssueID == issue.ID && h.At == m.At }
	if m.ID == "" && slices.ContainsFunc(b.has, same) {
		b.done.Known++
		return nil, nil
	}
	if m.ID == "" {
		m.ID = b.desk.ids.New()
	}
	b.done.Added++
	b.has = append(b.has, review.Moment{IssueID: issue.ID, At: m.At})
	added := journal.MomentAdded{
		Moment: m.ID, Call: m.Call, Issue: issue.ID, At: m.At.Milliseconds(), Until: m.Until.Milliseconds(), Words: words,
	}
	return append(before, added), nil
}

// open reads what is known of a line's call, unless the line before was of it.
func (b *bringing) open(ctx context.Context, uid string) error {
	if uid == b.call {
		return nil
	}
	end, err := b.tx.Reach(ctx, uid)
	if err != nil {
		return err
	}
	if b.has, err = b.tx.Moments(ctx, uid); err != nil {
		return err
	}
	b.call, b.end = uid, end
	return nil
}

// issue finds or names the issue of a line: by the id that two libraries know it
// by, or else by its name.
func (b *bringing) issue(m Brought) (review.Issue, []journal.Body, error) {
	i := slices.IndexFunc(b.names.entries, func(e codebook.Entry) bool { return m.IssueID != "" && e.ID == m.IssueID })
	if i >= 0 {
		return codebook.Survivor(b.names.entries, b.names.entries[i]).Issue, nil, nil
	}
	issue, before, err := b.names.issue(m.Issue)
	if err != nil || before == nil {
		return issue, nil, err
	}
	if named, ok := before.(journal.IssueNamed); ok {
		b.done.Named++
		if m.IssueID != "" {
			issue.ID, named.Issue = m.IssueID, m.IssueID
			b.names.entries[len(b.names.entries)-1].ID = m.IssueID
			before = named
		}
	}
	return issue, []journal.Body{before}, nil
}
