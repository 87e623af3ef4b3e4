package main

import (
	"bytes"
	"fmt"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/cmd/internal/library"
	"github.com/earshot-app/earshot/data/config"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/playback"
	"github.com/earshot-app/earshot/ui"
	"github.com/earshot-app/earshot/ui/job"
	"github.com/earshot-app/earshot/ui/screen"
	"github.com/earshot-app/earshot/ui/theme"
)

// secrets are what the library of [stage.calls] holds that nobody may see unasked:
// an agent's name and extension, a customer's number, a field, a path.
var secrets = []string{"Qxagent", "Qxfamily", "4711815", "5550177", "555 01 77", "Qxpolicy", "Qxfolder", "Qxfile"}

// A stage is the app in a window without a display: what is posted to Fyne's
// goroutine waits until the test, which is that goroutine, plays it.
type stage struct {
	*app
	t      *testing.T
	posted chan func()
	said   bytes.Buffer // by the log
	trace  string
	seen   map[string]bool // what was painted
}

// stageApp is Fyne's test app with the stage's way to post.
type stageApp struct {
	fyne.App
	driver fyne.Driver
}

func (a stageApp) Driver() fyne.Driver { return a.driver }

type stageDriver struct {
	fyne.Driver
	posted chan func()
}

func (d stageDriver) DoFromGoroutine(do func(), wait bool) {
	if !wait {
		d.posted <- do
		return
	}
	done := make(chan struct{})
	d.posted <- func() {
		do()
		close(done)
	}
	<-done
}

// StartAnimation has the two frames painted that the trace waits for.
func (d stageDriver) StartAnimation(a *fyne.Animation) {
	a.Tick(0.5)
	a.Tick(1)
}

func (d stageDriver) StopAnimation(*fyne.Animation) {}

// newStage opens the window on a library with secrets in a language.
func newStage(t *testing.T, lang string) *stage {
	t.Helper()
	home := t.TempDir()
	s := &stage{t: t, posted: make(chan func(), 100_000), trace: filepath.Join(home, "trace"), seen: map[string]bool{}}
	fake := test.NewTempApp(t)
	fyne.SetCurrentApp(stageApp{fake, stageDriver{fake.Driver(), s.posted}})
	fake.Settings().SetTheme(theme.New())
	folders := config.Folders{Data: filepath.Join(home, "data"), Config: filepath.Join(home, "config"), Cache: filepath.Join(home, "cache")}
	trace, err := os.Create(s.trace)
	if err != nil {
		t.Fatal(err)
	}
	s.app = &app{
		texts: text.For(lang), folders: folders, home: filepath.Join(folders.Data, "library.earshot"), trace: trace,
		log: slog.New(slog.NewTextHandler(&s.said, nil)), window: test.NewTempWindow(t, canvas.NewText("", nil)), jobs: job.NewRunner((*ui.Loop)(nil).Post), ending: newEnding(),
	}
	s.player = playback.NewPlayer(playback.System{}, s.played)
	s.sound = newEar(s.player)
	s.window.Resize(fyne.NewSize(1280, 2400)) // so that much of each page is painted
	l, err := library.Open(t.Context(), s.home, folders)
	if err != nil {
		t.Fatal(err)
	}
	s.calls(l)
	if err := s.show(l); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.close)
	return s
}

// calls brings three calls with all secrets into a library: one heard, one drawn
// and one that nobody drew.
func (s *stage) calls(l *library.Library) {
	ctx, folder := s.t.Context(), filepath.Join(s.t.TempDir(), "Qxfolder")
	rows := "Call ID,file,start,skill,wrap_up_code,agent,extension,ani,policy\n"
	must := func(err error) {
		s.t.Helper()
		if err != nil {
			s.t.Fatal(err)
		}
	}
	must(os.Mkdir(folder, 0o700))
	for _, name := range []string{"one", "two", "three"} {
		must(os.WriteFile(filepath.Join(folder, "Qxfile-"+name+".wav"), silentWAV(), 0o600))
		words := "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Agent>This is Qxagent, you called from 0170 555 01 77 about your bill\n"
		must(os.WriteFile(filepath.Join(folder, "Qxfile-"+name+".vtt"), []byte(words), 0o600))
		rows += fmt.Sprintf("id-%s,Qxfile-%s.wav,%s,Billing,Other,Qxagent Qxfamily,4711815,+49 170 5550177,Qxpolicy\n",
			name, name, time.Now().AddDate(0, 0, -1).Format(time.RFC3339))
	}
	table := filepath.Join(folder, "calls.csv")
	must(os.WriteFile(table, []byte(rows), 0o600))
	_, err := l.Import(ctx, desk.ImportRequest{Paths: []string{folder}, Metadata: table}, nil)
	must(err)
	draw, err := l.Draw(ctx, desk.DrawRequest{N: 2}, nil)
	must(err)
	_, err = l.Tag(ctx, desk.TagRequest{Call: draw.Calls[0].UID, Issue: "Late bill", At: time.Second, Words: "it came late"})
	must(err)
	_, err = l.Praise(ctx, draw.Calls[0].UID, time.Second, "kind")
	must(err)
	must(l.Hear(ctx, draw.Calls[0].UID, 1))
	_, err = l.Reveal(ctx, draw.Calls[0].UID, "to call back")
	must(err)
}

