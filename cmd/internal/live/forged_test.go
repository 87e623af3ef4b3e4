package live

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/base64"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nkeys"

	"github.com/earshot-app/earshot/review/journal"
	"github.com/earshot-app/earshot/review/session"
)

// A forger was let in, and speaks to the session's server with NATS itself.
type forger struct {
	*nats.Conn
	t    *testing.T
	me   journal.Author
	sid  string
	said int64
}

// forges lets somebody in and gives them a connection of their own making.
func (p *party) forges(name string) *forger {
	p.t.Helper()
	g := p.comes(name)
	p.agree()
	g.leave()
	p.all = p.all[:len(p.all)-1]
	author, err := journal.NewAuthor(g.Seed)
	if err != nil {
		p.t.Fatal(err)
	}
	conn := p.connect(g)
	p.t.Cleanup(conn.Close)
	return &forger{Conn: conn, t: p.t, me: author, sid: g.Session}
}

// connect connects somebody's key to the hub, past all care that a room takes.
func (p *party) connect(g *guest) *nats.Conn {
	p.t.Helper()
	keys, err := nkeys.FromRawSeed(nkeys.PrefixByteUser, g.Seed)
	if err != nil {
		p.t.Fatal(err)
	}
	public, _ := keys.PublicKey()
	conn, err := nats.Connect("tls://"+p.host.room.child.Door().Addresses[0], nats.Secure(&tls.Config{InsecureSkipVerify: true}),
		nats.TLSHandshakeFirst(), nats.Nkey(public, keys.Sign), nats.FlusherTimeout(time.Second), nats.CustomInboxPrefix("_INBOX."+me(g)),
		nats.ErrorHandler(func(*nats.Conn, *nats.Subscription, error) {}))
	if err != nil {
		p.t.Fatal(err)
	}
	return conn
}

func (f *forger) own(stream string) string {
	if stream == "blind" {
		return "rs." + f.sid + ".blind." + f.me.ID + ".1.moment.added"
	}
	return "rs." + f.sid + "." + stream + "." + f.me.ID + ".moment.added"
}

// sign signs as somebody.
func (f *forger) sign(as journal.Author, id string, body journal.Body) journal.Signed {
	f.t.Helper()
	f.said++
	signed, err := as.Hearing(1).Sign(id, 1000+f.said, time.Now(), body)
	if err != nil {
		f.t.Fatal(err)
	}
	return signed
}

// store publishes an event, and returns when the server has answered.
func (f *forger) store(stream, id string, e journal.Signed) {
	f.t.Helper()
	header := nats.Header{"Nats-Msg-Id": {id}}
	if e.Public != nil {
		public, err := nkeys.Encode(nkeys.PrefixByteUser, e.Public)
		if err != nil {
			f.t.Fatal(err)
		}
		header.Set("Sig", string(public)+":"+base64.StdEncoding.EncodeToString(e.Signature))
	}
	if _, err := f.RequestMsg(&nats.Msg{Subject: f.own(stream), Header: header, Data: e.Bytes}, 10*time.Second); err != nil {
		f.t.Fatal(err)
	}
}

// others are events that only somebody else may say, or say so.
func (f *forger) others(ada journal.Author, real session.Parcel, call string) map[string]journal.Signed {
	me := f.me.In(f.sid)
	inHerName := me
	inHerName.ID = ada.ID
	elsewhere := f.me.In(session.ID(f.me.Public(), "mine"))
	moment := func(id string) journal.MomentAdded {
		return journal.MomentAdded{Moment: id, Call: call, Issue: "forged", At: 1}
	}
	changed := f.sign(me, "forged-changed", moment("forged-1"))
	changed.Bytes = bytes.Replace(changed.Bytes, []byte("forged-1"), []byte("forged-2"), 1)
	unsigned := f.sign(me, "forged-unsigned", moment("forged-3"))
	unsigned.Public = nil
	return map[string]journal.Signed{
		"Ada's, under Eve's subject": {Bytes: real.Bytes, Signature: real.Signature, Public: real.Public},
		"in Ada's name":              f.sign(inHerName, "forged-name", moment("forged-4")),
		"changed after signing":      changed,
		"unsigned":                   unsigned,
		"of another session":         f.sign(elsewhere, "forged-elsewhere", moment("forged-5")),
		"of another call":            f.sign(me, "forged-call", journal.MomentAdded{Moment: "forged-6", Call: "no call of it", Issue: "forged"}),
		"the session opened anew":    f.sign(me, "forged-opened", journal.SessionOpened{Nonce: "mine", Name: "Eve's", Calls: 1}),
		"a round opened":             f.sign(me, "forged-round", journal.RoundOpened{Round: 1}),
		"a round revealed":           f.sign(me, "forged-reveal", journal.RoundRevealed{Round: 1}),
		"a consensus":                f.sign(me, "forged-consensus", journal.ConsensusRecorded{Round: 1, Listeners: 9}),
		"issues matched":             f.sign(me, "forged-match", journal.IssuesMatched{From: "a", Into: "b"}),
		"Ada put out":                f.sign(me, "forged-out", journal.MemberRemoved{Member: ada.ID}),
		"a stranger let in":          f.sign(me, "forged-in", journal.MemberAdmitted{Member: "abcdefghijklmnop"}),
		"Eve made the host":          f.sign(me, "forged-host", journal.HostChanged{To: f.me.ID}),
		"the session closed":         f.sign(me, "forged-closed", journal.SessionClosed{Authors: map[string]journal.Tally{ada.ID: {Count: 99}}}),
	}
}

