package session

import (
	"context"
	"time"

	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/session"
)

// Hosting is what a person chooses to host a session by.
type Hosting struct {
	desk.HostRequest
	Server bool     // it lies on the server of the settings, or what that passes on
	Listen []string // else addresses of this machine, as Live.Addresses answers them
	Offer
}

// An Offer is what an invitation is good for: how many people who were not let in
// before, and how long.
type Offer struct {
	People int
	Good   time.Duration
}

// ok reports whether an invitation can be good for that: for somebody, and not for
// ever.
func (o Offer) ok() bool {
	return o.People > 0 && o.People <= mostPeople && o.Good > 0 && o.Good <= longest
}

// usual is what an invitation is good for unless the host says otherwise.
var usual = Offer{People: 5, Good: 24 * time.Hour}

// What an invitation may be good for at most: a session has no more members, and
// after a month it is forgotten that one is open.
const (
	mostPeople = 255
	longest    = 30 * 24 * time.Hour
)

// An Open invitation lets people in.
type Open struct {
	ID       string
	Link     string // "" where this start of the app did not make it: its secret is kept nowhere
	Left, Of int    // people whom it still lets in, of how many
	Good     time.Duration
}

// An Invitation is what can be told of one before it is followed.
type Invitation struct {
	Session   string
	Addresses []string // of the host
	Host      string   // who hosts, as the link says, for which nobody vouches; may be ""
	Mark      string   // the host's certificate, in a form that two people can compare; "" where a server is in between
}

// Live runs sessions over the network: one at a time, across screens, until it
// is left or the library is closed. What comes in changes the library, of which
// screens are told as ever.
type Live interface {
	// Addresses are those of this machine that others may reach, the loopback
	// one last.
	Addresses() []string
	// Server is where sessions may lie besides this machine, "" for nowhere. With
	// leaf they stay here, and the server passes them on.
	Server() (address string, leaf bool)
	// Host opens a session and runs it, and answers its first invitation.
	Host(ctx context.Context, h Hosting, progress func(done, all int)) (link string, err error)
	// Enter runs a session again that was left, or cut by an end of the app. For
	// a host it answers an invitation, "" where one is good already.
	Enter(ctx context.Context, id string, h Hosting) (link string, err error)
	// Read answers what an invitation says.
	Read(link string) (Invitation, error)
	// Join takes part in a session under a name, and answers its id.
	Join(ctx context.Context, link, as string) (id string, err error)
	// Invite makes another invitation to the running session. To one on a server it
	// is the way alone. Invitations are those that let people in now, the latest
	// first, and Revoke ends one: whom it let in stays.
	Invite(ctx context.Context, o Offer) (link string, err error)
	Invitations(ctx context.Context) ([]Open, error)
	Revoke(ctx context.Context, id string) error
	// Remove puts a member out; HandOver makes one the host.
	Remove(ctx context.Context, member string) error
	HandOver(ctx context.Context, member string) error
	// Leave ends this window's part in the running session, which can be entered
	// again.
	Leave(ctx context.Context) error
	// Running is the id of the session that runs; "" for none.
	Running() (id string, hosting bool)
	// Elsewhere is the address of what carries the running session, "" where this
	// machine does.
	Elsewhere() string
	// Roster is who is there.
	Roster() []session.Attendee
	// Save writes a session's file, and Load takes one in under a name and
	// answers the session's id.
	Save(ctx context.Context, id, file string) error
	Load(ctx context.Context, file, as string) (id string, err error)
}
