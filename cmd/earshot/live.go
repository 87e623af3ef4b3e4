package main

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/earshot-app/earshot/cmd/internal/library"
	"github.com/earshot-app/earshot/cmd/internal/live"
	"github.com/earshot-app/earshot/data/config"
	"github.com/earshot-app/earshot/data/csv"
	"github.com/earshot-app/earshot/data/hub"
	"github.com/earshot-app/earshot/data/sessionfile"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/session"
	sessionpage "github.com/earshot-app/earshot/ui/session"
)

// rooms runs at most one session of an open library. It implements the
// session page's Live; its methods may be called from any goroutine.
type rooms struct {
	library *library.Library
	seed    []byte
	told    func(live.Update) // of the session that runs, from any goroutine

	mu     sync.Mutex
	room   *live.Room // nil while none runs
	id     string
	coming live.Audio        // that is on its way
	links  map[string]string // of invitations made since the start, by id
	server config.Server
	found  func(handshakeFirst bool) // keeps when TLS begins at the server
}

var _ sessionpage.Live = (*rooms)(nil)

// newRooms answers the sessions of a library for the person at this machine.
func (a *app) newRooms(l *library.Library, told func(live.Update)) (*rooms, error) {
	seed, err := a.folders.Identity(rand.Reader)
	return &rooms{library: l, seed: seed, told: told, server: a.settings.Server, found: a.foundServer, links: map[string]string{}}, err
}

// dir is where this machine keeps what belongs to a session.
func (r *rooms) dir(id string) string {
	return filepath.Join(filepath.Dir(r.library.File), "sessions", id)
}

func (r *rooms) options(id, as string) (live.Options, error) {
	o := live.Options{
		Desk: r.library.Desk, Seed: r.seed, Session: id, As: as, Dir: r.dir(id), Now: time.Now, Told: r.hear,
	}
	return o, review.WithoutPath(os.MkdirAll(o.Dir, 0o700))
}

// Addresses implements the page's Live.
func (r *rooms) Addresses() []string { return live.Addresses() }

// Host implements the page's Live.
func (r *rooms) Host(ctx context.Context, h sessionpage.Hosting, progress func(done, all int)) (string, error) {
	shared, err := r.library.HostSession(ctx, h.HostRequest, progress)
	if err != nil {
		return "", err
	}
	return r.Enter(ctx, shared.ID, h)
}

// Enter implements the page's Live. Who hosts the session by now, and whose hub
// carries it, [live.Enter] finds out.
func (r *rooms) Enter(ctx context.Context, id string, h sessionpage.Hosting) (string, error) {
	o, err := r.options(id, h.As)
	if err != nil {
		return "", err
	}
	program, err := hub.Program()
	if err != nil {
		return "", err
	}
	h.Server = h.Server && r.hosts(ctx, id) // where a session lies is its host's to choose
	at := r.place(id, h)
	if o.Outside, err = r.elsewhere(at); err != nil {
		return "", err
	}
	room, err := r.overServer(ctx, &o, at == hub.Leaf && r.begins(id), func() (*live.Room, error) {
		return live.Enter(ctx, live.Hosting{Options: o, Program: program, Listen: doors(at, h.Listen), Leaf: at == hub.Leaf})
	})
	if err != nil {
		return "", err
	}
	if err := r.take(id, room); err != nil || !room.Hosting() {
		return "", err
	}
	if at == hub.Leaf {
		if err := r.keepLeaf(id); err != nil {
			return "", err
		}
	}
	if open, err := room.Invitations(ctx); err != nil || len(open) > 0 {
		return "", err // nobody asked for more places
	}
	return r.Invite(ctx, h.Offer)
}

