package session

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
)

// The host is told where the session runs: on this machine, or on whose server.
func TestTheHostSeesWhereTheSessionRuns(t *testing.T) {
	for _, test := range []struct{ lang, elsewhere, want string }{
		{"en", "", "Hosted here ·"},
		{"de", "", "Hier ausgerichtet ·"},
		{"en", "nats.example.com:4222", "Hosted at nats.example.com:4222 ·"},
		{"de", "nats.example.com:4222", "Läuft über nats.example.com:4222 ·"},
	} {
		p := open(t, newParty(t, 0), test.lang)
		p.network.running, p.network.elsewhere = true, test.elsewhere
		p.Press(fyne.KeyReturn)
		if got := p.Rows()[1]; !strings.HasPrefix(got, test.want) {
			t.Errorf("with %q the page shows %q, want %q", test.elsewhere, got, test.want)
		}
	}
}
