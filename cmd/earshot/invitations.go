package main

import (
	"context"
	"time"

	sessionpage "github.com/earshot-app/earshot/ui/session"
)

// Invite implements the page's Live. A link is known until the app ends: the secret
// in it is written down nowhere.
func (r *rooms) Invite(ctx context.Context, o sessionpage.Offer) (string, error) {
	room, err := r.now()
	if err != nil {
		return "", err
	}
	link, id, err := room.Invite(ctx, o.People, o.Good)
	if err != nil {
		return "", err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.links[id] = link
	return link, nil
}

// Invitations implements the page's Live.
func (r *rooms) Invitations(ctx context.Context) ([]sessionpage.Open, error) {
	room, err := r.now()
	if err != nil {
		return nil, err
	}
	if way := room.Way(); way != "" {
		return []sessionpage.Open{{Link: way}}, nil
	}
	standing, err := room.Invitations(ctx)
	if err != nil {
		return nil, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	var open []sessionpage.Open
	for _, s := range standing {
		good := time.Duration(s.Hours * float64(time.Hour))
		open = append(open, sessionpage.Open{ID: s.ID, Link: r.links[s.ID], Left: s.Left, Of: s.Of, Good: good})
	}
	return open, nil
}

// Revoke implements the page's Live.
func (r *rooms) Revoke(ctx context.Context, invitation string) error {
	room, err := r.now()
	if err != nil {
		return err
	}
	return room.Revoke(ctx, invitation)
}
