package hub_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"

	"github.com/earshot-app/earshot/data/hub"
	"github.com/earshot-app/earshot/data/hub/hubtest"
	"github.com/earshot-app/earshot/review/session"
)

// A scene is a session with a blind tag in it, wherever its server is: Anna said
// it, the host may read it, and Eve, who was let in, wants to.
type scene struct {
	sid       string
	anna      *hub.Conn
	host, eve *intruder
	api       []string // beginnings of the requests that reach the session's streams from where Eve is
}

// scenes are the session with the host's own hub, on a company's server, and
// with a hub that is a leaf of it. There members have the rights that the
// package's manual lists.
func scenes(t *testing.T) map[string]scene {
	t.Helper()
	r := open(t)
	anna, eve := someone(t, 2), someone(t, 9)
	a, in := r.join(t, anna), r.intrude(t, eve)
	own := scene{r.sid, a, spy(t, "tls://"+r.Door().Addresses[0], r.host, r.sid, r.raw(t, r.host)...), in, []string{"$JS.API."}}

	o := operate(t, r.sid)
	options := o.options("foreign")
	options.JetStream, options.StoreDir = true, o.dir
	o.users(t, options, anna, eve)
	company := hubtest.Start(t, options)
	if acc, err := company.LookupAccount("TEAM"); err != nil || acc.EnableJetStream(nil, nil) != nil {
		t.Fatal("the account has no JetStream")
	}
	there := hub.Invitation{Place: hub.Foreign, Session: r.sid}
	connected(t, func() (*hub.Conn, error) { return hub.Dial(t.Context(), there, o.as(r.host, true, company)) })
	a = connected(t, func() (*hub.Conn, error) { return hub.Join(t.Context(), there, o.as(anna, false, company)) })
	foreign := scene{
		r.sid, a, spy(t, company.ClientURL(), r.host, r.sid, o.raw(t, r.host, true)...),
		spy(t, company.ClientURL(), eve, r.sid, o.raw(t, eve, false)...),
		[]string{"$JS.API."},
	}
	return map[string]scene{"on the host's own hub": own, "on somebody else's server": foreign, "through a leaf node": leafScene(t)}
}

// leafScene has the members at a company's server and the streams with the host.
func leafScene(t *testing.T) scene {
	t.Helper()
	host, anna, eve := someone(t, 1), someone(t, 2), someone(t, 9)
	sid := session.ID(host.author.Public(), "another nonce")
	o := operate(t, sid)
	options := o.options("meeting")
	o.users(t, options, anna, eve)
	options.LeafNode = server.LeafNodeOpts{
		Host: "127.0.0.1", Port: -1, TLSConfig: options.TLSConfig, TLSTimeout: 5, TLSHandshakeFirst: true,
		Users: []*server.User{{Username: "leaf", Password: "secret", Account: o.account}},
	}
	company := hubtest.Start(t, options)
	r := &room{host: host, sid: sid, clock: time.Now()}
	r.config = hub.Config{
		Dir: t.TempDir(), Session: sid, Host: host.author.Public(), Listen: []string{"127.0.0.1:0"}, Now: time.Now,
		Leaf: &hub.Outside{
			Servers:        []string{fmt.Sprintf("tls://127.0.0.1:%d", options.LeafNode.Port)},
			HandshakeFirst: true, CA: o.ca, User: "leaf", Password: "secret",
		},
	}
	r.start(t)
	r.conn = r.dial(t)
	a := connected(t, func() (*hub.Conn, error) {
		return hub.Join(t.Context(), hub.Invitation{Place: hub.Leaf, Session: sid}, o.as(anna, false, company))
	})
	cursor(t, a) // until the leaf is there
	return scene{
		sid, a, spy(t, "tls://"+r.Door().Addresses[0], host, sid, r.raw(t, host)...),
		spy(t, company.ClientURL(), eve, sid, o.raw(t, eve, false)...),
		[]string{"$JS.API.", "$JS.earshot-" + sid + ".API."},
	}
}

