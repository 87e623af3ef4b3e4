package main

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
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

// A server without a library serves a session whose host is elsewhere. It is
// killed while all go on, comes back at the same address, and the session ends
// with all that was said.
func TestAHubOnAServerServesAHostElsewhere(t *testing.T) {
	t.Parallel()
	server, h := newCtl(t), newCtl(t)
	session := opened(h, "meeting-63")
	serve := func() (hub *seat, link string) {
		hub = sit(server, "hub", "", "hub", "--session", session, "--host", base64.RawURLEncoding.EncodeToString(h.author().Public()),
			"--dir", filepath.Join(server.home, "hub"), "--listen", "127.0.0.1:0")
		var told struct{ Event, Link string }
		for told.Event != "ready" && hub.out.Scan() {
			_ = json.Unmarshal(hub.out.Bytes(), &told) // of whom it lets in it tells more
		}
		return hub, told.Link
	}
	hub, way := serve()
	come := sit(h, "host", way+"\n", "session", "join", "-", "--name", "Hedda") // to know the way
	come.until("ready")
	come.kill()
	hostess := sit(h, "host", "", "session", "host", "--resume", session, "--name", "Hedda")
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
