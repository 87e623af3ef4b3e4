package hub_test

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/earshot-app/earshot/data/hub"
	"github.com/earshot-app/earshot/review/session"
)

// asHub makes the test program a hub's process, as "earshot hub --pipe" does.
const asHub = "EARSHOT_TEST_HUB"

func TestMain(m *testing.M) {
	if os.Getenv(asHub) != "" {
		if err := hub.Pipe(context.Background(), os.Stdin, os.Stdout); err != nil {
			os.Exit(1)
		}
		return
	}
	goleak.VerifyTestMain(m)
}

// A nursery has a hub in a process of its own, which tells its id.
type nursery struct {
	*hub.Child
	host *person
	conn *hub.Conn
	sid  string
	dir  string
}

func raise(t *testing.T) *nursery {
	t.Helper()
	t.Setenv(asHub, "yes")
	own, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	n := &nursery{host: someone(t, 1), dir: t.TempDir()}
	n.sid = session.ID(n.host.author.Public(), "a nonce")
	config := hub.Config{
		Dir: n.dir, Session: n.sid, Host: n.host.author.Public(), Listen: []string{"127.0.0.1:0"}, Now: time.Now,
	}
	if n.Child, err = hub.Start(t.Context(), []string{own}, config); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := n.Close(); err != nil {
			t.Error(err)
		}
	})
	if n.conn, err = hub.Dial(t.Context(), n.Door(), n.host.pass()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(n.conn.Close)
	return n
}

