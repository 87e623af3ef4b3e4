package hub

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"errors"
	"io/fs"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/journal"
	"github.com/earshot-app/earshot/review/session"
)

// A Member was let in, or is the host.
type Member struct {
	Author string            `json:"author"`
	Public ed25519.PublicKey `json:"public"`
}

// An Offer is what an invitation is good for.
type Offer struct {
	People int       `json:"people"` // who were not let in before
	Until  time.Time `json:"until"`
}

// A door knows who may come in, and writes down whom it lets in before it does.
type door struct {
	folder *folder
	now    func() time.Time

	mu   sync.Mutex
	kept kept
}

// kept is what hub.json holds.
type kept struct {
	Host    ed25519.PublicKey `json:"host"`
	Ports   map[string]int    `json:"ports"` // by the host name or address listened at
	Members []Member          `json:"members"`
	Removed []string          `json:"removed"` // authors
	Offers  []offered         `json:"offers"`
}

// offered keeps an invitation without its secret.
type offered struct {
	Offer
	Of   int    `json:"of"`   // people, when it was made
	Hash []byte `json:"hash"` // SHA-256 of the secret
}

func (o offered) id() string { return hex.EncodeToString(o.Hash[:8]) }

const doorFile = "hub.json"

func openDoor(f *folder, host ed25519.PublicKey, now func() time.Time) (*door, error) {
	d := &door{folder: f, now: now}
	if err := f.read(doorFile, &d.kept); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	return d, d.change(func(k *kept) error {
		if k.Host == nil {
			k.Host = host
		}
		if k.Ports == nil {
			k.Ports = map[string]int{}
		}
		return nil
	})
}

// change writes down what edit makes of what is kept; on any error everything
// stays as it was.
func (d *door) change(edit func(*kept) error) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.locked(edit)
}

func (d *door) locked(edit func(*kept) error) error {
	next := d.kept
	next.Ports = maps.Clone(next.Ports)
	next.Members = slices.Clone(next.Members)
	next.Removed = slices.Clone(next.Removed)
	next.Offers = slices.Clone(next.Offers)
	if err := edit(&next); err != nil {
		return err
	}
	if err := d.folder.keep(doorFile, next); err != nil {
		return err
	}
	d.kept = next
	return nil
}

// offer makes a new secret, and the id to revoke it by.
func (d *door) offer(o Offer) (secret Secret, id string, err error) {
	rand.Read(secret[:]) // never fails
	hash := sha256.Sum256(secret[:])
	entry := offered{o, o.People, hash[:]}
	return secret, entry.id(), d.change(func(k *kept) error {
		k.Offers = slices.DeleteFunc(k.Offers, func(old offered) bool { return !d.now().Before(old.Until) })
		k.Offers = append(k.Offers, entry)
		return nil
	})
}

// revoke ends an invitation. Whom it let in stays.
func (d *door) revoke(id string) error {
	return d.change(func(k *kept) error {
		k.Offers = slices.DeleteFunc(k.Offers, func(o offered) bool { return o.id() == id })
		return nil
	})
}

// remove shuts the door to an author, for good: no invitation opens it again.
func (d *door) remove(author string) error {
	return d.change(func(k *kept) error {
		k.Members = slices.DeleteFunc(k.Members, func(m Member) bool { return m.Author == author })
		if !slices.Contains(k.Removed, author) {
			k.Removed = append(k.Removed, author)
		}
		return nil
	})
}

// handOver makes a member the host, and the host a member. It answers the key
// of either, the same where nothing changes, and session.NotMember.
func (d *door) handOver(author string) (from, to ed25519.PublicKey, err error) {
	return from, to, d.change(func(k *kept) error {
		if journal.AuthorID(k.Host) == author {
			from, to = k.Host, k.Host
			return nil
		}
		i := slices.IndexFunc(k.Members, func(m Member) bool { return m.Author == author })
		if i < 0 {
			return review.Fail(session.NotMember, nil)
		}
		from, to = k.Host, k.Members[i].Public
		k.Host, k.Members[i] = to, Member{journal.AuthorID(from), from}
		return nil
	})
}

func (d *door) members() []Member {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.kept.Members)
}

func (d *door) isHost(public ed25519.PublicKey) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return bytes.Equal(d.kept.Host, public)
}

// knock reports whether the owner of a key may come in, and whether it is the
// first time. The key must have been proven.
func (d *door) knock(public ed25519.PublicKey, secret string) (in, first bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	author := journal.AuthorID(public)
	switch {
	case bytes.Equal(d.kept.Host, public):
		return true, false
	case slices.Contains(d.kept.Removed, author):
		return false, false
	case slices.ContainsFunc(d.kept.Members, func(m Member) bool { return m.Public.Equal(public) }):
		return true, false
	}
	place := d.opens(secret)
	if place < 0 {
		return false, false
	}
	err := d.locked(func(k *kept) error {
		k.Offers[place].People--
		k.Members = append(k.Members, Member{author, public})
		return nil
	})
	return err == nil, err == nil
}

// opens is the place of the offer that a secret is of, or -1. It takes as long
// for a secret that is nearly right as for any other.
func (d *door) opens(secret string) int {
	place := -1
	now := d.now()
	for i, o := range d.kept.Offers {
		hash := sha256.Sum256(decodeSecret(secret))
		same := subtle.ConstantTimeCompare(hash[:], o.Hash) == 1
		if same && o.People > 0 && now.Before(o.Until) {
			place = i
		}
	}
	return place
}
