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
	Listen []string // addresses of this machine, as Live.Addresses answers them
	People int      // whom the invitation lets in
	Good   time.Duration
}

// An Invitation is what can be told of one before it is followed.
type Invitation struct {
	Session   string
	Addresses []string // of the host
	Mark      string   // the host's certificate, in a form that two people can compare
}

// Live runs sessions over the network: one at a time, across screens, until it
// is left or the library is closed. What comes in changes the library, of which
// screens are told as ever.
type Live interface {
	// Addresses are those of this machine that others may reach, the loopback
	// one last.
	Addresses() []string
	// Host opens a session and runs it, and answers its first invitation.
	Host(ctx context.Context, h Hosting, progress func(done, all int)) (link string, err error)
	// Enter runs a session again that was left, or cut by an end of the app. For
	// a host it answers an invitation.
	Enter(ctx context.Context, id string, h Hosting) (link string, err error)
	// Read answers what an invitation says.
	Read(link string) (Invitation, error)
	// Join takes part in a session under a name, and answers its id.
	Join(ctx context.Context, link, as string) (id string, err error)
	// Invite makes another invitation to the running session.
	Invite(ctx context.Context, people int, good time.Duration) (link string, err error)
	// Remove puts a member out; HandOver makes one the host.
	Remove(ctx context.Context, member string) error
	HandOver(ctx context.Context, member string) error
	// Leave ends this window's part in the running session, which can be entered
	// again.
	Leave(ctx context.Context) error
	// Running is the id of the session that runs; "" for none.
	Running() (id string, hosting bool)
	// Roster is who is there.
	Roster() []session.Attendee
	// Save writes a session's file, and Load takes one in under a name and
	// answers the session's id.
	Save(ctx context.Context, id, file string) error
	Load(ctx context.Context, file, as string) (id string, err error)
}
