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
	p.T.Helper()
	p.Until(func() bool { return p.Said != "" })
	p.Wait()
	said := p.Said
	p.Said = ""
	return said
}

// Whoever a session is handed to while it runs is told, and may do at once what a
// host may; the others are told whom to ask from now on.
func TestWhoIsHandedTheSessionMayHostAtOnce(t *testing.T) {
	party := newParty(t, 1)
	p := open(t, party, "en")
	p.network.running = true
	p.Press(fyne.KeyReturn)
	if p.Write("i"); p.Asked != "" {
		t.Errorf("a member is asked %q", p.Asked)
	}
	party.say(0, 0, journal.HostChanged{To: party.authors[1].ID})
	p.screen.HandedTo(party.authors[1].ID)
	if said := p.tells(); said != "You are the host of this session from now on." {
		t.Errorf("it said %q", said)
	}
	if got := p.Rows()[1]; !strings.HasPrefix(got, p.Say("session.hosted-here", nil)) {
		t.Errorf("the page shows %q", got)
	}
	if p.Write("i"); p.Asked == "" {
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
			p.Said = ""
			if p.screen.Absent(round, review.Fail("host-away", nil)); p.Said != "" {
				told = append(told, p.Said)
			}
		}
		why := p.Text().Say("error.host-away", nil)
		if len(told) != 2 || told[0] != want+why || slices.Contains(told[1:], told[0]) {
			t.Errorf("%s: it told %q", lang, told)
		}
	}
}
