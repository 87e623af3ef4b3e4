package hub_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"strconv"
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

// claims has a member say that a recording is so long, and send something else. It
// calls said after each answer to who has it.
func (in *intruder) claims(t *testing.T, hash string, length int64, part []byte, said func()) {
	t.Helper()
	all := "rs." + in.sid + ".ctl.lend"
	for _, subject := range []string{all, all + "." + in.me} {
		_, err := in.Subscribe(subject, func(m *nats.Msg) {
			var asked struct {
				Hash, Answer string
				Size         int
			}
			if json.Unmarshal(m.Data, &asked) != nil || asked.Hash != hash {
				return
			}
			answer := &nats.Msg{Subject: "rs." + in.sid + ".req." + in.me + ".part." + asked.Answer, Header: nats.Header{}, Data: part[:min(asked.Size, len(part))]}
			answer.Header.Set("Length", strconv.FormatInt(length, 10))
			if m.Subject != all {
				_ = in.PublishMsg(answer)
			} else if in.PublishMsg(answer) == nil && in.Flush() == nil {
				said()
			}
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := in.Flush(); err != nil {
		t.Fatal(err)
	}
}

// A member who has edited a recording says first that they have it, each time. The
// host has it from another all the same.
func TestAHostAsksAnotherWhenARecordingIsWrong(t *testing.T) {
	r := open(t)
	bos := shelf{}
	hash, other := bos.add(noise(65)), bos.add(noise(64))
	times, twice := 0, make(chan struct{})
	r.intrude(t, someone(t, 2)).claims(t, hash, 65, noise(66)[1:], func() {
		if times++; times == 2 {
			close(twice)
		}
	})
	share(t, r.join(t, someone(t, 3)), func(ctx context.Context, asked string) (io.ReaderAt, int64, error) {
		if asked == hash {
			select {
			case <-twice:
			case <-ctx.Done():
			}
		}
		return bos.open(ctx, asked)
	})
	if _, err := borrow(t, r.conn, other); err != nil { // Bo listens
		t.Fatal(err)
	}
	_, err := borrow(t, r.conn, hash)
	wantCode(t, err, hub.AudioChanged)
	if got, err := borrow(t, r.conn, hash); err != nil || !bytes.Equal(got, bos[hash]) {
		t.Errorf("got %d bytes of %d, %v", len(got), len(bos[hash]), err)
	}
}

// Nobody can fill the host's disk.
func TestAHostTakesNoRecordingLongerThanAny(t *testing.T) {
	r := open(t)
	hash := shelf{}.add(noise(64))
	r.intrude(t, someone(t, 2)).claims(t, hash, 1<<40, noise(256<<10), func() {})
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	err := r.conn.Borrow(ctx, hash, &sheet{}, func(done, of int64) {
		if done > 4<<20 {
			stop()
		}
	})
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
