package main

import (
	"context"
	"crypto/ed25519"
	"encoding/base64"
	"time"

	"github.com/earshot-app/earshot/data/hub"
	"github.com/earshot-app/earshot/review"
)

type hubCmd struct {
	Pipe    bool     `hidden:"" help:"hub_pipe"`
	Session string   `help:"hub_session" placeholder:"S"`
	Host    string   `help:"hub_host" placeholder:"KEY"`
	Dir     string   `help:"hub_dir" placeholder:"FOLDER"`
	Listen  []string `help:"listen" placeholder:"HOST:PORT"`
}

// Run serves a session until standard input ends: orders are read from there,
// and what happens is printed, an object a line, see [hub.Main].
func (c *hubCmd) Run(ctx context.Context, s *session) error {
	if c.Pipe {
		return hub.Pipe(ctx, s.in, s.out)
	}
	key, err := base64.RawURLEncoding.DecodeString(c.Host)
	if err != nil || len(key) != ed25519.PublicKeySize {
		return review.Fail(review.BadArgument, review.Args{"name": "host", "value": c.Host})
	}
	return hub.Main(ctx, s.in, s.out, hub.Config{
		Dir: c.Dir, Session: c.Session, Host: key, Listen: c.Listen, Now: time.Now,
	})
}