func (n *nursery) join(t *testing.T, p *person) *hub.Conn {
	t.Helper()
	i, _, err := n.Invite(t.Context(), hub.Offer{People: 1, Until: time.Now().Add(time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	conn, err := hub.Join(t.Context(), i, p.pass())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(conn.Close)
	return conn
}

// kill ends the hub's process as a crash would, and returns when another serves.
func (n *nursery) kill(t *testing.T) {
	t.Helper()
	before := n.Process()
	process, err := os.FindProcess(before)
	if err != nil {
		t.Fatal(err)
	}
	if err := process.Kill(); err != nil {
		t.Fatal(err)
	}
	for n.Process() == before || n.Process() == 0 {
		if err := n.Err(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Millisecond)
	}
}

// eventually publishes as a client does: again, until it is stored.
func eventually(t *testing.T, c *hub.Conn, p session.Parcel) uint64 {
	t.Helper()
	for {
		seq, err := c.Publish(t.Context(), p, 0)
		if err == nil {
			return seq
		}
		if t.Context().Err() != nil {
			t.Fatal(err)
		}
		time.Sleep(10 * time.Millisecond)
	}
}

func TestAKilledHubComesBackWithAllThatItHad(t *testing.T) {
	n := raise(t)
	anna, ben := someone(t, 2), someone(t, 3)
	a := n.join(t, anna)
	open, _, err := n.Invite(t.Context(), hub.Offer{People: 1, Until: time.Now().Add(time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	first := anna.parcel(t, n.sid, 0)
	publish(t, a, first)
	door, before := n.Door(), cursor(t, a)
	n.kill(t)
	second := anna.parcel(t, n.sid, 0)
	eventually(t, a, second)
	if got := n.Door(); got.Fingerprint != door.Fingerprint || !slices.Equal(got.Addresses, door.Addresses) {
		t.Errorf("the hub came back as %+v, links name %+v", got, door)
	}
	if after := cursor(t, a); !after.Created.Equal(before.Created) || after.Seq != 2 {
		t.Errorf("the log is %+v after the kill and was %+v: it must be the same, with one more", after, before)
	}
	b, err := hub.Join(t.Context(), open, ben.pass())
	if err != nil {
		t.Fatalf("an invitation from before the kill: %v", err)
	}
	defer b.Close()
	got := read(t, b, session.Log, 0, 2)
	if got[0].ID != first.ID || got[1].ID != second.ID {
		t.Errorf("Ben read %s and %s, want what Anna said before and after", got[0].ID, got[1].ID)
	}
}

func cursor(t *testing.T, c *hub.Conn) session.Cursor {
	t.Helper()
	for {
		at, err := c.Info(t.Context(), session.Log)
		if err == nil {
			return at
		}
		if t.Context().Err() != nil {
			t.Fatal(err)
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// A try after a lost answer stores nothing twice, unless it says that it must.
func TestTheSameEventIsStoredOnceUnlessTriedAnew(t *testing.T) {
	n := raise(t)
	anna := someone(t, 2)
	a := n.join(t, anna)
	said := anna.parcel(t, n.sid, 0)
	first := publish(t, a, said)
	n.kill(t)
	if again := eventually(t, a, said); again != first {
		t.Errorf("sent again it is %d, want %d as before", again, first)
	}
	anew, err := a.Publish(t.Context(), said, 1)
	if err != nil || anew == first {
		t.Errorf("tried anew it is %d, %v; want another sequence than %d", anew, err, first)
	}
	if got := read(t, a, session.Log, first, 1)[0]; got.ID != said.ID {
		t.Errorf("the new one has id %s, want %s", got.ID, said.ID)
	}
}

// Whoever reads must learn that the connection was cut, to ask whether the log
// is still the same.
func TestReadingEndsWhenTheHubDies(t *testing.T) {
	n := raise(t)
	a := n.join(t, someone(t, 2))
	publish(t, n.conn, n.host.parcel(t, n.sid, 0))
	begun := make(chan struct{})
	ended := make(chan error, 1)
	go func() {
		ended <- a.Read(t.Context(), session.Log, 0, func([]session.Delivery) error {
			close(begun)
			return nil
		})
	}()
	<-begun
	n.kill(t)
	if err := <-ended; err == nil || t.Context().Err() != nil {
		t.Errorf("reading ended with %v", err)
	}
}

// When the folder of the streams is lost, the host makes them anew and everybody
// sees by Created that this is another log.
func TestALostLogIsAnotherLog(t *testing.T) {
	n := raise(t)
	a := n.join(t, someone(t, 2))
	publish(t, n.conn, n.host.parcel(t, n.sid, 0))
	before := cursor(t, a)
	if err := os.RemoveAll(filepath.Join(n.dir, "jetstream")); err != nil {
		t.Fatal(err)
	}
	n.kill(t)
	cursor(t, n.conn)
	after := cursor(t, a)
	if after.Created.Equal(before.Created) || after.Seq != 0 {
		t.Errorf("the lost log was %+v and is %+v, want another, empty one", before, after)
	}
	eventually(t, n.conn, n.host.parcel(t, n.sid, 0))
}

// One flipped bit takes a record away, and NATS does not say so; the sequence
// that is missing must be told, wherever it is.
func TestAFlippedBitIsAHole(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Log("files of a running server cannot be changed there")
		return
	}
	for name, broken := range map[string]uint64{"in the middle": 20, "at the end": 40} {
		t.Run(name, func(t *testing.T) {
			r := open(t)
			for range 40 {
				publish(t, r.conn, r.host.parcel(t, r.sid, 0))
			}
			r.conn.Close()
			if err := r.Server.Close(); err != nil {
				t.Fatal(err)
			}
			flip(t, r.config.Dir, "RS_LOG_"+r.sid, broken)
			r.start(t)
			conn := r.dial(t)
			at := cursor(t, conn)
			got := read(t, conn, session.Log, 0, int(at.Seq))
			t.Logf("the log ends at %d", at.Seq)
			for i, d := range got {
				if d.Seq != uint64(i+1) {
					t.Errorf("delivery %d is sequence %d", i+1, d.Seq)
				}
				if d.Mend != (d.Seq == broken) {
					t.Errorf("sequence %d: mend %t, though %d is broken", d.Seq, d.Mend, broken)
				}
			}
		})
	}
}

// flip changes one bit of a record of a stream on disk. All records here have
// the same length, so it lies at its share of the file.
func flip(t *testing.T, dir, stream string, seq uint64) {
	t.Helper()
	blocks, err := filepath.Glob(filepath.Join(dir, "jetstream", "*", "streams", stream, "msgs", "*.blk"))
	if err != nil || len(blocks) != 1 {
		t.Fatalf("blocks %v, %v", blocks, err)
	}
	raw, err := os.ReadFile(blocks[0])
	if err != nil {
		t.Fatal(err)
	}
	size := len(raw) / 40
	raw[int(seq-1)*size+size/2] ^= 4
	if err := os.WriteFile(blocks[0], raw, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestAHubTalksInLines(t *testing.T) {
	r := &room{host: someone(t, 1)}
	r.sid = session.ID(r.host.author.Public(), "a nonce")
	config := hub.Config{Dir: t.TempDir(), Session: r.sid, Host: r.host.author.Public(), Listen: []string{"127.0.0.1:0"}, Now: time.Now}
	in, orders := io.Pipe()
	reports, out := io.Pipe()
	var served sync.WaitGroup
	served.Go(func() {
		if err := hub.Main(t.Context(), in, out, config); err != nil {
			t.Error(err)
		}
		out.Close()
	})
	lines := bufio.NewScanner(reports)
	next := func() (r struct{ Event, Session, Link, Invitation, Code string }) {
		t.Helper()
		if !lines.Scan() {
			t.Fatal("the hub says no more")
		}
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			t.Fatal(err)
		}
		return r
	}
	if got := next(); got.Event != "ready" || got.Session != r.sid {
		t.Errorf("first it said %+v, want that it is ready", got)
	}
	say := func(order string) {
		if _, err := io.WriteString(orders, order+"\n"); err != nil {
			t.Error(err)
		}
	}
	say(`{"do":"invite","people":3,"hours":2}`)
	invited := next()
	if _, err := hub.ParseInvitation(invited.Link); err != nil || invited.Event != "invitation" {
		t.Errorf("it said %+v (%v), want an invitation", invited, err)
	}
	for order, want := range map[string]string{
		`{"do":"revoke","invitation":"` + invited.Invitation + `"}`: "done",
		`{"do":"remove","member":"abcdefghijklmnop"}`:               "done",
		`{"do":"host","member":"abcdefghijklmnop"}`:                 "error",
		`{"do":"dance"}`: "error",
		`not JSON`:       "error",
	} {
		say(order)
		if got := next(); got.Event != want {
			t.Errorf("to %s it said %+v, want %s", order, got, want)
		}
	}
	orders.Close() // as when the parent ends
	if got := next(); got.Event != "closed" {
		t.Errorf("last it said %+v, want that it is closed", got)
	}
	served.Wait()
}

func TestAHubThatCannotStartSaysWhy(t *testing.T) {
	n := raise(t)
	own, _ := os.Executable()
	config := hub.Config{Dir: n.dir, Session: n.sid, Host: n.host.author.Public(), Listen: []string{"127.0.0.1:0"}, Now: time.Now}
	_, err := hub.Start(t.Context(), []string{own}, config)
	wantCode(t, err, hub.HubRuns)
	config.Dir, config.Listen = t.TempDir(), n.Door().Addresses
	_, err = hub.Start(t.Context(), []string{own}, config)
	wantCode(t, err, hub.AddressTaken)

	t.Setenv(asHub, "") // then it is no hub, and ends
	_, err = hub.Start(t.Context(), []string{own, "-test.run", "none"}, config)
	wantCode(t, err, hub.HubEnded)
}
