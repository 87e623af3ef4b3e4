package live

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"go.uber.org/goleak"

	"github.com/earshot-app/earshot/cmd/internal/library"
	"github.com/earshot-app/earshot/data/config"
	"github.com/earshot-app/earshot/data/hub"
	"github.com/earshot-app/earshot/data/hub/hubtest"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/sampling"
	"github.com/earshot-app/earshot/review/session"
)

// TestMain is also the process of the hub.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "hub" {
		if err := hub.Pipe(context.Background(), os.Stdin, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	goleak.VerifyTestMain(m)
}

// somebody is a person with a library of their own.
func somebody(t *testing.T, name string, seed byte, told func(Update)) Options {
	t.Helper()
	dir := t.TempDir()
	folders := config.Folders{Config: dir, Data: dir, Cache: dir}
	raw := bytes.Repeat([]byte{seed}, 32)
	own, err := folders.Identity(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	l, err := library.Open(context.Background(), filepath.Join(dir, "library.earshot"), folders)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	return Options{Desk: l.Desk, Seed: own, As: name, Dir: dir, Now: time.Now, Told: told}
}

// recorded writes a recording of a second of µ-law in WAV.
func recorded(t *testing.T, folder string) []byte {
	t.Helper()
	head := "RIFF\x00\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x07\x00\x01\x00\x40\x1f\x00\x00\x40\x1f\x00\x00\x01\x00\x08\x00data\x40\x1f\x00\x00"
	file := append([]byte(head), bytes.Repeat([]byte{0x10, 0x90}, 4000)...)
	if err := os.WriteFile(filepath.Join(folder, "call.wav"), file, 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// seen collects what a room tells.
type seen chan Update

func (s seen) told(u Update) {
	select {
	case s <- u:
	default: // the test has long known
	}
}

func (s seen) until(is func(Update) bool) Update {
	for u := range s {
		if is(u) {
			return u
		}
	}
	return Update{}
}

// opened imports a recording, draws it, and opens a session about it.
func opened(t *testing.T, h *Options) (content []byte) {
	t.Helper()
	ctx, folder := context.Background(), t.TempDir()
	content = recorded(t, folder)
	if _, err := h.Desk.Import(ctx, desk.ImportRequest{Paths: []string{folder}}, nil); err != nil {
		t.Fatal(err)
	}
	draw, err := h.Desk.Draw(ctx, desk.DrawRequest{N: 1, Filter: sampling.Filter{}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	shared, err := h.Desk.HostSession(ctx, desk.HostRequest{Draw: draw.ID, As: h.As, Blind: true, Together: true}, nil)
	if err != nil {
		t.Fatal(err)
	}
	h.Session = shared.ID
	return content
}

// invited answers an invitation to a host's room.
func invited(t *testing.T, host *Room) hub.Invitation {
	t.Helper()
	link, _, err := host.Invite(context.Background(), 1, time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	i, err := hub.ParseInvitation(link)
	if err != nil {
		t.Fatal(err)
	}
	return i
}

// A member without the recordings gets those of the session's calls, hears what
// the host plays, and is told who is there.
func TestAMemberHearsWhatTheHostPlays(t *testing.T) {
	ctx := context.Background()
	atHost, atMember := make(seen, 1000), make(seen, 1000)
	h := somebody(t, "Hedda", 1, atHost.told)
	content := opened(t, &h)
	host, err := Host(ctx, Hosting{Options: h, Program: []string{os.Args[0], "hub", "--pipe"}, Listen: []string{"127.0.0.1:0"}})
	if err != nil {
		t.Fatal(err)
	}
	m := somebody(t, "Ada", 2, atMember.told)
	member, err := Join(ctx, m, invited(t, host))
	if err != nil {
		t.Fatal(err)
	}

	atHost.until(func(u Update) bool { return u.Joined != "" })
	atMember.until(func(u Update) bool { return len(u.Roster) == 2 })
	names, err := m.Desk.SessionNames(ctx, h.Session)
	if err != nil || len(names) != 2 || !strings.Contains(fmt.Sprint(names), "Hedda") {
		t.Errorf("names: %v, %v", names, err)
	}
	for _, ask := range []session.Ask{{Do: session.AskOpen, Round: 1}, {Do: session.AskSeek, PosMS: 250}, {Do: session.AskPlay}} {
		if err := host.Ask(ctx, ask); err != nil {
			t.Fatal(err)
		}
	}
	p := atMember.until(func(u Update) bool { return u.Play != nil && u.Play.Playing }).Play
	if p.Round != 1 || p.PosMS != 250 {
		t.Errorf("the host plays %+v", p)
	}
	follows(t, host, member)
	audioCame(t, m.Desk, h.Session, content)
	if err := member.Ask(ctx, session.Ask{Do: session.AskPause}); err != nil {
		t.Error(err)
	}
	if u := atHost.until(func(u Update) bool { return u.Ask != nil }); u.Ask.Do != session.AskPause || names[u.By] == "" {
		t.Errorf("the host was asked %+v by %q", u.Ask, u.By)
	}
	if _, _, err := host.open(ctx, "0000"); review.CodeOf(err) != review.NoCall {
		t.Errorf("a recording of no call of the session: %v", err)
	}
	if err := member.Close(); err != nil {
		t.Error(err)
	}
	if err := host.Close(); err != nil {
		t.Error(err)
	}
}

// A session goes through somebody else's NATS server, whose operator lets people
// in.
func TestASessionOnSomebodyElsesServer(t *testing.T) {
	nats := hubtest.Start(t, &server.Options{
		Host: "127.0.0.1", Port: server.RANDOM_PORT, JetStream: true, StoreDir: t.TempDir(), NoSigs: true, NoLog: true,
		Username: "company", Password: "secret",
	})
	ctx := context.Background()
	atHost, atMember := make(seen, 1000), make(seen, 1000)
	h, m := somebody(t, "Hedda", 1, atHost.told), somebody(t, "Ada", 2, atMember.told)
	h.Outside = &hub.Outside{Servers: []string{nats.ClientURL()}, User: "company", Password: "secret"}
	m.Outside = h.Outside
	content := opened(t, &h)
	host, err := Host(ctx, Hosting{Options: h})
	if err != nil {
		t.Fatal(err)
	}
	member, err := Join(ctx, m, invited(t, host))
	if err != nil {
		t.Fatal(err)
	}
	atMember.until(func(u Update) bool { return len(u.Roster) == 2 })
	audioCame(t, m.Desk, h.Session, content)
	if got := host.Elsewhere(); "nats://"+got != nats.ClientURL() {
		t.Errorf("the session lies at %q, want at %s", got, nats.ClientURL())
	}
	if err := errors.Join(member.Close(), host.Close()); err != nil {
		t.Error(err)
	}
}

// follows has both players told to open the call and then to stand where the host
// stands.
func follows(t *testing.T, rooms ...*Room) {
	t.Helper()
	for _, r := range rooms {
		for r.trip() == 0 && !r.Hosting() {
			time.Sleep(10 * time.Millisecond) // until the host told the time
		}
		h := session.Playhead{Now: time.Now(), Length: time.Second, Speed: 1}
		if m := r.Follow(h); m.Open != 1 {
			t.Errorf("a player without a call: %+v", m)
		}
		h.Round = 1
		if m := r.Follow(h); !m.Seek || m.To < 250*time.Millisecond {
			t.Errorf("a player at the beginning: %+v", m)
		}
	}
}

// audioCame waits for the recording of the only call, which must be the host's.
func audioCame(t *testing.T, d *desk.Desk, id string, content []byte) {
	t.Helper()
	for {
		places, err := d.SessionPlaces(context.Background(), id)
		if err != nil {
			t.Fatal(err)
		}
		if len(places) == 1 && places[0].Local != "" {
			sum := sha256.Sum256(content)
			r, err := d.SessionRecording(context.Background(), id, hex.EncodeToString(sum[:]))
			if err == nil && r.Frames == 8000 && r.Rate == 8000 {
				return
			}
		}
		time.Sleep(20 * time.Millisecond) // until it came
	}
}
