package ui

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/ui/widget"
)

func fieldsOf(p *pointing) string {
	var all []string
	for _, part := range p.parts {
		all = append(all, part.Field)
	}
	return strings.Join(all, " ")
}

// A field stands in one place, which may be of several parts.
func TestAFieldStandsInOnePlaceOfAName(t *testing.T) {
	p := &pointing{parts: make([]desk.NamePart, 4)}
	for _, step := range []struct {
		at    int
		field string
		want  string
	}{
		{0, "agent", "agent   "},
		{1, "agent", "agent agent  "},
		{3, "agent", "   agent"},
		{2, "queue", "  queue agent"},
		{3, "", "  queue "},
	} {
		if p.mean(step.at, step.field); fieldsOf(p) != step.want {
			t.Errorf("part %d means %q: %q, want %q", step.at, step.field, fieldsOf(p), step.want)
		}
	}
	p.take("another name of as many parts", make([]desk.NamePart, 4))
	if fieldsOf(p) != "  queue " {
		t.Errorf("of a name that is alike it is %q", fieldsOf(p))
	}
	p.take("another", make([]desk.NamePart, 1))
	if p.points() {
		t.Error("parts of a name that is otherwise mean what those before did")
	}
}

// Whoever points at the parts of a name, by keys alone, imports by them.
func TestPartsOfANameArePointedAtByKeys(t *testing.T) {
	window(t, 5, func(b *bench) {
		b.desk.names = desk.Preview{Rows: []desk.Found{{Name: "Ada Billing.wav"}, {Name: "Bob Tech.wav"}}}
		b.askParts(desk.ImportRequest{Paths: []string{"/calls/monitor"}}, b.desk.names)
		b.settle()
		if b.press(enter); len(b.modals) != 1 {
			t.Error("imported, though nothing is pointed at")
		}
		c := b.parts.Window.Canvas()
		c.(interface{ FocusNext() }).FocusNext()
		c.Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
		for range 1 + 1 + slices.Index(desk.NameMeanings, desk.MeansAgent) { // behind "nothing"
			c.Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
		}
		c.Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		b.settle()
		if m := b.modal(); m == nil {
			t.Error("the dialog is not in front again")
		}
		if c.Focused() == nil {
			t.Error("one has to begin again at the first part")
		}
		c.Unfocus()
		b.press(enter)
		b.settle()
		if len(b.desk.imports) != 1 || b.desk.imports[0].Profile != "{agent,,}" {
			t.Errorf("imported %+v", b.desk.imports)
		}
	})
}

// What cannot be read as a start is told, and nothing can be imported by it.
func TestABadPartIsTold(t *testing.T) {
	window(t, 5, func(b *bench) {
		d := &pointer{Shell: b.Shell, example: container.NewVBox(), read: container.NewVBox(), said: widget.NewText("", widget.Look{})}
		d.choose("a b")
		d.mean(0, "start")
		b.settle()
		if d.p.profile != "" || !strings.HasPrefix(d.said.Text(), "This is no part of the example") {
			t.Errorf("it says %q", d.said.Text())
		}
	})
}
