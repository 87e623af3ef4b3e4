package widget_test

import (
	"image"
	"image/color"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	fynetheme "fyne.io/fyne/v2/theme"

	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// tone is a call of even loudness, so that any place of it shows a bar, and
// counts how often it was drawn.
type tone struct {
	lanes  int
	length time.Duration
	ready  time.Duration
	drawn  *int
}

func (p tone) Lanes() int              { return p.lanes }
func (p tone) Duration() time.Duration { return p.length }
func (p tone) Ready() time.Duration    { return p.ready }
func (p tone) Bins(dst []widget.Bin, _ int, _, _ time.Duration) {
	*p.drawn++
	for i := range dst {
		dst[i] = widget.Bin{High: 0.5, Level: 0.35}
	}
}

// wave returns a waveform without names in a window of 600 × 200 on a card's
// ground, so that the time is x/600 of the length.
func wave(t *testing.T, p widget.Peaks, v fyne.ThemeVariant) (*widget.Waveform, fyne.Window) {
	t.Helper()
	start(t, v)
	w := widget.NewWaveform()
	w.SetPeaks(p)
	ground := canvas.NewRectangle(theme.Fixed(v).Color(theme.Card, v))
	window := test.NewTempWindow(t, container.NewStack(ground, w))
	window.SetPadded(false)
	window.Resize(fyne.NewSize(600, 200))
	return w, window
}

func minuteTone() (tone, *int) {
	drawn := new(int)
	return tone{lanes: 1, length: time.Minute, ready: time.Minute, drawn: drawn}, drawn
}

func press(x, y float32) *desktop.MouseEvent {
	return &desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(x, y)}, Button: desktop.MouseButtonPrimary}
}

func TestAClickSeeksToWhereItIs(t *testing.T) {
	p, _ := minuteTone()
	w, _ := wave(t, p, fynetheme.VariantLight)
	var sought time.Duration
	w.OnSeek = func(to time.Duration) { sought = to }
	w.MouseDown(press(150, 100))
	if sought != 15*time.Second || w.Playhead() != 15*time.Second {
		t.Errorf("a click at a quarter of a minute sought %v, the playhead stands at %v", sought, w.Playhead())
	}
}

func TestADragSeeksAndStopsAtTheEnds(t *testing.T) {
	p, _ := minuteTone()
	w, window := wave(t, p, fynetheme.VariantLight)
	var sought []time.Duration
	w.OnSeek = func(to time.Duration) { sought = append(sought, to) }
	test.Drag(window.Canvas(), fyne.NewPos(300, 100), 10, 0)
	for _, x := range []float32{900, -50} {
		w.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(x, 100)}})
	}
	want := []time.Duration{30 * time.Second, time.Minute, 0}
	for i := range want {
		if sought[i] != want[i] {
			t.Errorf("drag %d sought %v, want %v", i, sought[i], want[i])
		}
	}
}

func TestAClickOnALanesNameDoesNotSeek(t *testing.T) {
	p, _ := minuteTone()
	w, _ := wave(t, p, fynetheme.VariantLight)
	w.SetLanes(widget.Lane{Name: "Customer", Color: theme.Customer})
	w.OnSeek = func(to time.Duration) { t.Errorf("it sought %v", to) }
	w.MouseDown(press(5, 100))
	w.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(300, 100)}})
}

func TestAClickOnAMarkChoosesItsMoment(t *testing.T) {
	p, _ := minuteTone()
	w, _ := wave(t, p, fynetheme.VariantLight)
	w.SetMarkers([]widget.Marker{
		{ID: "first", At: 20 * time.Second, Color: theme.Issue(0), Sign: "1"},
		{ID: "second", At: 40 * time.Second, Color: theme.Issue(1), Sign: "2"},
	})
	chosen := ""
	w.OnMarker = func(id string) { chosen = id }
	w.OnSeek = func(time.Duration) { t.Error("choosing a moment sought too") }
	w.MouseDown(press(403, 10))
	w.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(420, 10)}})
	if chosen != "second" {
		t.Errorf("the mark at 400 chose %q", chosen)
	}
}

// Fyne draws a raster anew when it is resized or replaced; of all objects only
// the playhead and the veil may change while a call plays.
func TestPlayingDrawsNothingAnew(t *testing.T) {
	p, _ := minuteTone()
	w, window := wave(t, p, fynetheme.VariantLight)
	w.SetMarkers([]widget.Marker{{ID: "a", At: time.Second, Color: theme.Issue(0)}})
	window.Canvas().Capture()
	type place struct {
		at   fyne.Position
		size fyne.Size
	}
	before := map[fyne.CanvasObject]place{}
	for _, o := range test.WidgetRenderer(w).Objects() {
		before[o] = place{o.Position(), o.Size()}
	}
	for at := time.Duration(0); at < 30*time.Second; at += time.Second / 60 {
		w.SetPlayhead(at)
	}
	changed := 0
	for _, o := range test.WidgetRenderer(w).Objects() {
		if before[o] == (place{o.Position(), o.Size()}) {
			continue
		}
		changed++
		if _, ok := o.(*canvas.Rectangle); !ok {
			t.Errorf("playing changed a %T", o)
		}
	}
	if changed != 2 {
		t.Errorf("playing changed %d objects, want the playhead and the veil", changed)
	}
}

