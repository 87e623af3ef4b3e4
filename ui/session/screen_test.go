package session

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"go.uber.org/goleak"

	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/journal"
	"github.com/earshot-app/earshot/ui/widget"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// did fails the test unless the library was last asked for this.
func did(t *testing.T, p *page, want ...string) {
	t.Helper()
	if !slices.Equal(p.network.acts, want) {
		t.Errorf("it did %q, want %q", p.network.acts, want)
	}
}

func TestOneKeyAndEnterHostTheLatestDraw(t *testing.T) {
	p := open(t, newParty(t, 0), "en")
	p.Write("h")
	p.Choose(0)
	did(t, p, "host live")
	want := Hosting{
		HostRequest: desk.HostRequest{Draw: "d2", As: "Kim", Blind: true},
		Listen:      []string{"192.0.2.7"}, Offer: Offer{People: 5, Good: 24 * time.Hour},
	}
	if h := p.network.hosted; h.HostRequest != want.HostRequest || !slices.Equal(h.Listen, want.Listen) || h.Offer != want.Offer {
		t.Errorf("hosted %+v", h)
	}
	if p.copied != "earshot://join/new" || !strings.Contains(p.Said, "24 hours") {
		t.Errorf("copied %q and said %q", p.copied, p.Said)
	}
	if rows := p.Rows(); rows[0] != "Tuesday" || !strings.HasPrefix(rows[1], "Hosted here · 4 people · at one’s own pace · blind") {
		t.Errorf("the page shows %q", rows[:2])
	}
}

// What a person chooses is what is hosted.
func TestTheHostChoosesHow(t *testing.T) {
	p := open(t, newParty(t, 0), "en")
	h := &hosting{}
	h.Draw, h.As, h.Offer = "d1", " ", usual
	if h.ok() {
		t.Error("hosted without a name or an address")
	}
	h.As = "Kim"
	h.toggle("192.0.2.7")
	h.toggle("127.0.0.1")
	h.toggle("192.0.2.7")
	if !h.ok() || !slices.Equal(h.Listen, []string{"127.0.0.1"}) {
		t.Errorf("it listens on %v", h.Listen)
	}
	h.Name, h.Together, h.KeepAudio, h.asFile = "Move team", true, true, true
	p.screen.host(h)
	p.Wait()
	did(t, p, `host d1 "Move team" as Kim blind=false together=true keep=true`)
	if p.Asked != "Save the session as a file" {
		t.Fatalf("it asks %q", p.Asked)
	}
	p.Choose(0)
	did(t, p, `host d1 "Move team" as Kim blind=false together=true keep=true`, "save /home/kim/Move-team.earshot-session")
}

// Nobody joins before they saw who hosts and said yes.
func TestJoiningAsksFirst(t *testing.T) {
	p := open(t, newParty(t, 1), "en")
	p.screen.AskJoin("earshot://join/broken")
	if ok := p.Answers[0].Enabled(); ok {
		t.Error("a broken link can be followed")
	}
	p.Dismiss()
	p.screen.AskJoin("earshot://join/x")
	said := words(p.Canvas().Overlays().Top())
	for _, want := range []string{"“Hedda” hosts the session", "192.0.2.9:4222", "ab12 cd34 ef56", "The host can read your tags", "start, length, queue, category and the recording"} {
		if !strings.Contains(said, want) {
			t.Errorf("the question does not say %q", want)
		}
	}
	did(t, p)
	p.Choose(0)
	did(t, p, "join earshot://join/x as Anna")
	if rows := p.Rows(); !strings.HasPrefix(rows[1], "Hosted by Kim") {
		t.Errorf("the page shows %q", rows[:2])
	}
}

// words is all that is written on an object.
func words(o fyne.CanvasObject) string {
	var all strings.Builder
	for _, part := range test.LaidOutObjects(o) {
		if t, ok := part.(*widget.Text); ok {
			all.WriteString(t.Text() + "\n")
		}
	}
	return all.String()
}

