package live

import (
	"context"

	"github.com/earshot-app/earshot/data/hub"
)

// Way is the invitation that only tells the way, where the session is reached over
// somebody else's server, and "" for a session with a hub of its own.
func (r *Room) Way() string {
	if r.door.Place == hub.OwnHub {
		return ""
	}
	return r.naming(r.door).Link()
}

// naming is an invitation that names this person as the host.
func (r *Room) naming(i hub.Invitation) hub.Invitation {
	i.Host = hub.HostNamed(r.As)
	return i
}

// Elsewhere is the address of the server or the machine that carries the session,
// and "" where this machine does, also when its hub dials out to a server.
func (r *Room) Elsewhere() string {
	if r.child != nil || len(r.door.Addresses) == 0 {
		return ""
	}
	return r.door.Addresses[0]
}

// Invitations are those that let people in now, the latest first; none where
// somebody else's server does. It answers [session.NotHost].
func (r *Room) Invitations(ctx context.Context) ([]hub.Standing, error) {
	k, err := r.keeper()
	if err != nil || k == nil {
		return nil, err
	}
	return k.Offers(ctx)
}
