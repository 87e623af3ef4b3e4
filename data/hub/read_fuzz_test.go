package hub

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"errors"
	"io"
	"testing"
	"time"

	"github.com/earshot-app/earshot/review/session"
)

// What is read here comes from whoever reaches the hub, before or after they were
// let in.

// FuzzSubject holds the reader of subjects to what their writer writes.
func FuzzSubject(f *testing.F) {
	n := names{"0190f0c0"}
	for _, p := range []session.Parcel{{Author: "ada", Type: "moment.added"}, {Author: "ada", Type: "moment.added", Blind: 3}} {
		stream, subject := n.of(p, p.Author)
		f.Add(stream == session.Blind, subject)
	}
	f.Add(true, n.subject("blind", "ada", "-1", "x"))
	f.Add(true, n.subject("blind", "ada", "99999999999999999999", ""))
	f.Fuzz(func(t *testing.T, blind bool, subject string) {
		stream := session.Log
		if blind {
			stream = session.Blind
		}
		p, ok := n.read(stream, subject)
		if !ok {
			return
		}
		if p.Blind < 0 || blind != (p.Blind > 0) {
			t.Errorf("%q is of round %d", subject, p.Blind)
		}
		again, written := n.of(p, p.Author)
		if q, ok := n.read(again, written); !ok || again != stream || q.Author != p.Author || q.Type != p.Type || q.Blind != p.Blind {
			t.Errorf("%q is read as %+v, which is written as %q", subject, p, written)
		}
	})
}

// FuzzClaims reads the key of a CONNECT and the header of a signed message.
func FuzzClaims(f *testing.F) {
	f.Add([]byte(`CONNECT {"nkey":"UDXU4RCSJNZOIQHZNWXHXORDPRTGNJAHAHFRGZNEEJCPQTT2M7NLCNF4","sig":"x"}` + "\r\n"))
	f.Add([]byte("UDXU4RCSJNZOIQHZNWXHXORDPRTGNJAHAHFRGZNEEJCPQTT2M7NLCNF4:AAAA"))
	f.Add([]byte("CONNECT"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		if key := keyIn(raw); key != nil && len(key) != ed25519.PublicKeySize {
			t.Errorf("%q claims a key of %d bytes", raw, len(key))
		}
		if key, _ := signed(string(raw)); key != nil && len(key) != ed25519.PublicKeySize {
			t.Errorf("%q is signed by a key of %d bytes", raw, len(key))
		}
	})
}

// FuzzSecrets reads the file of a hub's keys, which may have been cut off.
func FuzzSecrets(f *testing.F) {
	good, err := newSecrets(time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add(good[:len(good)/2])
	f.Fuzz(func(t *testing.T, raw []byte) {
		if s, err := parseSecrets(raw); err == nil && (len(s.seal) != 32 || s.fingerprint() == [32]byte{}) {
			t.Errorf("a key of the streams of %d bytes", len(s.seal))
		}
	})
}

// FuzzAsked reads what members ask for of a recording: no more than there is is
// handed out, whatever they ask.
func FuzzAsked(f *testing.F) {
	recording := []byte("a recording of some bytes")
	l := &lender{open: func(_ context.Context, hash string) (io.ReaderAt, int64, error) {
		if hash == "" {
			return nil, 0, errors.New("absent")
		}
		return bytes.NewReader(recording), int64(len(recording)), nil
	}}
	f.Add([]byte(`{"hash":"x","at":3,"size":5}`))
	f.Add([]byte(`{"hash":"x","at":9223372036854775807,"size":-1}`))
	f.Add([]byte(`{"hash":"x","at":25,"size":9223372036854775807}`))
	f.Fuzz(func(t *testing.T, asked []byte) {
		part, length, err := l.part(context.Background(), asked, make([]byte, 8))
		if err == nil && (len(part) > 8 || length != int64(len(recording)) || !bytes.Contains(recording, part)) {
			t.Errorf("%q gets %q of %d bytes", asked, part, length)
		}
	})
}
