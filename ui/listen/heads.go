package listen

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/playback"
	"github.com/earshot-app/earshot/ui/theme"
	"github.com/earshot-app/earshot/ui/widget"
)

// heads stand before the lanes of the waveform and set how loud each person is.
type heads struct {
	wave    *widget.Waveform
	lanes   [2]*widget.LaneHead
	content *fyne.Container // the heads and the waveform
}

func newHeads(s *Screen, wave *widget.Waveform) *heads {
	h := &heads{wave: wave}
	for i := range h.lanes {
		lane := playback.Lane(i)
		h.lanes[i] = widget.NewLaneHead(s.shell.Say("listen.muted", nil))
		h.lanes[i].OnLevel = func(level float64) { s.setLevel(lane, level) }
		h.lanes[i].OnMute = func(muted bool) { s.mute(lane, muted) }
	}
	h.content = container.New(h, h.lanes[0], h.lanes[1], wave)
	return h
}

// open names the lanes of another call.
func (h *heads) open(lanes ...widget.Lane) {
	for i, head := range h.lanes {
		widget.Show(head, i < len(lanes))
		if i < len(lanes) {
			head.SetLane(lanes[i], len(lanes) == 1)
		}
	}
	bare := make([]widget.Lane, len(lanes)) // the heads say the names
	for i, lane := range lanes {
		bare[i].Color = lane.Color
	}
	h.wave.SetLanes(bare...)
	h.content.Refresh()
}

func (h *heads) show(m *model) {
	for i, head := range h.lanes {
		head.Set(m.voices.level[i], m.voices.muted[i])
	}
}

// MinSize implements fyne.Layout.
func (h *heads) MinSize([]fyne.CanvasObject) fyne.Size {
	return h.wave.MinSize().AddWidthHeight(h.width(), 0)
}

// width is that of the wider head and the gap behind it.
func (h *heads) width() float32 {
	return max(h.lanes[0].MinSize().Width, h.lanes[1].MinSize().Width) + size(theme.Gap)
}

// Layout implements fyne.Layout.
func (h *heads) Layout(_ []fyne.CanvasObject, at fyne.Size) {
	width := h.width()
	h.wave.Move(fyne.NewPos(width, 0))
	h.wave.Resize(fyne.NewSize(at.Width-width, at.Height))
	for i, head := range h.lanes {
		top, height := h.wave.LanePlace(i)
		head.Move(fyne.NewPos(0, top))
		head.Resize(fyne.NewSize(width-size(theme.Gap), height))
	}
}

// laneNames are whose voice each lane of the open call holds.
func (m *model) laneNames() []widget.Lane {
	customer := widget.Lane{Name: m.texts.Say("listen.customer", nil), Color: theme.Customer}
	agent := widget.Lane{Name: m.texts.Say("listen.agent", nil), Color: theme.Agent}
	if m.call.channels == 2 {
		return []widget.Lane{customer, agent}
	}
	switch m.call.leg() {
	case review.CustomerLeg:
		return []widget.Lane{customer}
	case review.AgentLeg:
		return []widget.Lane{agent}
	}
	return []widget.Lane{{Name: m.texts.Say("listen.both", nil), Color: theme.Customer}}
}

// stereo names the way in which the two people of the call were parted.
func (c *call) stereo() text.Key {
	for _, r := range c.view.Recordings {
		if r.Leg != review.WholeCall {
			return "listen.legs"
		}
	}
	return "listen.stereo"
}

// leg is the one that all recordings of the call are.
func (c *call) leg() review.Leg {
	leg := review.WholeCall
	for i, r := range c.view.Recordings {
		if i > 0 && r.Leg != leg {
			return review.WholeCall
		}
		leg = r.Leg
	}
	return leg
}
