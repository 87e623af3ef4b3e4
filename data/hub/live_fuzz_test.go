package hub

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/nats-io/nats.go"

	"github.com/earshot-app/earshot/review/session"
)

// FuzzLive reads what is said and not kept: what the host plays, who is there, what
// members ask for and do. Whatever comes, what is handed on can be told to others
// and is the same to them; what is too long is not handed on.
func FuzzLive(f *testing.F) {
	for _, said := range []any{
		session.Play{Epoch: 3, Round: 2, Playing: true, PosMS: 61_000, AtHost: 1_700_000_000_000, Rate: 1.5, By: "ada", Only: "bo"},
		session.Roster{Members: []session.Attendee{{Author: "ada", Name: "Ada", State: session.Listening, TripMS: 12}}},
		session.Ask{Do: session.AskSeek, PosMS: 9_223_372_036_854_775_807},
		session.Attendee{Author: "ada", Name: "A\xffda", State: "?", TripMS: -1},
	} {
		raw, err := json.Marshal(said)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	f.Add([]byte(`{"rate":1e308,"pos_ms":-9223372036854775808}`))
	f.Add([]byte(`{"members":null,"do":"rate","rate":-0}`))
	f.Add([]byte(`[]`))
	f.Add(append([]byte(`{"do":"play"`), bytes.Repeat([]byte(" "), maxLive)...))
	f.Fuzz(func(t *testing.T, raw []byte) {
		again[session.Play](t, raw)
		again[session.Roster](t, raw)
		again[session.Ask](t, raw)
		again[session.Attendee](t, raw)
	})
}

// again holds what is handed on of a message to what others would read of it.
func again[T any](t *testing.T, raw []byte) {
	given(&nats.Msg{Data: raw}, func(is T) {
		if len(raw) > maxLive {
			t.Errorf("%d bytes are handed on", len(raw))
		}
		told, err := json.Marshal(is)
		if err != nil {
			t.Fatalf("%q cannot be told to others: %v", raw, err)
		}
		var theirs T
		if err := json.Unmarshal(told, &theirs); err != nil || !cmp.Equal(is, theirs) {
			t.Errorf("%q is %+v here and %+v to others (%v)", raw, is, theirs, err)
		}
	})
}

// FuzzOrders has a hub obey lines from its parent: each is answered by one line,
// with the order's number, and none but "close" ends it.
func FuzzOrders(f *testing.F) {
	host := ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize)).Public().(ed25519.PublicKey)
	s, err := Serve(context.Background(), Config{Dir: f.TempDir(), Session: "abcdefghijklmnop", Host: host, Listen: []string{"127.0.0.1:0"}, Now: time.Now})
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { _ = s.Close() })
	f.Add([]byte(`{"do":"invite","people":5,"hours":24,"n":1}` + "\n" + `{"do":"offers","n":2}` + "\n" + `{"do":"here"}`))
	f.Add([]byte(`{"do":"invite","people":-1,"hours":1e300}`))
	f.Add([]byte(`{"do":"revoke","invitation":"x","n":-1}` + "\n" + `{"do":"remove","member":"x"}` + "\n" + `{"do":"host","member":""}`))
	f.Add([]byte(`null` + "\n" + `{"do":"\u0000"}` + "\n" + `{"do":"close"}` + "\n" + `{"do":"offers"}`))
	begun := s.door.kept
	f.Fuzz(func(t *testing.T, raw []byte) {
		s.door.mu.Lock()
		s.door.kept = begun // or each input would write and list what all before it invited
		s.door.mu.Unlock()
		var out bytes.Buffer
		err := s.obey(bytes.NewReader(raw), &reports{to: json.NewEncoder(&out), failed: func() { t.Error("an answer was not written") }})
		if err != nil {
			return // a line without end
		}
		var want []int // numbers of the answers
		for line := range strings.Lines(string(raw)) {
			var o order
			bad := json.Unmarshal([]byte(line), &o) != nil
			if !bad && o.Do == "close" {
				break
			}
			if bad {
				o = order{}
			}
			if o.Do != "here" {
				want = append(want, o.N)
			}
		}
		var got []int
		for line := range strings.Lines(out.String()) {
			var r report
			if err := json.Unmarshal([]byte(line), &r); err != nil {
				t.Fatalf("the answer %q: %v", line, err)
			}
			got = append(got, r.N)
		}
		if !cmp.Equal(want, got) {
			t.Errorf("%q asks for answers %v and gets %v", raw, want, got)
		}
	})
}
