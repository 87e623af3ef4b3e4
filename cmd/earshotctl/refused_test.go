package main

import (
	"bytes"
	"encoding/base64"
	"strings"
	"testing"

	"github.com/earshot-app/earshot/data/hub"
)

// tampered is a link with a bit of one of its bytes changed.
func tampered(t *testing.T, link string, at int) string {
	t.Helper()
	raw, err := base64.RawURLEncoding.DecodeString(strings.TrimPrefix(link, hub.Scheme))
	if err != nil {
		t.Fatal(err)
	}
	raw[at] ^= 1
	return hub.Scheme + base64.RawURLEncoding.EncodeToString(raw)
}

// Nobody comes in by a link that is wrong, over, called back, or was for fewer,
// and each is told so; who was let in stays and comes again by any of them.
func TestOnlyAGoodLinkLetsIn(t *testing.T) {
	t.Parallel()
	h := newCtl(t)
	hostess, ready := host(h, get[drawn](importing(h), "draw", "-n", "2", "--seed", "meeting-64").ID, "--people", "1")
	invite := func(order map[string]any) said {
		order["do"] = "invite"
		hostess.do(order)
		return hostess.until("invitation")
	}
	over, back := invite(map[string]any{"hours": 1e-9}), invite(map[string]any{"people": 3})
	hostess.do(map[string]any{"do": "revoke", "invitation": back.Invitation})
	hostess.do(map[string]any{"do": "status"}) // behind the order
	hostess.until("status")
	ada := join(newCtl(t), "Ada", ready.Link)
	ada.here(2)
	const secret, fingerprint = 12, 28 // where they begin in a link
	for what, test := range map[string]struct{ link, code string }{
		"for one who has come": {ready.Link, "not-let-in"},
		"a wrong secret":       {tampered(t, invite(map[string]any{}).Link, secret+3), "not-let-in"},
		"over":                 {over.Link, "not-let-in"},
		"called back":          {back.Link, "not-let-in"},
		"of another server":    {tampered(t, invite(map[string]any{}).Link, fingerprint+31), "wrong-certificate"},
		"cut off":              {ready.Link[:len(ready.Link)-6], "bad-invitation"},
		"no link":              {"https://example.com", "bad-invitation"},
	} {
		eve := newCtl(t)
		join := eve.command("session", "join", "-", "--name", "Eve")
		join.Stdin = strings.NewReader(test.link + "\n" + `{"do":"leave"}` + "\n") // for who is let in
		out, err := join.CombinedOutput()
		if err == nil || !bytes.Contains(out, []byte(`"`+test.code+`"`)) {
			t.Errorf("%s: %v, %s; want %s", what, err, out, test.code)
		}
	}
	ada.kill()
	join(ada.ctl, "Ada", back.Link).here(2)
}

// importing has a few recordings in the library.
func importing(c *ctl) *ctl {
	c.t.Helper()
	dir, table := recordings(c.t, 3)
	get[any](c, "import", dir, "--metadata", table)
	return c
}
