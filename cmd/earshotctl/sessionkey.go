package main

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"io"
	"strings"

	"github.com/earshot-app/earshot/cmd/internal/live"
	"github.com/earshot-app/earshot/data/config"
	"github.com/earshot-app/earshot/data/hub"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/journal"
)

type sessionKeyCmd struct{}

// keyShown is who this person is in sessions.
type keyShown struct {
	Author string `json:"author"` // in the subjects and rights of somebody else's server
	Key    string `json:"key"`    // that "earshotctl hub --host" takes
}

// Run prints what whoever runs a server must know of this person.
func (c *sessionKeyCmd) Run(_ context.Context, s *session) error {
	seed, err := config.Standard().Identity(rand.Reader)
	if err != nil {
		return err
	}
	author, err := journal.NewAuthor(seed)
	if err != nil {
		return err
	}
	shown := keyShown{author.ID, keyText(seed)}
	return s.answer(shown, func(w io.Writer) {
		row(w, s.texts.Say("ctl.session_key_author", nil), shown.Author)
		row(w, s.texts.Say("ctl.session_key_host", nil), shown.Key)
	})
}

// keyText is the public key of a seed as a hub takes it.
func keyText(seed []byte) string {
	return base64.RawURLEncoding.EncodeToString(ed25519.NewKeyFromSeed(seed).Public().(ed25519.PublicKey))
}

// atHub hosts at a hub that runs on a server, whose link is read from standard input
// where it is "-", after what the hub must be given was printed.
func (st *stage) atHub(way string) (hosting, error) {
	if way == "-" {
		if err := st.print(said{Event: "hub", Session: st.id, Key: keyText(st.options.Seed)}); err != nil {
			return nil, err
		}
		var err error
		if way, err = st.orders.Next(); err != nil {
			return nil, err
		}
	}
	door, err := hub.ParseInvitation(strings.TrimSpace(way))
	if err == nil && door.Place != hub.OwnHub {
		err = review.Fail(hub.BadInvitation, nil)
	}
	return func(ctx context.Context, h live.Hosting) (*live.Room, error) { return live.HostAt(ctx, h, door) }, err
}
