package widget

// LanePlace is where a lane lies in the waveform: how far below its top, and how
// high it is.
func (w *Waveform) LanePlace(lane int) (top, height float32) {
	if w.view == nil {
		return 0, 0
	}
	height = w.view.area.Height / float32(w.laneCount())
	return w.view.plot.Y + float32(lane)*height, height
}
