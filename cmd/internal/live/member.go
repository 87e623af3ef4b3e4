package live

import (
	"cmp"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"github.com/earshot-app/earshot/data/audio"
	"github.com/earshot-app/earshot/data/hub"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/session"
)

// Join takes part in a session by its invitation, and keeps the way for [Enter].
// It answers what hub.Join and Desk.JoinSession do.
func Join(ctx context.Context, o Options, i hub.Invitation) (*Room, error) {
	o.Session = i.Session
	conn, err := hub.Join(ctx, i, pass(o))
	if err != nil {
		return nil, err
	}
	if err := errors.Join(o.Desk.JoinSession(ctx, o.Session, o.As), o.keepDoor(i)); err != nil {
		conn.Close()
		return nil, err
	}
	return newRoom(o, i, conn, false).start(), nil
}

// hear takes in what the host tells.
func (r *Room) hear(ctx context.Context) error {
	return r.at().conn.Hear(ctx, hub.Heard{
		Roster: func(roster session.Roster) {
			r.mu.Lock()
			changed := !slices.Equal(r.roster, roster.Members)
			r.roster = roster.Members
			r.mu.Unlock()
			if !changed {
				return
			}
			// A library that is busy is told the names again with the next change.
			_ = r.Desk.NameMembers(ctx, r.Session, roster.Members)
			r.tell(Update{Roster: roster.Members})
		},
		Play: func(p session.Play) {
			r.mu.Lock()
			newer, same := p.Epoch > r.play.Epoch, p.Epoch == r.play.Epoch
			if newer {
				r.play = p
			}
			r.mu.Unlock()
			switch {
			case newer:
				r.plays(p)
			case same:
				r.heartbeat(p)
			}
		},
	})
}

// introduce tells the host who this is. A host who is away is told later.
func (r *Room) introduce(ctx context.Context) error {
	conn := r.at().conn
	return every(ctx, stateGap, func() error {
		_ = conn.State(ctx, session.Attendee{
			Author: r.me, Name: r.As, State: session.Listening, TripMS: r.trip().Milliseconds(),
		})
		return ctx.Err()
	})
}

// fetchGap is after how long what did not come is asked for again.
const fetchGap = 5 * time.Second

// fetch brings the recordings of calls that this library lacks, the open one
// first. What does not come is tried again. Finding out that nobody has a recording
// takes its time, so that after it others may have become more urgent.
func (r *Room) fetch(ctx context.Context) error {
	poke(r.look)
	absent := absences{}
	for {
		var later <-chan time.Time
		if len(absent) > 0 {
			later = time.After(fetchGap)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-r.look:
		case <-later:
		}
		guests, err := r.Desk.FindCalls(ctx, r.Session)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			absent[0] = &absence{since: r.Now()} // of all
			continue
		}
		delete(absent, 0)
		at := r.Playing().Round
		absent.sort(guests, at)
		for _, guest := range guests {
			err := r.bring(ctx, guest)
			if ctx.Err() != nil {
				return errors.Join(ctx.Err(), err)
			}
			if absent.tells(guest.Round, err, r.Now()) {
				r.tell(Update{Audio: &Audio{Round: guest.Round, Err: err}})
			}
			if review.CodeOf(err) == hub.NobodyLends && r.moved(guest.Round, at) {
				poke(r.look)
				break
			}
		}
	}
}

// moved reports whether, after a round's recordings, those that are to come may be
// others than when the pass began with the open round. The open one alone does not
// begin another, which would begin with it again.
func (r *Room) moved(round, open int) bool {
	return r.Playing().Round != open || round != open && len(r.look) > 0
}

// absences are the rounds whose recordings do not come.
type absences map[int]*absence

type absence struct {
	since, tried time.Time
	told         review.Code
}

// sort puts the open round first, then those that were never tried, and last those
// that were tried latest.
func (a absences) sort(guests []desk.Guest, open int) {
	tried := func(g desk.Guest) time.Time {
		if a[g.Round] == nil || g.Round == open {
			return time.Time{}
		}
		return a[g.Round].tried
	}
	slices.SortStableFunc(guests, func(x, y desk.Guest) int {
		return cmp.Or(tried(x).Compare(tried(y)), cmp.Compare(order(x.Round, open), order(y.Round, open)))
	})
}

// patience is how long a reason must last before it is told that mends itself, as a
// cut, or as a host does who is still fetching what they were handed.
var patience = map[review.Code]time.Duration{
	hub.HostAway: fetchGap / 2, review.Internal: fetchGap / 2, hub.NobodyLends: 2 * fetchGap,
}

// tells notes what became of a round's recordings, and reports whether to tell
// it: each reason once, and what mends itself only when it lasts.
func (a absences) tells(round int, err error, now time.Time) bool {
	if err == nil {
		delete(a, round)
		return false
	}
	if a[round] == nil {
		a[round] = &absence{since: now}
	}
	why := a[round]
	why.tried = now
	code := review.CodeOf(err)
	if code == review.NoCall {
		return false // the session is over, and its guests have gone
	}
	if code == why.told || now.Sub(why.since) < patience[code] {
		return false
	}
	why.told = code
	return true
}

// order puts the open round first, those after it next, and those before it
// last.
func order(round, at int) int {
	if round < at {
		return round + 1<<30
	}
	return round
}

// bring fetches a call's recordings. They are named by their place, which is the
// order in which they play.
func (r *Room) bring(ctx context.Context, guest desk.Guest) error {
	folder := filepath.Join(r.Dir, "audio", strconv.Itoa(guest.Round))
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return review.WithoutPath(err)
	}
	for i, hash := range guest.Hashes {
		path := filepath.Join(folder, strconv.Itoa(i+1))
		if err := r.bringFile(ctx, path, hash, guest.Round); err != nil {
			return err
		}
		recording, err := probed(ctx, path)
		if err != nil {
			return err
		}
		if err := r.Desk.AddGuestAudio(ctx, guest.Call, recording, hash); err != nil {
			return err
		}
	}
	r.tell(Update{Changed: true})
	return nil
}

// bringFile fetches one recording beside its place and moves it there whole.
func (r *Room) bringFile(ctx context.Context, path, hash string, round int) error {
	part := path + ".part"
	file, err := os.OpenFile(part, os.O_CREATE|os.O_TRUNC|os.O_RDWR, 0o600)
	if err != nil {
		return review.WithoutPath(err)
	}
	t := r.at()
	fetch := t.conn.Fetch
	if t.host {
		fetch = t.conn.Borrow
	}
	err = fetch(ctx, hash, file, func(done, of int64) {
		r.tell(Update{Audio: &Audio{Round: round, Done: done, Of: of}})
	})
	if err = errors.Join(err, file.Close()); err != nil {
		return errors.Join(err, os.Remove(part))
	}
	return review.WithoutPath(os.Rename(part, path))
}

// probed is what a recording that came is.
func probed(ctx context.Context, path string) (review.Recording, error) {
	stat, err := os.Stat(path)
	if err != nil {
		return review.Recording{}, review.WithoutPath(err)
	}
	info, err := audio.Probe(ctx, path)
	if err != nil {
		return review.Recording{}, err
	}
	return review.Recording{
		Path: review.Hide(path), Size: stat.Size(), Modified: stat.ModTime(), Format: info.Container + " " + info.Codec,
		Rate: info.Rate, Channels: info.Channels, Frames: info.Frames,
	}, nil
}