// raw are the options of a client with what the operator gave to a person.
func (o *operator) raw(t *testing.T, p *person, host bool) []nats.Option {
	t.Helper()
	who := nats.UserInfo("host", "secret")
	if !host {
		var err error
		if who, err = nats.NkeyOptionFromSeed(o.seed(p)); err != nil {
			t.Fatal(err)
		}
	}
	return []nats.Option{nats.RootCAs(o.ca), nats.TLSHandshakeFirst(), nats.NoReconnect(), nats.CustomInboxPrefix("_INBOX." + p.author.ID), who}
}

// spy connects with NATS itself.
func spy(t *testing.T, url string, p *person, sid string, options ...nats.Option) *intruder {
	t.Helper()
	in := &intruder{me: p.author.ID, sid: sid}
	conn, err := nats.Connect(url, append(options, nats.ErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) {
		in.mu.Lock()
		defer in.mu.Unlock()
		in.denied = append(in.denied, err.Error())
	}))...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(conn.Close)
	in.Conn = conn
	return in
}

// A form is a way to ask for what a stream holds. Its answers go to an inbox.
type form struct {
	what, subject string
	body          func(inbox string) any
	brings        bool // the host, asking so, gets the tag: else NATS does not answer, or only to a second request
}

// asks is a body that names no inbox.
func asks(body any) func(string) any { return func(string) any { return body } }

// readings are the ways to read the blind stream by one request, as NATS names
// them.
func readings(sid string) []form {
	blind, hidden := "RS_BLIND_"+sid, "rs."+sid+".blind.>"
	return append([]form{
		{"message by sequence", fmt.Sprintf(server.JSApiMsgGetT, blind), asks(map[string]any{"seq": 1}), true},
		{"last message of a subject", fmt.Sprintf(server.JSApiMsgGetT, blind), asks(map[string]any{"last_by_subj": hidden}), true},
		{"next message of a subject", fmt.Sprintf(server.JSApiMsgGetT, blind), asks(map[string]any{"seq": 1, "next_by_subj": hidden}), true},
		{"direct get by sequence", fmt.Sprintf(server.JSDirectMsgGetT, blind), asks(map[string]any{"seq": 1}), false},
		{"direct get in a batch", fmt.Sprintf(server.JSDirectMsgGetT, blind), asks(map[string]any{"seq": 1, "batch": 9, "next_by_subj": ">"}), false},
		{"direct get by subject", fmt.Sprintf(server.JSDirectGetLastBySubjectT, blind, hidden), asks(nil), false},
		{"snapshot", fmt.Sprintf(server.JSApiStreamSnapshotT, blind), func(inbox string) any { return map[string]any{"deliver_subject": inbox} }, false},
		{"info with subjects", fmt.Sprintf(server.JSApiStreamInfoT, blind), asks(map[string]any{"subjects_filter": ">"}), false},
		{"names of its consumers", fmt.Sprintf(server.JSApiConsumersT, blind), asks(nil), false},
		{"its consumers", fmt.Sprintf(server.JSApiConsumerListT, blind), asks(nil), false},
		{"the host's consumer", fmt.Sprintf(server.JSApiConsumerInfoT, blind, "hosts"), asks(nil), false},
		{"next of the host's consumer", fmt.Sprintf(server.JSApiRequestNextT, blind, "hosts"), asks(map[string]any{"batch": 1, "no_wait": true}), true},
		{"reset of the host's consumer", fmt.Sprintf(server.JSApiConsumerResetT, blind, "hosts"), asks(nil), false},
	}, append(consumers(blind, hidden), copies(sid, blind, hidden)...)...)
}

