package session

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/journal"
	"github.com/earshot-app/earshot/review/session"
)

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

// party is a library that takes part in one session, of Kim, who hosts, Anna,
// Ben and Cem. What they say is signed and folded as in a real one.
type party struct {
	t       testing.TB
	id      string
	n       int64
	authors []journal.Author // the host first
	said    []journal.Event
	me      int // whose library it is
	shared  desk.Shared
	names   map[string]string
	draws   []desk.Draw
	acts    []string
	failing error
}

var members = []string{"Kim", "Anna", "Ben", "Cem"}

// newParty opens a blind session of three calls with two known issues.
func newParty(t testing.TB, me int) *party {
	t.Helper()
	p := &party{t: t, me: me, names: map[string]string{}}
	for i, name := range members {
		a, err := journal.NewAuthor(append([]byte{byte(i + 1)}, make([]byte, 31)...))
		if err != nil {
			t.Fatal(err)
		}
		p.authors = append(p.authors, a)
		p.names[a.ID] = name
	}
	p.id = session.ID(p.authors[0].Public(), "nonce")
	p.shared = desk.Shared{ID: p.id, Hosting: me == 0, Name: "Tuesday", Blind: true, Joined: noon}
	p.draws = []desk.Draw{{At: noon, Size: 3}, {At: noon.Add(time.Hour), Size: 20, Done: 4}}
	p.draws[0].ID, p.draws[1].ID = "d1", "d2"
	p.say(0, 0, journal.SessionOpened{Nonce: "nonce", Name: "Tuesday", Draw: "d1", Calls: 3, Blind: true})
	for round := 1; round <= 3; round++ {
		p.say(0, 0, journal.SessionCall{Round: round, Call: uid(round), Length: 120_000, Start: noon.Unix(), Queue: "Billing"})
	}
	p.say(0, 0, journal.IssueNamed{Issue: "bill", Name: "Late bill"})
	p.say(0, 0, journal.IssueNamed{Issue: "router", Name: "Router resets"})
	for _, a := range p.authors[1:] {
		p.say(0, 0, journal.MemberAdmitted{Member: a.ID})
	}
	return p
}

func uid(round int) string { return fmt.Sprintf("call-%d", round) }

// say lets a member, by number, say something of a round or of none.
func (p *party) say(who, round int, body journal.Body) {
	p.t.Helper()
	p.n++
	by := p.authors[who].In(p.id).Hearing(round)
	e, err := by.Sign(fmt.Sprintf("%s-%03d", by.ID[:3], p.n), p.n, noon.Add(time.Duration(p.n)*time.Second), body)
	if err != nil {
		p.t.Fatal(err)
	}
	p.said = append(p.said, e.Event)
}

func (p *party) tag(who, round int, issue string, seconds int64) {
	p.t.Helper()
	p.say(who, round, journal.MomentAdded{Moment: fmt.Sprintf("m%d", p.n), Call: uid(round), Issue: issue, At: seconds * 1000})
}

func (p *party) hear(round int, who ...int) {
	p.t.Helper()
	for _, i := range who {
		p.say(i, round, journal.CallHeard{Call: uid(round), Played: 1})
	}
}

// heardFirst lets everybody but Cem hear the first call: they agree on the bill
// and differ on the router.
func (p *party) heardFirst() {
	p.t.Helper()
	for _, who := range []int{0, 1, 2} {
		p.tag(who, 1, "bill", 48+int64(who))
	}
	p.tag(1, 1, "router", 3)
	p.hear(1, 0, 1, 2)
}

func (p *party) state() *session.State { return session.Fold(p.id, p.said).For(p.authors[p.me].ID) }

func (p *party) act(format string, args ...any) error {
	if p.failing == nil {
		p.acts = append(p.acts, fmt.Sprintf(format, args...))
	}
	return p.failing
}

func (p *party) Draws(context.Context) ([]desk.Draw, error)            { return p.draws, nil }
func (p *party) Sessions(context.Context) ([]desk.Shared, error)       { return []desk.Shared{p.shared}, nil }
func (p *party) CloseSession(_ context.Context, id string) error       { return p.act("close") }
func (p *party) SharedOf(context.Context, string) (desk.Shared, error) { return p.shared, nil }

func (p *party) HostSession(_ context.Context, r desk.HostRequest, _ func(done, all int)) (desk.Shared, error) {
	return p.shared, p.act("host %s %q as %s blind=%v together=%v keep=%v", r.Draw, r.Name, r.As, r.Blind, r.Together, r.KeepAudio)
}

func (p *party) Session(context.Context, string) (*session.State, error) { return p.state(), nil }

func (p *party) SessionNames(context.Context, string) (map[string]string, error) {
	return maps.Clone(p.names), nil
}