func TestSmallStepsOfThePlayheadAllocateNothing(t *testing.T) {
	p, _ := minuteTone()
	w, _ := wave(t, p, fynetheme.VariantLight)
	at := time.Duration(0)
	if n := testing.AllocsPerRun(500, func() { at += time.Second / 60; w.SetPlayhead(at) }); n > 0 {
		t.Errorf("a frame allocates %v times", n)
	}
}

func TestWhatWasPlayedIsStrongAndTheRestPale(t *testing.T) {
	for name, v := range map[string]fyne.ThemeVariant{"light": fynetheme.VariantLight, "dark": fynetheme.VariantDark} {
		p, _ := minuteTone()
		w, window := wave(t, p, v)
		w.SetPlayhead(30 * time.Second)
		picture := window.Canvas().Capture()
		th := theme.Fixed(v)
		strong, pale := th.Color(theme.Customer, v), th.Color(theme.CustomerPale, v)
		if played, rest := count(picture, 0, 290, strong), count(picture, 310, 600, strong); played == 0 || rest != 0 {
			t.Errorf("%s: strong pixels: %d played, %d not yet played", name, played, rest)
		}
		if played, rest := count(picture, 0, 290, pale), count(picture, 310, 600, pale); played != 0 || rest == 0 {
			t.Errorf("%s: pale pixels: %d played, %d not yet played", name, played, rest)
		}
	}
}

func TestWhatIsNotLoadedYetIsNotDrawnAsSilence(t *testing.T) {
	p, drawn := minuteTone()
	p.ready = 30 * time.Second
	w, window := wave(t, p, fynetheme.VariantLight)
	w.SetPlayhead(time.Minute)
	ink := theme.New().Color(theme.Customer, fynetheme.VariantLight)
	picture := window.Canvas().Capture()
	if known, unknown := count(picture, 0, 290, ink), count(picture, 310, 600, ink); known == 0 || unknown != 0 {
		t.Errorf("half loaded: %d bar pixels in the known half, %d in the other", known, unknown)
	}
	before := *drawn
	w.Redraw()
	window.Canvas().Capture()
	if *drawn == before {
		t.Error("grown peaks were not drawn")
	}
}

func TestSettingTheSameAgainChangesNothing(t *testing.T) {
	p, _ := minuteTone()
	w, window := wave(t, p, fynetheme.VariantLight)
	markers := []widget.Marker{{ID: "a", At: time.Second, Color: theme.Issue(0)}}
	set := func() {
		w.SetMarkers(slices.Clone(markers))
		w.SetLanes(widget.Lane{Name: "Customer"})
		w.SetSelected("a")
	}
	set()
	window.Canvas().Capture()
	before := slices.Clone(test.WidgetRenderer(w).Objects())
	set()
	if !slices.Equal(before, test.WidgetRenderer(w).Objects()) {
		t.Error("it was made anew")
	}
}

// Fyne asks a raster for pictures of a pixel or none while it lays out; a
// panic there would end the app.
func TestTinyPicturesAreDrawn(t *testing.T) {
	p, _ := minuteTone()
	p.lanes = 2
	w, _ := wave(t, p, fynetheme.VariantLight)
	draw := bars(t, w).Generator
	for _, at := range []image.Point{{0, 0}, {1, 1}, {1, 200}, {600, 1}, {3, 2}, {600, 200}} {
		if got := draw(at.X, at.Y).Bounds().Size(); got.X < at.X || got.Y < at.Y {
			t.Errorf("asked for %v it drew %v", at, got)
		}
	}
}

func TestThePictureIsKept(t *testing.T) {
	p, _ := minuteTone()
	w, _ := wave(t, p, fynetheme.VariantLight)
	draw := bars(t, w).Generator
	if draw(600, 160) != draw(600, 160) {
		t.Error("the same size was drawn into another picture")
	}
}

func TestAnotherThemeIsDrawnAnew(t *testing.T) {
	p, _ := minuteTone()
	w, window := wave(t, p, fynetheme.VariantLight)
	w.SetPlayhead(time.Minute)
	fyne.CurrentApp().Settings().SetTheme(theme.Fixed(fynetheme.VariantDark))
	window.Content().Refresh()
	ink := theme.New().Color(theme.Customer, fynetheme.VariantDark)
	if count(window.Canvas().Capture(), 0, 600, ink) == 0 {
		t.Error("the bars kept the colours of the other theme")
	}
}