// consumers are those that push what the blind stream holds.
func consumers(blind, hidden string) []form {
	push := func(key, name, filter string) func(string) any {
		return func(inbox string) any {
			config := map[string]any{"ack_policy": "none", "deliver_policy": "all", "mem_storage": true, "deliver_subject": inbox}
			if name != "" {
				config[key] = name
			}
			if filter != "" {
				config["filter_subject"] = filter
			}
			return map[string]any{"stream_name": blind, "config": config}
		}
	}
	return []form{
		{"consumer", fmt.Sprintf(server.JSApiConsumerCreateT, blind), push("", "", ""), true},
		{"consumer with a name", fmt.Sprintf(server.JSApiConsumerCreateT, blind) + ".e1", push("name", "e1", ""), true},
		{"consumer with a filter", fmt.Sprintf(server.JSApiConsumerCreateExT, blind, "e2", hidden), push("name", "e2", hidden), true},
		{"durable consumer", fmt.Sprintf(server.JSApiDurableCreateT, blind, "e3"), push("durable_name", "e3", ""), true},
	}
}

// copies make another stream, or a subject, of what the blind stream holds.
func copies(sid, blind, hidden string) []form {
	log, from := "RS_LOG_"+sid, map[string]any{"name": blind}
	return []form{
		{"mirror", fmt.Sprintf(server.JSApiStreamCreateT, "COPY"), asks(map[string]any{"name": "COPY", "mirror": from}), false},
		{"source", fmt.Sprintf(server.JSApiStreamCreateT, "COPIES"), asks(map[string]any{"name": "COPIES", "sources": []any{from}}), false},
		{"stream of the same subjects", fmt.Sprintf(server.JSApiStreamCreateT, "SAME"), asks(map[string]any{"name": "SAME", "subjects": []string{hidden}}), false},
		{"log with a source", fmt.Sprintf(server.JSApiStreamUpdateT, log), asks(map[string]any{"name": log, "sources": []any{from}}), false},
		{"republished", fmt.Sprintf(server.JSApiStreamUpdateT, blind), func(inbox string) any {
			return map[string]any{"name": blind, "subjects": []string{hidden}, "republish": map[string]any{"src": ">", "dest": inbox}}
		}, false},
	}
}

// listenings are the subscriptions on which something of the blind stream
// passes.
func listenings(sid, other string) []string {
	rs := "rs." + sid + "."
	return []string{
		">", "*.>", "rs.>", rs + ">", rs + "blind.>", rs + "*.>", rs + "blind." + other + ".>", rs + "blind.*.*.*.*", "*.*.*.*.*.*.*",
		"$JS.>", "$JS.API.>", "$JS.ACK.>", "$JS.EVENT.>", "$JS.EVENT.ADVISORY.>", "$JS.EVENT.ADVISORY.API", "$JS.EVENT.ADVISORY.*.CREATED.RS_BLIND_" + sid,
		"$JS.EVENT.METRIC.>", "$JS.SNAPSHOT.>", "$JS.FC.>", "$JSC.>", "$SYS.>", "_INBOX.>", "_INBOX." + other + ".>", "_R_.>", "_GR_.>",
	}
}

// Not a byte of a blind tag comes to who is not the host, whatever they ask and
// wherever they listen. That a way to ask is one the host shows, to whom the
// same brings the tag.
func TestNoRequestBringsABlindTag(t *testing.T) {
	for name, s := range scenes(t) {
		t.Run(name, func(t *testing.T) {
			anna := someone(t, 2)
			said := anna.parcel(t, s.sid, 1)
			eventually(t, s.anna, said)
			s.host.durable(t, "hosts")
			heard := s.eve.hearAll(t)
			for _, api := range s.api {
				for _, f := range readings(s.sid) {
					if f.brings && api == "$JS.API." {
						s.host.gets(t, f, said.ID)
					}
					f.subject = strings.Replace(f.subject, "$JS.API.", api, 1)
					s.eve.ask(t, f, "_INBOX."+s.eve.me+".x")
					if !s.eve.isDenied(t, f.subject) {
						t.Errorf("%s: a member may ask on %s", f.what, f.subject)
					}
				}
			}
			for _, subject := range listenings(s.sid, s.anna.Me()) {
				sub, err := s.eve.QueueSubscribe(subject, "q", func(m *nats.Msg) { t.Errorf("Eve hears %s on %s", m.Subject, subject) })
				if err != nil {
					t.Fatal(err)
				}
				if !s.eve.isDenied(t, subject) {
					t.Errorf("a member may listen on %s", subject)
				}
				_ = sub.Unsubscribe() // the server has none
			}
			eventually(t, s.anna, anna.parcel(t, s.sid, 1)) // what would be pushed now
			for _, m := range heard(t, s) {
				t.Errorf("Eve was sent %s: %.200q", m.Subject, m.Data)
			}
		})
	}
}

