package hub

import (
	"context"
	"crypto/ed25519"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/journal"
)

// A session that was handed over has its host on another machine than its hub:
// such a host gives the orders of [Main] over the network. They are signed, as a
// member can make the server deliver messages of theirs to any subject.

// orderText is what a host signs: nothing else that they sign begins like it.
func (n names) orderText(raw []byte) []byte {
	return append([]byte("earshot hub order\n"+n.session+"\n"), raw...)
}

func (n names) orders() string { return n.subject("hub", "order") }

// isOwn reports whether it is the hub itself that connects.
func (s *Server) isOwn(token string) bool {
	return subtle.ConstantTimeCompare([]byte(token), []byte(s.own)) == 1
}

// ownUser may hear orders and answer them.
func (s *Server) ownUser() *server.User {
	return &server.User{Username: "hub", Account: s.account, Permissions: &server.Permissions{
		Publish:   &server.SubjectPermission{Allow: []string{inbox(">")}},
		Subscribe: &server.SubjectPermission{Allow: []string{names{s.config.Session}.orders()}},
	}}
}

// listen follows the orders that come over the network until the server ends.
func (s *Server) listen() (err error) {
	s.orders, err = nats.Connect("", nats.InProcessServer(s.nats), nats.Token(s.own), nats.Name("hub"), nats.NoReconnect(),
		nats.ErrorHandler(func(*nats.Conn, *nats.Subscription, error) {})) // else it prints
	if err != nil {
		return fmt.Errorf("connect to the server: %w", err)
	}
	if _, err := s.orders.Subscribe(names{s.config.Session}.orders(), s.ordered); err != nil {
		return fmt.Errorf("listen for orders: %w", err)
	}
	if err := s.orders.Flush(); err != nil {
		return fmt.Errorf("listen for orders: %w", err)
	}
	return nil
}

// ordered follows one order, if the host gave it.
func (s *Server) ordered(m *nats.Msg) {
	public, signature := signed(m.Header.Get(sigHeader))
	if public == nil || !s.door.isHost(public) || !ed25519.Verify(public, names{s.config.Session}.orderText(m.Data), signature) {
		return
	}
	var o order
	if !strings.HasPrefix(m.Reply, inbox(journal.AuthorID(public))+".") || json.Unmarshal(m.Data, &o) != nil {
		return
	}
	answer, after := s.follow(o)
	if raw, err := json.Marshal(answer); err == nil {
		_ = s.orders.Publish(m.Reply, raw) // who hears nothing asks again
		_ = s.orders.Flush()
	}
	after()
}

// order has the hub do something, wherever it runs. Only the host may. It
// answers what the hub does, and [HubEnded] where none answers.
func (c *Conn) order(ctx context.Context, o order) (report, error) {
	raw, err := json.Marshal(o)
	if err != nil {
		return report{}, fmt.Errorf("write an order: %w", err)
	}
	signer, err := nkeyOf(c.key.Public().(ed25519.PublicKey))
	if err != nil {
		return report{}, err
	}
	m := nats.NewMsg(c.orders())
	m.Data = raw
	m.Header.Set(sigHeader, signer+":"+base64.StdEncoding.EncodeToString(ed25519.Sign(c.key, c.orderText(raw))))
	limited, stop := context.WithTimeout(ctx, 10*time.Second)
	defer stop()
	answer, err := c.nats.RequestMsgWithContext(limited, m)
	if err != nil {
		if ctx.Err() == nil && (errors.Is(err, nats.ErrNoResponders) || errors.Is(err, context.DeadlineExceeded)) {
			return report{}, review.Fail(HubEnded, nil).Because(err)
		}
		return report{}, fmt.Errorf("give the hub an order: %w", c.why(ctx, err))
	}
	var r report
	if err := json.Unmarshal(answer.Data, &r); err != nil {
		return report{}, fmt.Errorf("read the hub's answer: %w", err)
	}
	if r.Event == "error" {
		return r, r.err()
	}
	return r, nil
}

// Invite does what [Child.Invite] does, for a host elsewhere.
func (c *Conn) Invite(ctx context.Context, o Offer) (Invitation, string, error) {
	r, err := c.order(ctx, order{Do: "invite", People: o.People, Hours: time.Until(o.Until).Hours()})
	if err != nil {
		return Invitation{}, "", err
	}
	i, err := ParseInvitation(r.Link)
	return i, r.ID, err
}

// Revoke ends an invitation; whom it let in stays.
func (c *Conn) Revoke(ctx context.Context, id string) error {
	_, err := c.order(ctx, order{Do: "revoke", ID: id})
	return err
}

// Remove puts an author out and keeps them out.
func (c *Conn) Remove(ctx context.Context, author string) error {
	_, err := c.order(ctx, order{Do: "remove", Author: author})
	return err
}

// HandOver makes a member the host, and this connection one of a member's.
func (c *Conn) HandOver(ctx context.Context, author string) error {
	_, err := c.order(ctx, order{Do: "host", Author: author})
	return err
}
