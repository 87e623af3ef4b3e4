package hub_test

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"sync"
	"testing"

	"github.com/nats-io/nats.go"

	"github.com/earshot-app/earshot/data/hub"
	"github.com/earshot-app/earshot/review"
)

// share has a member hand out recordings to the host until the test ends.
func share(t *testing.T, c *hub.Conn, open hub.Opener) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	var sharing sync.WaitGroup
	sharing.Go(func() { _ = c.Share(ctx, open) })
	t.Cleanup(func() { stop(); sharing.Wait() })
}

// borrow asks until members listen.
func borrow(t *testing.T, c *hub.Conn, hash string) ([]byte, error) {
	t.Helper()
	for {
		var got sheet
		err := c.Borrow(t.Context(), hash, &got, func(int64, int64) {})
		if review.CodeOf(err) != hub.NobodyLends {
			return got.bytes, err
		}
	}
}

// A host who lacks a recording has it from whichever member holds it, and is told
// when none does.
func TestAHostBorrowsARecordingFromAMember(t *testing.T) {
	r := open(t)
	bos := shelf{}
	hash := bos.add(noise(9*256<<10 + 17))
	share(t, r.join(t, someone(t, 2)), shelf{}.open)
	err := r.conn.Borrow(t.Context(), hash, &sheet{}, func(int64, int64) {})
	wantCode(t, err, hub.NobodyLends)
	share(t, r.join(t, someone(t, 3)), bos.open)
	if got, err := borrow(t, r.conn, hash); err != nil || !bytes.Equal(got, bos[hash]) {
		t.Errorf("got %d bytes of %d, %v", len(got), len(bos[hash]), err)
	}
}

// A host notices a recording that a member has edited.
func TestAHostBelievesNoMemberARecording(t *testing.T) {
	r := open(t)
	bos := shelf{}
	hash := bos.add(noise(64))
	bos[hash] = noise(65)[1:]
	share(t, r.join(t, someone(t, 2)), bos.open)
	_, err := borrow(t, r.conn, hash)
	wantCode(t, err, hub.AudioChanged)
}

// Who is asked to answer at another place than their own says nothing.
func TestAMemberAnswersNowhereElse(t *testing.T) {
	r := open(t)
	bos := shelf{}
	hash := bos.add(noise(64))
	b := r.join(t, someone(t, 2))
	share(t, b, bos.open)
	if _, err := borrow(t, r.conn, hash); err != nil {
		t.Fatal(err)
	}
	host, err := nats.Connect("tls://"+r.Door().Addresses[0], r.raw(t, r.host)...)
	if err != nil {
		t.Fatal(err)
	}
	defer host.Close()
	answers, err := host.SubscribeSync("rs." + r.sid + ".req.*.part.>")
	if err != nil {
		t.Fatal(err)
	}
	for _, place := range []string{"", "*", "a.b", "A B", "A\r\nPUB x 0", strings.Repeat("A", 65), "LAST"} {
		asked, _ := json.Marshal(map[string]any{"hash": hash, "answer": place})
		if err := host.Publish("rs."+r.sid+".ctl.lend", asked); err != nil {
			t.Fatal(err)
		}
	}
	answer, err := answers.NextMsgWithContext(t.Context())
	if err != nil || !strings.HasSuffix(answer.Subject, ".part.LAST") {
		t.Errorf("first answered %v, %v; want only the last", answer, err)
	}
}
