package hub

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/nats-io/nats-server/v2/server"

	"github.com/earshot-app/earshot/review/session"
)

// names are the names that one session has in NATS.
type names struct{ session string }

// serverName is how a session's own hub calls itself.
func serverName(session string) string { return "host-" + session }

func (n names) stream(s session.Stream) string {
	return "RS_" + strings.ToUpper(string(s)) + "_" + n.session
}

func (n names) subject(parts ...string) string {
	return "rs." + n.session + "." + strings.Join(parts, ".")
}

// all is everything that a stream takes in.
func (n names) all(s session.Stream) string { return n.subject(string(s), ">") }

// of is where a parcel is published.
func (n names) of(p session.Parcel, me string) (session.Stream, string) {
	if p.Blind > 0 {
		return session.Blind, n.subject("blind", me, strconv.Itoa(p.Blind), p.Type)
	}
	return session.Log, n.subject("log", me, p.Type)
}

// read is what a subject says of its message: its author, type and round.
func (n names) read(s session.Stream, subject string) (p session.Parcel, ok bool) {
	rest, ok := strings.CutPrefix(subject, n.subject(string(s), ""))
	if !ok {
		return p, false
	}
	p.Author, rest, ok = strings.Cut(rest, ".")
	if ok && s == session.Blind {
		var round string
		round, rest, ok = strings.Cut(rest, ".")
		p.Blind, _ = strconv.Atoi(round)
		ok = ok && p.Blind > 0
	}
	p.Type = rest
	return p, ok
}

// inbox is the beginning of the subjects that answers to an author go to.
func inbox(author string) string { return "_INBOX." + author }

// rights are what a member may do on the server; everything else is denied. A
// consumer can be made only with its one filter in the subject of the request,
// as only there the server can check it.
func (n names) rights(me string) *server.Permissions {
	log := n.stream(session.Log)
	return &server.Permissions{
		Publish: &server.SubjectPermission{Allow: []string{
			n.subject("log", me, ">"),
			n.subject("blind", me, ">"),
			n.subject("live", me, ">"),
			n.subject("req", me, ">"),
			"$JS.API.STREAM.INFO." + log,
			fmt.Sprintf("$JS.API.CONSUMER.CREATE.%s.*.%s", log, n.all(session.Log)),
			fmt.Sprintf("$JS.API.CONSUMER.MSG.NEXT.%s.*", log),
		}},
		Subscribe: &server.SubjectPermission{Allow: []string{
			inbox(me) + ".>",
			n.subject("ctl", ">"),
			n.subject("live", ">"),
		}},
	}
}
