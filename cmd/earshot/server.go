package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"github.com/earshot-app/earshot/cmd/internal/live"
	"github.com/earshot-app/earshot/data/config"
	"github.com/earshot-app/earshot/data/hub"
	"github.com/earshot-app/earshot/review"
	sessionpage "github.com/earshot-app/earshot/ui/session"
	"github.com/earshot-app/earshot/ui/settings"
)

// noServer is answered for a session on somebody's server when the settings name
// none.
const noServer review.Code = "no-server"

// toShow is a server as the settings page shows it.
func toShow(s config.Server) settings.Server {
	return settings.Server{Addresses: strings.Join(s.Addresses, ", "), File: s.File, Authority: s.Authority, Leaf: s.Leaf}
}

// toKeep is a server as the settings page has it.
func toKeep(s settings.Server) config.Server {
	addresses := strings.FieldsFunc(s.Addresses, func(r rune) bool { return strings.ContainsRune(", ;\t", r) })
	return config.Server{Addresses: addresses, File: strings.TrimSpace(s.File), Authority: strings.TrimSpace(s.Authority), Leaf: s.Leaf}
}

// outside is the server as the hub knows it; nil for none.
func outside(s config.Server) *hub.Outside {
	if len(s.Addresses) == 0 {
		return nil
	}
	o := &hub.Outside{Servers: s.Addresses, HandshakeFirst: s.HandshakeFirst, CA: s.Authority}
	if strings.EqualFold(filepath.Ext(s.File), ".nk") {
		o.Nkey = s.File
	} else {
		o.Creds = s.File
	}
	return o
}

// keepServer keeps where sessions may lie, on the disk too: it is entered once and
// needed in every session.
func (a *app) keepServer(s settings.Server) {
	kept := toKeep(s)
	kept.HandshakeFirst = a.settings.Server.HandshakeFirst // as it was found out to be
	a.useServer(kept)
}

func (a *app) useServer(s config.Server) {
	a.settings.Server = s
	if a.rooms != nil {
		a.rooms.serve(s)
	}
	if err := a.folders.SaveSettings(a.settings); err != nil {
		a.log.Error("save the settings", "error", err)
	}
}

// foundServer keeps when TLS begins at the server, from any goroutine.
func (a *app) foundServer(handshakeFirst bool) {
	a.loop.Post(func() {
		s := a.settings.Server
		s.HandshakeFirst = handshakeFirst
		a.useServer(s)
	})
}

// serverTrier answers why a server is of no use to this person. It finds out when
// TLS begins there, and keeps that.
func (a *app) serverTrier() func(context.Context, settings.Server) error {
	seed := a.rooms.seed
	return func(ctx context.Context, s settings.Server) error {
		kept := toKeep(s)
		o := outside(kept)
		if o == nil {
			return review.Fail(hub.BadServer, review.Args{"address": ""})
		}
		works, err := hub.Try(ctx, hub.Pass{Seed: seed, Outside: o}, s.Leaf)
		if err == nil {
			kept.HandshakeFirst = works.HandshakeFirst
			a.loop.Post(func() { a.useServer(kept) })
		}
		return err
	}
}

// serve makes a server the one on which sessions may lie.
func (r *rooms) serve(s config.Server) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.server = s
}

// Server implements the page's Live.
func (r *rooms) Server() (address string, leaf bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return strings.Join(r.server.Addresses, ", "), r.server.Leaf
}

// place is where a session that is hosted here lies: where it did before, or as
// its host chose.
func (r *rooms) place(id string, h sessionpage.Hosting) hub.Place {
	if i, err := live.Door(r.dir(id)); err == nil {
		return i.Place
	}
	if _, err := os.Stat(r.leaf(id)); err == nil {
		return hub.Leaf
	}
	address, leaf := r.Server()
	_, err := os.Stat(filepath.Join(r.dir(id), "hub"))
	switch {
	case err == nil, !h.Server, address == "":
		return hub.OwnHub
	case leaf:
		return hub.Leaf
	}
	return hub.Foreign
}

// begins reports whether a session has its hub here or nowhere yet.
func (r *rooms) begins(id string) bool {
	_, err := live.Door(r.dir(id))
	return err != nil
}

// leaf is an empty file that is there for a session that a server passes on.
func (r *rooms) leaf(id string) string { return filepath.Join(r.dir(id), "leaf") }

func (r *rooms) keepLeaf(id string) error {
	return review.WithoutPath(os.WriteFile(r.leaf(id), nil, 0o600))
}

// elsewhere is the server for a session that lies there, nil for one that has a
// hub of its own.
func (r *rooms) elsewhere(at hub.Place) (*hub.Outside, error) {
	if at == hub.OwnHub {
		return nil, nil
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	o := outside(r.server)
	if o == nil {
		return nil, review.Fail(noServer, nil)
	}
	return o, nil
}

// doors are where the hub listens: for one that dials out, at none that others
// reach.
func doors(at hub.Place, listen []string) []string {
	if at == hub.Leaf {
		listen = []string{"127.0.0.1"}
	}
	return live.Doors(listen)
}

// overServer does what may go over a server. Where it fails it says what is wrong
// with that; and where only TLS begins otherwise there, it does it so, and keeps that.
func (r *rooms) overServer(ctx context.Context, o *live.Options, leaf bool, do func() (*live.Room, error)) (*live.Room, error) {
	room, err := do()
	if err == nil || o.Outside == nil || ctx.Err() != nil {
		return room, err
	}
	works, why := hub.Try(ctx, hub.Pass{Seed: r.seed, Outside: o.Outside}, leaf)
	switch {
	case why != nil && review.CodeOf(why) != hub.ServerKeepsNone: // who may only join has no streams to make
		return nil, why
	case works.HandshakeFirst != o.Outside.HandshakeFirst:
		o.Outside = &works
		r.found(works.HandshakeFirst)
		return do()
	case r.hosts(ctx, o.Session) && why != nil:
		return nil, why
	}
	return nil, err
}

// hosts reports whether this person hosts a session.
func (r *rooms) hosts(ctx context.Context, id string) bool {
	shared, err := r.library.SharedOf(ctx, id)
	return err == nil && shared.Hosting
}
