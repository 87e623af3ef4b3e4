package hub_test

import (
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go"

	"github.com/earshot-app/earshot/review/journal"
	"github.com/earshot-app/earshot/review/session"
)

// Whoever floods is let through slowly, so that the others' tags are stored at
// once: what Eve gets in is bounded by the time it took, however fast she sends.
func TestAFloodFromOneMemberIsHeldBack(t *testing.T) {
	r := open(t)
	anna, eve := someone(t, 2), someone(t, 9)
	a := r.join(t, anna)
	in := r.intrude(t, eve)
	begun := time.Now()
	flood := make(chan int)
	go func() {
		sent := 0
		for ; in.Publish("rs."+r.sid+".log."+eve.author.ID+".moment.added", []byte("{}")) == nil; sent++ {
		}
		flood <- sent
	}()
	const tags = 100
	last := uint64(0)
	for range tags {
		last = publish(t, a, anna.parcel(t, r.sid, 0))
	}
	took := time.Since(begun)
	in.Close()
	sent := <-flood
	const burst, rate = 128, 250
	if stored, most := float64(last-tags), burst+rate*took.Seconds()+1; stored > most {
		t.Errorf("Eve sent %d messages in %v and %.0f were stored, want at most %.0f", sent, took, stored, most)
	}
	t.Logf("%d tags of Anna's took %v while Eve sent %d, of which %d were stored", tags, took, sent, last-tags)
}

// Every consumer of a stream takes one of its places, so a member cannot take
// them all.
func TestAFloodOfReadersIsHeldBack(t *testing.T) {
	r := open(t)
	in := r.intrude(t, someone(t, 9))
	log, shown := "RS_LOG_"+r.sid, "rs."+r.sid+".log.>"
	begun := time.Now()
	for range 200 {
		if err := in.PublishRequest("$JS.API.CONSUMER.CREATE."+log+".x."+shown, "_INBOX."+in.me+".r", []byte("{}")); err != nil {
			t.Fatal(err)
		}
	}
	answers, err := in.SubscribeSync("_INBOX." + in.me + ".r")
	if err != nil {
		t.Fatal(err)
	}
	got := 0
	for ; got < 200; got++ {
		if _, err := answers.NextMsg(500 * time.Millisecond); err != nil {
			break
		}
	}
	if most := 16 + time.Since(begun).Seconds(); float64(got) > most {
		t.Errorf("%d requests for a reader were answered in %v, want at most %.0f", got, time.Since(begun), most)
	}
}

func TestWhatIsNoEventStopsNobody(t *testing.T) {
	r := open(t)
	anna, eve := someone(t, 2), someone(t, 9)
	a := r.join(t, anna)
	in := r.intrude(t, eve)
	own := "rs." + r.sid + ".log." + eve.author.ID
	forged := anna.parcel(t, r.sid, 0)
	for _, m := range []*nats.Msg{
		{Subject: own + ".moment.added", Data: []byte("not JSON \x00\xff")},
		{Subject: own + ".moment.added"},
		{Subject: own + ".", Data: []byte("{}")},
		{Subject: own + ".moment.added", Data: forged.Bytes, Header: nats.Header{"Sig": {"UABC:====", "x"}}},
		{Subject: own + ".moment.added", Data: forged.Bytes, Header: nats.Header{"Sig": {strings.Repeat("A", 900)}, "Nats-Msg-Id": {"#"}}},
	} {
		if err := in.PublishMsg(m); err != nil {
			t.Logf("the client itself refuses %q: %v", m.Subject, err)
		}
	}
	if err := in.Flush(); err != nil {
		t.Fatal(err)
	}
	said := anna.parcel(t, r.sid, 0)
	end := publish(t, a, said)
	got := read(t, r.conn, session.Log, 0, int(end))
	for _, d := range got[:len(got)-1] {
		if d.Mend || d.Public != nil || d.Author != "" {
			t.Errorf("%+v is read as more than something that nobody signed", d)
		}
	}
	if last := got[len(got)-1]; last.ID != said.ID {
		t.Errorf("read %s last, want what Anna said", last.ID)
	}
}

func TestAnEventThatIsTooLongIsRefused(t *testing.T) {
	r := open(t)
	anna := someone(t, 2)
	a := r.join(t, anna)
	for _, size := range []int{journal.MaxBytes + 2<<10, 2 << 20} {
		long := anna.parcel(t, r.sid, 0)
		long.Bytes = []byte(strings.Repeat("x", size))
		if seq, err := a.Publish(t.Context(), long, 0); err == nil {
			t.Errorf("%d bytes were stored as %d", size, seq)
		}
	}
	longest := anna.parcel(t, r.sid, 0)
	longest.Bytes = []byte(strings.Repeat("x", journal.MaxBytes))
	publish(t, a, longest)
}
