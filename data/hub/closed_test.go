package hub_test

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nkeys"

	"github.com/earshot-app/earshot/data/hub"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/session"
)

// An intruder speaks to a hub with NATS itself, past all care that Conn takes.
type intruder struct {
	*nats.Conn
	me, sid string

	mu     sync.Mutex
	denied []string
}

// intrude connects as a member who was let in.
func (r *room) intrude(t *testing.T, p *person, more ...nats.Option) *intruder {
	t.Helper()
	r.join(t, p).Close()
	in := &intruder{me: p.author.ID, sid: r.sid}
	conn, err := nats.Connect("tls://"+r.Door().Addresses[0], append(r.raw(t, p), append(more,
		nats.ErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) {
			in.mu.Lock()
			defer in.mu.Unlock()
			in.denied = append(in.denied, err.Error())
		}))...)...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(conn.Close)
	in.Conn = conn
	return in
}

// raw are the options of a client that signs with the person's key.
func (r *room) raw(t *testing.T, p *person) []nats.Option {
	t.Helper()
	keys, err := nkeys.FromRawSeed(nkeys.PrefixByteUser, p.seed)
	if err != nil {
		t.Fatal(err)
	}
	public, err := keys.PublicKey()
	if err != nil {
		t.Fatal(err)
	}
	return []nats.Option{
		nats.Secure(&tls.Config{InsecureSkipVerify: true}), nats.TLSHandshakeFirst(), nats.NoReconnect(), nats.FlusherTimeout(time.Second),
		nats.Nkey(public, keys.Sign), nats.CustomInboxPrefix("_INBOX." + p.author.ID),
	}
}

// isDenied reports whether the server refused something on a subject.
func (in *intruder) isDenied(t *testing.T, subject string) bool {
	t.Helper()
	if err := in.Flush(); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(5 * time.Second); time.Now().Before(deadline); time.Sleep(time.Millisecond) {
		in.mu.Lock()
		for _, d := range in.denied {
			if strings.Contains(d, `"`+subject+`"`) {
				in.mu.Unlock()
				return true
			}
		}
		in.mu.Unlock()
	}
	return false
}

// forbidden is what a member must not publish, and what they would say there to
// read the blind stream, be another, or change what is stored.
func (in *intruder) forbidden(other string) map[string]any {
	log, blind := "RS_LOG_"+in.sid, "RS_BLIND_"+in.sid
	rs := "rs." + in.sid + "."
	hidden := rs + "blind.>"
	return map[string]any{
		rs + "log." + other + ".moment.added":                "as another",
		rs + "blind." + other + ".1.moment.added":            "as another, blind",
		rs + "live." + other + ".pos":                        "as another, live",
		rs + "req." + other + ".ask":                         "as another, to the host",
		rs + "ctl.play":                                      "as the host",
		"_INBOX." + other + ".x":                             "into another's answers",
		"$SYS.REQ.SERVER.PING":                               "",
		"$JS.API.INFO":                                       "",
		"$JS.API.STREAM.NAMES":                               "",
		"$JS.API.STREAM.LIST":                                "",
		"$JS.API.STREAM.INFO." + blind:                       "",
		"$JS.API.STREAM.CREATE.COPY":                         map[string]any{"name": "COPY", "mirror": map[string]any{"name": blind}},
		"$JS.API.STREAM.UPDATE." + log:                       map[string]any{"name": log, "subjects": []string{rs + ">"}},
		"$JS.API.STREAM.DELETE." + log:                       "",
		"$JS.API.STREAM.PURGE." + log:                        "",
		"$JS.API.STREAM.SNAPSHOT." + blind:                   map[string]any{"deliver_subject": "_INBOX." + in.me + ".x"},
		"$JS.API.STREAM.MSG.GET." + blind:                    map[string]any{"seq": 1},
		"$JS.API.STREAM.MSG.GET." + log:                      map[string]any{"seq": 1},
		"$JS.API.STREAM.MSG.DELETE." + log:                   map[string]any{"seq": 1},
		"$JS.API.DIRECT.GET." + blind:                        map[string]any{"seq": 1},
		"$JS.API.DIRECT.GET." + blind + "." + rs + "blind.x": "",
		"$JS.API.CONSUMER.CREATE." + blind:                   consumer(blind, "", nil),
		"$JS.API.CONSUMER.CREATE." + blind + ".c":            consumer(blind, "c", nil),
		"$JS.API.CONSUMER.CREATE." + blind + ".c." + hidden:  consumer(blind, "c", hidden),
		"$JS.API.CONSUMER.CREATE." + log:                     consumer(log, "", nil),
		"$JS.API.CONSUMER.CREATE." + log + ".c":              consumer(log, "c", []string{hidden, rs + "log.>"}),
		"$JS.API.CONSUMER.DURABLE.CREATE." + blind + ".c":    consumer(blind, "c", nil),
		"$JS.API.CONSUMER.NAMES." + log:                      "",
		"$JS.API.CONSUMER.LIST." + log:                       "",
		"$JS.API.CONSUMER.DELETE." + log + ".c":              "",
		"$JS.API.CONSUMER.MSG.NEXT." + blind + ".c":          "",
	}
}