// malformed is what is no event at all.
func malformed() map[string][]byte {
	return map[string][]byte{
		"nothing":       nil,
		"not JSON":      []byte("not JSON \x00\xff"),
		"null":          []byte("null"),
		"a list":        []byte("[]"),
		"half an event": []byte(`{"id":"x","v":1,"t":"moment.added","b":`),
		"deep":          bytes.Repeat([]byte("["), 30_000),
		"odd numbers":   []byte(`{"id":"x","v":1e99,"n":-1,"r":1e400,"at":"now"}`),
	}
}

// Eve has a member's rights and every tool. Whatever she forges against the
// running server, the libraries of the others hold what they themselves said and
// nothing of hers, and what they say next arrives.
func TestNobodyBelievesWhatAMemberForges(t *testing.T) {
	t.Parallel()
	p := meet(t, "Ada", "Bo")
	ada := p.all[1]
	for _, g := range p.all {
		g.tag(3)
	}
	eve := p.forges("Eve")
	author, err := journal.NewAuthor(ada.Seed)
	if err != nil {
		t.Fatal(err)
	}
	before := ada.said()
	real := p.parcelOf(author.ID)
	places, err := ada.Desk.SessionPlaces(context.Background(), ada.Session)
	if err != nil {
		t.Fatal(err)
	}
	for what, forged := range eve.others(author, real, places[0].Call) {
		for _, stream := range []string{"log", "blind"} {
			eve.store(stream, "forged "+what, forged)
		}
	}
	for what, raw := range malformed() {
		eve.store("log", "malformed "+what, journal.Signed{Bytes: raw, Signature: real.Signature, Public: real.Public})
	}
	eve.meddle(author, before, places[0].Call)
	eve.misdirect(author.ID)
	eve.takeIDs(ada)
	for _, g := range p.all {
		g.tag(3)
	}
	p.agree()
	for _, g := range p.all {
		g.unmoved(before, eve.me.ID)
	}
}

// parcelOf is a tag of somebody's as it went over the network.
func (p *party) parcelOf(author string) session.Parcel {
	p.t.Helper()
	_, events, err := p.host.Desk.ExportSession(context.Background(), p.host.Session)
	if err != nil {
		p.t.Fatal(err)
	}
	for parcel, err := range events {
		var e journal.Event
		if err != nil || journal.Read(parcel.Bytes, &e) != nil {
			p.t.Fatal(err)
		}
		if e.Author == author && e.Type == journal.TypeMomentAdded {
			return parcel
		}
	}
	p.t.Fatal("no tag")
	return session.Parcel{}
}

// said are the moments that somebody's own library holds of theirs.
func (g *guest) said() map[string]journal.MomentAdded {
	g.t.Helper()
	state, err := g.Desk.Session(context.Background(), g.Session)
	if err != nil {
		g.t.Fatal(err)
	}
	return maps.Clone(state.Call(1).Said[me(g)].Moments)
}

