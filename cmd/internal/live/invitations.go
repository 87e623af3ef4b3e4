package live

import (
	"context"

	"github.com/earshot-app/earshot/data/hub"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/session"
)

// Way is the invitation that only tells the way, where the session is reached over
// somebody else's server, and "" for a session with a hub of its own.
func (r *Room) Way() string {
	switch {
	case r.hosting.Outside == nil:
		return ""
	case r.hosting.Leaf:
		return r.hosting.elsewhere(hub.Leaf).Link()
	}
	return r.hosting.elsewhere(hub.Foreign).Link()
}

// Invitations are those that let people in now, the latest first; none where
// somebody else's server does. It answers [session.NotHost].
func (r *Room) Invitations(ctx context.Context) ([]hub.Standing, error) {
	switch {
	case !r.host:
		return nil, review.Fail(session.NotHost, nil)
	case r.hosting.Outside != nil:
		return nil, nil
	case r.child == nil:
		return r.conn.Offers(ctx)
	}
	return r.child.Offers(ctx)
}
