package desk

import (
	"context"
	"math"
	"strings"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/journal"
)

// MaxWords is the longest text of a moment's words, in bytes.
const MaxWords = 4 << 10

// The ways in which an act on a call is refused.
const (
	TimeOutside review.Code = "time-outside" // args: at, duration (seconds)
	EndsEarly   review.Code = "ends-early"   // args: at, until (seconds); a span ends before it begins
	WordsTooBig review.Code = "words-too-big"
	NoReason    review.Code = "no-reason"
)

// endSlack is how far past the told end of a call a moment may lie: players
// and exports round a call's length differently.
const endSlack = time.Second

// TagRequest asks to tag an issue at a time or span of a call.
type TagRequest struct {
	Call  string
	Issue string // its name; an unknown one is named by the same act
	At    time.Duration
	Until time.Duration // 0 for a point in time
	Words string
}

// Tagged is what a tag made.
type Tagged struct {
	Moment review.Moment
	Named  bool // the issue is new to the codebook
}

// Tag adds a moment. A call may be tagged before or after it was heard, drawn
// or not; only what is tagged after its draw counts. It answers
// [review.NoCall], [review.BadName], [TimeOutside], [EndsEarly] or [WordsTooBig].
func (d *Desk) Tag(ctx context.Context, req TagRequest) (Tagged, error) {
	var out Tagged
	err := d.act(ctx, func(tx Tx) ([]journal.Body, error) {
		if err := checkTimes(ctx, tx, req.Call, req.At, req.Until); err != nil {
			return nil, err
		}
		words, err := cleanWords(req.Words)
		if err != nil {
			return nil, err
		}
		names, err := d.namer(ctx, tx)
		if err != nil {
			return nil, err
		}
		issue, before, err := names.issue(req.Issue)
		if err != nil {
			return nil, err
		}
		_, named := before.(journal.IssueNamed)
		out = Tagged{Moment: review.Moment{
			ID: d.ids.New(), Call: req.Call, IssueID: issue.ID, Issue: issue.Name,
			At: toMillis(req.At), Until: toMillis(req.Until), Words: words,
		}, Named: named}
		bodies := []journal.Body{journal.MomentAdded{
			Moment: out.Moment.ID, Call: req.Call, Issue: issue.ID,
			At: out.Moment.At.Milliseconds(), Until: out.Moment.Until.Milliseconds(), Words: words,
		}}
		if before != nil {
			bodies = append([]journal.Body{before}, bodies...)
		}
		return bodies, nil
	})
	return out, err
}

// Untag removes a moment. It answers [review.NoMoment].
func (d *Desk) Untag(ctx context.Context, moment string) error {
	return d.act(ctx, func(tx Tx) ([]journal.Body, error) {
		m, err := tx.Moment(ctx, moment)
		if err != nil {
			return nil, err
		}
		return []journal.Body{journal.MomentRemoved{Moment: m.ID, Call: m.Call}}, nil
	})
}

// Move gives a moment another time; a span keeps its length. Times before the
// call's start become the start. It answers [review.NoMoment] or
// [TimeOutside].
func (d *Desk) Move(ctx context.Context, moment string, at time.Duration) error {
	return d.act(ctx, func(tx Tx) ([]journal.Body, error) {
		m, err := tx.Moment(ctx, moment)
		if err != nil {
			return nil, err
		}
		at = toMillis(max(at, 0))
		until := m.Until
		if until > 0 {
			until += at - m.At
		}
		if at == m.At {
			return nil, nil
		}
		if err := checkTimes(ctx, tx, m.Call, at, until); err != nil {
			return nil, err
		}
		moved := journal.MomentMoved{Moment: m.ID, Call: m.Call, At: at.Milliseconds(), Until: until.Milliseconds()}
		return []journal.Body{moved}, nil
	})
}

// SetWords sets the customer's words of a moment or praise. It answers
// [review.NoMoment] or [WordsTooBig].
func (d *Desk) SetWords(ctx context.Context, of, words string) error {
	return d.act(ctx, func(tx Tx) ([]journal.Body, error) {
		words, err := cleanWords(words)
		if err != nil {
			return nil, err
		}
		uid, was, err := wordsOf(ctx, tx, of)
		if err != nil || was == words {
			return nil, err
		}
		return []journal.Body{journal.WordsChanged{Of: of, Call: uid, Words: words}}, nil
	})
}

func wordsOf(ctx context.Context, tx Tx, id string) (uid, words string, err error) {
	m, err := tx.Moment(ctx, id)
	if err == nil {
		return m.Call, m.Words, nil
	}
	if review.CodeOf(err) != review.NoMoment {
		return "", "", err
	}
	p, err := tx.Praise(ctx, id)
	return p.Call, p.Words, err
}

