package live

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/earshot-app/earshot/data/hub"
	"github.com/earshot-app/earshot/review/session"
)

// For a week Bo says something each day without a network, while the others go
// on, and their clocks with them.
func TestWhatIsSaidInAWeekOfflineArrivesOnce(t *testing.T) {
	t.Parallel()
	p := meet(t, "Ada", "Bo")
	host, ada, bo := p.all[0], p.all[1], p.all[2]
	for _, g := range p.all {
		g.tag(2)
	}
	p.agree()
	bo.cable.Cut()
	for range 7 {
		for _, g := range p.all {
			g.clock.turn(24 * time.Hour)
		}
		ada.tag(1)
		bo.tag(3)
	}
	host.tag(1)
	bo.leave() // and sleeps meanwhile
	bo.cable.Mend()
	bo.door.Secret = [16]byte{} // the invitation is long over
	bo.enter()
	p.agree()
}

// Every now and then the connection of one or the other is cut in the middle of
// what they say.
func TestCutConnectionsLoseNothing(t *testing.T) {
	t.Parallel()
	p := meet(t, "Ada", "Bo")
	for round := range 4 {
		cut := p.all[1+round%2]
		for _, g := range p.all {
			g.tag(5)
		}
		cut.cable.Cut()
		for _, g := range p.all {
			g.tag(5)
		}
		cut.cable.Mend()
	}
	p.agree()
}

// One machine is a day ahead, another a day behind, and the host's jumps: an
// order by clocks, or a signature's or certificate's time, would lose something.
func TestAClockThatIsWrongByADayLosesNothing(t *testing.T) {
	t.Parallel()
	p := meet(t, "Ada")
	host, ada := p.all[0], p.all[1]
	ada.clock.turn(24 * time.Hour)
	bo := p.comes("Bo")
	bo.clock.turn(-24 * time.Hour)
	for _, turn := range []time.Duration{0, 24 * time.Hour, -48 * time.Hour} {
		host.clock.turn(turn)
		for _, g := range p.all {
			g.tag(4)
		}
		p.killHub() // all come back with the clocks that they have
	}
	p.comes("Cem")
	p.agree()
}

// The folder of the streams is lost while all work, with what Bo had not heard
// of yet. The libraries fill the new log, also for who comes afterwards.
func TestALostFolderOfStreamsLosesNothing(t *testing.T) {
	t.Parallel()
	p := meet(t, "Ada", "Bo")
	for _, g := range p.all {
		g.tag(10)
	}
	p.agree()
	p.all[2].cable.Cut()
	p.all[1].tag(5)
	if err := os.RemoveAll(filepath.Join(p.host.Dir, "hub", "jetstream")); err != nil {
		t.Fatal(err)
	}
	p.killHub()
	p.all[2].tag(5)
	p.all[2].cable.Mend()
	p.comes("Cem")
	p.agree()
}

// The folder is lost in the middle of a blind round, and what the host had not
// read of it. What was tagged before and meanwhile is there at the reveal.
func TestALostFolderInABlindRoundLosesNothing(t *testing.T) {
	t.Parallel()
	p := gather(t, true, "Ada", "Bo")
	host, ada, bo := p.all[0], p.all[1], p.all[2]
	for _, g := range p.all {
		g.tag(5)
	}
	bo.cable.Cut()
	bo.tag(5)
	if err := os.RemoveAll(filepath.Join(host.Dir, "hub", "jetstream")); err != nil {
		t.Fatal(err)
	}
	p.killHub()
	ada.tag(5)
	bo.cable.Mend()
	if _, err := host.Desk.RevealRound(context.Background(), host.Session, 1); err != nil {
		t.Fatal(err)
	}
	p.agree()
}

