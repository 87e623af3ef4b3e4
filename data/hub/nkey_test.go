package hub

import (
	"crypto/ed25519"
	"testing"
	"time"

	"github.com/nats-io/nkeys"

	"github.com/earshot-app/earshot/review/journal"
)

// The key that proves who connects also signs events, so a server could ask for
// the signature of an event by calling it a nonce.
func TestNoServerGetsAnEventSigned(t *testing.T) {
	key := ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))
	author, err := journal.NewAuthor(key.Seed())
	if err != nil {
		t.Fatal(err)
	}
	event, err := author.Sign("x", 1, time.Unix(0, 0), journal.RoundOpened{Round: 1})
	if err != nil {
		t.Fatal(err)
	}
	sign := signNonce(key)
	for _, bad := range []string{"", "short", string(event.Bytes), "{}", "abcdefghijkl\n", "abc defghijkl", string(make([]byte, 16))} {
		if signature, err := sign([]byte(bad)); err == nil {
			t.Errorf("%q was signed: %x", bad, signature)
		}
	}
	nonce := []byte("PXoWU7zWAMt75FY") // as in the documentation of NATS' nkeys
	signature, err := sign(nonce)
	if err != nil || !ed25519.Verify(author.Public(), nonce, signature) {
		t.Errorf("a nonce of NATS was not signed: %v", err)
	}
}

func TestKeysAreWrittenAsNATSDoes(t *testing.T) {
	seed := make([]byte, ed25519.SeedSize)
	public := ed25519.NewKeyFromSeed(seed).Public().(ed25519.PublicKey)
	theirs, err := nkeys.FromRawSeed(nkeys.PrefixByteUser, seed)
	if err != nil {
		t.Fatal(err)
	}
	want, err := theirs.PublicKey()
	if err != nil {
		t.Fatal(err)
	}
	text, err := nkeyOf(public)
	if err != nil || text != want {
		t.Errorf("a key is %q, %v; want %q", text, err, want)
	}
	if back, err := fromNkey(text); err != nil || !back.Equal(public) {
		t.Errorf("%s came back as %x, %v", text, back, err)
	}
	for _, bad := range []string{"", "U", text[:55], "A" + text[1:]} {
		if got, err := fromNkey(bad); err == nil {
			t.Errorf("%q was read as %x", bad, got)
		}
	}
}
