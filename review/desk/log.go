package desk

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"iter"
	"slices"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/journal"
)

// KeepLog is how an act adds to the listening log.
type KeepLog interface {
	// LastHearing is the last row of the listening log; zero where there is none.
	LastHearing(ctx context.Context) (LogRow, error)
	// HearingOf is what stands for the call of a uid in the listening log and the
	// nonce that it was made with; "" where it was not heard yet.
	HearingOf(ctx context.Context, uid string) (call, nonce string, err error)
	// AddHearing adds a row, and its nonce.
	AddHearing(ctx context.Context, h LogRow) error
}

// ReadLog reads who heard and saw what.
type ReadLog interface {
	// Hearings are the rows of the listening log in their order.
	Hearings(ctx context.Context) iter.Seq2[LogRow, error]
	// Reveals are the events that say that something hidden was shown, oldest first.
	Reveals(ctx context.Context) iter.Seq2[journal.Event, error]
}

// A LogRow is a row of the listening log: that somebody heard a part of a call
// without a break. Call stands for the uid in it, as the digest is made of it:
// SHA-256 of the nonce, a comma and the uid. When the call is forgotten the nonce
// is, so that the chain stays whole and says nothing about the call any more.
type LogRow struct {
	N      int64 // from 1
	At     time.Time
	Author string
	Heard  time.Duration // of speech; where that is not known, of the recording
	Call   string
	Prev   string // digest of the row before, "" for the first
	Digest string
	UID    string // opaque where the call was forgotten
	Nonce  string // "" then
}

func (h LogRow) stands() string { return hexSum(h.Nonce + "," + h.UID) }

func (h LogRow) seal() string {
	return hexSum(fmt.Sprintf("earshot-listening\t1\nn\t%d\nat\t%d\nauthor\t%s\nheard-ms\t%d\ncall\t%s\nprev\t%s\n",
		h.N, h.At.UnixMilli(), h.Author, h.Heard.Milliseconds(), h.Call, h.Prev))
}

func hexSum(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// Listened adds to the listening log that this person heard so much of a call
// until now. Less than a millisecond is nothing. It answers [review.NoCall].
func (d *Desk) Listened(ctx context.Context, uid string, heard time.Duration) error {
	if heard < time.Millisecond {
		return nil
	}
	return d.store.Write(ctx, func(tx Tx) error {
		if _, err := tx.Call(ctx, uid); err != nil {
			return err
		}
		last, err := tx.LastHearing(ctx)
		if err != nil {
			return err
		}
		h := LogRow{
			N: last.N + 1, At: d.clock.Now().UTC().Truncate(time.Millisecond), Author: d.author.ID,
			Heard: heard.Truncate(time.Millisecond), Prev: last.Digest, UID: uid,
		}
		if h.Call, h.Nonce, err = tx.HearingOf(ctx, uid); err != nil {
			return err
		}
		if h.Call == "" {
			h.Nonce = d.ids.New()
			h.Call = h.stands()
		}
		h.Digest = h.seal()
		return tx.AddHearing(ctx, h)
	})
}

// Logged is something that was heard, or something hidden that was shown.
type Logged struct {
	At     time.Time
	Author string
	Call   string        // uid; "" for an export of many calls
	Heard  time.Duration // 0 where something was shown
	Shown  string        // what, as [journal.Revealed] has it; "" where something was heard
	Reason string        // why; "" also where the call was forgotten
	Digest string        // of the row of the listening log
}

// Log is who heard which call, when and how much, and who had what is hidden
// shown, oldest first.
func (d *Desk) Log(ctx context.Context) ([]Logged, error) {
	var all []Logged
	for h, err := range d.store.Hearings(ctx) {
		if err != nil {
			return nil, err
		}
		all = append(all, Logged{At: h.At, Author: h.Author, Call: h.UID, Heard: h.Heard, Digest: h.Digest})
	}
	for e, err := range d.store.Reveals(ctx) {
		if err != nil {
			return nil, err
		}
		body, err := journal.Decode(e)
		if err != nil {
			return nil, err
		}
		if r, ok := body.(journal.Revealed); ok {
			all = append(all, Logged{At: e.Time(), Author: e.Author, Call: r.Call, Shown: r.Field, Reason: r.Reason})
		}
	}
	slices.SortStableFunc(all, func(a, b Logged) int { return cmp.Compare(a.At.UnixMilli(), b.At.UnixMilli()) })
	return all, nil
}

// LogVerdict is what a look through the chain of the listening log came to.
type LogVerdict struct {
	Rows   int64
	Broken []int64 // numbers of the rows that do not follow, or do not say what they said
	Last   string  // digest of the last row: kept elsewhere, it proves what came before
}

// VerifyLog checks that no row of the listening log was changed, left out or put
// in between.
func (d *Desk) VerifyLog(ctx context.Context) (LogVerdict, error) {
	var v LogVerdict
	for h, err := range d.store.Hearings(ctx) {
		if err != nil {
			return v, err
		}
		v.Rows++
		whose := h.Call == h.stands() || h.Nonce == "" && review.Forgotten(h.UID)
		if h.N != v.Rows || h.Prev != v.Last || h.Digest != h.seal() || !whose {
			v.Broken = append(v.Broken, h.N)
		}
		v.Last = h.Digest
	}
	return v, nil
}
