package hubtest_test

import (
	"io"
	"net"
	"testing"

	"go.uber.org/goleak"

	"github.com/earshot-app/earshot/data/hub/hubtest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// What is said into a cable comes out, until it is cut and again when it is mended.
func TestACableIsCutAndMended(t *testing.T) {
	echo, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	t.Cleanup(func() { _ = echo.Close(); <-ended })
	go func() {
		defer close(ended)
		for {
			conn, err := echo.Accept()
			if err != nil {
				return
			}
			_, _ = io.Copy(conn, conn)
			_ = conn.Close()
		}
	}()
	cable := hubtest.Lay(t, echo.Addr().String())
	dial := func() net.Conn {
		conn, err := net.Dial("tcp", cable.Address())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = conn.Close() })
		return conn
	}
	say := func(conn net.Conn) error {
		heard := make([]byte, 2)
		_, _ = conn.Write([]byte("hi")) // the answer tells
		_, err := io.ReadFull(conn, heard)
		return err
	}
	through := dial()
	if err := say(through); err != nil {
		t.Error(err)
	}
	cable.Cut()
	if say(through) == nil || say(dial()) == nil {
		t.Error("a cut cable carries words")
	}
	cable.Mend()
	if err := say(dial()); err != nil {
		t.Error(err)
	}
}
