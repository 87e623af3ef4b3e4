package desk

import (
	"context"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/journal"
	"github.com/earshot-app/earshot/review/sampling"
)

// Checked is what a check of the library found.
type Checked struct {
	Integrity string // "ok", or what SQLite says is broken
	Events    int64
	LastEvent string
	Differ    []string // calls, issues and draws that the tables tell otherwise than the journal
	Unsigned  int64    // events that nobody signed as they are
	Broken    []int    // numbers of the draws that do not follow from the one before
}

// OK reports whether all is well.
func (c Checked) OK() bool {
	return c.Integrity == "ok" && len(c.Differ) == 0 && c.Unsigned == 0 && len(c.Broken) == 0
}

// Check reads the whole library, in one transaction so that nobody writes
// meanwhile: the file, every signature, the tables against the fold of the
// journal, the chain of draws.
func (d *Desk) Check(ctx context.Context) (Checked, error) {
	var c Checked
	var err error
	if c.Integrity, err = d.store.Integrity(ctx); err != nil {
		return c, err
	}
	err = d.store.Write(ctx, func(tx Tx) error {
		events, err := c.readEvents(ctx, tx)
		if err != nil {
			return err
		}
		want, err := journal.Fold(events)
		if err != nil {
			return err
		}
		got, err := tx.Tables(ctx)
		if err != nil {
			return err
		}
		c.Differ = want.Differences(got)
		return c.readChain(ctx, tx)
	})
	return c, err
}

func (c *Checked) readEvents(ctx context.Context, tx Tx) ([]journal.Event, error) {
	var events []journal.Event
	vouched, tombs := map[string]bool{}, map[string]bool{} // graves
	for e, err := range tx.Events(ctx, "") {
		c.Events++
		switch review.CodeOf(err) {
		case "":
			events = append(events, e.Event)
			c.LastEvent = e.ID
			if err := grave(e, vouched, tombs); err != nil {
				return nil, err
			}
		case journal.BadSignature, journal.BadEvent:
			c.Unsigned++
		default:
			return nil, err
		}
	}
	for tomb := range tombs {
		if !vouched[tomb] {
			c.Unsigned++
		}
	}
	return events, nil
}

// grave notes a tombstone, or those that an event vouches for.
func grave(e journal.Signed, vouched, tombs map[string]bool) error {
	if e.Tombstone() {
		tombs[e.Grave()] = true
	}
	if e.Type != journal.TypeCallsForgotten {
		return nil
	}
	body, err := journal.Decode(e.Event)
	if f, ok := body.(journal.CallsForgotten); ok {
		for _, vouching := range f.Graves {
			vouched[vouching] = true
		}
	}
	return err
}

func (c *Checked) readChain(ctx context.Context, tx Tx) error {
	draws, err := tx.Draws(ctx)
	if err != nil {
		return err
	}
	secret, err := tx.Secret(ctx)
	if err != nil {
		return err
	}
	prev := ""
	for _, d := range draws {
		draw, err := tx.Draw(ctx, d.ID)
		if err != nil {
			return err
		}
		draw.Library = sampling.LibraryDigest(secret)
		if draw.Prev != prev || !draw.Intact() {
			c.Broken = append(c.Broken, draw.Number)
		}
		prev = draw.Digest
	}
	return nil
}
