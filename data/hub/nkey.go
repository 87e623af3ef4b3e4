package hub

import (
	"crypto/ed25519"
	"encoding/base64"
	"fmt"
	"regexp"

	"github.com/nats-io/nkeys"
)

// nkeyOf is a public key as NATS writes it.
func nkeyOf(public ed25519.PublicKey) (string, error) {
	text, err := nkeys.Encode(nkeys.PrefixByteUser, public)
	if err != nil {
		return "", fmt.Errorf("write a key for NATS: %w", err)
	}
	return string(text), nil
}

// fromNkey reads a user's public key.
func fromNkey(text string) (ed25519.PublicKey, error) {
	raw, err := nkeys.Decode(nkeys.PrefixByteUser, []byte(text))
	if err == nil && len(raw) != ed25519.PublicKeySize {
		err = nkeys.ErrInvalidPublicKey
	}
	if err != nil {
		return nil, fmt.Errorf("read a key of NATS: %w", err)
	}
	return raw, nil
}

// A nonce of NATS is a few random bytes in base64.
var nonce = regexp.MustCompile(`^[A-Za-z0-9_-]{8,64}$`)

// signNonce proves to a server who connects. The same key signs events, so
// nothing is signed that could be one: a server that sends an event, or
// anything else, as its nonce gets no signature.
func signNonce(key ed25519.PrivateKey) func([]byte) ([]byte, error) {
	return func(sent []byte) ([]byte, error) {
		if !nonce.Match(sent) {
			return nil, fmt.Errorf("the server asks to sign %d bytes that are no nonce", len(sent))
		}
		return ed25519.Sign(key, sent), nil
	}
}

// proves reports whether a signature that a client sent is the key's over the
// nonce that it was given.
func proves(public ed25519.PublicKey, nonce []byte, signature string) bool {
	sig, err := base64.RawURLEncoding.DecodeString(signature)
	return err == nil && len(nonce) > 0 && ed25519.Verify(public, nonce, sig)
}