// A link to a server shows the way there: nobody's certificate is pinned.
func TestJoiningOverAServerSaysSo(t *testing.T) {
	p := open(t, newParty(t, 1), "en")
	p.screen.AskJoin("earshot://join/way")
	if said := words(p.Canvas().Overlays().Top()); !strings.Contains(said, "It leads to the NATS server nats.example.com:4222") {
		t.Errorf("the question says %q", said)
	}
}

func TestAFileIsTakenInUnderAName(t *testing.T) {
	p := open(t, newParty(t, 1), "en")
	p.Write("o")
	p.Choose(0)
	did(t, p, "load /mnt/from-anna.earshot-session as Anna")
}

// asksReveal is the page of a host who asks to reveal the first call, with which
// Cem is not through.
func asksReveal(t *testing.T) *page {
	t.Helper()
	party := newParty(t, 0)
	party.heardFirst()
	p := open(t, party, "en")
	p.network.running = true
	p.Press(fyne.KeyReturn)
	p.Write("n")
	p.Write("r")
	return p
}

// From a blind call to the consensus by keys.
func TestTheHostRevealsTalksAndRecords(t *testing.T) {
	p := asksReveal(t)
	if said := words(p.Canvas().Overlays().Top()); !strings.Contains(said, "Not done yet: Cem.") {
		t.Errorf("the question says %q", said)
	}
	p.Choose(0)
	p.Press(fyne.KeyRight, fyne.KeyDown, fyne.KeyReturn)
	if p.Opened != "here-1" || p.At != 43*time.Second {
		t.Errorf("it opened %s at %v", p.Opened, p.At)
	}
	p.Write("c")
	p.Choose(0)
	p.Write("d")
	p.Choose(0)
	did(t, p, "open 1", "reveal 1", "agree 1 [{bill 48000}]", "adopt")
	if p.Said != "1 call is as agreed now. Moments added: 2, removed: 0." {
		t.Errorf("it said %q", p.Said)
	}
}

func TestAMemberCanBeRemovedOrMadeHost(t *testing.T) {
	p := open(t, newParty(t, 0), "en")
	p.network.running = true
	p.Press(fyne.KeyReturn, fyne.KeyLeft)
	p.Write("p") // at the host: nothing to be done
	if p.Asked != "" {
		t.Fatalf("about the host it asks %q", p.Asked)
	}
	p.Press(fyne.KeyDown, fyne.KeyReturn)
	p.Choose(0)
	p.Press(fyne.KeyDown, fyne.KeyReturn)
	p.Choose(1)
	did(t, p, "remove Anna", "hand to Ben")
	if !slices.Contains(p.Rows(), "Cem: away") {
		t.Errorf("the roster says %q", p.Rows()[2:6])
	}
}

// Only who is new is told of: after a break everybody comes back at once.
func TestWhoComesBackIsNotAnnounced(t *testing.T) {
	party := newParty(t, 0)
	p := open(t, party, "en")
	p.network.running = true
	p.Press(fyne.KeyReturn)
	p.screen.Joined(party.authors[1].ID)
	p.screen.Joined("stranger")
	p.Until(func() bool { return p.Said != "" })
	if p.Said != "unnamed (stra) has joined." {
		t.Errorf("it said %q", p.Said)
	}
}

// A member may look, hear, save and leave; the rest is the host's.
func TestAMembersKeysDecideNothing(t *testing.T) {
	party := newParty(t, 1)
	party.heardFirst()
	party.say(0, 0, journal.RoundRevealed{Round: 1})
	p := open(t, party, "en")
	p.network.running = true
	p.Press(fyne.KeyReturn)
	p.Write("nracmipxd")
	did(t, p)
	if p.Asked != "" {
		t.Errorf("it asks %q", p.Asked)
	}
	p.Write("l")
	p.Choose(0)
	did(t, p, "leave")
	p.Press(fyne.KeyReturn)
	p.Write("e")
	did(t, p, "leave", "enter as Anna")
}

