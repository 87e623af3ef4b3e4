package hub_test

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/earshot-app/earshot/data/hub"
	"github.com/earshot-app/earshot/data/hub/hubtest"
	"github.com/earshot-app/earshot/review/session"
)

// A link whose secret and fingerprint are right leads nowhere when it names another
// session than the hub's.
func TestALinkToAnotherSessionIsRefused(t *testing.T) {
	r := open(t)
	i, _ := r.invite(t, 1)
	i.Session = session.ID(r.host.author.Public(), "another nonce")
	_, err := hub.Join(t.Context(), i, someone(t, 2).pass())
	wantCode(t, err, hub.WrongSession)
	_, err = hub.Dial(t.Context(), i, r.host.pass())
	wantCode(t, err, hub.WrongSession)
}

// On somebody else's server neither a session that its operator did not open to a
// person nor one that nobody hosts is waited for.
func TestASessionThatAServerDoesNotHaveIsRefused(t *testing.T) {
	host, anna := someone(t, 1), someone(t, 2)
	sid := session.ID(host.author.Public(), "a nonce")
	o := operate(t, sid)
	options := o.options("company")
	options.JetStream, options.StoreDir = true, filepath.Join(o.dir, "streams")
	o.users(t, options, anna)
	company := hubtest.Start(t, options)
	if acc, err := company.LookupAccount("TEAM"); err != nil || acc.EnableJetStream(nil, nil) != nil {
		t.Fatal("the account has no JetStream")
	}
	at := func(session string) hub.Invitation {
		return hub.Invitation{Place: hub.Foreign, Session: session, Addresses: []string{fmt.Sprint(company.Addr())}}
	}
	for name, i := range map[string]hub.Invitation{
		"not hosted":   at(sid),
		"not for Anna": at(session.ID(host.author.Public(), "another nonce")),
	} {
		t.Run(name, func(t *testing.T) {
			_, err := hub.Join(t.Context(), i, o.as(anna, false, company))
			wantCode(t, err, hub.WrongSession)
		})
	}
}
