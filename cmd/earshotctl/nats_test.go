package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/nats-io/nkeys"

	"github.com/earshot-app/earshot/data/hub/hubtest"
)

// asNATS names the configuration with which the test program is a NATS server.
const asNATS = "EARSHOT_TEST_NATS"

// serveNATS is what nats-server does with -c.
func serveNATS(file string) error {
	options, err := server.ProcessConfigFile(file)
	if err != nil {
		return err
	}
	s, err := server.NewServer(options)
	if err != nil {
		return err
	}
	s.Start()
	s.WaitForShutdown()
	return nil
}

// An operator runs NATS for a company, as the README says: servers in processes
// of their own, with a certificate of their own authority, and for each person a
// user with the rights that are listed there.
type operator struct {
	t     *testing.T
	dir   string
	rules string // of a member, from the README
	sid   string
	api   string
	users strings.Builder
}

func operate(t *testing.T, sid, api string) *operator {
	t.Helper()
	o := &operator{t: t, dir: t.TempDir(), sid: sid, api: api}
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(readme), "```\npublish ")
	o.rules, _, _ = strings.Cut(rest, "```")
	if err := os.Setenv(passwordVariable, "secret"); err != nil { // of all tests here: those that wait run side by side
		t.Fatal(err)
	}
	hubtest.Certify(t, o.dir)
	o.user(`user: host, password: secret`, []string{"rs.SESSION.>", "$JS.API.>", "_INBOX.>"}, []string{"rs.SESSION.>", "$JS.API.>", "_INBOX.>"}, "")
	return o
}

func (o *operator) file(name string) string { return filepath.Join(o.dir, name) }

func (o *operator) write(name string, content []byte) {
	o.t.Helper()
	if err := os.WriteFile(o.file(name), content, 0o600); err != nil {
		o.t.Fatal(err)
	}
}

// user adds a user of the company's account.
func (o *operator) user(login string, publish, subscribe []string, author string) {
	list := func(subjects []string) string {
		quoted := fmt.Sprintf("%q", subjects)
		quoted = strings.ReplaceAll(strings.ReplaceAll(quoted, "SESSION", o.sid), "AUTHOR", author)
		return strings.ReplaceAll(strings.ReplaceAll(quoted, `" "`, `", "`), "$JS.API.", o.api)
	}
	fmt.Fprintf(&o.users, "{ %s, permissions { publish { allow: %s }, subscribe { allow: %s } } }\n", login, list(publish), list(subscribe))
}

// member lets somebody's machine in, and answers the flags that bring it here.
func (o *operator) member(c *ctl) []string {
	o.t.Helper()
	author := c.author()
	keys, err := nkeys.CreateUser()
	if err != nil {
		o.t.Fatal(err)
	}
	public, _ := keys.PublicKey()
	secret, _ := keys.Seed()
	o.write(author.ID, secret)
	publish, subscribe, _ := strings.Cut(o.rules, "subscribe")
	o.user("nkey: "+public, strings.Fields(publish), strings.Fields(subscribe), author.ID)
	return []string{"--nkey", o.file(author.ID), "--ca", o.file("cert.pem"), "--handshake-first"}
}

// configure writes a server's configuration; more are the parts that only it
// has.
func (o *operator) configure(name string, port int, more string) {
	o.t.Helper()
	o.write(name+".conf", fmt.Appendf(nil, `
server_name: %s, host: 127.0.0.1, port: %d
tls { cert_file: %q, key_file: %q, handshake_first: true }
accounts {
	TEAM { jetstream: enabled, users: [ %s ] }
	SYS { users: [ { user: sys, password: secret } ] }
}
system_account: SYS
%s`, name, port, o.file("cert.pem"), o.file("key.pem"), o.users.String(), more))
}

// A process is a NATS server.
type process struct {
	*exec.Cmd
	name string
}

func (o *operator) run(name string) *process {
	o.t.Helper()
	own, err := os.Executable()
	if err != nil {
		o.t.Fatal(err)
	}
	p := &process{exec.Command(own), name}
	p.Env = append(os.Environ(), asNATS+"="+o.file(name+".conf"))
	p.Stderr = os.Stderr
	if err := p.Start(); err != nil {
		o.t.Fatal(err)
	}
	o.t.Cleanup(p.kill)
	return p
}

// kill ends the server as a power cut would.
func (p *process) kill() {
	_ = p.Process.Kill() // fails for who has ended
	_ = p.Wait()
}

// admin connects the company's user as soon as servers have found each other
// and keep streams.
func (o *operator) admin(servers ...string) jetstream.JetStream {
	o.t.Helper()
	ctx, stop := context.WithTimeout(o.t.Context(), time.Minute)
	defer stop()
	for {
		conn, err := nats.Connect(strings.Join(servers, ","), nats.RootCAs(o.file("cert.pem")), nats.TLSHandshakeFirst(),
			nats.UserInfo("host", "secret"), nats.MaxReconnects(-1), nats.ReconnectWait(50*time.Millisecond))
		if err == nil {
			js, _ := jetstream.New(conn)
			soon, stop := context.WithTimeout(ctx, time.Second) // without a leader nobody answers
			_, err = js.AccountInfo(soon)
			stop()
			if err == nil {
				o.t.Cleanup(conn.Close)
				return js
			}
			conn.Close()
		}
		if ctx.Err() != nil {
			o.t.Fatal(err)
		}
		time.Sleep(50 * time.Millisecond)
	}
}
