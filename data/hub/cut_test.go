package hub_test

import (
	"io"
	"net"
	"sync"
	"testing"

	"github.com/earshot-app/earshot/data/hub"
	"github.com/earshot-app/earshot/review/session"
)

// A cable leads to a hub, and can be cut and mended.
type cable struct {
	listener net.Listener
	to       string
	all      sync.WaitGroup

	mu    sync.Mutex
	cut   bool
	conns []net.Conn
}

func lay(t *testing.T, to string) *cable {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	c := &cable{listener: listener, to: to}
	c.all.Go(c.serve)
	t.Cleanup(func() { listener.Close(); c.set(true); c.all.Wait() })
	return c
}

func (c *cable) serve() {
	for {
		near, err := c.listener.Accept()
		if err != nil {
			return
		}
		far, err := net.Dial("tcp", c.to)
		if err != nil || !c.add(near, far) {
			near.Close()
			continue
		}
		for _, way := range [][2]net.Conn{{near, far}, {far, near}} {
			c.all.Go(func() {
				_, _ = io.Copy(way[0], way[1])
				way[0].Close()
			})
		}
	}
}

func (c *cable) add(near, far net.Conn) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.cut {
		far.Close()
		return false
	}
	c.conns = append(c.conns, near, far)
	return true
}

func (c *cable) set(cut bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.cut = cut
	for _, conn := range c.conns {
		conn.Close()
	}
	c.conns = nil
}

// While the cable is cut everything answers at once, so that the outbox keeps
// it; afterwards the same connection carries it.
func TestACutConnectionIsToldAndComesBack(t *testing.T) {
	r := open(t)
	anna := someone(t, 2)
	way := lay(t, r.Door().Addresses[0])
	i, _ := r.invite(t, 1)
	i.Addresses = []string{way.listener.Addr().String()}
	a, err := hub.Join(t.Context(), i, anna.pass())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(a.Close)
	publish(t, a, anna.parcel(t, r.sid, 0))
	begun, ended := make(chan struct{}), make(chan error, 1)
	go func() {
		ended <- a.Read(t.Context(), session.Log, 0, func([]session.Delivery) error {
			close(begun)
			return nil
		})
	}()
	<-begun
	way.set(true)
	if err := <-ended; err == nil || t.Context().Err() != nil {
		t.Errorf("reading ended with %v, want that the connection was cut", err)
	}
	said := anna.parcel(t, r.sid, 0)
	if seq, err := a.Publish(t.Context(), said, 0); err == nil {
		t.Errorf("published as %d over a cut cable", seq)
	}
	way.set(false)
	if seq := eventually(t, a, said); seq != 2 {
		t.Errorf("what was said meanwhile is %d, want 2", seq)
	}
	if got := read(t, r.conn, session.Log, 1, 1)[0]; got.ID != said.ID {
		t.Errorf("the host read %s, want %s", got.ID, said.ID)
	}
}
