package main

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/earshot-app/earshot/data/hub"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/journal"
	"github.com/earshot-app/earshot/review/session"
)

// sessionGroup measures a shared session on this computer: the hub is a process
// of its own, the host and all members are in this one, each with a connection
// over TLS. So the figures hold the work of all, on the same cores.
var sessionGroup = group{name: "session", run: benchSession}

// What one person does and what a session is.
const (
	tagsASecond = 20 // of all members together: as fast as people ever are
	tagsTimed   = 300
	audioSize   = 30 << 20
	listeners   = 20
)

func benchSession(ctx context.Context, b *bench) error {
	fmt.Fprint(b.out, "tag → on disk and at all members        p50      p99      max   hub MB\n")
	for _, size := range []struct {
		members int
		limit   time.Duration
	}{{20, 15 * time.Millisecond}, {200, 50 * time.Millisecond}} {
		if err := b.withStage(ctx, func(s *stage) error { return s.tags(ctx, size.members, size.limit) }); err != nil {
			return err
		}
	}
	fmt.Fprint(b.out, "\nrecording of 30 MiB to 20 at once           s      MB/s   hub MB\n")
	if err := b.withStage(ctx, func(s *stage) error { return s.audio(ctx) }); err != nil {
		return err
	}
	fmt.Fprint(b.out, "\nlate join: read and verify all              s  events/s   hub MB\n")
	for _, events := range []int{10_000, 100_000} {
		if err := b.withStage(ctx, func(s *stage) error { return s.lateJoin(ctx, events) }); err != nil {
			return err
		}
	}
	return nil
}

// A stage is a hub with its host.
type stage struct {
	*bench
	child   *hub.Child
	host    *hub.Conn
	author  journal.Author
	seed    []byte
	session string
	said    int
	close   []func()
}

// withStage runs what on a new hub, and ends it.
func (b *bench) withStage(ctx context.Context, what func(*stage) error) (err error) {
	s := &stage{bench: b, seed: seedOf(0)}
	if s.author, err = journal.NewAuthor(s.seed); err != nil {
		return err
	}
	s.session = session.ID(s.author.Public(), "bench")
	s.child, err = hub.Start(ctx, []string{b.earshot(), "hub", "--pipe"}, hub.Config{
		Dir: b.file("hub-" + strconv.FormatInt(time.Now().UnixNano(), 36)), Session: s.session,
		Host: s.author.Public(), Listen: []string{"127.0.0.1:0"}, Now: time.Now,
	})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.child.Close()) }()
	if s.host, err = hub.Dial(ctx, s.child.Door(), hub.Pass{Seed: s.seed}); err != nil {
		return err
	}
	defer s.host.Close()
	defer func() {
		for _, end := range s.close {
			end()
		}
	}()
	return what(s)
}

func seedOf(n int) []byte {
	return binary.BigEndian.AppendUint64(make([]byte, ed25519.SeedSize-8), uint64(n))
}

// members connects so many.
func (s *stage) members(ctx context.Context, n int) (all []*hub.Conn, err error) {
	invitation, _, err := s.child.Invite(ctx, hub.Offer{People: n, Until: time.Now().Add(time.Hour)})
	if err != nil {
		return nil, err
	}
	for i := range n {
		conn, err := hub.Join(ctx, invitation, hub.Pass{Seed: seedOf(i + 1)})
		if err != nil {
			return nil, err
		}
		s.close = append(s.close, conn.Close)
		all = append(all, conn)
	}
	return all, nil
}

// parcel is a tag of the host's, or of a member's in the host's place: the hub
// does not look into it.
func (s *stage) parcel() (session.Parcel, error) {
	s.said++
	id := fmt.Sprintf("tag-%09d", s.said)
	body := journal.MomentAdded{Call: "A-2026-000417", Moment: id, Issue: "billing-error", At: 61500}
	signed, err := s.author.In(s.session).Sign(id, int64(s.said), time.Now(), body)
	return session.Parcel{
		ID: id, Author: signed.Author, Type: string(signed.Type),
		Bytes: signed.Bytes, Signature: signed.Signature, Public: signed.Public,
	}, err
}