func TestAMemberMayDoNothingElse(t *testing.T) {
	r := open(t)
	in := r.intrude(t, someone(t, 2))
	other := someone(t, 3).author.ID
	rs := "rs." + r.sid + "."
	for subject, body := range in.forbidden(other) {
		raw, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		if err := in.PublishRequest(subject, "_INBOX."+in.me+".reply", raw); err != nil {
			t.Fatal(err)
		}
		if !in.isDenied(t, subject) {
			t.Errorf("a member may publish on %s", subject)
		}
	}
	for _, subject := range []string{
		">", rs + ">", rs + "blind.>", rs + "log.>", rs + "req.>", rs + "*.>", "_INBOX.>", "_INBOX." + other + ".>", "_INBOX.*.>",
		"$JS.API.>", "$JS.EVENT.>", "$SYS.>", "$JS.ACK.>",
	} {
		if _, err := in.SubscribeSync(subject); err != nil {
			t.Fatal(err)
		}
		if !in.isDenied(t, subject) {
			t.Errorf("a member may listen on %s", subject)
		}
	}
}

func consumer(stream, name string, filter any) map[string]any {
	config := map[string]any{"ack_policy": "none", "deliver_policy": "all", "mem_storage": true}
	if name != "" {
		config["name"] = name
	}
	switch f := filter.(type) {
	case string:
		config["filter_subject"] = f
	case []string:
		config["filter_subjects"] = f
	}
	return map[string]any{"stream_name": stream, "config": config}
}

// The right to read the log must not open the blind stream by a body that says
// something else than the subject.
func TestTheLogsConsumerReadsTheLogOnly(t *testing.T) {
	r := open(t)
	in := r.intrude(t, someone(t, 2))
	log, blind := "RS_LOG_"+r.sid, "RS_BLIND_"+r.sid
	shown, hidden := "rs."+r.sid+".log.>", "rs."+r.sid+".blind.>"
	api := "$JS.API.CONSUMER.CREATE." + log + ".c." + shown
	for what, body := range map[string]any{
		"blind stream in the body": consumer(blind, "c", shown),
		"blind stream and filter":  consumer(blind, "c", hidden),
		"blind filter in the body": consumer(log, "c", hidden),
		"no filter in the body":    consumer(log, "c", nil),
		"several filters":          consumer(log, "c", []string{shown, hidden}),
	} {
		raw, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		answer, err := in.Request(api, raw, 5*time.Second)
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		var refused struct {
			Error *struct{ Description string }
		}
		if err := json.Unmarshal(answer.Data, &refused); err != nil || refused.Error == nil {
			t.Errorf("%s: made the consumer: %s", what, answer.Data)
		}
	}
}

var hostAway = review.Fail(hub.HostAway, nil)