func TestTheRulerCountsInRoundTimes(t *testing.T) {
	for _, c := range []struct {
		length time.Duration
		second string // the second time on the ruler, 600 pixels wide
	}{
		{6 * time.Second, "0:01"},
		{time.Minute, "0:10"},
		{373 * time.Second, "1:00"},
		{20 * time.Minute, "5:00"},
		{3 * time.Hour, "30:00"},
		{40 * time.Hour, "5:00:00"},
	} {
		w, _ := wave(t, tone{lanes: 1, length: c.length, ready: c.length, drawn: new(int)}, fynetheme.VariantLight)
		times := written(w)
		if len(times) < 2 || times[0] != "0:00" || times[1] != c.second {
			t.Errorf("%v: the ruler says %q, want 0:00, %s, …", c.length, times, c.second)
		}
	}
}

func TestThePointerShowsItsTime(t *testing.T) {
	p, _ := minuteTone()
	w, window := wave(t, p, fynetheme.VariantLight)
	test.MoveMouse(window.Canvas(), fyne.NewPos(320, 100))
	if got := written(w); !slices.Contains(got, "0:32") || slices.Contains(got, "0:30") {
		t.Errorf("over 0:32 it says %q; 0:30 would show from beneath it", got)
	}
	w.SetSelected("another")
	if got := written(w); !slices.Contains(got, "0:32") {
		t.Errorf("after a change it says %q", got)
	}
	w.MouseOut()
	if got := written(w); slices.Contains(got, "0:32") || !slices.Contains(got, "0:30") {
		t.Errorf("when the pointer had gone it says %q", got)
	}
}

func TestAWaveformWithoutACallIsEmpty(t *testing.T) {
	w, window := wave(t, nil, fynetheme.VariantLight)
	w.OnSeek = func(time.Duration) { t.Error("it sought in nothing") }
	w.SetMarkers([]widget.Marker{{ID: "a", At: time.Second, Color: theme.Issue(0)}})
	w.SetPlayhead(time.Second)
	w.MouseDown(press(100, 100))
	window.Canvas().Capture()
	if w.Playhead() != 0 {
		t.Errorf("the playhead stands at %v of nothing", w.Playhead())
	}
}

func TestClockIsReadAsOnAPlayer(t *testing.T) {
	for at, want := range map[time.Duration]string{
		0: "0:00", 59900 * time.Millisecond: "0:59", 125 * time.Second: "2:05", 3725 * time.Second: "1:02:05",
	} {
		if got := widget.Clock(at); got != want {
			t.Errorf("Clock(%v) = %q, want %q", at, got, want)
		}
	}
	at := 125*time.Second + 3127*time.Microsecond
	for step, want := range map[time.Duration]string{
		time.Second: "2:05", 500 * time.Millisecond: "2:05,0", 50 * time.Millisecond: "2:05,00", time.Millisecond: "2:05,003", 1: "2:05,003",
	} {
		if got := widget.ClockTo(at, step, ","); got != want {
			t.Errorf("ClockTo(%v, %v) = %q, want %q", at, step, got, want)
		}
	}
}

// BenchmarkPlayhead is one frame of playing: see also the pictures taken of a
// real window.
func BenchmarkPlayhead(b *testing.B) {
	test.NewTempApp(b).Settings().SetTheme(theme.New())
	w := widget.NewWaveform()
	p, _ := minuteTone()
	w.SetPeaks(p)
	test.NewTempWindow(b, w).Resize(fyne.NewSize(1600, 300))
	at := time.Duration(0)
	for b.Loop() {
		at = (at + time.Second/60) % time.Minute
		w.SetPlayhead(at)
	}
}

// BenchmarkBars draws all bars once, as after a change of size or theme.
func BenchmarkBars(b *testing.B) {
	test.NewTempApp(b).Settings().SetTheme(theme.New())
	w := widget.NewWaveform()
	w.SetPeaks(speech{length: 373 * time.Second, ready: 373 * time.Second})
	test.NewTempWindow(b, w).Resize(fyne.NewSize(1600, 300))
	draw := bars(b, w).Generator
	for b.Loop() {
		draw(1600, 260)
	}
}

// bars returns the raster that the waveform draws its bars on.
func bars(t testing.TB, w *widget.Waveform) *canvas.Raster {
	t.Helper()
	for _, o := range test.WidgetRenderer(w).Objects() {
		if r, ok := o.(*canvas.Raster); ok {
			return r
		}
	}
	t.Fatal("a waveform without bars")
	return nil
}

// written returns the visible texts of w from the back to the front.
func written(w *widget.Waveform) []string {
	var texts []string
	for _, o := range test.WidgetRenderer(w).Objects() {
		if text, ok := o.(*canvas.Text); ok && text.Visible() && text.Text != "" {
			texts = append(texts, text.Text)
		}
	}
	return texts
}

// count counts the pixels of a colour between two columns, within the rounding
// of a blend.
func count(picture image.Image, from, to int, c color.Color) int {
	near := func(a, b uint32) bool { return max(a, b)-min(a, b) <= 0x202 }
	r, g, b, _ := c.RGBA()
	n := 0
	for y := picture.Bounds().Min.Y; y < picture.Bounds().Max.Y; y++ {
		for x := from; x < to; x++ {
			pr, pg, pb, _ := picture.At(x, y).RGBA()
			if near(pr, r) && near(pg, g) && near(pb, b) {
				n++
			}
		}
	}
	return n
}
