package session

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/journal"
)

// tells waits for what the page says next.
func (p *page) tells() string {
	p.t.Helper()
	for p.toast == "" {
		(<-p.queue)()
	}
	p.wait()
	said := p.toast
	p.toast = ""
	return said
}

// Whoever a session is handed to while it runs is told, and may do at once what a
// host may; the others are told whom to ask from now on.
func TestWhoIsHandedTheSessionMayHostAtOnce(t *testing.T) {
	party := newParty(t, 1)
	p := open(t, party, "en")
	p.network.running = true
	p.press(fyne.KeyReturn)
	if p.write("i"); p.dialog != "" {
		t.Errorf("a member is asked %q", p.dialog)
	}
	party.say(0, 0, journal.HostChanged{To: party.authors[1].ID})
	p.screen.HandedTo(party.authors[1].ID)
	if said := p.tells(); said != "You are the host of this session from now on." {
		t.Errorf("it said %q", said)
	}
	if got := p.rows()[1]; !strings.HasPrefix(got, p.Say("session.hosted-here", nil)) {
		t.Errorf("the page shows %q", got)
	}
	if p.write("i"); p.dialog == "" {
		t.Error("the new host is not asked whom to invite")
	}
	p.screen.HandedTo(party.authors[2].ID)
	if said := p.tells(); said != "Ben is the host of this session from now on." {
		t.Errorf("it said %q", said)
	}
}

// A recording that does not come is told by its call, once, however often it is
// asked for.
func TestARecordingThatDoesNotComeIsToldOnce(t *testing.T) {
	for lang, want := range map[string]string{"en": "The recording of call 3 has not come yet: ", "de": "Die Aufnahme von Gespräch 3 ist noch nicht da: "} {
		p := open(t, newParty(t, 1), lang)
		p.network.running = true
		var told []string
		for _, round := range []int{3, 3, 2, 3} {
			p.toast = ""
			if p.screen.Absent(round, review.Fail("host-away", nil)); p.toast != "" {
				told = append(told, p.toast)
			}
		}
		why := p.Text().Say("error.host-away", nil)
		if len(told) != 2 || told[0] != want+why || slices.Contains(told[1:], told[0]) {
			t.Errorf("%s: it told %q", lang, told)
		}
	}
}
