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
	return r.door.Link()
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