// Read implements the page's Live.
func (r *rooms) Read(link string) (sessionpage.Invitation, error) {
	i, err := hub.ParseInvitation(link)
	if err != nil {
		return sessionpage.Invitation{}, err
	}
	read := sessionpage.Invitation{Session: i.Session, Addresses: i.Addresses, Host: i.Host}
	if i.Place == hub.OwnHub {
		mark := hex.EncodeToString(i.Fingerprint[:6])
		read.Mark = strings.Join([]string{mark[:4], mark[4:8], mark[8:]}, " ")
	}
	return read, nil
}

// Join implements the page's Live.
func (r *rooms) Join(ctx context.Context, link, as string) (string, error) {
	i, err := hub.ParseInvitation(link)
	if err != nil {
		return "", err
	}
	o, err := r.options(i.Session, as)
	if err != nil {
		return "", err
	}
	if o.Outside, err = r.elsewhere(i.Place); err != nil {
		return "", err
	}
	room, err := r.overServer(ctx, &o, false, func() (*live.Room, error) { return live.Join(ctx, o, i) })
	if err != nil {
		return "", err
	}
	return i.Session, r.take(i.Session, room)
}

// take makes a room the one that runs, and ends the one before.
func (r *rooms) take(id string, room *live.Room) error {
	r.mu.Lock()
	before := r.room
	r.room, r.id = room, id
	r.mu.Unlock()
	if before != nil {
		return before.Close()
	}
	return nil
}

// now is the room that runs. It answers [session.NoSession].
func (r *rooms) now() (*live.Room, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.room == nil {
		return nil, review.Fail(session.NoSession, review.Args{"id": ""})
	}
	return r.room, nil
}

// Remove implements the page's Live.
func (r *rooms) Remove(ctx context.Context, member string) error {
	room, err := r.now()
	if err != nil {
		return err
	}
	return room.Remove(ctx, member)
}

// HandOver implements the page's Live.
func (r *rooms) HandOver(ctx context.Context, member string) error {
	room, err := r.now()
	if err != nil {
		return err
	}
	return room.HandOver(ctx, member)
}

// Leave implements the page's Live.
func (r *rooms) Leave(context.Context) error {
	if _, err := r.now(); err != nil {
		return nil // it has been left
	}
	return r.take("", nil)
}

// Running implements the page's Live.
func (r *rooms) Running() (string, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.id, r.room != nil && r.room.Hosting()
}

// Elsewhere implements the page's Live.
func (r *rooms) Elsewhere() string {
	if room, err := r.now(); err == nil {
		return room.Elsewhere()
	}
	return ""
}

// Roster implements the page's Live.
func (r *rooms) Roster() []session.Attendee {
	if room, err := r.now(); err == nil {
		return slices.Clone(room.Roster())
	}
	return nil
}

// Wake sends what the library has to say.
func (r *rooms) Wake() {
	if room, err := r.now(); err == nil {
		room.Wake()
	}
}

// Save implements the page's Live.
func (r *rooms) Save(ctx context.Context, id, file string) error {
	head, events, err := r.library.ExportSession(ctx, id)
	if err != nil {
		return err
	}
	return csv.WriteFile(ctx, file, func(w io.Writer) error { return sessionfile.Write(w, head, events) })
}

// noSessionFile is answered for a file that cannot be opened. Args: file.
const noSessionFile review.Code = "no-session-file"

// Load implements the page's Live. Whoever hands the host a file is admitted by
// that.
func (r *rooms) Load(ctx context.Context, file, as string) (string, error) {
	f, err := os.Open(file)
	if err != nil {
		return "", review.Fail(noSessionFile, review.Args{"file": filepath.Base(file)}).Because(review.WithoutPath(err))
	}
	defer func() { _ = f.Close() }() // it was only read
	head, lines, err := sessionfile.Read(f)
	if err != nil {
		return "", err
	}
	in, err := r.library.ImportSession(ctx, desk.SessionImport{Head: head, Lines: lines, As: as, Admit: true})
	return in.Session, err
}

// close ends the session that runs.
func (r *rooms) close() error { return r.take("", nil) }
