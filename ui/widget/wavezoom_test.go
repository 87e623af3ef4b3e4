package widget_test

import (
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	fynetheme "fyne.io/fyne/v2/theme"

	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// hour is a waveform of an hour in 600 pixels, six seconds each, and how often
// its bars were drawn.
func hour(t *testing.T) (*widget.Waveform, fyne.Window, *int) {
	t.Helper()
	drawn := new(int)
	w, window := wave(t, tone{lanes: 1, length: time.Hour, ready: time.Hour, drawn: drawn}, fynetheme.VariantLight)
	window.Canvas().Capture()
	return w, window, drawn
}

func wheel(w *widget.Waveform, x, dx, dy float32) {
	w.Scrolled(&fyne.ScrollEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(x, 100)}, Scrolled: fyne.NewDelta(dx, dy)})
}

func drag(w *widget.Waveform, from, to fyne.Position) {
	w.MouseDown(press(from.X, from.Y))
	for i := range 10 {
		step := fyne.NewDelta((to.X-from.X)/10, (to.Y-from.Y)/10)
		at := from.AddXY(step.DX*float32(i+1), step.DY*float32(i+1))
		w.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: at}, Dragged: step})
	}
	w.MouseUp(press(to.X, to.Y))
	w.DragEnd()
}

func TestTheWheelZoomsFromTheCallToFiftyMilliseconds(t *testing.T) {
	w, _, _ := hour(t)
	var looked []time.Duration
	w.OnLook = func(from, to time.Duration) { looked = append(looked, to-from) }
	for range 40 {
		wheel(w, 300, 0, 25)
	}
	from, to := w.Shown()
	if to-from != 50*time.Millisecond || from > 30*time.Minute || to < 30*time.Minute {
		t.Errorf("shown %v to %v, want 50 ms about half an hour", from, to)
	}
	if len(looked) == 0 || looked[len(looked)-1] != 50*time.Millisecond {
		t.Errorf("told of %v", looked)
	}
	for range 40 {
		wheel(w, 10, 0, -25)
	}
	if from, to = w.Shown(); from != 0 || to != time.Hour {
		t.Errorf("shown %v to %v, want the hour", from, to)
	}
}

func TestTheWheelToTheSideGoesThroughTheCall(t *testing.T) {
	w, _, _ := hour(t)
	for range 4 {
		w.ZoomIn() // about the start: 225 s
	}
	wheel(w, 300, -60, 0)
	if from, to := w.Shown(); from != 22500*time.Millisecond || to-from != 225*time.Second {
		t.Errorf("shown %v to %v, want a tenth of the page later", from, to)
	}
}

// Who plays on must see what comes, also after zooming in at the edge.
func TestZoomingByKeysLeavesRoomAroundThePlayhead(t *testing.T) {
	for _, at := range []time.Duration{30 * time.Minute, 50 * time.Minute} {
		w, _, _ := hour(t)
		w.ZoomIn() // the first half
		w.Reveal(at)
		w.SetPlayhead(at)
		for range 6 {
			w.ZoomIn()
			from, to := w.Shown()
			if room := (to - from) / 11; at < from+room || at > to-room {
				t.Errorf("%v lies at the edge of %v to %v", at, from, to)
			}
		}
	}
}

// A click seeks to what is seen there, at every zoom.
func TestAClickSeeksToWhatIsShownThere(t *testing.T) {
	w, _, _ := hour(t)
	w.SetPlayhead(30 * time.Minute)
	for range 30 {
		w.ZoomIn()
	}
	from, _ := w.Shown()
	var sought time.Duration
	w.OnSeek = func(to time.Duration) { sought = to }
	w.MouseDown(press(450, 100))
	if want := from + 37500*time.Microsecond; (sought - want).Abs() > time.Microsecond {
		t.Errorf("sought %v, want %v", sought, want)
	}
}

func TestAMarkIsDraggedToAnotherTime(t *testing.T) {
	for _, zooms := range []int{0, 3, 12, 17} {
		w, _, _ := hour(t)
		w.SetPlayhead(20 * time.Minute)
		w.SetMarkers([]widget.Marker{
			{ID: "span", At: 20 * time.Minute, Until: 20*time.Minute + 3*time.Second, Color: theme.Issue(0), Sign: "1"},
		})
		for range zooms {
			w.ZoomIn()
		}
		from, to := w.Shown()
		at := func(x float32) time.Duration { return from + time.Duration(float64(x)/600*float64(to-from)) }
		x := float32(float64(20*time.Minute-from) / float64(to-from) * 600)
		moved, dropped := "", time.Duration(0)
		w.OnMove = func(id string, to time.Duration) { moved, dropped = id, to }
		w.OnSeek = func(time.Duration) { t.Error("it sought too") }
		drag(w, fyne.NewPos(x+2, 10), fyne.NewPos(x+62, 12)) // taken beside its middle
		if want := at(x + 60); moved != "span" || (dropped-want).Abs() > time.Millisecond {
			t.Errorf("at %v a page %q was dropped at %v, want %v", to-from, moved, dropped, want)
		}
	}
}