// A server that has forgotten what it has, such as after the day that it
// remembers ids for, stores it twice. Nobody counts it twice.
func TestWhatAServerStoresTwiceCountsOnce(t *testing.T) {
	t.Parallel()
	p := meet(t, "Ada", "Bo")
	ada := p.all[1]
	for _, g := range p.all {
		g.tag(10)
	}
	p.agree()
	before := p.stored()
	p.forgetIDs()
	ada.leave()
	box := ada.Desk.SessionBox(ada.Session)
	if err := box.Rewind(context.Background(), session.Log); err != nil { // as for a log that is lost
		t.Fatal(err)
	}
	again := ada.sendsAll(box)
	for deadline := time.Now().Add(time.Minute); p.stored() < before+10; { // until the server has forgotten, which nothing tells
		if time.Now().After(deadline) {
			t.Fatal("the server forgets no id")
		}
		again()
	}
	ada.enter()
	ada.tag(1)
	p.agree()
}

// sendsAll connects somebody who is away, and answers what sends all that is to be
// sent, before anything is read of it.
func (g *guest) sendsAll(box session.Box) func() {
	g.t.Helper()
	conn, err := hub.Join(context.Background(), g.door, pass(g.Options))
	if err != nil {
		g.t.Fatal(err)
	}
	g.t.Cleanup(conn.Close)
	waiting, err := box.Outbox(context.Background(), 1000)
	if err != nil || len(waiting) < 10 {
		g.t.Fatalf("%d events wait, %v; want ten and more", len(waiting), err)
	}
	return func() {
		for _, one := range waiting {
			if _, err := conn.Publish(context.Background(), one.Parcel, 0); err != nil {
				g.t.Fatal(err)
			}
		}
	}
}

// admin is the host, who may do everything at the server.
func (p *party) admin() (jetstream.JetStream, func()) {
	p.t.Helper()
	conn := p.connect(p.host)
	js, err := jetstream.New(conn)
	if err != nil {
		p.t.Fatal(err)
	}
	return js, conn.Close
}

// stored is how many messages the log has.
func (p *party) stored() uint64 {
	p.t.Helper()
	js, end := p.admin()
	defer end()
	log, err := js.Stream(context.Background(), "RS_LOG_"+p.host.Session)
	if err != nil {
		p.t.Fatal(err)
	}
	return log.CachedInfo().State.Msgs
}

// forgetIDs has the server remember ids for the shortest time that it can.
func (p *party) forgetIDs() {
	p.t.Helper()
	js, end := p.admin()
	defer end()
	log, err := js.Stream(context.Background(), "RS_LOG_"+p.host.Session)
	if err != nil {
		p.t.Fatal(err)
	}
	config := log.CachedInfo().Config
	// Twice, since a server may look what to forget just before it takes the new
	// time over, and then next when the old one has passed: a day.
	for _, config.Duplicates = range []time.Duration{101 * time.Millisecond, 100 * time.Millisecond} {
		if _, err := js.UpdateStream(context.Background(), config); err != nil {
			p.t.Fatal(err)
		}
	}
}

// A bit of the log flips on the host's disk: noticed at the next start, clean or
// not, and filled again from the libraries, so that who comes late lacks nothing.
func TestAFlippedBitLosesNothing(t *testing.T) {
	t.Parallel()
	tests := map[string]func(*party){
		"after a crash": func(p *party) { p.flip(); p.killHub() },
		"after an end":  func(p *party) { p.host.leave(); p.flip(); p.open() },
	}
	for name, damage := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := meet(t, "Ada", "Bo")
			for _, g := range p.all {
				g.tag(10)
			}
			p.agree()
			damage(p)
			p.all[1].tag(2)
			p.comes("Cem")
			p.agree()
		})
	}
}

// flip changes a bit in the middle of the log.
func (p *party) flip() {
	p.t.Helper()
	blocks, err := filepath.Glob(filepath.Join(p.host.Dir, "hub", "jetstream", "*", "streams", "RS_LOG_"+p.host.Session, "msgs", "*.blk"))
	if err != nil || len(blocks) != 1 {
		p.t.Fatalf("blocks %v, %v", blocks, err)
	}
	raw, err := os.ReadFile(blocks[0])
	if err != nil {
		p.t.Fatal(err)
	}
	raw[len(raw)/2] ^= 4
	if err := os.WriteFile(blocks[0], raw, 0o600); err != nil {
		p.t.Fatal(err)
	}
}
