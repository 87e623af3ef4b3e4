package hub

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/url"
	"os"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nkeys"

	"github.com/earshot-app/earshot/review"
)

// The ways in which the settings of somebody else's server cannot be used.
const (
	BadServer     review.Code = "bad-server"      // args: address
	BadServerFile review.Code = "bad-server-file" // args: file
)

// An Outside is a NATS server that somebody else runs: its addresses and what
// its operator gave this person. The first of Creds, Nkey and User that is set
// is used.
type Outside struct {
	Servers        []string `json:"servers"`                   // tls://host:port, wss://host; nats:// only to this computer
	HandshakeFirst bool     `json:"handshake_first,omitempty"` // as the servers' handshake_first
	CA             string   `json:"ca,omitempty"`              // PEM file of who signed their certificates; else the system's
	Creds          string   `json:"creds,omitempty"`           // file of a JWT and its seed
	Nkey           string   `json:"nkey,omitempty"`            // file of a user's seed
	User           string   `json:"user,omitempty"`
	Password       string   `json:"password,omitempty"`
}

// urls are the servers. None may be reached in the clear.
func (o Outside) urls() ([]*url.URL, error) {
	if len(o.Servers) == 0 {
		return nil, review.Fail(BadServer, review.Args{"address": ""})
	}
	var all []*url.URL
	for _, text := range o.Servers {
		u, err := url.Parse(text)
		if err != nil || u.Hostname() == "" || u.User != nil || !encrypted(u) {
			return nil, review.Fail(BadServer, review.Args{"address": text})
		}
		all = append(all, u)
	}
	return all, nil
}

func encrypted(u *url.URL) bool {
	if u.Scheme == "nats" {
		return net.ParseIP(u.Hostname()).IsLoopback()
	}
	return u.Scheme == "tls" || u.Scheme == "wss"
}

// trust is the TLS to the servers, or nil when they are on this computer and
// have none.
func (o Outside) trust(first *url.URL) (*tls.Config, error) {
	if first.Scheme == "nats" {
		return nil, nil
	}
	config := &tls.Config{MinVersion: tls.VersionTLS12}
	if o.CA == "" {
		return config, nil
	}
	pem, err := os.ReadFile(o.CA)
	config.RootCAs = x509.NewCertPool()
	if err == nil && !config.RootCAs.AppendCertsFromPEM(pem) {
		err = errors.New("it holds no certificate")
	}
	if err != nil {
		return nil, review.Fail(BadServerFile, review.Args{"file": o.CA}).Because(err)
	}
	return config, nil
}

// options are how a client connects, and the servers to try. They answer
// [BadServer] and [BadServerFile].
func (o Outside) options() (servers string, options []nats.Option, err error) {
	urls, err := o.urls()
	if err != nil {
		return "", nil, err
	}
	for i, u := range urls {
		if i > 0 {
			servers += ","
		}
		servers += u.String()
	}
	trust, err := o.trust(urls[0])
	if err != nil {
		return "", nil, err
	}
	if trust != nil {
		options = append(options, nats.Secure(trust))
		if o.HandshakeFirst && urls[0].Scheme != "wss" {
			options = append(options, nats.TLSHandshakeFirst())
		}
	}
	who, err := o.login()
	return servers, append(options, who), err
}

// login is how the operator knows this person.
func (o Outside) login() (nats.Option, error) {
	switch {
	case o.Creds != "":
		if _, err := os.Stat(o.Creds); err != nil {
			return nil, review.Fail(BadServerFile, review.Args{"file": o.Creds}).Because(err)
		}
		return nats.UserCredentials(o.Creds), nil
	case o.Nkey != "":
		option, err := nats.NkeyOptionFromSeed(o.Nkey)
		if err != nil {
			return nil, review.Fail(BadServerFile, review.Args{"file": o.Nkey}).Because(err)
		}
		return option, nil
	}
	return nats.UserInfo(o.User, o.Password), nil
}

// domain is how clients of the hub of leaf nodes name the streams that are with
// a session's host.
func domain(session string) string { return "earshot-" + session }

// leaf makes a server dial out to the servers, so that members who cannot reach
// it meet it there.
func (o Outside) leaf(to *server.Options, session string) error {
	urls, err := o.urls()
	if err != nil {
		return err
	}
	remote := &server.RemoteLeafOpts{
		LocalAccount: accountName, URLs: urls, Credentials: o.Creds, TLSHandshakeFirst: o.HandshakeFirst,
	}
	if remote.TLSConfig, err = o.trust(urls[0]); err != nil {
		return err
	}
	remote.TLS = remote.TLSConfig != nil
	switch {
	case o.Creds != "":
	case o.Nkey != "":
		seed, err := os.ReadFile(o.Nkey)
		if err == nil {
			_, err = nkeys.ParseDecoratedNKey(seed)
		}
		if err != nil {
			return review.Fail(BadServerFile, review.Args{"file": o.Nkey}).Because(err)
		}
		remote.Nkey = string(seed)
	case o.User != "":
		for _, u := range urls {
			u.User = url.UserPassword(o.User, o.Password)
		}
	}
	to.JetStreamDomain = domain(session)
	to.LeafNode.Remotes = []*server.RemoteLeafOpts{remote}
	return nil
}
