package ui

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	fynetheme "fyne.io/fyne/v2/theme"
	fynewidget "fyne.io/fyne/v2/widget"
	"go.uber.org/goleak"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/ui/command"
	"github.com/earshot-app/earshot/ui/job"
	"github.com/earshot-app/earshot/ui/screen"
	"github.com/earshot-app/earshot/ui/screen/screentest"
	"github.com/earshot-app/earshot/ui/theme"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// library is a desk whose answers a test says beforehand.
type library struct {
	mu      sync.Mutex
	version int64
	size    int64
	broken  error
	looks   int
	undo    func() (desk.Step, error)
	redo    func() (desk.Step, error)
	imports []desk.ImportRequest
	table   desk.TablePreview
	names   desk.Preview
	work    func(ctx context.Context, progress func(desk.Imported)) (desk.Imported, error)
	rescans int
	found   func(ctx context.Context, progress func(desk.Imported)) (desk.Rescanned, error)
}

func (l *library) Version(context.Context) (int64, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.looks++
	return l.version, l.broken
}

func (l *library) Size(context.Context) (int64, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.size, l.broken
}

func (l *library) Undo(context.Context) (desk.Step, error) { return l.undo() }
func (l *library) Redo(context.Context) (desk.Step, error) { return l.redo() }

func (l *library) Import(ctx context.Context, req desk.ImportRequest, progress func(desk.Imported)) (desk.Imported, error) {
	l.mu.Lock()
	l.imports = append(l.imports, req)
	l.mu.Unlock()
	if l.work == nil {
		return desk.Imported{}, nil
	}
	return l.work(ctx, progress)
}

// NameParts cuts names at spaces.
func (l *library) NameParts(example string) (string, []desk.NamePart) {
	var parts []desk.NamePart
	from := 0
	for word := range strings.SplitSeq(example, " ") {
		to := from + len([]rune(word))
		parts = append(parts, desk.NamePart{From: from, To: to})
		from = to + 1
	}
	return example, parts
}

// Pattern refuses a start and notes the fields.
func (l *library) Pattern(_ string, parts []desk.NamePart) (string, error) {
	said := "{"
	for _, part := range parts {
		if part.Field == "start" {
			return "", review.Fail("bad-part", review.Args{"field": part.Field})
		}
		said += part.Field + ","
	}
	return said + "}", nil
}

func (l *library) Preview(_ context.Context, req desk.ImportRequest) (desk.Preview, error) {
	p := l.names
	p.Taken = cmp.Or(req.Profile, p.Taken, "plain")
	return p, nil
}

func (l *library) PreviewTable(context.Context, desk.ImportRequest) (desk.TablePreview, error) {
	if l.table.Columns == nil {
		return desk.TablePreview{}, review.Fail("metadata-no-columns", nil)
	}
	return l.table, nil
}

func (l *library) Rescan(ctx context.Context, _ []string, progress func(desk.Imported)) (desk.Rescanned, error) {
	l.mu.Lock()
	l.rescans++
	l.mu.Unlock()
	if l.found == nil {
		return desk.Rescanned{}, nil
	}
	return l.found(ctx, progress)
}

// change is what another program writes.
func (l *library) change(size int64, broken error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.version++
	l.size, l.broken = size, broken
}

// page is a screen that notes what happens to it.
type page struct {
	name    string
	log     []string
	shows   screen.Trace // what it says it shows
	content *fynewidget.Entry
}

func (p *page) note(what string)           { p.log = append(p.log, what) }
func (p *page) Name() string               { return p.name }
func (p *page) Content() fyne.CanvasObject { return p.content }
func (p *page) Show()                      { p.note("show") }
func (p *page) Hide()                      { p.note("hide") }
func (p *page) Changed()                   { p.note("changed") }
func (p *page) Close()                     { p.note("close") }

func (p *page) Trace(t *screen.Trace) {
	t.Call, t.Pos, t.Playing = p.shows.Call, p.shows.Pos, p.shows.Playing
}