// silentWAV is four seconds of silence.
func silentWAV() []byte {
	const frames = 4 * 8000
	head := []byte("RIFF\x00\x00\x00\x00WAVEfmt \x10\x00\x00\x00\x07\x00\x01\x00\x40\x1f\x00\x00\x40\x1f\x00\x00\x01\x00\x08\x00data")
	size := []byte{byte(frames & 0xff), byte(frames >> 8 & 0xff), byte(frames >> 16), 0}
	return slices.Concat(head, size, bytes.Repeat([]byte{0xff}, frames))
}

// play plays what is posted until nothing came for a while, or for a second, as the
// window's clocks may leave no such while; and keeps what is painted then.
func (s *stage) play(quiet time.Duration) {
	for end := time.Now().Add(time.Second); time.Now().Before(end); {
		select {
		case do := <-s.posted:
			do()
		case <-time.After(quiet):
			end = time.Now()
		}
	}
	s.look()
}

// await plays until a text is painted.
func (s *stage) await(text string) {
	s.t.Helper()
	for end := time.Now().Add(time.Minute); !s.painted(text); {
		if time.Now().After(end) {
			s.t.Fatalf("%q is never painted, only %q", text, slices.Sorted(maps.Keys(s.seen)))
		}
		s.play(20 * time.Millisecond)
	}
}

func (s *stage) painted(text string) bool {
	for seen := range s.seen {
		if strings.Contains(seen, text) {
			return true
		}
	}
	return false
}

// look notes all texts of the window and of what lies above it.
func (s *stage) look() {
	objects := test.LaidOutObjects(s.window.Canvas().Content())
	for _, overlay := range s.window.Canvas().Overlays().List() {
		objects = append(objects, test.LaidOutObjects(overlay)...)
	}
	for _, o := range objects {
		switch o := o.(type) {
		case *canvas.Text:
			s.seen[o.Text] = true
		case *fynewidget.Label:
			s.seen[o.Text] = true
		case *fynewidget.RichText:
			s.seen[o.String()] = true
		case *fynewidget.Entry:
			s.seen[o.Text] = true
		}
	}
	s.seen[s.window.Title()] = true
}

// shutDialogs closes what lies above the window.
func (s *stage) shutDialogs() {
	c := s.window.Canvas()
	for range 5 {
		if c.Overlays().Top() == nil {
			return
		}
		if focused := c.Focused(); focused != nil {
			focused.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
		} else if c.OnTypedKey() != nil {
			c.OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
		}
		s.play(20 * time.Millisecond)
	}
	for top := c.Overlays().Top(); top != nil; top = c.Overlays().Top() {
		c.Overlays().Remove(top)
	}
}

// denied are the commands that leave the library or the app, ask for a file in the
// system's own dialog, or show what is hidden on purpose.
var denied = []text.Key{
	"shell.quit", "shell.demo", "shell.import", "shell.import.table", "shell.import.bucket", "meeting.show-agent",
}

// commands runs all that the menus offer on a page, one by one.
func (s *stage) commands(page string) {
	for _, menu := range s.window.MainMenu().Items {
		for _, item := range menu.Items {
			off := slices.ContainsFunc(denied, func(key text.Key) bool { return strings.HasPrefix(item.Label, s.texts.Say(key, nil)) })
			if item.Action == nil || item.Disabled || off {
				continue
			}
			item.Action()
			s.play(20 * time.Millisecond)
			s.shutDialogs()
			s.shell.Go(page)
		}
	}
}

// Whatever is opened, page by page in either language, and command by command: the
// window, what lies above it, its trace and its log hold nothing that is private.
func TestNothingPrivateIsPaintedUnasked(t *testing.T) {
	for _, lang := range []string{"en", "de"} {
		t.Run(lang, func(t *testing.T) {
			s := newStage(t, lang)
			shown := []string{"Late bill", "Billing", "it came late", "kind"}
			for _, page := range []string{screen.Listen, screen.Issues, screen.Meeting, screen.Session, screen.Library, screen.Settings} {
				s.shell.Go(page)
				s.await(s.texts.Say(text.Key("shell.nav."+page), nil))
				s.play(100 * time.Millisecond)
				if lang == "en" { // there are some hundred
					s.commands(page)
				}
			}
			if lang == "en" {
				shown = append(shown, s.texts.Say("forget.title", nil), s.texts.Say("forget.do", nil))
			}
			for _, text := range shown {
				s.await(text) // else little was painted
			}
			s.unsaid()
		})
	}
}

// unsaid fails where a secret was painted, traced or logged.
func (s *stage) unsaid() {
	s.t.Helper()
	trace, err := os.ReadFile(s.trace)
	if err != nil || len(trace) == 0 {
		s.t.Errorf("the trace: %d bytes, %v", len(trace), err)
	}
	for _, secret := range secrets {
		for painted := range s.seen {
			if strings.Contains(painted, secret) {
				s.t.Errorf("%q is painted: %q", secret, painted)
			}
		}
		if strings.Contains(string(trace), secret) || strings.Contains(s.said.String(), secret) {
			s.t.Errorf("%q is traced or logged", secret)
		}
	}
}