// tags has members tag by turns while all read.
func (s *stage) tags(ctx context.Context, n int, limit time.Duration) error {
	members, err := s.members(ctx, n)
	if err != nil {
		return err
	}
	reading, stop := context.WithCancel(ctx)
	arrived := make(chan uint64, n*64)
	var readers sync.WaitGroup
	for _, m := range members {
		readers.Go(func() {
			_ = m.Read(reading, session.Log, 0, func(batch []session.Delivery) error {
				for _, d := range batch {
					arrived <- d.Seq
				}
				return nil
			})
		})
	}
	defer readers.Wait()
	defer stop()
	took, err := s.timeTags(ctx, members, arrived)
	if err != nil {
		return err
	}
	took = took[len(took)/10:] // the first warm everything up
	slices.Sort(took)
	at := func(q float64) time.Duration { return took[int(q*float64(len(took)-1))] }
	missed := ""
	if at(0.99) > limit {
		missed = "  MISSED"
	}
	fmt.Fprintf(s.out, "%3d members, %d a second         %8s %8s %8s %8d   limit p99 %v%s\n", n, tagsASecond,
		ms(at(0.5)), ms(at(0.99)), ms(at(1)), residentMB(ctx, s.child.Process()), limit, missed)
	return nil
}

func ms(d time.Duration) string { return fmt.Sprintf("%.1f ms", d.Seconds()*1000) }

// timeTags answers how long each tag took from its author until the last member
// had it.
func (s *stage) timeTags(ctx context.Context, members []*hub.Conn, arrived <-chan uint64) (took []time.Duration, err error) {
	tick := time.NewTicker(time.Second / tagsASecond)
	defer tick.Stop()
	for i := range tagsTimed {
		<-tick.C
		p, err := s.parcel()
		if err != nil {
			return nil, err
		}
		begun := time.Now()
		if _, err := members[i%len(members)].Publish(ctx, p, 0); err != nil {
			return nil, err
		}
		for range members {
			select {
			case <-arrived:
			case <-ctx.Done():
				return nil, ctx.Err()
			}
		}
		took = append(took, time.Since(begun))
	}
	return took, nil
}

// lateJoin has somebody come when much was said.
func (s *stage) lateJoin(ctx context.Context, events int) error {
	var all errgroup.Group
	all.SetLimit(64)
	for range events {
		p, err := s.parcel()
		if err != nil {
			return err
		}
		all.Go(func() error { _, err := s.host.Publish(ctx, p, 0); return err })
	}
	if err := all.Wait(); err != nil {
		return err
	}
	begun := time.Now()
	late, err := s.members(ctx, 1)
	if err != nil {
		return err
	}
	read, enough := 0, errors.New("enough")
	err = late[0].Read(ctx, session.Log, 0, func(batch []session.Delivery) error {
		for _, d := range batch {
			if _, err := journal.Open(d.Bytes, d.Signature, d.Public); err != nil {
				return err
			}
		}
		if read += len(batch); read == events {
			return enough
		}
		return nil
	})
	if !errors.Is(err, enough) {
		return err
	}
	took := time.Since(begun).Seconds()
	fmt.Fprintf(s.out, "%7d events                    %13.2f %9.0f %8d\n", events, took, float64(events)/took, residentMB(ctx, s.child.Process()))
	return nil
}

// nowhere counts what a recording would take.
type nowhere struct{}

func (nowhere) WriteAt(p []byte, _ int64) (int, error) { return len(p), nil }

// audio has many fetch the same recording at once, and one tag meanwhile.
func (s *stage) audio(ctx context.Context) error {
	recording := make([]byte, audioSize)
	_, _ = rand.NewChaCha8([32]byte{}).Read(recording)
	sum := sha256.Sum256(recording)
	members, err := s.members(ctx, listeners)
	if err != nil {
		return err
	}
	lending, stop := context.WithCancel(ctx)
	var host sync.WaitGroup
	host.Go(func() {
		_ = s.host.Lend(lending, func(context.Context, string) (io.ReaderAt, int64, error) {
			return bytes.NewReader(recording), audioSize, nil
		})
	})
	defer host.Wait()
	defer stop()
	begun := time.Now()
	var all errgroup.Group
	for _, m := range members {
		all.Go(func() error {
			for {
				err := m.Fetch(ctx, hex.EncodeToString(sum[:]), nowhere{}, func(int64, int64) {})
				if review.CodeOf(err) != hub.HostAway { // as the host may have just begun
					return err
				}
			}
		})
	}
	if err := all.Wait(); err != nil {
		return err
	}
	took := time.Since(begun).Seconds()
	fmt.Fprintf(s.out, "%7d members                   %13.2f %9.0f %8d\n",
		listeners, took, listeners*audioSize/1e6/took, residentMB(ctx, s.child.Process()))
	return nil
}

// residentMB is how much memory a process has now, or 0 where nobody tells.
func residentMB(ctx context.Context, process int) int {
	out, err := exec.CommandContext(ctx, "ps", "-o", "rss=", "-p", strconv.Itoa(process)).Output()
	if err != nil {
		return 0
	}
	kb, err := strconv.Atoi(strings.TrimSpace(string(out)))
	if err != nil {
		return 0
	}
	return kb >> 10
}