func TestAMarkStaysWhereItIs(t *testing.T) {
	w, _, _ := hour(t)
	w.SetMarkers([]widget.Marker{
		{ID: "a", At: 10 * time.Minute, Color: theme.Issue(0), Sign: "1"},
		{ID: "p", At: 20 * time.Minute, Color: theme.Primary, Shape: widget.Diamond, Sign: "P", Fixed: true},
	})
	w.OnMove = func(id string, to time.Duration) { t.Errorf("%s was moved to %v", id, to) }
	drag(w, fyne.NewPos(100, 10), fyne.NewPos(102, 10)) // a click with an unsteady hand
	drag(w, fyne.NewPos(200, 10), fyne.NewPos(300, 10)) // fixed
}

// What is dropped beyond the end of the call lies in it, all of its span.
func TestAMarkStaysWithinTheCall(t *testing.T) {
	w, _, _ := hour(t)
	w.SetMarkers([]widget.Marker{{ID: "a", At: 50 * time.Minute, Until: 55 * time.Minute, Color: theme.Issue(0)}})
	var dropped time.Duration
	w.OnMove = func(_ string, to time.Duration) { dropped = to }
	drag(w, fyne.NewPos(500, 10), fyne.NewPos(900, 10))
	if dropped != 55*time.Minute {
		t.Errorf("dropped at %v, want 55 min", dropped)
	}
}

func TestTheWindowInTheStripIsDragged(t *testing.T) {
	w, _, _ := hour(t)
	w.OnSeek = func(time.Duration) { t.Error("it sought too") }
	for range 4 {
		w.ZoomIn()
	}
	const strip = 190 // 200 pixels high
	drag(w, fyne.NewPos(10, strip), fyne.NewPos(310, strip))
	if from, to := w.Shown(); from != 30*time.Minute || to-from != 225*time.Second {
		t.Errorf("shown %v to %v, want from half an hour on", from, to)
	}
	w.MouseDown(press(60, strip))
	if from, to := w.Shown(); (from + (to-from)/2 - 6*time.Minute).Abs() > time.Second {
		t.Errorf("shown %v to %v, want about 6 min", from, to)
	}
}

func TestWhatIsShownFollowsThePlayheadByPages(t *testing.T) {
	w, window, drawn := hour(t)
	for range 6 {
		w.ZoomIn() // 56 s
	}
	window.Canvas().Capture()
	*drawn = 0
	for at := time.Duration(0); at < 100*time.Second; at += time.Second / 60 {
		w.SetPlayhead(at)
		if from, to := w.Shown(); at < from || at >= to {
			t.Fatalf("at %v it shows %v to %v", at, from, to)
		}
	}
	window.Canvas().Capture()
	if *drawn == 0 || *drawn > 12 {
		t.Errorf("the peaks were asked %d times, want a few on turning the page", *drawn)
	}
	wheel(w, 300, -6000, 0) // the listener looks elsewhere
	from, _ := w.Shown()
	w.SetPlayhead(101 * time.Second)
	if now, _ := w.Shown(); now != from {
		t.Error("it was taken away from where the listener looks")
	}
	w.Reveal(101 * time.Second)
	if from, to := w.Shown(); from > 101*time.Second || to < 101*time.Second {
		t.Errorf("revealed, it shows %v to %v", from, to)
	}
}

func TestWhatIsNotOnThePageIsHidden(t *testing.T) {
	w, _, _ := hour(t)
	w.SetMarkers([]widget.Marker{{ID: "a", At: 40 * time.Minute, Until: 45 * time.Minute, Color: theme.Issue(0), Sign: "7"}})
	w.SetSpans([]widget.Span{{From: 30 * time.Minute, To: 35 * time.Minute, Kind: widget.Silent, Name: "Silence", Label: "5:00"}})
	if got := written(w); !slices.Contains(got, "7") || !slices.Contains(got, "5:00") {
		t.Errorf("all of the call says %q", got)
	}
	for range 4 {
		w.ZoomIn()
	}
	if got := written(w); slices.Contains(got, "7") || slices.Contains(got, "5:00") {
		t.Errorf("its first minutes say %q", got)
	}
	w.OnMarker = func(id string) { t.Errorf("%s is hidden and was hit", id) }
	for x := float32(0); x < 600; x += 5 {
		w.MouseDown(press(x, 10))
	}
}

func TestThePointerSaysWhatLiesThere(t *testing.T) {
	w, window, _ := hour(t)
	w.SetSpans([]widget.Span{
		{From: 30 * time.Minute, To: 35 * time.Minute, Kind: widget.Silent, Name: "Silence"},
		{From: 40 * time.Minute, To: 41 * time.Minute, Kind: widget.Both, Name: "Both speak"},
	})
	for x, want := range map[float32]string{200: "20:00", 320: "32:00 · Silence", 405: "40:30 · Both speak"} {
		test.MoveMouse(window.Canvas(), fyne.NewPos(x, 100))
		if got := written(w); !slices.Contains(got, want) {
			t.Errorf("over %v it says %q, want %q", x, got, want)
		}
	}
}

