package ui

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"github.com/earshot-app/earshot/ui/command"
)

// At twice the size of text, a window of 1280 × 800 has room for half a page.
func TestKeysReachAllOfAPageThatIsLargerThanTheWindow(t *testing.T) {
	test.NewTempApp(t)
	v := newView()
	page := canvas.NewRectangle(nil)
	page.SetMinSize(fyne.NewSize(1000, 640))
	v.page.Add(page)
	v.Resize(fyne.NewSize(640, 400))
	table, err := command.New(v.commands()...)
	if err != nil {
		t.Fatal(err)
	}
	press := func(key fyne.KeyName) {
		for range 20 {
			table.Press(command.Named(key, fyne.KeyModifierAlt), command.Context{}, false)
		}
	}
	press(fyne.KeyDown)
	press(fyne.KeyRight)
	if want := fyne.NewPos(360, 240); v.Offset != want {
		t.Errorf("the far corner is at %v, want %v", v.Offset, want)
	}
	press(fyne.KeyUp)
	press(fyne.KeyLeft)
	if v.Offset != (fyne.Position{}) {
		t.Errorf("the page begins at %v", v.Offset)
	}
	v.Resize(fyne.NewSize(1100, 700))
	if v.cut() || v.page.Size() != v.Size() {
		t.Errorf("in a window of %v the page has %v", v.Size(), v.page.Size())
	}
}

func TestAnotherPageBeginsAtItsTop(t *testing.T) {
	window(t, 5, func(b *bench) {
		b.view.Resize(fyne.NewSize(640, 400))
		b.view.by(viewStep, viewStep)
		if b.view.Offset == (fyne.Position{}) {
			t.Fatal("nothing was scrolled: the test shows nothing")
		}
		b.press(command.Named(fyne.Key2, ctrl))
		if b.view.Offset != (fyne.Position{}) {
			t.Errorf("the next page begins at %v", b.view.Offset)
		}
	})
}

// With large text a small window has little room. The welcome and the settings, with
// which one makes the text smaller again, fit into it; other pages are scrolled.
func TestWhatIsReadFirstFitsIntoLittleRoom(t *testing.T) {
	window(t, 0, func(b *bench) {
		b.view.Resize(fyne.NewSize(540, 380))
		if b.view.cut() {
			t.Errorf("the welcome needs %v", b.view.page.MinSize())
		}
		b.desk.change(5, nil)
		b.wait(lookEvery)
		if !b.view.cut() {
			t.Error("a page is squeezed")
		}
	})
}