func (p *party) SessionPlaces(context.Context, string) ([]desk.SessionPlace, error) {
	return []desk.SessionPlace{{Round: 1, Local: "here-1"}, {Round: 2, Local: "here-2"}, {Round: 3}}, nil
}

func (p *party) SessionRoster(_ context.Context, _ string, round int) ([]session.Attendee, error) {
	return p.roster(round), nil
}

func (p *party) roster(round int) []session.Attendee {
	roster := session.Fold(p.id, p.said).Roster(round)
	for i := range roster {
		roster[i].Name = p.names[roster[i].Author]
	}
	return roster
}

func (p *party) OpenRound(_ context.Context, _ string, round int) error {
	p.say(0, 0, journal.RoundOpened{Round: round})
	return p.act("open %d", round)
}

func (p *party) RevealRound(_ context.Context, _ string, round int) ([]int, error) {
	p.say(0, 0, journal.RoundRevealed{Round: round})
	return []int{round}, p.act("reveal %d", round)
}

func (p *party) MatchIssues(_ context.Context, _, from, into string) error {
	p.say(0, 0, journal.IssuesMatched{From: from, Into: into})
	return p.act("match %s into %s", from, into)
}

func (p *party) RecordConsensus(_ context.Context, _ string, round int, issues []journal.Consensus) error {
	p.say(0, 0, journal.ConsensusRecorded{Round: round, Issues: issues})
	return p.act("agree %d %v", round, issues)
}

func (p *party) AdoptConsensus(context.Context, string) (desk.AdoptedConsensus, error) {
	return desk.AdoptedConsensus{Calls: 1, Added: 2}, p.act("adopt")
}

// network is a network on which a party's session may run.
type network struct {
	*party
	running bool
	hosted  Hosting
	server  string // of the settings
	leaf    bool
	invited []Open
	// elsewhere carries it, "" for this machine.
	elsewhere string
}

var errLink = errors.New("no link")

func (n *network) Addresses() []string { return []string{"192.0.2.7", "127.0.0.1"} }

func (n *network) Host(_ context.Context, h Hosting, _ func(done, all int)) (string, error) {
	n.hosted, n.running = h, true
	return "earshot://join/new", n.act("host live")
}

func (n *network) Enter(_ context.Context, _ string, h Hosting) (string, error) {
	n.hosted, n.running = h, true
	return "", n.act("enter as %s", h.As)
}

func (n *network) Read(link string) (Invitation, error) {
	if link == "earshot://join/way" {
		return Invitation{Session: n.id, Addresses: []string{"nats.example.com:4222"}}, nil
	}
	if !slices.Contains([]string{"earshot://join/x", "earshot://join/new", "earshot://join/more", "earshot://join/first"}, link) {
		return Invitation{}, review.Fail(review.BadArgument, review.Args{"name": "link", "value": link}).Because(errLink)
	}
	return Invitation{Session: n.id, Host: "Hedda", Addresses: []string{"192.0.2.9:4222"}, Mark: "ab12 cd34 ef56"}, nil
}

func (n *network) Join(_ context.Context, link, as string) (string, error) {
	n.running = true
	return n.id, n.act("join %s as %s", link, as)
}

func (n *network) Server() (string, bool) { return n.server, n.leaf }

func (n *network) Elsewhere() string { return n.elsewhere }

func (n *network) Invite(_ context.Context, o Offer) (string, error) {
	return "earshot://join/more", n.act("invite %d for %v", o.People, o.Good)
}

func (n *network) Invitations(context.Context) ([]Open, error) { return n.invited, n.failing }

func (n *network) Revoke(_ context.Context, id string) error {
	n.invited = slices.DeleteFunc(n.invited, func(o Open) bool { return o.ID == id })
	return n.act("revoke %s", id)
}

func (n *network) Remove(_ context.Context, member string) error {
	return n.act("remove %s", n.names[member])
}

func (n *network) HandOver(_ context.Context, member string) error {
	return n.act("hand to %s", n.names[member])
}

func (n *network) Leave(context.Context) error {
	n.running = false
	return n.act("leave")
}

func (n *network) Running() (string, bool) {
	if !n.running {
		return "", false
	}
	return n.id, n.me == 0
}

func (n *network) Roster() []session.Attendee {
	roster := n.roster(0)
	if i := len(roster) - 1; i >= 0 {
		roster[i].State = session.Away // Cem
	}
	return roster
}

func (n *network) Save(_ context.Context, _, file string) error { return n.act("save %s", file) }

func (n *network) Load(_ context.Context, file, as string) (string, error) {
	return n.id, n.act("load %s as %s", file, as)
}
