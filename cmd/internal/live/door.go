package live

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/earshot-app/earshot/data/csv"
	"github.com/earshot-app/earshot/data/hub"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/session"
)

// Enter goes on with a session of this library, without its link: whoever was
// let in is known by their key.
//
//   - Who came to a hub goes back there, also as its host since then. A host who
//     finds nobody there begins a hub of their own, to which the others must be
//     invited.
//   - Who keeps the hub and was the host serves it again, as a member.
//   - A host who keeps the hub, or has none yet, hosts as [Host] does.
//
// It answers what [Host] and [Join] do, or [hub.BadInvitation] where this machine
// does not know the way.
func Enter(ctx context.Context, h Hosting) (*Room, error) {
	shared, err := h.Desk.SharedOf(ctx, h.Session)
	if err != nil {
		return nil, err
	}
	door, err := Door(h.Dir)
	if err == nil && door.Session != h.Session {
		err = review.Fail(session.NoSession, review.Args{"id": door.Session})
	}
	known := err == nil && (h.Outside == nil) == (door.Place == hub.OwnHub)
	switch {
	case known && shared.Hosting:
		conn, err := hub.Dial(ctx, door, pass(h.Options))
		if err == nil {
			return newRoom(h.Options, door, conn, true).start(), nil
		}
		if review.CodeOf(err) != hub.HubUnreachable {
			return nil, err
		}
	case known:
		return Join(ctx, h.Options, door)
	case !shared.Hosting && h.keeps():
		return h.keep(ctx)
	case !shared.Hosting:
		return nil, review.Fail(hub.BadInvitation, nil).Because(err)
	}
	return Host(ctx, h)
}

// HostAt hosts a session that this library opened, or was handed, at a hub that runs
// on a server, to which it keeps the way for [Enter]. It answers what hub.Dial and
// Desk.SharedOf do, or [session.NotHost].
func HostAt(ctx context.Context, h Hosting, door hub.Invitation) (*Room, error) {
	if err := h.isHost(ctx); err != nil {
		return nil, err
	}
	if door.Session != h.Session {
		return nil, review.Fail(hub.WrongSession, nil)
	}
	return h.hostAt(ctx, door)
}

// isHost answers [session.NotHost] where somebody else hosts the session.
func (h Hosting) isHost(ctx context.Context) error {
	shared, err := h.Desk.SharedOf(ctx, h.Session)
	if err == nil && !shared.Hosting {
		err = review.Fail(session.NotHost, nil)
	}
	return err
}

// hostAt is a host's room at a server that runs already.
func (h Hosting) hostAt(ctx context.Context, door hub.Invitation) (*Room, error) {
	conn, err := hub.Dial(ctx, door, pass(h.Options))
	if err != nil {
		return nil, err
	}
	if err := h.keepDoor(door); err != nil {
		conn.Close()
		return nil, err
	}
	return newRoom(h.Options, door, conn, true).start(), nil
}

// keep serves the hub of a session that another hosts now.
func (h Hosting) keep(ctx context.Context) (*Room, error) {
	state, err := h.Desk.Session(ctx, h.Session)
	if err == nil {
		err = h.Desk.JoinSession(ctx, h.Session, h.As)
	}
	if err != nil {
		return nil, err
	}
	return h.serve(ctx, state.Host, hub.Join)
}

// keeps reports whether the session's hub is on this machine.
func (h Hosting) keeps() bool {
	_, err := os.Stat(filepath.Join(h.Dir, "hub"))
	return err == nil
}

// doorIn is the file of where a session is found again. It holds no secret.
func doorIn(dir string) string { return filepath.Join(dir, "door") }

func (o Options) keepDoor(i hub.Invitation) error {
	i.Secret = hub.Secret{}
	return csv.WriteFile(context.Background(), doorIn(o.Dir), func(w io.Writer) error {
		_, err := io.WriteString(w, i.Link())
		return err
	})
}

// Door is where a session is found again whose files are in a folder, without a
// secret. It answers an error where the session's hub is on this machine, or none
// is known.
func Door(dir string) (hub.Invitation, error) {
	link, err := os.ReadFile(doorIn(dir))
	if err != nil {
		return hub.Invitation{}, review.WithoutPath(err)
	}
	return hub.ParseInvitation(string(link))
}

// forgetDoor is for who has a hub of their own now.
func (o Options) forgetDoor() error {
	if err := os.Remove(doorIn(o.Dir)); !errors.Is(err, fs.ErrNotExist) {
		return review.WithoutPath(err)
	}
	return nil
}
