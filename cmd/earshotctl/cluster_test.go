package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/earshot-app/earshot/data/hub/hubtest"
	"github.com/earshot-app/earshot/data/sessionfile"
	"github.com/earshot-app/earshot/review/journal"
)

// opened draws two calls at a host's machine and opens a session about them,
// whose id an operator must know before anybody comes.
func opened(h *ctl, seed string, more ...string) (session string) {
	h.t.Helper()
	dir, table := recordings(h.t, 3)
	get[any](h, "import", dir, "--metadata", table)
	draw := get[drawn](h, "draw", "-n", "2", "--seed", seed)
	args := append([]string{"session", "host", "--draw", draw.ID, "--name", "Hedda", "--offline", "-o", filepath.Join(h.home, "open")}, more...)
	return get[struct{ Session string }](h, args...).Session
}

// events are what a library holds of a session, each as often as it does.
func (c *ctl) events(session string) (all []journal.Event) {
	c.t.Helper()
	file := filepath.Join(c.t.TempDir(), "session")
	get[any](c, "session", "export", session, "-o", file)
	f, err := os.Open(file)
	if err != nil {
		c.t.Fatal(err)
	}
	defer f.Close()
	_, lines, err := sessionfile.Read(f)
	if err != nil {
		c.t.Fatal(err)
	}
	for line, err := range lines {
		var e journal.Event
		if err != nil || journal.Read(line.Parcel.Bytes, &e) != nil {
			c.t.Fatalf("line %d: %v, %s", line.Line, err, line.Reason)
		}
		all = append(all, e)
	}
	return all
}

// ids are those of what a library holds of a session.
func (c *ctl) ids(session string) (ids []string) {
	c.t.Helper()
	for _, e := range c.events(session) {
		ids = append(ids, e.ID)
	}
	slices.Sort(ids)
	return ids
}

// holdTheSame wants every event once in every library, and answers how many
// there are.
func holdTheSame(t *testing.T, session string, seats []*seat) int {
	t.Helper()
	all := seats[0].ids(session)
	if once := slices.Compact(slices.Clone(all)); len(once) != len(all) {
		t.Errorf("%s holds events twice: %v", seats[0].name, all)
	}
	for _, s := range seats[1:] {
		if ids := s.ids(session); !slices.Equal(ids, all) {
			t.Errorf("%s holds %d events, %s %d:\n%v\n%v", s.name, len(ids), seats[0].name, len(all), ids, all)
		}
	}
	return len(all)
}

// cluster is three servers that keep three copies of every stream.
func (o *operator) cluster() (processes []*process, urls []string) {
	o.t.Helper()
	free := hubtest.Ports(o.t, 6)
	var routes []string
	for _, port := range free[3:] {
		routes = append(routes, fmt.Sprintf("nats://127.0.0.1:%d", port))
	}
	for i := range 3 {
		name := fmt.Sprintf("nats-%d", i)
		o.configure(name, free[i], fmt.Sprintf(
			"jetstream { store_dir: %q, sync_interval: always }\ncluster { name: team, host: 127.0.0.1, port: %d, routes: [ %s ] }",
			o.file(name), free[3+i], strings.Join(routes, ", ")))
		processes = append(processes, o.run(name))
		urls = append(urls, fmt.Sprintf("tls://127.0.0.1:%d", free[i]))
	}
	return processes, urls
}

// at are the flags that name servers.
func at(urls ...string) (flags []string) {
	for _, url := range urls {
		flags = append(flags, "--server", url)
	}
	return flags
}

// hostAt goes on with a session on an operator's servers.
func (o *operator) hostAt(c *ctl, flags ...string) (*seat, said) {
	o.t.Helper()
	args := append([]string{"session", "host", "--resume", o.sid, "--name", "Hedda", "--ca", o.file("cert.pem"), "--handshake-first"}, flags...)
	s := sit(c, "host", "", args...)
	return s, s.until("ready")
}

func joinAt(c *ctl, name, link string, flags ...string) *seat {
	c.t.Helper()
	s := sit(c, name, link+"\n", append([]string{"session", "join", "-", "--name", name}, flags...)...)
	s.until("ready")
	return s
}

// hears has everybody be through with a call in which they tag twice.
func hears(round int, seats ...*seat) {
	for _, s := range seats {
		s.tag(round, "Late bill", 10)
		s.tag(round, "Named by "+s.name, 20)
		s.done(round)
	}
}