// A service that answers may be asked to answer anywhere.
func TestTheHostAnswersNobodyButWhoAsked(t *testing.T) {
	r := open(t)
	anna, ben := someone(t, 2), someone(t, 3)
	b := r.join(t, ben)
	in := r.intrude(t, anna)
	ctx, stop := context.WithCancel(t.Context())
	var serving sync.WaitGroup
	defer serving.Wait()
	defer stop()
	serving.Go(func() { _ = r.conn.Answer(ctx, hub.Answers{Clock: time.Now}) })
	for err := error(hostAway); errors.Is(err, hostAway); { // until the host listens
		_, err = b.Clock(t.Context())
	}
	for _, reply := range []string{
		"rs." + r.sid + ".log." + ben.author.ID + ".moment.added",
		"rs." + r.sid + ".blind." + ben.author.ID + ".1.moment.added",
		"_INBOX." + ben.author.ID + ".x",
		"_INBOX." + anna.author.ID + "x.y",
	} {
		if err := in.PublishRequest("rs."+r.sid+".req."+anna.author.ID+".clock", reply, nil); err != nil {
			t.Fatal(err)
		}
	}
	if err := in.Flush(); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Clock(t.Context()); err != nil { // behind all of Anna's
		t.Fatal(err)
	}
	for _, s := range []session.Stream{session.Log, session.Blind} {
		if at, err := r.conn.Info(t.Context(), s); err != nil || at.Seq != 0 {
			t.Errorf("the host's answers are in the %s: %+v, %v", s, at, err)
		}
	}
}

// The server itself can be made to write its receipt under another's subject.
// It bears no signature, so it is nobody's.
func TestARedirectedReceiptIsNobodys(t *testing.T) {
	r := open(t)
	anna, ben := someone(t, 2), someone(t, 3)
	in := r.intrude(t, anna)
	err := in.PublishRequest("rs."+r.sid+".log."+anna.author.ID+".moment.added", "rs."+r.sid+".log."+ben.author.ID+".moment.added", []byte("{}"))
	if err != nil {
		t.Fatal(err)
	}
	got := read(t, r.conn, session.Log, 0, 2)
	for _, d := range got {
		if d.Author != "" || d.Public != nil || d.Signature != nil {
			t.Errorf("sequence %d, which nobody signed, is said to be by %q", d.Seq, d.Author)
		}
	}
	if got[1].Subject != ben.author.ID {
		t.Errorf("sequence 2 is under %s: the server no longer does this, and the test shows nothing", got[1].Subject)
	}
}

// A member may have the server copy the log to any subject, also into the blind
// stream. The copies keep the subject that they had, which is not one of it.
func TestACopyPushedIntoTheBlindStreamIsNobodys(t *testing.T) {
	r := open(t)
	anna := someone(t, 2)
	in := r.intrude(t, anna)
	publish(t, r.conn, r.host.parcel(t, r.sid, 0))
	log, shown := "RS_LOG_"+r.sid, "rs."+r.sid+".log.>"
	push := consumer(log, "c", shown)
	push["config"].(map[string]any)["deliver_subject"] = "rs." + r.sid + ".blind." + someone(t, 3).author.ID + ".1.moment.added"
	raw, err := json.Marshal(push)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := in.Request("$JS.API.CONSUMER.CREATE."+log+".c."+shown, raw, 5*time.Second); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithTimeout(t.Context(), time.Second)
	defer stop()
	_ = r.conn.Read(ctx, session.Blind, 0, func(batch []session.Delivery) error {
		for _, d := range batch {
			if d.Subject != "" || d.Blind != 0 {
				t.Errorf("the host read %+v as somebody's blind tag", d)
			}
		}
		return nil
	})
}

// Headers can ask a server for more than to store a message: to take out all
// before it, or to tell another subject what became of it.
func TestHeadersEraseNothingAndTellNobody(t *testing.T) {
	r := open(t)
	anna, ben := someone(t, 2), someone(t, 3)
	in := r.intrude(t, anna)
	publish(t, r.conn, r.host.parcel(t, r.sid, 0))
	own := "rs." + r.sid + ".log." + anna.author.ID + ".moment.added"
	other := "rs." + r.sid + ".log." + ben.author.ID + ".moment.added"
	for name, header := range map[string]nats.Header{
		"rollup":   {"Nats-Rollup": {"all"}},
		"subject":  {"Nats-Rollup": {"sub"}},
		"lifetime": {"Nats-TTL": {"1s"}},
		"trace":    {"Nats-Trace-Dest": {other}},
	} {
		if err := in.PublishMsg(&nats.Msg{Subject: own, Header: header, Data: []byte("{}")}); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	if err := in.Flush(); err != nil {
		t.Fatal(err)
	}
	end := publish(t, r.conn, r.host.parcel(t, r.sid, 0))
	for _, d := range read(t, r.conn, session.Log, 0, int(end)) {
		if d.Mend || d.Subject == ben.author.ID {
			t.Errorf("%+v: erased, or written under Ben's subject", d)
		}
	}
}
