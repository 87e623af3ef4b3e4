package desk

import (
	"context"

	"github.com/earshot-app/earshot/review/session"
)

// NameMembers keeps what the host told that members call themselves. Who is
// known by that name, and a name that cannot be, is passed over.
func (d *Desk) NameMembers(ctx context.Context, id string, roster []session.Attendee) error {
	known, err := d.store.SessionNames(ctx, id)
	if err != nil {
		return err
	}
	names := map[string]string{}
	for _, a := range roster {
		name, err := cleanMember(a.Name)
		if err == nil && known[a.Author] != name && a.Author != d.author.ID {
			names[a.Author] = name
		}
	}
	if len(names) == 0 {
		return nil
	}
	return d.store.Write(ctx, func(tx Tx) error {
		for author, name := range names {
			if err := tx.NameMember(ctx, id, author, name); err != nil {
				return err
			}
		}
		return nil
	})
}
