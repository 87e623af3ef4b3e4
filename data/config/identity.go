package config

import (
	"crypto/ed25519"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/earshot-app/earshot/review"
)

// BadIdentity is answered for an author's key that is not 32 bytes long. Args:
// file.
const BadIdentity review.Code = "bad-identity"

// Identity returns the Ed25519 seed of the person at this machine, 32 bytes. The
// first call makes it from random and keeps it for ever. Several programs may
// start at once: the first to name its seed wins, and all return that one. A
// seed that is damaged is never replaced, as everything said under it would
// then be someone else's. It answers [BadIdentity] and [Unwritable].
func (f Folders) Identity(random io.Reader) ([]byte, error) {
	file := filepath.Join(f.Data, "author.key")
	seed, err := readSeed(file)
	if !errors.Is(err, fs.ErrNotExist) {
		return seed, err
	}
	seed = make([]byte, ed25519.SeedSize)
	if _, err := io.ReadFull(random, seed); err != nil {
		return nil, fmt.Errorf("make a key: %w", err)
	}
	err = write(f.Data, seed, func(written string) error {
		err := os.Link(written, file) // unlike a rename, it fails when there is one
		if errors.Is(err, fs.ErrExist) {
			return nil
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return readSeed(file)
}

// readSeed answers fs.ErrNotExist when there is none yet.
func readSeed(file string) ([]byte, error) {
	seed, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	if err != nil {
		return nil, unwritable(filepath.Dir(file), err)
	}
	if len(seed) != ed25519.SeedSize {
		return nil, review.Fail(BadIdentity, review.Args{"file": file})
	}
	return seed, nil
}
