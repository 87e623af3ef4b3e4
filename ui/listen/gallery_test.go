package listen_test

import (
	"flag"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/session"
	"github.com/earshot-app/earshot/ui/listen"
)

var gallery = flag.String("gallery", "", "write pictures of the page to this folder")

const longName = "Rechnungsanschriftenänderungsbestätigung kommt nicht beim Kunden an"

// scenes are states of the page that must be looked at.
var scenes = map[string]func(*bench){
	"call": func(b *bench) {
		b.desk.change("c2", func(v *desk.CallView) {
			v.Moments = []review.Moment{
				{ID: "a", IssueID: "i2", Issue: "Charged twice after a plan change", At: 8 * time.Second, Words: "I see the same 39.90 on here two times."},
				{ID: "b", IssueID: "i1", Issue: "Invoice goes to the old address", At: 26 * time.Second},
			}
			v.Praise = []review.Praise{{ID: "p", At: 40 * time.Second}}
		})
		b.page.Changed()
		b.settle()
		b.press("Down", "Space")
		b.plays(28 * time.Second)
		b.press("Space")
	},
	"long": func(b *bench) {
		for i := range 200 {
			b.desk.issues = append(b.desk.issues, review.Issue{ID: fmt.Sprint("x", i), Name: fmt.Sprintf("%s %d", longName, i)})
		}
		b.desk.before["x3"] = true
		b.desk.change("c2", func(v *desk.CallView) {
			v.Call.Category = longName
			for i := range 9 {
				v.Moments = append(v.Moments, review.Moment{
					ID: fmt.Sprint("m", i), IssueID: "x3", Issue: longName, At: time.Duration(i*6) * time.Second, Words: longName + " " + longName,
				})
			}
		})
		b.silent = true
		b.desk.draw.ChosenSeed = true
		b.page.Changed()
		b.settle()
		b.press("Down", "Down", "t")
	},
	"transcript": func(b *bench) {
		b.speak(200)
		b.press("1", "r", "Space")
		b.plays(455 * time.Second)
		b.press("Space")
		listen.Passage(b.page).Scroll(40)
	},
	"typing": func(b *bench) {
		b.press("Space")
		b.plays(12 * time.Second)
		b.press("t")
		listen.Typed(b.page, "invoice")
		b.settle()
	},
	"sound": func(b *bench) {
		b.press("a", "g", "]", "]", ",", "Space")
		b.plays(14 * time.Second)
		b.press(".", "l")
	},
	"byhand": func(b *bench) {
		b.page.Open("c5", 10*time.Second)
		b.settle()
	},
	"trouble": func(b *bench) {
		b.opens = review.Fail("missing-recording", nil)
		b.page.Open("c5", 0)
		b.settle()
	},
	"together": func(b *bench) {
		b.joins().hosting = true
		for _, name := range []string{"Reviewer 2", "Reviewer 3", "Annegret Oberhausen-Wiesenthal", "Bartholomäus Freiherr von Hohenlohe-Langenburg", longName} {
			b.room.roster = append(b.room.roster, session.Attendee{Author: name, Name: name, State: session.Done})
		}
		b.tell()
	},
	"crowd": func(b *bench) { // of twelve, at a call beside the draw's
		r := b.joins()
		r.hosting, r.roster = true, nil
		for i := range 12 {
			r.roster = append(r.roster, session.Attendee{Author: fmt.Sprint(i), Name: "Bartholomäus von Hohenlohe-Waldenburg", State: session.Listening})
		}
		r.play = session.Play{Epoch: 2, Round: 2, Rate: 1}
		b.tell()
	},
	"coming": func(b *bench) {
		b.desk.change("c4", func(v *desk.CallView) { v.Recordings = nil })
		b.opens = review.Fail("missing-recording", nil)
		b.joins().coming = [3]int64{1, 30, 100}
		b.tell()
	},
	"draw": func(b *bench) {
		b.desk.open = false
		b.desk.queues, b.desk.catalog = []string{"Billing", "Service"}, []string{"Billing – other", longName}
		b.page.Changed()
		b.settle()
	},
	"done": func(b *bench) {
		for _, uid := range b.desk.calls {
			b.desk.change(uid, func(v *desk.CallView) { v.Call.State = review.Heard })
		}
		b.page.Changed()
		b.settle()
		b.press("Ctrl+Return")
	},
}

var sizes = map[string]fyne.Size{"1024": fyne.NewSize(1024-102, 700), "1280": fyne.NewSize(1280-88, 800), "1600": fyne.NewSize(1600-88, 1000)}

// Every state of the page beside the rail, in German the wider one, in light and dark and in three sizes: run with
// -gallery DIR to look at them. Without, it holds that each can be drawn and
// looks different in light and dark.
func TestPageIsPaintedInLightAndDark(t *testing.T) {
	for name, scene := range scenes {
		for label, at := range sizes {
			if *gallery == "" && label != "1024" {
				continue
			}
			light := picture(t, scene, fynetheme.VariantLight, at)
			dark := picture(t, scene, fynetheme.VariantDark, at)
			if same := equalPart(light, dark); same > 0.03 {
				t.Errorf("%s %s: %.0f %% of the pixels are the same in light and dark", name, label, same*100)
			}
			if *gallery != "" {
				save(t, name+"-"+label+"-light.png", light)
				save(t, name+"-"+label+"-dark.png", dark)
			}
		}
	}
}

func picture(t *testing.T, scene func(*bench), variant fyne.ThemeVariant, at fyne.Size) (shot image.Image) {
	lang := "en"
	if variant == fynetheme.VariantDark {
		lang = "de"
	}
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, variant, lang)
		b.window.SetContent(b.page.Content())
		b.window.Resize(at)
		b.page.Show()
		b.settle()
		scene(b)
		for range 3 { // texts that wrap know their height once they know their width
			b.window.Content().Refresh()
			b.window.Resize(at)
		}
		shot = b.window.Canvas().Capture()
		if got := b.window.Canvas().Size(); got != at {
			t.Errorf("the page needs %v, want it to fit %v", got, at)
		}
		b.page.Close()
		b.settle()
	})
	return shot
}

func equalPart(a, b image.Image) float64 {
	same, all := 0, 0
	for y := a.Bounds().Min.Y; y < a.Bounds().Max.Y; y++ {
		for x := a.Bounds().Min.X; x < a.Bounds().Max.X; x++ {
			all++
			if a.At(x, y) == b.At(x, y) {
				same++
			}
		}
	}
	return float64(same) / float64(all)
}

func save(t *testing.T, name string, picture image.Image) {
	t.Helper()
	f, err := os.Create(filepath.Join(*gallery, name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, picture); err != nil {
		t.Fatal(err)
	}
}
