package desk

import (
	"context"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/journal"
)

// trimBatch forgets a part of those calls that were not forgotten since they were
// listed, and answers of how many, and those that an open session has.
func (d *Desk) trimBatch(ctx context.Context, tx Tx, part Part, uids []string) (n int, left []string, err error) {
	var free []string
	for _, uid := range uids {
		_, err := tx.Call(ctx, uid)
		if review.CodeOf(err) == review.NoCall {
			continue
		}
		shared := false
		if err == nil {
			shared, err = inOpenSession(ctx, tx, uid)
		}
		if err != nil {
			return 0, nil, err
		}
		if shared {
			left = append(left, uid)
		} else {
			free = append(free, uid)
		}
	}
	if len(free) == 0 {
		return 0, left, nil
	}
	return len(free), left, d.trim(ctx, tx, part, free)
}

// inOpenSession reports whether a session that is not closed has a call.
func inOpenSession(ctx context.Context, tx Tx, uid string) (bool, error) {
	at, err := tx.SessionPlace(ctx, uid)
	return at.Session != "", err
}

func (d *Desk) trim(ctx context.Context, tx Tx, part Part, uids []string) error {
	t := Trimming{Part: part, UIDs: uids}
	var err error
	switch part {
	case PartWords:
		t.Tombs, err = hush(ctx, tx, uids)
	case PartNames:
		t.Fields, err = d.divided(ctx, tx)
	case PartPaths:
		t.Hashes, err = pathHashes(ctx, tx, uids)
	}
	if err == nil {
		err = tx.TrimCalls(ctx, t)
	}
	if err != nil || len(t.Tombs) == 0 {
		return err
	}
	return d.vouch(ctx, tx, journal.CallsForgotten{Why: journal.ForgetRetained}, t.Tombs)
}

// hush answers the tombstones of the events that hold words of calls.
func hush(ctx context.Context, tx Tx, uids []string) ([]journal.Signed, error) {
	told, err := tx.Told(ctx, uids)
	if err != nil {
		return nil, err
	}
	h := journal.Hush{Calls: map[string]bool{}}
	for _, uid := range uids {
		h.Calls[uid] = true
	}
	if h.Words, err = noted(told, func(uid string) bool { return h.Calls[uid] }); err != nil {
		return nil, err
	}
	return buried(told, h.Bury)
}

// noted are the words that events say of some calls.
func noted(told []journal.Signed, of func(uid string) bool) ([]string, error) {
	var all []string
	for _, event := range told {
		body, err := journal.Decode(event.Event)
		if err != nil {
			return nil, err
		}
		if words := journal.Words(body); words != "" && of(journal.CallOf(body)) {
			all = append(all, words)
		}
	}
	return all, nil
}

// buried are the tombstones of those events that have something to forget.
func buried(told []journal.Signed, bury func(journal.Signed) (journal.Signed, bool, error)) ([]journal.Signed, error) {
	var tombs []journal.Signed
	for _, event := range told {
		tomb, found, err := bury(event)
		if err != nil {
			return nil, err
		}
		if found {
			tombs = append(tombs, tomb)
		}
	}
	return tombs, nil
}

// pathHashes are what a look that meets the recordings of calls again, or their
// transcripts, knows them by. The calls may be told of still.
func pathHashes(ctx context.Context, tx Tx, uids []string) ([]string, error) {
	salt, err := tx.Salt(ctx)
	if err != nil {
		return nil, err
	}
	known, err := tx.KnownAs(ctx, uids)
	if err != nil {
		return nil, err
	}
	beside, err := tx.TranscriptPaths(ctx, uids)
	if err != nil {
		return nil, err
	}
	var all []string
	for _, k := range known {
		all = append(all, k.file(salt)...)
	}
	for _, path := range beside {
		all = append(all, KnownAs{Path: path.Open()}.path(salt))
	}
	return all, nil
}