func TestACallThatIsStillToComeIsNotOpened(t *testing.T) {
	p := open(t, newParty(t, 1), "en")
	p.Press(fyne.KeyReturn, fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
	if p.Opened != "" || !strings.Contains(p.Said, "not arrived") {
		t.Errorf("it opened %q and said %q", p.Opened, p.Said)
	}
}

func TestWhatFailsIsToldAndLeavesThePage(t *testing.T) {
	p := open(t, newParty(t, 0), "en")
	p.network.failing = errors.New("disk")
	p.Write("h")
	p.Choose(0)
	if !errors.Is(p.Failure, p.network.failing) {
		t.Errorf("told %v", p.Failure)
	}
	p.network.failing = nil
	p.Write("h")
	p.Choose(0)
	did(t, p, "host live")
}

func TestTheRoomsEndIsTold(t *testing.T) {
	p := open(t, newParty(t, 1), "en")
	p.network.running = true
	p.Press(fyne.KeyReturn)
	why := errors.New("put out")
	p.screen.Ended(why)
	p.Wait()
	if !errors.Is(p.Failure, why) || p.network.running || !strings.HasPrefix(p.Rows()[1], "Not connected") {
		t.Errorf("told %v; the page shows %q", p.Failure, p.Rows()[1])
	}
}

// The page fits into the smallest window, in the language with the longest
// words, with long names and many members' columns.
func TestThePageFitsIntoTheWindow(t *testing.T) {
	party := newParty(t, 0)
	for id := range party.names {
		party.names[id] = "Benedikta Freifrau von Hohenlohe-Waldenburg-Schillingsfürst"
	}
	party.shared.Name = strings.Repeat("Rechnungsanschrift ", 4)
	party.say(1, 1, journal.IssueNamed{Issue: "long", Name: "Rechnungsanschriftenänderungsbestätigung kommt nicht beim Kunden an"})
	party.tag(1, 1, "long", 7)
	party.heardFirst()
	party.say(0, 0, journal.RoundRevealed{Round: 1})
	for _, running := range []bool{false, true} {
		p := open(t, party, "de")
		fits(t, p, "all sessions")
		p.network.running = running
		p.Press(fyne.KeyReturn)
		fits(t, p, "a session")
	}
}

// Twelve members' columns fit into the smallest window, with the buttons that lead
// to the moments: by their initials, which the line below tells in full.
func TestManyMembersFitByTheirInitials(t *testing.T) {
	p := newParty(t, 0)
	p.heardFirst()
	p.say(0, 0, journal.RoundRevealed{Round: 1})
	r := shownBy(p)
	if got := r.head(p.authors[1].ID); got != "Anna" {
		t.Errorf("of four one is headed %q", got)
	}
	v := &tableView{}
	p.names[p.authors[1].ID] = "Ännchen Müller-Schmidt"
	r.table.Members = append(r.table.Members, r.table.Members[:3]...)
	if got := r.head(p.authors[1].ID); got != "ÄM" {
		t.Errorf("of many one is headed %q", got)
	}
	const rail, people, margins = 102, peopleWidth, 40 + 20 + 10 // of the page, the row and the card
	twelve := make([]fyne.CanvasObject, 14)
	for i := range twelve {
		twelve[i] = widget.NewText("", widget.Look{})
	}
	if least := v.layout(12).MinSize(twelve).Width; least > 1024-rail-people-margins {
		t.Errorf("twelve ask for %v", least)
	}
}

func fits(t *testing.T, p *page, what string) {
	t.Helper()
	const rail = 96
	p.Window.Resize(fyne.NewSize(1024-rail, 660))
	if least := p.screen.Content().MinSize(); least.Width > 1024-rail || least.Height > 640 {
		t.Errorf("%s asks for %v", what, least)
	}
}

// Before anything came, the page must not say that tags are open, nor who is there.
func TestNothingIsSaidOfASessionThatIsStillToCome(t *testing.T) {
	party := newParty(t, 1)
	party.said = nil
	p := open(t, party, "en")
	p.screen.AskJoin("earshot://join/x")
	p.Choose(0)
	did(t, p, "join earshot://join/x as Anna")
	if rows := p.Rows(); len(rows) != 2 || rows[1] != "Waiting for the host to send the calls." {
		t.Errorf("the page shows %q", rows)
	}
	if said := words(p.Canvas().Content()); strings.Contains(said, "Everybody sees") {
		t.Errorf("the page says %q", said)
	}
}
