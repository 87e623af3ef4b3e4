package hubtest

import (
	"io"
	"net"
	"sync"
	"testing"
)

// A Cable leads to a hub, and can be cut and mended.
type Cable struct {
	near net.Listener
	far  string
	work sync.WaitGroup

	mu    sync.Mutex
	cut   bool
	conns []net.Conn
}

// Lay lays a cable to a TCP address. It is gone with the test.
func Lay(t testing.TB, far string) *Cable {
	t.Helper()
	near, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	c := &Cable{near: near, far: far}
	c.work.Go(func() {
		for {
			conn, err := near.Accept()
			if err != nil {
				return
			}
			c.carry(conn)
		}
	})
	t.Cleanup(func() {
		_ = near.Close() // nobody comes any more
		c.Cut()
		c.work.Wait()
	})
	return c
}

// Address is where the cable begins: who connects there comes out at the hub.
func (c *Cable) Address() string { return c.near.Addr().String() }

// Cut closes what goes through the cable, and lets nothing through until it is
// mended.
func (c *Cable) Cut() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.cut = true
	for _, conn := range c.conns {
		_ = conn.Close() // may be closed already
	}
	c.conns = nil
}

// Mend lets connections through again.
func (c *Cable) Mend() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.cut = false
}

func (c *Cable) carry(near net.Conn) {
	far, err := net.Dial("tcp", c.far)
	c.mu.Lock()
	defer c.mu.Unlock()
	if err != nil || c.cut {
		_ = near.Close() // nothing was said on it
		if err == nil {
			_ = far.Close()
		}
		return
	}
	c.conns = append(c.conns, near, far)
	for _, way := range [][2]net.Conn{{near, far}, {far, near}} {
		c.work.Go(func() {
			_, _ = io.Copy(way[0], way[1]) // until it is cut or one end closes it
			_ = way[0].Close()
		})
	}
}
