package main

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/earshot-app/earshot/data/config"
	"github.com/earshot-app/earshot/review/journal"
)

// author is who this machine's person is.
func (c *ctl) author() journal.Author {
	c.t.Helper()
	seed, err := config.Folders{Data: filepath.Join(c.home, "data", "earshot")}.Identity(rand.Reader)
	if err != nil {
		c.t.Fatal(err)
	}
	author, err := journal.NewAuthor(seed)
	if err != nil {
		c.t.Fatal(err)
	}
	return author
}

// A server without a library serves a session whose host is elsewhere: the host is
// told what it must be given, and takes its link. It is killed while all go on, comes
// back at the same address, and the session ends with all that was said.
func TestAHubOnAServerServesAHostElsewhere(t *testing.T) {
	t.Parallel()
	server, h := newCtl(t), newCtl(t)
	dir, table := recordings(t, 3)
	get[any](h, "import", dir, "--metadata", table)
	draw := get[drawn](h, "draw", "-n", "2", "--seed", "meeting-63")
	hostess := sit(h, "host", "", "session", "host", "--draw", draw.ID, "--hub", "-", "--name", "Hedda")
	wanted := hostess.until("hub")
	session := wanted.Session
	if shown := get[keyShown](h, "session", "key"); shown.Key != wanted.Key || shown.Author != h.author().ID {
		t.Errorf("session key prints %+v, and the hub is to be given %s", shown, wanted.Key)
	}
	serve := func() (hub *seat, link string) {
		hub = sit(server, "hub", "", "hub", "--session", session, "--host", wanted.Key,
			"--dir", filepath.Join(server.home, "hub"), "--listen", "127.0.0.1:0")
		var told struct{ Event, Link string }
		for told.Event != "ready" && hub.out.Scan() {
			_ = json.Unmarshal(hub.out.Bytes(), &told) // of whom it lets in it tells more
		}
		return hub, told.Link
	}
	hub, way := serve()
	fmt.Fprintln(hostess.in, way)
	hostess.until("ready")
	hostess.kill() // and comes back by herself
	hostess = sit(h, "host", "", "session", "host", "--resume", session, "--name", "Hedda")
	link := hostess.until("ready").Link
	seats := []*seat{hostess, join(newCtl(t), "Ada", link), join(newCtl(t), "Bo", link)}
	for _, s := range seats {
		s.here(2)
	}
	hears(1, seats...)
	hub.kill()
	hears(2, seats...)
	serve()
	closes(t, session, seats)
}
