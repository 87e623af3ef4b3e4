package hub_test

import (
	"testing"

	"github.com/earshot-app/earshot/data/hub"
	"github.com/earshot-app/earshot/data/hub/hubtest"
	"github.com/earshot-app/earshot/review/session"
)

// While the cable is cut everything answers at once, so that the outbox keeps
// it; afterwards the same connection carries it.
func TestACutConnectionIsToldAndComesBack(t *testing.T) {
	r := open(t)
	anna := someone(t, 2)
	way := hubtest.Lay(t, r.Door().Addresses[0])
	i, _ := r.invite(t, 1)
	i.Addresses = []string{way.Address()}
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
	way.Cut()
	if err := <-ended; err == nil || t.Context().Err() != nil {
		t.Errorf("reading ended with %v, want that the connection was cut", err)
	}
	said := anna.parcel(t, r.sid, 0)
	if seq, err := a.Publish(t.Context(), said, 0); err == nil {
		t.Errorf("published as %d over a cut cable", seq)
	}
	way.Mend()
	if seq := eventually(t, a, said); seq != 2 {
		t.Errorf("what was said meanwhile is %d, want 2", seq)
	}
	if got := read(t, r.conn, session.Log, 1, 1)[0]; got.ID != said.ID {
		t.Errorf("the host read %s, want %s", got.ID, said.ID)
	}
}