func (p *page) Commands() []command.Command {
	return []command.Command{{
		ID: p.name + ".act", Title: "shell.ok", Screen: p.name, Keys: []command.Key{command.Rune('n')}, Run: func() { p.note("n") },
	}}
}

// bench is a shell in a test window. Its goroutines run in a bubble of
// testing/synctest, which also fails when one is left behind; what they post
// is run by settle, as Fyne's loop would.
type bench struct {
	*Shell
	t       *testing.T
	desk    *library
	pages   map[string]*page
	opened  []string // libraries
	written lines
	queue   screentest.Queue
}

type lines struct {
	mu sync.Mutex
	bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.Buffer.Write(p)
}

// window runs do with a started shell over a library of size calls.
func window(t *testing.T, size int64, do func(b *bench)) {
	t.Helper()
	windowOn(t, "/l/calls.earshot", size, do)
}

// windowOn is window on the library of a file; the person's own is calls.earshot.
func windowOn(t *testing.T, file string, size int64, do func(b *bench)) {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme.Fixed(fynetheme.VariantLight))
	w := test.NewTempWindow(t, nil)
	w.Resize(fyne.NewSize(1024, 700))
	synctest.Test(t, func(t *testing.T) {
		b := &bench{t: t, desk: &library{size: size}, pages: map[string]*page{}}
		b.build(w, file)
		b.Start()
		b.settle()
		do(b)
		b.Close()
		b.settle()
	})
}

func (b *bench) build(w fyne.Window, file string) {
	b.t.Helper()
	var err error
	b.Shell, err = build(Parts{
		Window: w, Desk: b.desk, Text: text.For("en"), Zone: time.UTC, Log: slog.New(slog.DiscardHandler),
		Screens: func(*Shell) []screen.Screen {
			var all []screen.Screen
			for _, name := range []string{screen.Listen, screen.Issues, screen.Settings} {
				b.pages[name] = &page{name: name, content: fynewidget.NewEntry()}
				all = append(all, b.pages[name])
			}
			return all
		},
		Library: file, Home: "/l/calls.earshot",
		Demo: func(_ context.Context, report func(job.Progress)) (string, error) {
			report(job.Progress{Done: 1, Total: 1})
			return "/l/demo.earshot", nil
		},
		Open: func(file string) { b.opened = append(b.opened, file) }, Chosen: func(string) {}, Quit: func() {},
		Trace: &b.written,
	}, b.queue.Post, func(look func() func()) { b.queue.Post(func() { b.queue.Post(look()) }) })
	if err != nil {
		b.t.Fatal(err)
	}
}

// settle waits until nothing goes on any more.
func (b *bench) settle() { b.queue.Settle() }

// wait lets time pass.
func (b *bench) wait(d time.Duration) {
	for end := time.Now().Add(d); time.Now().Before(end); {
		time.Sleep(min(50*time.Millisecond, time.Until(end)))
		b.settle()
	}
}

func (b *bench) press(keys ...command.Key) {
	for _, k := range keys {
		b.key(k, false)
		b.settle()
	}
}

var (
	letterN = command.Rune('n')
	escape  = command.Named(fyne.KeyEscape)
	enter   = command.Named(fyne.KeyReturn)
	ctrlZ   = command.Named(fyne.KeyZ, ctrl)
)

// went empties the log of a page.
func (b *bench) went(name string) string {
	p := b.pages[name]
	log := strings.Join(p.log, " ")
	p.log = nil
	return log
}

// traced empties the trace.
func (b *bench) traced() []screen.Trace {
	b.t.Helper()
	b.written.mu.Lock()
	defer b.written.mu.Unlock()
	var all []screen.Trace
	for line := range strings.Lines(b.written.String()) {
		var t screen.Trace
		if err := json.Unmarshal([]byte(line), &t); err != nil {
			b.t.Fatal(err)
		}
		all = append(all, t)
	}
	b.written.Reset()
	return all
}