func TestTheRulerCountsPartsOfSecondsInItsLanguage(t *testing.T) {
	w, _, _ := hour(t)
	w.Decimal = ","
	for range 20 {
		w.ZoomIn()
	}
	if got := written(w); !slices.Contains(got, "0:00,00") || !slices.Contains(got, "0:00,01") {
		t.Errorf("it says %q, want 0:00,00 and 0:00,01", got)
	}
}

func TestTheMarkedPartIsShown(t *testing.T) {
	w, window, _ := hour(t)
	before := window.Canvas().Capture()
	ink := theme.New().Color(theme.Primary, fynetheme.VariantLight)
	if n := count(before, 0, 600, ink); n != 0 {
		t.Fatalf("%d pixels of the bracket's colour before", n)
	}
	w.SetChoice(true, 10*time.Minute, 0)
	if begun := window.Canvas().Capture(); count(begun, 90, 110, ink) == 0 || count(begun, 120, 600, ink) != 0 {
		t.Error("a beginning is one bracket")
	}
	w.SetChoice(true, 10*time.Minute, 20*time.Minute)
	if both := window.Canvas().Capture(); count(both, 90, 110, ink) == 0 || count(both, 190, 210, ink) == 0 {
		t.Error("a beginning and an end are two brackets")
	}
	w.SetChoice(false, 0, 0)
	if count(window.Canvas().Capture(), 0, 600, ink) != 0 {
		t.Error("a part that is marked no more is still shown")
	}
}

// A closer look shows how the sound swings, and that a bar is not mirrored.
func TestACloseLookShowsEachSample(t *testing.T) {
	drawn := new(int)
	w, window := wave(t, tone{lanes: 1, length: time.Minute, ready: time.Minute, drawn: drawn}, fynetheme.VariantLight)
	w.SetPlayhead(time.Minute)
	ink := theme.New().Color(theme.Customer, fynetheme.VariantLight)
	middle := bars(t, w).Position().Y + bars(t, w).Size().Height/2
	below := func() int {
		picture := window.Canvas().Capture()
		n := 0
		for y := int(middle) + 10; y < int(bars(t, w).Position().Y+bars(t, w).Size().Height); y++ {
			for x := range 600 {
				if r, g, b, _ := picture.At(x, y).RGBA(); same(ink, r, g, b) {
					n++
				}
			}
		}
		return n
	}
	if below() == 0 {
		t.Error("from afar a lane is drawn to both sides")
	}
	for range 10 {
		w.ZoomIn()
	}
	middle = bars(t, w).Position().Y + bars(t, w).Size().Height/2
	if n := below(); n != 0 {
		t.Errorf("%d pixels below silence, where no sample is", n)
	}
}

func same(c interface{ RGBA() (r, g, b, a uint32) }, r, g, b uint32) bool {
	cr, cg, cb, _ := c.RGBA()
	return cr>>8 == r>>8 && cg>>8 == g>>8 && cb>>8 == b>>8
}

// BenchmarkPage is turning a page: the bars of the lanes and of the strip.
func BenchmarkPage(b *testing.B) {
	test.NewTempApp(b).Settings().SetTheme(theme.New())
	w := widget.NewWaveform()
	w.SetPeaks(speech{length: time.Hour, ready: time.Hour})
	test.NewTempWindow(b, w).Resize(fyne.NewSize(1600, 300))
	for range 6 {
		w.ZoomIn()
	}
	var rasters []*canvas.Raster
	for _, o := range test.WidgetRenderer(w).Objects() {
		if r, ok := o.(*canvas.Raster); ok {
			rasters = append(rasters, r)
		}
	}
	for b.Loop() {
		w.Reveal(w.Playhead())
		for _, r := range rasters {
			r.Generator(1600, int(r.Size().Height))
		}
	}
}

// Strokes, not a colour, tell where both speak, before and after the playhead.
func TestTalkOverIsMarkedByStrokes(t *testing.T) {
	p := tone{lanes: 2, length: time.Minute, ready: time.Minute, drawn: new(int)}
	w, window := wave(t, p, fynetheme.VariantLight)
	w.SetSpans([]widget.Span{
		{From: 10 * time.Second, To: 12 * time.Second, Kind: widget.Both},
		{From: 40 * time.Second, To: 42 * time.Second, Kind: widget.Both},
	})
	w.SetPlayhead(30 * time.Second)
	picture := window.Canvas().Capture()
	ink := theme.New().Color(theme.Muted, fynetheme.VariantLight)
	middle := int(bars(t, w).Position().Y + bars(t, w).Size().Height/2)
	for at, want := range map[int]bool{100: true, 400: true, 200: false, 500: false} {
		strokes, gaps := 0, 0
		for x := at; x < at+20; x++ {
			if r, g, b, _ := picture.At(x, middle).RGBA(); same(ink, r, g, b) {
				strokes++
			} else {
				gaps++
			}
		}
		if (strokes > 0) != want || gaps == 0 {
			t.Errorf("at %d: %d pixels of strokes, %d of gaps", at, strokes, gaps)
		}
	}
}
