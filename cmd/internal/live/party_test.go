package live

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/earshot-app/earshot/cmd/internal/place"
	"github.com/earshot-app/earshot/cmd/internal/recording"
	"github.com/earshot-app/earshot/data/catalog"
	"github.com/earshot-app/earshot/data/hub"
	"github.com/earshot-app/earshot/data/hub/hubtest"
	"github.com/earshot-app/earshot/data/sqlite"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/journal"
	"github.com/earshot-app/earshot/review/sampling"
)

// A watch is a machine's clock, which may be wrong.
type watch struct{ off atomic.Int64 }

func (w *watch) Now() time.Time { return time.Now().Add(time.Duration(w.off.Load())) }

func (w *watch) turn(by time.Duration) { w.off.Add(int64(by)) }

// numbered makes ids that others can foretell.
type numbered struct {
	by string
	n  atomic.Int64
}

// New implements desk.IDs.
func (i *numbered) New() string { return foretold(i.by, i.n.Add(1)) }

func foretold(by string, n int64) string { return fmt.Sprintf("%s-%06d", by, n) }

// A guest is one person of a party, with a library, a clock and a cable of their
// own.
type guest struct {
	Options
	t     *testing.T
	clock *watch
	ids   *numbered
	cable *hubtest.Cable
	door  hub.Invitation // as they come again
	room  *Room
	tags  int
}

