package settings_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/ui/settings"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// serverPage is the page with a server to try, which fails with why.
type serverPage struct {
	*settings.Screen
	queue chan func()
	kept  []settings.Server
	tried []settings.Server
	why   error
}

type queued struct {
	shell
	queue chan func()
}

func (q queued) Post(do func()) { q.queue <- do }

func newServerPage(t *testing.T, server settings.Server) *serverPage {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.New())
	p := &serverPage{queue: make(chan func(), 10)}
	p.Screen = settings.New(settings.Deps{
		Shell: queued{shell{lang: "en"}, p.queue}, Sound: func() error { return nil }, Server: server,
		KeepServer: func(s settings.Server) { p.kept = append(p.kept, s) },
		TryServer: func(_ context.Context, s settings.Server) error {
			p.tried = append(p.tried, s)
			return p.why
		},
		Pick: func(_ string, chosen func(string)) { chosen("/home/kim/kim.creds") },
	})
	t.Cleanup(p.Close)
	p.Content()
	return p
}

func (p *serverPage) field(t *testing.T, hint string) *widget.Field {
	t.Helper()
	f, ok := find(p.Content(), func(f *widget.Field) bool { return f.PlaceHolder == hint })
	if !ok {
		t.Fatalf("there is no field %q", hint)
	}
	return f
}

func (p *serverPage) button(t *testing.T, said string) *widget.Button {
	t.Helper()
	b, ok := find(p.Content(), func(b *widget.Button) bool { return b.Text() == said })
	if !ok {
		t.Fatalf("there is no button %q", said)
	}
	return b
}

// said is what was found out of the server.
func (p *serverPage) said() string { return shows(p.Screen)[3] }

// What whoever runs the server gave this person is kept once it is whole: not at
// every letter, but also when they go to another page in the middle of a field.
func TestTheServerIsKeptWhenItsFieldsAreLeft(t *testing.T) {
	p := newServerPage(t, settings.Server{})
	if p.button(t, "Try it").Tapped(nil); p.said() != "" {
		t.Errorf("of no server it says %q", p.said())
	}
	address := p.field(t, "tls://nats.example.com:4222")
	address.SetText("tls://a.example.com")
	if len(p.kept) != 0 {
		t.Errorf("kept while it is typed: %+v", p.kept)
	}
	p.Hide()
	p.Hide()
	p.button(t, "File…").Tapped(nil)
	want := []settings.Server{
		{Addresses: "tls://a.example.com"},
		{Addresses: "tls://a.example.com", File: "/home/kim/kim.creds"},
	}
	if !slices.Equal(p.kept, want) {
		t.Errorf("kept %+v, want %+v", p.kept, want)
	}
}

func TestTryingTheServerSaysWhatFailedAndWhatToDo(t *testing.T) {
	server := settings.Server{Addresses: "tls://a.example.com", File: "/k/kim.creds"}
	p := newServerPage(t, server)
	p.why = review.Fail("server-refuses", review.Args{"address": "tls://a.example.com"})
	try := p.button(t, "Try it")
	try.Tapped(nil)
	try.Tapped(nil) // does nothing while it is tried
	if p.said() != "Trying …" {
		t.Errorf("while it is tried it says %q", p.said())
	}
	(<-p.queue)()
	if !strings.HasPrefix(p.said(), "The server at tls://a.example.com does not let you in. Choose the file") {
		t.Errorf("it says %q", p.said())
	}
	p.why = nil
	try.Tapped(nil)
	(<-p.queue)()
	if !strings.HasPrefix(p.said(), "✓ The server knows you") || !slices.Equal(p.tried, []settings.Server{server, server}) {
		t.Errorf("it says %q of %+v", p.said(), p.tried)
	}
	p.field(t, "tls://nats.example.com:4222").SetText("tls://b.example.com")
	if p.said() != "" {
		t.Errorf("of another server it says %q", p.said())
	}
}
