package hub_test

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/earshot-app/earshot/data/hub"
	"github.com/earshot-app/earshot/review"
)

func invitation(addresses ...string) hub.Invitation {
	i := hub.Invitation{Place: hub.OwnHub, Session: "abcdefghijklmnop", Addresses: addresses}
	copy(i.Secret[:], "sixteen letters!")
	copy(i.Fingerprint[:], "the fingerprint has as many: 32!")
	return i
}

func hosted(by string, i hub.Invitation) hub.Invitation {
	i.Host = by
	return i
}

func TestAnInvitationComesBackFromItsLink(t *testing.T) {
	foreign := hub.Invitation{Place: hub.Foreign, Session: "abcdefghijklmnop"}
	for _, want := range []hub.Invitation{
		invitation("192.0.2.7:4242"),
		invitation("192.0.2.7:4242", "[2001:db8::1]:443", "laptop.example.com:65535"),
		foreign,
		hosted("Zoë Ångström", invitation("192.0.2.7:4242")),
		hosted("Hedda", foreign),
		{Place: hub.Leaf, Session: "abcdefghijklmnop", Addresses: []string{"nats.example.com:4222"}},
	} {
		got, err := hub.ParseInvitation("  " + want.Link() + "\n")
		if err != nil {
			t.Errorf("%v: %v", want, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
	}
}

// It is pasted into chats and read from codes, so it must stay short.
func TestAnInvitationIsShort(t *testing.T) {
	link := invitation("192.0.2.7:4242").Link()
	if n := len(link); n > 112 {
		t.Errorf("%s has %d characters, want at most 112", link, n)
	}
}

func TestOnlyAWholeInvitationIsOne(t *testing.T) {
	good := invitation("192.0.2.7:4242").Link()
	raw, _ := base64.RawURLEncoding.DecodeString(strings.TrimPrefix(good, hub.Scheme))
	link := func(b []byte) string { return hub.Scheme + base64.RawURLEncoding.EncodeToString(b) }
	tests := map[string]string{
		"nothing":                 "",
		"another scheme":          "https://join/" + strings.TrimPrefix(good, hub.Scheme),
		"cut off":                 good[:len(good)-4],
		"something behind":        good + "AA",
		"padding":                 good + "=",
		"space within":            good[:40] + " " + good[40:],
		"a later version":         link(append([]byte{2}, raw[1:]...)),
		"another place":           link(append([]byte{1, 'x'}, raw[2:]...)),
		"no address":              link(raw[:60]),
		"port 0":                  link(append(raw[:65:65], 0, 0)),
		"a name that is a number": link(append(raw[:60:60], "n\x09127.0.0.1\x10\x92"...)),
		"a name with a path":      link(append(raw[:60:60], "n\x06host/x\x10\x92"...)),
		"a name with a user":      link(append(raw[:60:60], "n\x06a@host\x10\x92"...)),
		"a name as an option":     link(append(raw[:60:60], "n\x05-host\x10\x92"...)),
		"an empty name":           link(append(raw[:60:60], "n\x00\x10\x92"...)),
		"a nameless host":         link(append(raw[:67:67], "w\x00"...)),
		"a host cut off":          link(append(raw[:67:67], "w\x06Hedda"...)),
		"more behind the host":    link(append(raw[:67:67], "w\x05Heddaw\x05Hedda"...)),
		"a host in two lines":     link(append(raw[:67:67], "w\x03a\nb"...)),
		"a host turned around":    link(append(raw[:67:67], "w\x05a\u202eb"...)),
	}
	for name, text := range tests {
		if got, err := hub.ParseInvitation(text); review.CodeOf(err) != hub.BadInvitation {
			t.Errorf("%s: read %+v, %v; want %s", name, got, err, hub.BadInvitation)
		}
	}
}

func TestTheNameOfAHostFitsIntoAnInvitation(t *testing.T) {
	for name, want := range map[string]string{
		" Hedda\n":              "Hedda",
		"a\u202eb\x00\xff":      "ab",
		strings.Repeat("ä", 40): strings.Repeat("ä", 30),
	} {
		if got := hub.HostNamed(name); got != want {
			t.Errorf("%q is named %q, want %q", name, got, want)
		}
	}
}

func TestASecretIsNotPrinted(t *testing.T) {
	i := invitation("192.0.2.7:4242")
	for _, verb := range []string{"%v", "%+v", "%#v", "%s"} {
		if text := fmt.Sprintf(verb, i); !strings.Contains(text, "hidden") || strings.Contains(text, "sixteen") {
			t.Errorf("%s prints %s", verb, text)
		}
	}
}

// Whatever is read is written as it was, so there are not two links for one
// invitation, nor anything in a link that nobody sees.
func FuzzParseInvitation(f *testing.F) {
	f.Add(invitation("192.0.2.7:4242", "[2001:db8::1]:443", "laptop.example.com:65535").Link())
	f.Add(hub.Invitation{Place: hub.Leaf, Session: "abcdefghijklmnop"}.Link())
	f.Add(hosted("Hedda", invitation("192.0.2.7:4242")).Link())
	f.Add(hub.Scheme)
	f.Fuzz(func(t *testing.T, text string) {
		i, err := hub.ParseInvitation(text)
		if err == nil && i.Link() != strings.TrimSpace(text) {
			t.Errorf("%q was read as %+v, which is %q", text, i, i.Link())
		}
	})
}
