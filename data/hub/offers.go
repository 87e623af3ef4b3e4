package hub

import (
	"context"
	"slices"
)

// A Standing offer is an invitation that is good now.
type Standing struct {
	ID    string  `json:"invitation"`
	Left  int     `json:"left"` // people whom it still lets in
	Of    int     `json:"of"`   // as many as when it was made
	Hours float64 `json:"hours"`
}

// standing are the offers that are good now, the latest first.
func (d *door) standing() []Standing {
	d.mu.Lock()
	defer d.mu.Unlock()
	all := []Standing{}
	for _, o := range d.kept.Offers {
		if left := o.Until.Sub(d.now()); left > 0 {
			all = append(all, Standing{ID: o.id(), Left: o.People, Of: max(o.Of, o.People), Hours: left.Hours()})
		}
	}
	slices.Reverse(all)
	return all
}

// Offers are the invitations that are good now, the latest first.
func (s *Server) Offers() []Standing { return s.door.standing() }

// Offers does what [Server.Offers] does. It answers [HubEnded].
func (c *Child) Offers(ctx context.Context) ([]Standing, error) {
	r, err := c.tell(ctx, order{Do: "offers"})
	return r.Offers, err
}

// Offers does what [Server.Offers] does, for a host elsewhere. It answers
// [HubEnded].
func (c *Conn) Offers(ctx context.Context) ([]Standing, error) {
	r, err := c.order(ctx, order{Do: "offers"})
	return r.Offers, err
}
