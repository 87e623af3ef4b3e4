package hub_test

import (
	"crypto/ed25519"
	"crypto/sha256"
	"crypto/tls"
	"encoding/base64"
	"net"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nkeys"

	"github.com/earshot-app/earshot/data/hub"
	"github.com/earshot-app/earshot/review/session"
)

func TestNothingIsSentToAnotherCertificate(t *testing.T) {
	r := open(t)
	good, _ := r.invite(t, 1)
	wrong := good
	wrong.Fingerprint = sha256.Sum256([]byte("another certificate"))
	_, err := hub.Join(t.Context(), wrong, someone(t, 2).pass())
	wantCode(t, err, hub.WrongCertificate)

	// Somebody in between, with a certificate of their own, hears no secret: the
	// client ends before its first byte of NATS.
	heard := make(chan int, 1)
	address := middle(t, heard)
	between := good
	between.Addresses = []string{address}
	_, err = hub.Join(t.Context(), between, someone(t, 2).pass())
	wantCode(t, err, hub.WrongCertificate)
	if n := <-heard; n != 0 {
		t.Errorf("somebody in between read %d bytes", n)
	}
}

// middle is a TLS server with another hub's certificate; it tells how many bytes
// its first client sent inside TLS.
func middle(t *testing.T, heard chan<- int) string {
	t.Helper()
	borrowed := httptest.NewTLSServer(nil)
	borrowed.Close()
	listener, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: borrowed.TLS.Certificates})
	if err != nil {
		t.Fatal(err)
	}
	var done sync.WaitGroup
	t.Cleanup(func() { listener.Close(); done.Wait() })
	done.Go(func() {
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		defer conn.Close()
		n, _ := conn.Read(make([]byte, 4096))
		heard <- n
	})
	return listener.Addr().String()
}

func TestPlainTextIsRefused(t *testing.T) {
	r := open(t)
	conn, err := net.Dial("tcp", r.Door().Addresses[0])
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := conn.Write([]byte("CONNECT {}\r\nPING\r\n")); err != nil {
		t.Fatal(err)
	}
	answer := make([]byte, 4096)
	n, err := conn.Read(answer)
	if err == nil && strings.Contains(string(answer[:n]), "INFO") {
		t.Errorf("a client without TLS was told %q", answer[:n])
	}
}

func TestOnlyTheInvitedComeIn(t *testing.T) {
	r := open(t)
	anna, ben := someone(t, 2), someone(t, 3)
	good, _ := r.invite(t, 1)
	refused := func(what string, i hub.Invitation, p *person) {
		t.Helper()
		if conn, err := hub.Join(t.Context(), i, p.pass()); err == nil {
			conn.Close()
			t.Errorf("%s: was let in", what)
		} else {
			wantCode(t, err, hub.NotLetIn)
		}
	}
	none := good
	none.Secret = hub.Secret{}
	refused("no secret", none, anna)
	wrong := good
	wrong.Secret[15] ^= 1
	refused("a wrong secret", wrong, anna)
	conn, err := hub.Join(t.Context(), good, anna.pass())
	if err != nil {
		t.Fatal(err)
	}
	conn.Close()
	refused("used by as many as it was for", good, ben)

	more, _ := r.invite(t, 2)
	r.mu.Lock()
	r.clock = r.clock.Add(24 * time.Hour)
	r.mu.Unlock()
	refused("expired", more, ben)
	last, id := r.invite(t, 2)
	if err := r.Revoke(id); err != nil {
		t.Fatal(err)
	}
	refused("revoked", last, ben)

	again, err := hub.Join(t.Context(), none, anna.pass())
	if err != nil {
		t.Fatalf("Anna was let in before, so she needs no secret: %v", err)
	}
	again.Close()
}

// The key is who somebody is: to know it is not to have it.
func TestAKeyMustBeProven(t *testing.T) {
	r := open(t)
	anna, eve := someone(t, 2), someone(t, 9)
	r.join(t, anna)
	invited, _ := r.invite(t, 1)
	claim := r.raw(t, anna)
	evil := ed25519.NewKeyFromSeed(eve.seed)
	keys, _ := nkeys.FromRawSeed(nkeys.PrefixByteUser, anna.seed)
	public, _ := keys.PublicKey()
	for what, sign := range map[string]nats.SignatureHandler{
		"signed by another": func(nonce []byte) ([]byte, error) { return ed25519.Sign(evil, nonce), nil },
		"not signed":        func([]byte) ([]byte, error) { return nil, nil },
		"something else":    func(nonce []byte) ([]byte, error) { return keys.Sign(append(nonce, 'x')) },
	} {
		secret := nats.Token(secretOf(t, invited))
		conn, err := nats.Connect("tls://"+r.Door().Addresses[0], append(claim, secret, nats.Nkey(public, sign))...)
		if err == nil {
			conn.Close()
			t.Errorf("%s: was let in as Anna", what)
		}
	}
	conn, err := nats.Connect("tls://"+r.Door().Addresses[0], nats.Secure(&tls.Config{InsecureSkipVerify: true}),
		nats.TLSHandshakeFirst(), nats.NoReconnect(), nats.Token(secretOf(t, invited)))
	if err == nil {
		conn.Close()
		t.Error("the secret alone lets in")
	}
}

// secretOf is what a client shows to come in.
func secretOf(t *testing.T, i hub.Invitation) string {
	t.Helper()
	raw, err := base64.RawURLEncoding.DecodeString(strings.TrimPrefix(i.Link(), hub.Scheme))
	if err != nil {
		t.Fatal(err)
	}
	return base64.RawURLEncoding.EncodeToString(raw[12:28])
}

func TestWhoIsRemovedIsOutForGood(t *testing.T) {
	r := open(t)
	anna := someone(t, 2)
	conn := r.join(t, anna)
	reading := make(chan error, 1)
	go func() {
		ended := error(nil)
		for ended == nil { // as a client does: until it is told that it is over
			err := conn.Read(t.Context(), session.Log, 0, func([]session.Delivery) error { return nil })
			if t.Context().Err() != nil {
				ended = err
			}
			if conn.Ended() != nil {
				ended = conn.Ended()
			}
		}
		reading <- ended
	}()
	if err := r.Remove(anna.author.ID); err != nil {
		t.Fatal(err)
	}
	wantCode(t, <-reading, hub.PutOut)
	i, _ := r.invite(t, 1)
	_, err := hub.Join(t.Context(), i, anna.pass())
	wantCode(t, err, hub.NotLetIn)
}
