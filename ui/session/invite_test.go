package session

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/earshot-app/earshot/ui/widget"
)

// Invitations that the page shows.
var (
	first = Open{ID: "a", Link: "earshot://join/first", Left: 3, Of: 5, Good: 23*time.Hour + 40*time.Minute}
	older = Open{ID: "b", Left: 0, Of: 2, Good: 12 * time.Minute}
)

// hostsWith is the page of a host whose session runs, with open invitations.
func hostsWith(t *testing.T, open ...Open) *page {
	t.Helper()
	p := openPage(t)
	p.network.running, p.network.invited = true, open
	p.Press(fyne.KeyReturn)
	return p
}

func openPage(t *testing.T) *page {
	t.Helper()
	return open(t, newParty(t, 0), "en")
}

// tap presses a button of the open dialog by what it says.
func (p *page) tap(said string) {
	p.T.Helper()
	for _, o := range test.LaidOutObjects(p.Canvas().Overlays().Top()) {
		if b, ok := o.(*widget.Button); ok && b.Text() == said {
			b.Tapped(nil)
			p.Wait()
			return
		}
	}
	p.T.Fatalf("there is no button %q", said)
}

// The host sees how many places are taken and how long an invitation is good for,
// and Enter copies the same link again.
func TestAnInvitationIsShownAndCopiedAgain(t *testing.T) {
	p := hostsWith(t, first, older)
	p.Write("i")
	said := words(p.Canvas().Overlays().Top())
	for _, want := range []string{"2 of 5 places taken · 23 h 40 min left", "2 of 2 places taken · 12 min left · its link is no longer known here"} {
		if !strings.Contains(said, want) {
			t.Errorf("the dialog does not say %q but %q", want, said)
		}
	}
	p.Choose(0)
	if p.copied != first.Link || p.Said != "Invitation copied. It lets in 3 people and is good for 24 hours: send it to them." {
		t.Errorf("copied %q and said %q", p.copied, p.Said)
	}
	did(t, p)
}

func TestAnInvitationIsRevokedAndMadeAnew(t *testing.T) {
	p := hostsWith(t, first)
	p.Write("i")
	p.tap("Revoke")
	did(t, p, "revoke a")
	if said := words(p.Canvas().Overlays().Top()); p.Asked == "" || !strings.Contains(said, "No invitation lets anybody in") {
		t.Errorf("then the dialog %q says %q", p.Asked, said)
	}
	p.Choose(0)
	did(t, p, "revoke a", "invite 5 for 24h0m0s")
	if p.copied != "earshot://join/more" {
		t.Errorf("copied %q", p.copied)
	}
}

// Whoever types another number or time gets that, and nonsense opens no door.
func TestAnInvitationIsGoodForWhatIsTyped(t *testing.T) {
	offer := usual
	p := openPage(t)
	f := p.screen.newOfferFields(&offer, func() {})
	for _, typed := range []struct {
		people, hours string
		want          Offer
		ok            bool
	}{
		{"12", "72", Offer{12, 72 * time.Hour}, true},
		{" 1 ", "1", Offer{1, time.Hour}, true},
		{"", "24", Offer{0, 24 * time.Hour}, false},
		{"5", "0", Offer{5, 0}, false},
		{"5", "-3", Offer{5, -3 * time.Hour}, false},
		{"five", "24", Offer{0, 24 * time.Hour}, false},
		{"256", "24", Offer{256, 24 * time.Hour}, false},
		{"255", "720", Offer{255, 720 * time.Hour}, true},
		{"5", "99999999999", Offer{5, 721 * time.Hour}, false},
	} {
		f.people.SetText(typed.people)
		f.hours.SetText(typed.hours)
		if offer != typed.want || offer.ok() != typed.ok {
			t.Errorf("%q people for %q hours is %+v, %v", typed.people, typed.hours, offer, offer.ok())
		}
	}
}

// On somebody's server the invitation is the way, and nothing can be revoked.
func TestOnAServerTheInvitationIsTheWay(t *testing.T) {
	p := hostsWith(t, Open{Link: "earshot://join/way"})
	p.Write("i")
	said := words(p.Canvas().Overlays().Top())
	if !strings.Contains(said, "whoever runs the server lets people in") || strings.Contains(said, "Hours") {
		t.Errorf("the dialog says %q", said)
	}
	p.Choose(0)
	if p.copied != "earshot://join/way" || !strings.Contains(p.Said, "tells the way") {
		t.Errorf("copied %q and said %q", p.copied, p.Said)
	}
}

// The form says where the session will lie before it is hosted, and a server that
// was set is used unless the host says otherwise.
func TestTheHostSeesWhereTheSessionWillLie(t *testing.T) {
	for _, test := range []struct {
		server string
		leaf   bool
		says   string
		hosts  bool
	}{
		{"", false, "The session lies on this computer.", false},
		{"tls://nats.example.com:4222", false, "The session lies on the server tls://nats.example.com:4222", true},
		{"tls://nats.example.com:7422", true, "The session lies on this computer; the server tls://nats.example.com:7422", true},
	} {
		p := openPage(t)
		p.network.server, p.network.leaf = test.server, test.leaf
		p.Write("h")
		if said := words(p.Canvas().Overlays().Top()); !strings.Contains(said, test.says) {
			t.Errorf("with server %q it says %q", test.server, said)
		}
		p.Choose(0)
		if p.network.hosted.Server != test.hosts {
			t.Errorf("with server %q it hosts %+v", test.server, p.network.hosted)
		}
	}
	h := &hosting{}
	for _, w := range ways("tls://nats.example.com") {
		if h.take(w); h.way() != w {
			t.Errorf("%v is %v", w, h.way())
		}
	}
}
