package listen_test

import (
	"fmt"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/ui/command"
	"github.com/earshot-app/earshot/ui/listen"
	"github.com/earshot-app/earshot/ui/screen"
	"github.com/earshot-app/earshot/ui/widget"
)

// shown puts the page into a window of 1280 × 800 without the rail.
func shown(b *bench) {
	b.window.SetContent(b.page.Content())
	b.window.Resize(fyne.NewSize(1192, 800))
	b.settle()
}

// rowsOf are the texts of the rows that can be tapped and are on the canvas.
func rowsOf(o fyne.CanvasObject) map[string]*widget.Row {
	rows := map[string]*widget.Row{}
	walk(o, func(o fyne.CanvasObject) {
		if row, ok := o.(*widget.Row); ok {
			walk(row, func(o fyne.CanvasObject) {
				if text, ok := o.(*widget.Text); ok && text.Text() != "" {
					rows[text.Text()] = row
				}
			})
		}
	})
	return rows
}

// walk visits everything that is visible.
func walk(o fyne.CanvasObject, visit func(fyne.CanvasObject)) {
	if !o.Visible() {
		return
	}
	visit(o)
	switch o := o.(type) {
	case *fyne.Container:
		for _, child := range o.Objects {
			walk(child, visit)
		}
	case fyne.Widget:
		for _, child := range test.WidgetRenderer(o).Objects() {
			walk(child, visit)
		}
	}
}

// While a call plays, Fyne walks every object of the page for every frame.
func TestOnlyIssuesInSightAreOnTheCanvas(t *testing.T) {
	run(t, func(b *bench) {
		for i := range 200 {
			b.desk.issues = append(b.desk.issues, review.Issue{ID: fmt.Sprint("x", i), Name: fmt.Sprintf("%s %d", longName, i)})
		}
		shown(b)
		b.page.Changed()
		b.settle()
		if got := len(rowsOf(b.page.Content())); got == 0 || got > 30 {
			t.Errorf("%d of 205 issues are on the canvas, want those in sight", got)
		}
		b.press("t")
		for range 204 {
			b.inField("Down")
		}
		if rowsOf(b.page.Content())[longName+" 199"] == nil {
			t.Error("the chosen issue is out of sight")
		}
		b.inField("Return")
		b.did(`tag c2 "` + longName + ` 199" 0s`)
	})
}

// A row that was tapped out of the field is tagged for what was said when the
// field was entered, and the row that was meant is the one that is tagged.
func TestATappedIssueIsTagged(t *testing.T) {
	run(t, func(b *bench) {
		shown(b)
		b.press("Space")
		b.plays(8 * time.Second)
		test.Tap(rowsOf(b.page.Content())["Refund promised, not paid"])
		b.settle()
		b.did(`tag c2 "Refund promised, not paid" 8s`)

		b.press("t")
		listen.Typed(b.page, "invoice")
		b.plays(12 * time.Second)
		test.Tap(rowsOf(b.page.Content())["Cannot find the invoice online"])
		b.settle()
		b.did(`tag c2 "Cannot find the invoice online" 8s`)
		if b.window.Canvas().Focused() != nil {
			t.Error("the next letter would still go into the field")
		}
	})
}

func TestTheWordsOfATappedMomentAreTyped(t *testing.T) {
	run(t, func(b *bench) {
		shown(b)
		b.press("1")
		b.desk.take()
		test.Tap(rowsOf(b.page.Content())["Add the customer’s words…"])
		b.settle()
		b.types("Twice on the bill")
		b.shell.Surface() // clicking elsewhere loses nothing
		b.settle()
		b.did("words m1 Twice on the bill")
	})
}

// Praise is about the agent: it does not ask for what the customer said.
func TestPraiseAsksWhatWasGood(t *testing.T) {
	run(t, func(b *bench) {
		shown(b)
		b.press("p")
		if rowsOf(b.page.Content())["Say what was good…"] == nil {
			t.Errorf("praise asks otherwise: %v", rowsOf(b.page.Content()))
		}
	})
}

// The keys are what reviewers learn; each is written down here once more.
func TestKeysAreTheAgreedOnes(t *testing.T) {
	agreed := map[string]string{
		"Space": "listen.play", "Left": "listen.back", "Right": "listen.forward", "[": "listen.slower", "]": "listen.faster",
		"1": "listen.tag.1", "9": "listen.tag.9", "n": "listen.none", "p": "listen.praise", "s": "listen.skip",
		"t": "listen.find", "x": "listen.swap", "w": "listen.words", "F2": "listen.words", "b": "listen.return", "d": "listen.draw",
		"Up": "listen.up", "Down": "listen.down", "Return": "listen.play-moment", "Delete": "listen.remove",
		"Shift+Left": "listen.earlier", "Shift+Right": "listen.later", "Ctrl+Return": "listen.finish",
	}
	run(t, func(b *bench) {
		for key, id := range agreed {
			at := command.Context{Screen: screen.Listen, Place: command.Surface}
			if c := b.shell.table.At(keyOf(key), at); c == nil || c.ID != id {
				t.Errorf("%s is %+v, want %s", key, c, id)
			}
		}
		for key := range agreed {
			field := b.shell.table.At(keyOf(key), command.Context{Screen: screen.Listen, Place: command.Field})
			if field != nil && field.ID != "listen.name" {
				t.Errorf("%s is %s while a field has the focus", key, field.ID)
			}
			if b.shell.table.At(keyOf(key), command.Context{Screen: screen.Listen, Place: command.Dialog}) != nil {
				t.Errorf("%s acts behind a dialog", key)
			}
		}
	})
}
