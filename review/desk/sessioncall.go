package desk

import (
	"context"
	"slices"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/journal"
	"github.com/earshot-app/earshot/review/session"
)

// Contents reads what recordings hold, so that two libraries know the same one
// whatever its file is called.
type Contents interface {
	// SHA256 is the hash of a recording's bytes, hexadecimal. It reads them as a
	// stream and ends with ctx. It answers a *review.Error where the recording
	// cannot be read.
	SHA256(ctx context.Context, r review.Recording) (string, error)
}

// hashes are the content hashes of a call's recordings in the order in which
// they play. Those that are gone are left out.
func (d *Desk) hashes(ctx context.Context, uid string) ([]string, error) {
	recordings, err := d.store.Recordings(ctx, uid)
	if err != nil {
		return nil, err
	}
	hashes := []string{}
	for _, r := range recordings {
		if r.Missing || d.contents == nil {
			continue
		}
		sum, err := d.store.ContentHash(ctx, r)
		if err != nil {
			return nil, err
		}
		if sum == "" {
			if sum, err = d.contents.SHA256(ctx, r); err != nil {
				return nil, err
			}
			err = d.store.Write(ctx, func(tx Tx) error { return tx.KeepContentHash(ctx, r, sum) })
			if err != nil {
				return nil, err
			}
		}
		hashes = append(hashes, sum)
	}
	return hashes, nil
}

// millis is a number of milliseconds, as a duration.
func millis(n int64) time.Duration { return time.Duration(n) * time.Millisecond }

// Guest says which call of a session this library lacks the recordings of.
type Guest struct {
	Round  int
	Call   string // this library's uid of it
	Hashes []string
}

// FindCalls finds the calls of a session among this library's own, by what
// their recordings hold. A call that is not here becomes a guest: it can be
// heard and tagged, and never enters a frame or a share. It answers the guests
// whose recordings are still to come, or [session.NoSession].
func (d *Desk) FindCalls(ctx context.Context, id string) ([]Guest, error) {
	state, err := d.sessionState(ctx, d.store, id)
	if err != nil {
		return nil, err
	}
	places, err := d.store.SessionPlaces(ctx, id)
	if err != nil {
		return nil, err
	}
	var guests []Guest
	for _, at := range places {
		i := slices.IndexFunc(state.Calls, func(c session.Call) bool { return c.Round == at.Round })
		if i < 0 {
			continue
		}
		if at.Local == "" {
			if at.Local, err = d.place(ctx, at, state.Calls[i].SessionCall); err != nil {
				return nil, cancelled(ctx, err)
			}
		}
		recordings, err := d.store.Recordings(ctx, at.Local)
		if err != nil {
			return nil, err
		}
		if len(recordings) == 0 {
			guests = append(guests, Guest{at.Round, at.Local, state.Calls[i].Hashes})
		}
	}
	return guests, nil
}

// place finds a session's call here, or makes it a guest, and answers its uid.
func (d *Desk) place(ctx context.Context, at SessionPlace, call journal.SessionCall) (string, error) {
	found, err := d.alike(ctx, call)
	if err != nil {
		return "", err
	}
	err = d.store.Write(ctx, func(tx Tx) error {
		at.Local = found
		if found == "" {
			guest := review.Call{
				UID: call.Call, Start: time.Unix(call.Start, 0).UTC(), Duration: millis(call.Length),
				Queue: call.Queue, Category: call.Category,
			}
			if _, err := tx.Call(ctx, guest.UID); err == nil {
				guest.UID += "~" + at.Session // another call goes by this uid here
			} else if review.CodeOf(err) != review.NoCall {
				return err
			}
			if err := tx.AddGuest(ctx, guest); err != nil {
				return err
			}
			at.Local = guest.UID
		}
		return tx.KeepSessionPlace(ctx, at)
	})
	return at.Local, err
}

// alike finds the call of this library whose recordings are those of a
// session's call, or "".
func (d *Desk) alike(ctx context.Context, call journal.SessionCall) (string, error) {
	uids, err := d.store.Alike(ctx, call)
	if err != nil || len(call.Hashes) == 0 {
		return "", err
	}
	for _, uid := range uids {
		hashes, err := d.hashes(ctx, uid)
		if ctx.Err() != nil {
			return "", ctx.Err()
		}
		if err == nil && slices.Equal(hashes, call.Hashes) {
			return uid, nil
		}
	}
	return "", nil
}

// AddGuestAudio gives a guest a recording of a content that came, whose file
// lies where what came is kept. Several play in the order of their files' names.
// It answers [review.NoCall].
func (d *Desk) AddGuestAudio(ctx context.Context, uid string, r review.Recording, sha256 string) error {
	return d.store.Write(ctx, func(tx Tx) error {
		if _, err := tx.Call(ctx, uid); err != nil {
			return err
		}
		if err := tx.AddGuestAudio(ctx, uid, r); err != nil {
			return err
		}
		return tx.KeepContentHash(ctx, r, sha256)
	})
}