// Praise marks a moment worth giving to the agent or team. It answers
// [review.NoCall], [TimeOutside] or [WordsTooBig].
func (d *Desk) Praise(ctx context.Context, uid string, at time.Duration, words string) (review.Praise, error) {
	var out review.Praise
	err := d.act(ctx, func(tx Tx) ([]journal.Body, error) {
		if err := checkTimes(ctx, tx, uid, at, 0); err != nil {
			return nil, err
		}
		words, err := cleanWords(words)
		if err != nil {
			return nil, err
		}
		out = review.Praise{ID: d.ids.New(), Call: uid, At: toMillis(at), Words: words}
		return []journal.Body{journal.PraiseAdded{
			Praise: out.ID, Call: uid, At: out.At.Milliseconds(), Words: words,
		}}, nil
	})
	return out, err
}

// Unpraise takes a praise back. It answers [review.NoMoment].
func (d *Desk) Unpraise(ctx context.Context, praise string) error {
	return d.act(ctx, func(tx Tx) ([]journal.Body, error) {
		p, err := tx.Praise(ctx, praise)
		if err != nil {
			return nil, err
		}
		return []journal.Body{journal.PraiseRemoved{Praise: p.ID, Call: p.Call}}, nil
	})
}

// Hear finishes a call; played is the part of its speech that was played, 0 to
// 1. Without a moment it records that no problem was heard. It answers
// [review.NoCall] or [review.BadArgument].
func (d *Desk) Hear(ctx context.Context, uid string, played float64) error {
	return d.act(ctx, func(tx Tx) ([]journal.Body, error) {
		if !(played >= 0 && played <= 1) {
			return nil, review.Fail(review.BadArgument, review.Args{"name": "played", "value": played})
		}
		if _, err := tx.Call(ctx, uid); err != nil {
			return nil, err
		}
		return []journal.Body{journal.CallHeard{Call: uid, Played: math.Round(played*1000) / 1000}}, nil
	})
}

// Skip leaves a call out. A reason is needed, because skipped calls are
// counted beside every share. It answers [review.NoCall],
// [review.BadArgument] or [NoReason].
func (d *Desk) Skip(ctx context.Context, uid string, kind review.SkipKind, reason string) error {
	return d.act(ctx, func(tx Tx) ([]journal.Body, error) {
		if !kind.Valid() {
			return nil, review.Fail(review.BadArgument, review.Args{"name": "kind", "value": kind})
		}
		reason, err := cleanReason(reason)
		if err != nil {
			return nil, err
		}
		if _, err := tx.Call(ctx, uid); err != nil {
			return nil, err
		}
		return []journal.Body{journal.CallSkipped{Call: uid, Kind: kind, Reason: reason}}, nil
	})
}

// Pick records that a call that no open draw holds is opened by hand. It stays
// in the frame and never enters a share. It answers [review.NoCall].
func (d *Desk) Pick(ctx context.Context, uid string) error {
	return d.act(ctx, func(tx Tx) ([]journal.Body, error) {
		call, err := tx.Call(ctx, uid)
		if err != nil || call.Picked || call.State == review.Drawn || call.Scope != review.Nowhere {
			return nil, err
		}
		return []journal.Body{journal.CallPicked{Call: uid}}, nil
	})
}

func checkTimes(ctx context.Context, tx Tx, uid string, at, until time.Duration) error {
	end, err := tx.Reach(ctx, uid)
	if err != nil {
		return err
	}
	return within(at, until, end)
}

// within answers [TimeOutside] for a time or span that a call of a length does
// not have, with the first of its times that is outside, or [EndsEarly]; a length
// of 0 is not known.
func within(at, until, end time.Duration) error {
	for _, t := range []time.Duration{at, until} {
		if t < 0 || end > 0 && t > end+endSlack {
			return review.Fail(TimeOutside, review.Args{"at": t.Seconds(), "duration": end.Seconds()})
		}
	}
	if until != 0 && until < at {
		return review.Fail(EndsEarly, review.Args{"at": at.Seconds(), "until": until.Seconds()})
	}
	return nil
}

func cleanWords(words string) (string, error) {
	words = strings.TrimSpace(strings.ToValidUTF8(words, "\uFFFD"))
	if len(words) > MaxWords {
		return "", review.Fail(WordsTooBig, nil)
	}
	return words, nil
}

// cleanReason answers [NoReason] where nothing is said.
func cleanReason(reason string) (string, error) {
	reason, err := cleanWords(reason)
	if err == nil && reason == "" {
		err = review.Fail(NoReason, nil)
	}
	return reason, err
}

// toMillis drops what the journal does not keep, so that what an act answers
// is what the library says later.
func toMillis(d time.Duration) time.Duration { return d.Round(time.Millisecond) }