// closes reveals, agrees and ends a session.
func closes(t *testing.T, session string, seats []*seat) {
	t.Helper()
	seats[0].when(everybodyDone(len(seats)))
	seats[0].do(map[string]any{"do": "reveal"})
	for range 2 {
		seats[0].until("revealed")
	}
	seats[0].do(map[string]any{"do": "consensus", "round": 1, "issues": []map[string]any{{"issue": "late bill", "at": 10}}})
	seats[0].until("consensus")
	seats[0].do(map[string]any{"do": "close"})
	ended(t, session, seats)
	// Opened, and let in: each but the host. Tagged twice, named an issue, heard, each
	// of two calls: each; "Late bill" is named by each at first, revealed twice,
	// agreed, closed.
	if n := holdTheSame(t, session, seats); n < 1+len(seats)-1+2*3*len(seats)+len(seats)+2+1+1 {
		t.Errorf("%d events are left of the session", n)
	}
}

// Three servers of a company carry a session; the one that leads its streams is
// killed while all go on tagging. The members are connected to the others, so
// that nothing tells them but that nothing comes any more.
func TestASessionOutlivesTheKillOfItsClustersLeader(t *testing.T) {
	t.Parallel()
	h, a, b := newCtl(t), newCtl(t), newCtl(t)
	session := opened(h, "meeting-60")
	o := operate(t, session, "$JS.API.")
	adas, bos := o.member(a), o.member(b)
	processes, urls := o.cluster()
	js := o.admin(urls...)
	hostess, ready := o.hostAt(h, append(at(urls...), "--user", "host")...)
	led := leader(t, js, "RS_LOG_"+session)
	for i, p := range processes {
		if p.name == led {
			urls = slices.Delete(urls, i, i+1)
		}
	}
	ada, bo := joinAt(a, "Ada", ready.Link, append(adas, at(urls[0])...)...), joinAt(b, "Bo", ready.Link, append(bos, at(urls[1])...)...)
	seats := []*seat{hostess, ada, bo}
	for _, s := range seats {
		s.here(2)
	}
	hears(1, seats...)
	for _, p := range processes {
		if p.name == led {
			p.kill()
		}
	}
	hears(2, seats...)
	closes(t, session, seats)
}

// leader is the server that leads a stream, which must lie on three.
func leader(t *testing.T, js jetstream.JetStream, stream string) string {
	t.Helper()
	s, err := js.Stream(context.Background(), stream)
	if err != nil {
		t.Fatal(err)
	}
	info := s.CachedInfo()
	if info.Config.Replicas != 3 || info.Cluster == nil {
		t.Fatalf("the stream has %d copies", info.Config.Replicas)
	}
	return info.Cluster.Leader
}

// The host's hub dials out to a company's server, where the members are; that is
// killed while all go on tagging, and comes back.
func TestASessionOutlivesTheKillOfItsMeetingPlace(t *testing.T) {
	t.Parallel()
	h, a, b := newCtl(t), newCtl(t), newCtl(t)
	session := opened(h, "meeting-61")
	o := operate(t, session, "$JS.earshot-"+session+".API.")
	adas, bos := o.member(a), o.member(b)
	free := hubtest.Ports(t, 2)
	o.configure("company", free[0], fmt.Sprintf(`leafnodes {
	host: 127.0.0.1, port: %d
	tls { cert_file: %q, key_file: %q, handshake_first: true }
	authorization { users: [ { user: leaf, password: secret, account: TEAM } ] }
}`, free[1], o.file("cert.pem"), o.file("key.pem")))
	company := o.run("company")
	hostess, ready := o.hostAt(h, append(at(fmt.Sprintf("tls://127.0.0.1:%d", free[1])), "--user", "leaf", "--leaf")...)
	there := at(fmt.Sprintf("tls://127.0.0.1:%d", free[0]))
	ada, bo := joinAt(a, "Ada", ready.Link, append(adas, there...)...), joinAt(b, "Bo", ready.Link, append(bos, there...)...)
	seats := []*seat{hostess, ada, bo}
	for _, s := range seats {
		s.here(2)
	}
	hears(1, seats...)
	company.kill()
	hears(2, seats...)
	o.run("company")
	closes(t, session, seats)
}
