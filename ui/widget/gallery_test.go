package widget_test

import (
	"flag"
	"image"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/test"
	fynetheme "fyne.io/fyne/v2/theme"

	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

var gallery = flag.String("gallery", "", "write pictures of all widgets to this folder")

const longName = "Rechnungsanschriftenänderungsbestätigung kommt nicht beim Kunden an"

// Every widget on one page, light and dark: run with -gallery DIR to look at
// them. Without, it holds that the two variants are painted differently
// throughout: a widget that ignores the theme shows up as equal pixels.
func TestGalleryIsPaintedInLightAndDark(t *testing.T) {
	var pictures []image.Image
	for name, variant := range map[string]fyne.ThemeVariant{"light": fynetheme.VariantLight, "dark": fynetheme.VariantDark} {
		start(t, variant)
		w := test.NewTempWindow(t, page())
		w.SetPadded(false)
		w.Resize(fyne.NewSize(1560, 1340))
		settle(w)
		picture := w.Canvas().Capture()
		pictures = append(pictures, picture)
		if *gallery != "" {
			save(t, filepath.Join(*gallery, name+".png"), picture)
		}
	}
	if same := equalPart(pictures[0], pictures[1]); same > 0.02 {
		t.Errorf("%.0f %% of the pixels are the same in light and dark", same*100)
	}
}

// Fyne lays a widget out again when it finds an object it did not know, so a
// widget that makes objects while it is laid out repaints the window for ever.
func TestLayingOutAgainMakesNothingNew(t *testing.T) {
	start(t, fynetheme.VariantLight)
	w := test.NewTempWindow(t, page())
	w.Resize(fyne.NewSize(1560, 1340))
	settle(w)
	seen := 0
	for _, o := range test.LaidOutObjects(w.Content()) {
		own, ok := o.(fyne.Widget)
		if !ok {
			continue
		}
		r := test.WidgetRenderer(own)
		r.Layout(own.Size())
		before := slices.Clone(r.Objects())
		r.Layout(own.Size())
		if !slices.Equal(before, r.Objects()) {
			t.Errorf("%T has other objects after it was laid out again", own)
		}
		seen++
	}
	if seen < 50 {
		t.Errorf("saw only %d widgets", seen)
	}
}

func page() fyne.CanvasObject {
	rail := container.NewVBox()
	for i, name := range []string{"Hören", "Anliegen", "Bibliothek"} {
		item := widget.NewNavItem(fynetheme.MediaPlayIcon(), name, nil)
		item.SetChosen(i == 0)
		rail.Add(item)
	}
	column := container.New(layout.NewCustomPaddedVBoxLayout(14), buttons(), waveCard(), closeCard(5), closeCard(12), container.NewGridWithColumns(2, shares(), texts()), empty())
	toast := widget.NewToast(func(time.Duration, func()) func() { return func() {} })
	toast.Say("“Charged twice after a plan change” tagged at 0:48", "Undo", func() {})
	rail = container.NewPadded(rail)
	return container.NewStack(container.NewBorder(nil, nil, rail, issues(), container.NewPadded(column)), toast)
}

func buttons() fyne.CanvasObject {
	primary := widget.NewButton("Done, next call", widget.Primary, nil)
	primary.SetKey("Ctrl Enter")
	skip := widget.NewButton("Skip…", widget.Secondary, nil)
	skip.SetKey("S")
	off := widget.NewButton("Off", widget.Secondary, nil)
	off.SetEnabled(false)
	focused := widget.NewButton("Focused", widget.Secondary, nil)
	focused.FocusGained()
	hovered := widget.NewButton("Hovered", widget.Primary, nil)
	hovered.MouseIn(nil)
	steps := widget.NewStepDots(widget.Done, widget.Done, widget.Skipped, widget.Now, widget.Ahead, widget.Ahead)
	return container.New(layout.NewCustomPaddedHBoxLayout(10),
		widget.NewSegmented([]string{"Ranking", "Un-lump", "Trend"}, nil), skip, primary, off, focused, hovered,
		widget.NewButton("Quiet", widget.Quiet, nil), widget.NewIconButton(fynetheme.MediaPlayIcon(), widget.Round, nil),
		container.NewGridWrap(fyne.NewSize(180, 30), steps), widget.NewChip("Agent names hidden"))
}

// fullWave is a waveform with all that it can show.
func fullWave() *widget.Waveform {
	wave := widget.NewWaveform()
	wave.SetLanes(widget.Lane{Name: "Customer", Color: theme.Customer}, widget.Lane{Name: "Agent", Color: theme.Agent})
	wave.SetPeaks(speech{length: 373 * time.Second, ready: 330 * time.Second})
	wave.SetSpans([]widget.Span{
		{From: 163 * time.Second, To: 169 * time.Second, Kind: widget.Both, Name: "Both speak"},
		{From: 203 * time.Second, To: 237 * time.Second, Kind: widget.Silent, Name: "Silence", Label: "Silence 0:34"},
		{From: 61 * time.Second, To: 68 * time.Second, Kind: widget.Silent, Name: "Silence", Label: "Silence 0:07"},
	})
	wave.SetMarkers([]widget.Marker{
		{ID: "a", At: 48 * time.Second, Color: theme.Issue(1), Sign: "2"},
		{ID: "b", At: 150 * time.Second, Until: 165 * time.Second, Color: theme.Issue(0), Sign: "1"},
		{ID: "c", At: 100 * time.Second, Color: theme.Issue(4)},
		{ID: "p", At: 190 * time.Second, Color: theme.Issue(9), Shape: widget.Diamond, Sign: "P"},
	})
	wave.SetSelected("b")
	wave.SetPlayhead(175 * time.Second)
	return wave
}

func waveCard() fyne.CanvasObject {
	return widget.NewCard(widget.Plain, container.New(tall{230}, fullWave()))
}

// closeCard is the same zoomed to some times, with a part marked for the next
// moment.
func closeCard(times int) fyne.CanvasObject {
	wave := fullWave()
	wave.SetChoice(true, 172*time.Second, 177*time.Second)
	card := widget.NewCard(widget.Plain, container.New(tall{230}, wave))
	test.WidgetRenderer(wave)
	for range times {
		wave.ZoomIn()
	}
	return card
}

func shares() fyne.CanvasObject {
	rows := container.NewVBox()
	for i, s := range []widget.Share{{0.17, 0.10, 0.28, 0.3}, {0.14, 0.08, 0.25, 0.3}, {0.05, 0.02, 0.13, 0.3}, {0, 0, 0.06, 0.3}} {
		name := container.New(tall{20}, widget.NewText(longName, widget.Look{Fit: widget.Cut}))
		rows.Add(container.NewGridWithColumns(2, name, widget.NewIntervalBar(s, theme.Issue(i))))
	}
	return widget.NewCard(widget.Plain, rows)
}

func texts() fyne.CanvasObject {
	return widget.NewCard(widget.Amber, container.NewVBox(
		widget.NewText("Agents filed it under", widget.Look{Size: theme.TextCaption, Color: theme.Muted}),
		widget.NewText(longName, widget.Look{Bold: true, Fit: widget.Wrap, Lines: 2}),
		container.NewGridWithColumns(4, widget.NewChip("Billing – other"), widget.NewChip("+1"), widget.NewChip(longName), widget.NewKeyHint("?"))))
}

func issues() fyne.CanvasObject {
	box := container.NewVBox(widget.NewText("What is the customer calling about?", widget.Look{Bold: true, Size: theme.TextTitle}), widget.NewField("Type to find or name an issue"))
	for i := range theme.Issues {
		marks := container.NewHBox(widget.NewKeyHint(string(rune('1'+i))), widget.NewMark(theme.Issue(i), widget.Shape(i%2)))
		row := widget.NewRow(container.NewBorder(nil, nil, marks, nil, widget.NewText(longName, widget.Look{Fit: widget.Cut})), nil)
		row.SetChosen(i == 2)
		row.SetLined(i > 7)
		box.Add(row)
	}
	return container.NewStack(canvas.NewRectangle(fyne.CurrentApp().Settings().Theme().Color(theme.Card, 0)), container.NewPadded(container.New(wide{300}, box)))
}

func empty() fyne.CanvasObject {
	return widget.NewEmptyState(fynetheme.MediaMusicIcon(), "No calls yet", "Open the demo, or choose a folder of recordings. Nothing leaves this machine, and the recordings are only read.",
		widget.NewButton("Open the demo", widget.Primary, nil), widget.NewButton("Choose a folder…", widget.Secondary, nil))
}

// speech is a made-up call: two people in turn, louder and softer.
type speech struct{ length, ready time.Duration }

func (s speech) Lanes() int              { return 2 }
func (s speech) Duration() time.Duration { return s.length }
func (s speech) Ready() time.Duration    { return s.ready }
func (s speech) Bins(dst []widget.Bin, lane int, from, to time.Duration) {
	clear(dst)
	for i := range dst {
		now := from + time.Duration(float64(i)/float64(len(dst))*float64(to-from))
		at := now.Seconds() / s.length.Seconds() * 11
		turn := int(at)
		both := math.Abs(at-4.9) < 0.15
		if !both && (turn%2 != lane || turn == 6 || at-float64(turn) >= 0.8) {
			continue
		}
		swing := now.Seconds() * 1000 * 2 * math.Pi
		h := float32(0.2 + 0.3*math.Abs(math.Sin(at*9)) + 0.2*math.Abs(math.Sin(now.Seconds()*1.7)))
		dst[i] = widget.Bin{Low: -h, High: h, Level: h * 0.6}
		if part := (to - from) / time.Duration(len(dst)); part < time.Millisecond {
			x := h * float32(math.Sin(swing))
			dst[i] = widget.Bin{Low: x, High: x, Level: h * 0.6}
		}
	}
}

// tall and wide give what is within a least height or width.
type tall struct{ height float32 }

func (l tall) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(o[0].MinSize().Width, l.height)
}
func (l tall) Layout(o []fyne.CanvasObject, at fyne.Size) { o[0].Resize(at) }

type wide struct{ width float32 }

func (l wide) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(l.width, o[0].MinSize().Height)
}
func (l wide) Layout(o []fyne.CanvasObject, at fyne.Size) { o[0].Resize(at) }

// start makes the test's app look as Earshot does.
func start(t *testing.T, variant fyne.ThemeVariant) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.Fixed(variant))
}

// settle lays the window out again: texts that wrap know their height only
// once they know their width, which a real window does on its next frame.
func settle(w fyne.Window) {
	for range 3 {
		w.Content().Refresh()
	}
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

func save(t *testing.T, path string, picture image.Image) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, picture); err != nil {
		t.Fatal(err)
	}
}