// meddle says of Ada's tags, in Eve's own name and signed, what only Ada may.
func (f *forger) meddle(ada journal.Author, said map[string]journal.MomentAdded, call string) {
	mine := f.me.In(f.sid)
	for n, moment := range slices.Sorted(maps.Keys(said)) {
		for i, body := range []journal.Body{
			journal.MomentRemoved{Moment: moment, Call: call},
			journal.MomentMoved{Moment: moment, Call: call, At: 900},
			journal.WordsChanged{Of: moment, Call: call, Words: "Eve's"},
		} {
			id := fmt.Sprintf("meddled-%d-%d", n, i)
			f.store("log", id, f.sign(mine, id, body))
		}
	}
}

// misdirect has the server and the host answer to where Ada writes.
func (f *forger) misdirect(ada string) {
	f.t.Helper()
	for _, subject := range []string{f.own("log"), f.own("blind"), "rs." + f.sid + ".req." + f.me.ID + ".clock", "$JS.API.STREAM.INFO.RS_LOG_" + f.sid} {
		for _, reply := range []string{"rs." + f.sid + ".log." + ada + ".moment.added", "rs." + f.sid + ".blind." + ada + ".1.moment.added", "rs." + f.sid + ".ctl.play"} {
			if err := f.PublishRequest(subject, reply, []byte("{}")); err != nil {
				f.t.Fatal(err)
			}
		}
	}
	if err := f.Flush(); err != nil {
		f.t.Fatal(err)
	}
}

// takeIDs uses up the ids that Ada's next events will have, so that the server
// takes those for known.
func (f *forger) takeIDs(ada *guest) {
	next := ada.ids.n.Load()
	for n := next + 1; n <= next+12; n++ {
		f.store("log", foretold(ada.As, n), f.sign(f.me.In(f.sid), foretold(ada.As, n), journal.CallHeard{Call: "none"}))
	}
}

// unmoved wants that a library's session is as it was before Eve, but for what
// the others said themselves.
func (g *guest) unmoved(before map[string]journal.MomentAdded, eve string) {
	g.t.Helper()
	state, err := g.Desk.Session(context.Background(), g.Session)
	if err != nil {
		g.t.Fatal(err)
	}
	call := state.Call(1)
	if state.Host == eve || state.Closed || call.Revealed || call.Consensus != nil || state.At != 0 || state.Name == "Eve's" {
		g.t.Errorf("%s: host %s, closed %t, round %d, %+v", g.As, state.Host, state.Closed, state.At, call)
	}
	for author, m := range state.Members {
		if m.Removed || author == "abcdefghijklmnop" {
			g.t.Errorf("%s: member %+v", g.As, m)
		}
	}
	for _, said := range call.Said {
		for id, m := range said.Moments {
			if was, ok := before[id]; ok && m != was {
				g.t.Errorf("%s: Ada's %+v is %+v", g.As, was, m)
			}
		}
	}
	for _, id := range state.Accepted {
		if strings.HasPrefix(id, "forged") {
			g.t.Errorf("%s: %s is believed", g.As, id)
		}
	}
	for _, reason := range []session.Reason{session.OtherSession, session.BadSubject, session.BadSigner, session.NotAllowed, session.OtherCall, session.Unreadable} {
		if state.Refused[reason] == 0 {
			g.t.Errorf("%s: nothing was refused as %s: %v", g.As, reason, state.Refused)
		}
	}
}

// While one member sends whatever they may as fast as they can, what the others
// say arrives.
func TestTheOthersWorkWhileOneFloods(t *testing.T) {
	t.Parallel()
	p := meet(t, "Ada", "Bo")
	p.all[1].tag(1)
	eve := p.forges("Eve")
	rs, own := "rs."+eve.sid+".", "."+eve.me.ID+"."
	subjects := []string{eve.own("log"), eve.own("blind"), rs + "live" + own + "missing", rs + "req" + own + "clock", rs + "req" + own + "state", "$JS.API.STREAM.INFO.RS_LOG_" + eve.sid}
	var flood sync.WaitGroup
	ctx, stop := context.WithCancel(t.Context())
	sent := 0
	flood.Go(func() {
		for ctx.Err() == nil && eve.Publish(subjects[sent%len(subjects)], []byte(strconv.Itoa(sent%4))) == nil {
			sent++
		}
	})
	for range 3 {
		for _, g := range p.all {
			g.tag(2)
		}
		p.agree()
	}
	stop()
	eve.Close()
	flood.Wait()
	t.Logf("Eve sent %d messages", sent)
}
