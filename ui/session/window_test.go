package session

import (
	"testing"

	"github.com/earshot-app/earshot/ui/screen"
	"github.com/earshot-app/earshot/ui/screen/screentest"
)

// page is the page in a window, of a party on a network.
type page struct {
	*screentest.Page
	network *network
	screen  *Screen
	copied  string
}

// open shows the page of a party's library.
func open(t *testing.T, party *party, lang string) *page {
	t.Helper()
	p := &page{network: &network{party: party}}
	p.Page = screentest.Open(t, lang, func(shell screen.Shell) (screen.Screen, func() bool) {
		p.screen = New(Deps{
			Shell: shell, Desk: party, Live: p.network, Me: party.authors[party.me].ID, As: "kim", Folder: "/home/kim",
			Copy:   func(text string) { p.copied = text },
			Pick:   func(_ string, chosen func(string)) { chosen("/mnt/from-anna.earshot-session") },
			Browse: func(string, func(string)) {}, Exists: func(string) bool { return true },
		})
		return p.screen, func() bool { return p.screen.reading != nil || p.screen.acting }
	})
	return p
}