// durable makes the host's consumer of the blind stream.
func (in *intruder) durable(t *testing.T, name string) {
	t.Helper()
	blind := "RS_BLIND_" + in.sid
	c := consumer(blind, "", nil)
	c["config"].(map[string]any)["durable_name"] = name
	raw, _ := json.Marshal(c)
	answer, err := in.Request(fmt.Sprintf(server.JSApiDurableCreateT, blind, name), raw, 5*time.Second)
	if err != nil || bytes.Contains(answer.Data, []byte(`"error"`)) {
		t.Fatalf("the host's own consumer: %v, %s", err, answer.Data)
	}
}

func (in *intruder) ask(t *testing.T, f form, inbox string) {
	t.Helper()
	var raw []byte
	if body := f.body(inbox); body != nil {
		raw, _ = json.Marshal(body)
	}
	if err := in.PublishRequest(f.subject, inbox, raw); err != nil {
		t.Fatal(err)
	}
}

// gets wants that a way to ask brings an event to who may ask.
func (in *intruder) gets(t *testing.T, f form, id string) {
	t.Helper()
	inbox := in.NewInbox()
	answers, err := in.SubscribeSync(inbox)
	if err != nil {
		t.Fatal(err)
	}
	in.ask(t, f, inbox)
	var last []byte
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); {
		m, err := answers.NextMsg(time.Until(deadline))
		if err != nil {
			break
		}
		if last = m.Data; holds(m, id) {
			return
		}
	}
	t.Errorf("%s: brings nothing to the host either, so it shows nothing: %.300q", f.what, last)
}

// holds reports whether a message carries an event, plain or in an answer in
// JSON.
func holds(m *nats.Msg, id string) bool {
	var answer struct{ Message struct{ Hdrs, Data string } }
	_ = json.Unmarshal(m.Data, &answer)
	data, _ := base64.StdEncoding.DecodeString(answer.Message.Data)
	return bytes.Contains(m.Data, []byte(id)) || bytes.Contains(data, []byte(id))
}

// hearAll listens wherever a member may. What it answers tells what came, but
// for answers to a last request that the member may make.
func (in *intruder) hearAll(t *testing.T) func(*testing.T, scene) []*nats.Msg {
	t.Helper()
	var mu sync.Mutex
	var came []*nats.Msg
	for _, subject := range []string{"_INBOX." + in.me + ".x.>", "_INBOX." + in.me + ".x", "rs." + in.sid + ".ctl.>", "rs." + in.sid + ".live.>"} {
		if _, err := in.Subscribe(subject, func(m *nats.Msg) {
			mu.Lock()
			defer mu.Unlock()
			came = append(came, m)
		}); err != nil {
			t.Fatal(err)
		}
	}
	return func(t *testing.T, s scene) []*nats.Msg {
		t.Helper()
		api := s.api[len(s.api)-1]
		if _, err := in.Request(api+"STREAM.INFO.RS_LOG_"+in.sid, nil, 10*time.Second); err != nil {
			t.Fatal(err)
		}
		mu.Lock()
		defer mu.Unlock()
		return came
	}
}