func newGuest(t *testing.T, name string, seed byte) *guest {
	t.Helper()
	own := bytes.Repeat([]byte{seed}, 32)
	author, err := journal.NewAuthor(own)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	store, err := sqlite.Open(context.Background(), filepath.Join(dir, "library.earshot"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	g := &guest{t: t, clock: &watch{}, ids: &numbered{by: name}}
	d := desk.New(desk.Parts{
		Store: store, Source: catalog.New(place.Walk, time.Local).Elsewhere(place.Open), Author: author, Clock: g.clock, IDs: g.ids,
		Count: place.Count, Contents: recording.Contents{},
	})
	g.Options = Options{Desk: d, Seed: own, As: name, Dir: dir, Now: g.clock.Now}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return g
}

// leave ends what somebody takes part with; the library stays.
func (g *guest) leave() {
	g.t.Helper()
	if g.room == nil {
		return
	}
	if err := g.room.Close(); err != nil {
		g.t.Errorf("%s: %v", g.As, err)
	}
	g.room = nil
}

// tag tags the session's call as soon as the library has it. Nobody waits for
// the network.
func (g *guest) tag(n int) {
	g.t.Helper()
	for range n {
		g.tags++
		g.say(desk.TagRequest{Issue: fmt.Sprintf("%s's issue %d", g.As, g.tags%3), At: time.Duration(g.tags) * time.Millisecond})
	}
}

func (g *guest) say(r desk.TagRequest) (moment string) {
	g.t.Helper()
	places, err := g.Desk.SessionPlaces(context.Background(), g.Session)
	for err == nil && (len(places) == 0 || places[0].Local == "") {
		time.Sleep(10 * time.Millisecond) // until the call came
		places, err = g.Desk.SessionPlaces(context.Background(), g.Session)
	}
	if err != nil {
		g.t.Fatal(err)
	}
	r.Call = places[0].Local
	tagged, err := g.Desk.Tag(context.Background(), r)
	if err != nil {
		g.t.Fatal(err)
	}
	return tagged.Moment.ID
}

// A party is a session of a host and members.
type party struct {
	t    *testing.T
	host *guest
	all  []*guest // the host first
}

// meet has a host and members come together, who see all tags at once.
func meet(t *testing.T, names ...string) *party {
	t.Helper()
	return gather(t, false, names...)
}

func gather(t *testing.T, blind bool, names ...string) *party {
	t.Helper()
	p := &party{t: t, host: newGuest(t, "Hedda", 1)}
	p.all = []*guest{p.host}
	p.host.shares(blind)
	p.open()
	for _, name := range names {
		p.comes(name)
	}
	return p
}

// shares imports a recording, draws it, and opens a session about it.
func (g *guest) shares(blind bool) {
	g.t.Helper()
	ctx, folder := context.Background(), g.t.TempDir()
	recorded(g.t, folder)
	if _, err := g.Desk.Import(ctx, desk.ImportRequest{Paths: []string{folder}}, nil); err != nil {
		g.t.Fatal(err)
	}
	draw, err := g.Desk.Draw(ctx, desk.DrawRequest{N: 1, Filter: sampling.Filter{}}, nil)
	if err != nil {
		g.t.Fatal(err)
	}
	shared, err := g.Desk.HostSession(ctx, desk.HostRequest{Draw: draw.ID, As: g.As, Blind: blind}, nil)
	if err != nil {
		g.t.Fatal(err)
	}
	g.Session = shared.ID
}

// open begins or goes on with the host's room.
func (p *party) open() {
	p.t.Helper()
	room, err := Host(context.Background(), Hosting{Options: p.host.Options, Program: []string{os.Args[0], "hub", "--pipe"}, Listen: []string{"127.0.0.1:0"}})
	if err != nil {
		p.t.Fatal(err)
	}
	p.host.room = room
	p.t.Cleanup(p.host.leave)
}

// comes has somebody new take part.
func (p *party) comes(name string) *guest {
	p.t.Helper()
	g := newGuest(p.t, name, byte(len(p.all)+1))
	g.door = invited(p.t, p.host.room)
	g.cable = hubtest.Lay(p.t, g.door.Addresses[0])
	g.door.Addresses = []string{g.cable.Address()}
	g.Session = p.host.Session
	g.enter()
	p.all = append(p.all, g)
	return g
}

func (g *guest) enter() {
	g.t.Helper()
	room, err := Join(context.Background(), g.Options, g.door)
	if err != nil {
		g.t.Fatal(err)
	}
	g.room = room
	g.t.Cleanup(g.leave)
}

// killHub ends the hub's process as a crash would; its host starts another.
func (p *party) killHub() {
	p.t.Helper()
	child := p.host.room.child
	before := child.Process()
	process, err := os.FindProcess(before)
	if err != nil {
		p.t.Fatal(err)
	}
	if err := process.Kill(); err != nil {
		p.t.Fatal(err)
	}
	for child.Process() == before || child.Process() == 0 {
		if err := child.Err(); err != nil {
			p.t.Fatal(err)
		}
		time.Sleep(time.Millisecond)
	}
}

// held is what a library holds of a session.
type held struct {
	Digest  string
	Events  []string       // authors and ids, each as often as it is there
	Moments map[string]int // by author
}

func (g *guest) held() held {
	g.t.Helper()
	ctx := context.Background()
	state, err := g.Desk.Session(ctx, g.Session)
	if err != nil {
		g.t.Fatal(err)
	}
	h := held{Moments: map[string]int{}, Digest: state.Digest()}
	for _, call := range state.Calls {
		for author, said := range call.Said {
			if len(said.Moments) > 0 {
				h.Moments[author] += len(said.Moments)
			}
		}
	}
	_, events, err := g.Desk.ExportSession(ctx, g.Session)
	if err != nil {
		g.t.Fatal(err)
	}
	for parcel, err := range events {
		var e journal.Event
		if err != nil || journal.Read(parcel.Bytes, &e) != nil {
			g.t.Fatal(err)
		}
		h.Events = append(h.Events, e.Author+"/"+e.ID)
	}
	slices.Sort(h.Events)
	return h
}

// agree waits until all libraries hold the same of the session: every tag of
// everybody, each event once.
func (p *party) agree() {
	p.t.Helper()
	want := map[string]int{}
	for _, g := range p.all {
		if g.tags > 0 {
			want[me(g)] = g.tags
		}
	}
	var all []held
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		all = all[:0]
		for _, g := range p.all {
			all = append(all, g.held())
		}
		if !slices.ContainsFunc(all, func(h held) bool { return h.Digest != all[0].Digest || !maps.Equal(h.Moments, want) }) {
			break
		}
	}
	for i, h := range all {
		if diff := cmp.Diff(all[0], h); diff != "" {
			p.t.Errorf("(-%s +%s)\n%s", p.host.As, p.all[i].As, diff)
		}
		if !maps.Equal(h.Moments, want) {
			p.t.Errorf("%s holds %v moments, want %v", p.all[i].As, h.Moments, want)
		}
		if once := slices.Compact(slices.Clone(h.Events)); len(once) != len(h.Events) {
			p.t.Errorf("%s holds events twice", p.all[i].As)
		}
	}
}

// me is a person's author id.
func me(g *guest) string {
	author, _ := journal.NewAuthor(g.Seed)
	return author.ID
}
