package main

import (
	"path/filepath"
	"testing"
	"time"
)

// atTable opens a session about two calls and sits members down at it, by name.
func atTable(t *testing.T, seed string, names ...string) (hostess *seat, ready said, members []*seat) {
	t.Helper()
	h := newCtl(t)
	dir, table := recordings(t, 6)
	get[any](h, "import", dir, "--metadata", table)
	draw := get[drawn](h, "draw", "-n", "2", "--seed", seed)
	hostess, ready = host(h, draw.ID)
	for _, name := range names {
		c := newCtl(t)
		get[any](c, "import", dir, "--metadata", table)
		s := join(c, name, ready.Link)
		s.here(2)
		members = append(members, s)
	}
	return hostess, ready, members
}

// author is who the host's terminal says has come by a name.
func (s *seat) author(name string) string {
	s.t.Helper()
	for _, what := range s.heard {
		if what.Event == "joined" && what.Name == name {
			return what.Member
		}
	}
	return s.when(func(what said) bool { return what.Event == "joined" && what.Name == name }).Member
}

// tagAll tags a call for everybody, blind, and is through with it.
func tagAll(seats []*seat, round int) {
	for _, s := range seats {
		s.tag(round, "Late bill", 10)
		s.done(round)
	}
}

// The host hands a session over while it runs: without being entered anew, the
// new host reveals what was said blind before and after, invites, and closes; the
// host of before and the others follow.
func TestASessionIsHandedOverWhileItRuns(t *testing.T) {
	hostess, ready, members := atTable(t, "meeting-52", "Ada", "Bo")
	ada, bo := members[0], members[1]
	all := []*seat{hostess, ada, bo}
	tagAll(all, 1)
	hostess.do(map[string]any{"do": "host", "member": hostess.author("Ada")})
	for _, s := range all {
		if is := s.until("host"); is.Member != hostess.author("Ada") {
			t.Errorf("%s is told that %+v hosts", s.name, is)
		}
	}
	tagAll(all, 2)
	hostess.do(map[string]any{"do": "reveal"})
	hostess.fails("not-host")
	ada.when(everybodyDone(3))
	ada.do(map[string]any{"do": "invite"})
	cem := join(newCtl(t), "Cem", ada.until("invitation").Link)
	ada.author("Cem")
	ada.do(map[string]any{"do": "reveal"})
	for _, s := range all {
		for range 2 {
			if r := s.until("revealed"); len(r.Rows) != 1 || len(r.Rows[0].Heard) != 3 {
				t.Errorf("%s is shown %+v, want one issue that three heard", s.name, r)
			}
		}
	}
	cem.until("revealed")
	ada.do(map[string]any{"do": "close"})
	ended(t, ready.Session, append(all[1:], cem))
	if got := hostess.until("closed"); got.Digest != ada.heard[len(ada.heard)-1].Digest {
		t.Errorf("the host of before holds %+v", got)
	}
}

// The machine that keeps the hub is lost after the session was handed over. The
// new host goes on with a hub of their own and invites anew; what was tagged blind
// before, and meanwhile, is there.
func TestTheNewHostGoesOnWithoutTheOldOnesMachine(t *testing.T) {
	hostess, ready, members := atTable(t, "meeting-53", "Ada", "Bo")
	ada, bo := members[0], members[1]
	tagAll(members, 1)
	for _, s := range members {
		s.until("synced")
	}
	hostess.do(map[string]any{"do": "host", "member": hostess.author("Ada")})
	ada.until("host")
	bo.until("host")
	hostess.kill()
	tagAll(members, 2)
	for _, s := range members {
		s.kill()
	}
	ada = sit(ada.ctl, "Ada", "", "session", "host", "--resume", ready.Session, "--listen", "127.0.0.1:0")
	bo = join(bo.ctl, "Bo", ada.until("ready").Link)
	through := map[string]bool{}
	ada.when(func(what said) bool {
		for _, m := range what.Members {
			through[m.Name] = m.State == "done"
		}
		return through["Bo"]
	})
	ada.do(map[string]any{"do": "reveal"})
	for range 2 {
		if r := bo.until("revealed"); len(r.Rows) != 1 || len(r.Rows[0].Heard) != 2 {
			t.Errorf("Bo is shown %+v, want one issue that Ada and Bo heard", r)
		}
	}
	ada.do(map[string]any{"do": "close"})
	ended(t, ready.Session, []*seat{ada, bo})
}

// The host is gone for good, and with them the hub and what was blind. Any member
// exports what all have; another who takes that in holds the same, and opens a
// session about the same draw to go on.
func TestMembersGoOnWithoutTheHost(t *testing.T) {
	hostess, ready, members := atTable(t, "meeting-54", "Ada", "Bo")
	ada, bo := members[0], members[1]
	tagAll(append(members, hostess), 1)
	for _, s := range members {
		s.until("synced")
	}
	hostess.do(map[string]any{"do": "reveal", "round": 1})
	ada.until("revealed")
	bo.until("revealed")
	draw := arrived(t, bo.ctl) // as the host made it: Bo has the same calls
	hostess.kill()
	ada.tag(2, "No reply", 4)
	for _, s := range members {
		s.kill()
	}
	handedTo(t, ready.Session, ada, bo)
	handedTo(t, ready.Session, bo, ada)
	a := get[struct{ Digest string }](ada.ctl, "session", "digest", ready.Session)
	if b := get[struct{ Digest string }](bo.ctl, "session", "digest", ready.Session); a != b {
		t.Errorf("Ada holds %+v and Bo %+v", a, b)
	}
	if rows := get[[]tableRow](bo.ctl, "session", "table", ready.Session, "--round", "1"); len(rows) != 1 || rows[0].Heard < 2 {
		t.Errorf("Bo sees %+v of what was revealed", rows)
	}
	bo = sit(bo.ctl, "Bo", "", "session", "host", "--draw", draw, "--name", "Bo", "--listen", "127.0.0.1:0")
	again := bo.until("ready")
	ada = join(ada.ctl, "Ada", again.Link)
	ada.here(2)
	tagAll([]*seat{ada, bo}, 2)
	ada.until("synced")
	bo.do(map[string]any{"do": "reveal"})
	ada.until("revealed")
	bo.until("revealed")
	bo.do(map[string]any{"do": "close"})
	ended(t, again.Session, []*seat{ada, bo})
}

// arrived waits until a member's library has the draw of its session.
func arrived(t *testing.T, c *ctl) string {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		if draws := get[[]struct{ ID string }](c, "draws"); len(draws) == 1 {
			return draws[0].ID
		}
	}
	t.Fatal("the host's draw did not come")
	return ""
}

// handedTo gives one member's file of a session to another.
func handedTo(t *testing.T, session string, from, to *seat) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "session")
	get[any](from.ctl, "session", "export", session, "-o", file)
	get[any](to.ctl, "session", "import", file)
}
