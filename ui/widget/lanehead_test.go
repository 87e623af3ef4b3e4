package widget_test

import (
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	fynetheme "fyne.io/fyne/v2/theme"

	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// head returns a lane's head of 100 × 50 in a window. It keeps what it is told.
func head(t *testing.T) (h *widget.LaneHead, level *float64, muted *bool) {
	t.Helper()
	start(t, fynetheme.VariantLight)
	h, level, muted = widget.NewLaneHead("muted"), new(float64), new(bool)
	*level = 1
	h.OnLevel = func(to float64) { *level = to; h.Set(*level, *muted) }
	h.OnMute = func(to bool) { *muted = to; h.Set(*level, *muted) }
	h.SetLane(widget.Lane{Name: "Customer", Color: theme.Customer}, false)
	test.NewTempWindow(t, h)
	h.Resize(fyne.NewSize(100, 50))
	return h, level, muted
}

func at(x, y float32) *fyne.PointEvent { return &fyne.PointEvent{Position: fyne.NewPos(x, y)} }

func TestALevelIsSetByTapDragAndKeys(t *testing.T) {
	h, level, _ := head(t)
	h.Tapped(at(95, 35)) // where the bar ends
	full := *level
	h.Tapped(at(60, 35))
	if full < 0.95 || *level < 0.4 || *level > 0.6 {
		t.Errorf("a tap at the end sets %v, one in the middle %v", full, *level)
	}
	h.Dragged(&fyne.DragEvent{PointEvent: *at(-50, 35)})
	if *level != 0 {
		t.Errorf("a drag beyond the beginning sets %v", *level)
	}
	for range 3 {
		h.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	}
	h.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	if math.Abs(*level-0.2) > 1e-9 {
		t.Errorf("three times louder and once softer is %v, want 0.2", *level)
	}
}

func TestTheLoudspeakerMutesAndKeepsTheLevel(t *testing.T) {
	h, level, muted := head(t)
	h.Tapped(at(60, 35))
	before := *level
	h.Tapped(at(5, 35))
	if !*muted {
		t.Error("a tap on the loudspeaker does not mute")
	}
	h.Dragged(&fyne.DragEvent{PointEvent: *at(20, 35)})
	h.Tapped(at(60, 35)) // where the word stands now
	if *muted || *level != before {
		t.Errorf("muted %v, level %v, want it as loud as before: %v", *muted, *level, before)
	}
	h.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	if !*muted {
		t.Error("Space does not mute")
	}
}

// On a recording with one channel nobody can be muted.
func TestALaneOfBothPeopleHasNoLevel(t *testing.T) {
	h, level, muted := head(t)
	h.SetLane(widget.Lane{Name: "Both", Color: theme.Customer}, true)
	h.Tapped(at(5, 35))
	h.Tapped(at(60, 35))
	h.Dragged(&fyne.DragEvent{PointEvent: *at(20, 35)})
	h.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	if *level != 1 || *muted {
		t.Errorf("level %v, muted %v", *level, *muted)
	}
}
