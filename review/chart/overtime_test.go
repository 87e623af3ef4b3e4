package chart

import "testing"

// Levels that share a scale are as high as their counts; the whole and the rest
// have their own.
func TestLevelsShareAScale(t *testing.T) {
	o := OverTime{
		Levels: []Level{
			{Name: "All calls", Value: "110", Heights: []float64{100, 0, 10}, Whole: true},
			{Name: "Billing", Value: "30", Heights: []float64{20, 0, 10}},
			{Name: "Sales", Value: "5", Heights: []float64{5, 0, 0}},
			{Name: "2 more", Value: "75", Heights: []float64{75, 0, 0}, Rest: true},
		},
		Labels: []string{"1 Nov", "2 Nov", "3 Nov"},
	}
	s := o.Scene(600, func(text string, size float64, _ bool) float64 { return float64(len(text)) * size / 2 })
	var high []float64
	for _, shape := range s.Shapes {
		if r, ok := shape.(Rect); ok {
			high = append(high, r.Height)
			if (r.Pattern == Hatched) != (len(high) == 6) {
				t.Errorf("column %d has pattern %v", len(high), r.Pattern)
			}
			if r.X < 0 || r.X+r.Width > 600 || r.Y+r.Height > s.Height {
				t.Errorf("column %d lies outside: %+v", len(high), r)
			}
		}
	}
	want := []float64{levelHeight, levelHeight / 10, levelHeight, levelHeight / 2, levelHeight / 4, levelHeight}
	if len(high) != len(want) {
		t.Fatalf("columns of %v, want %v", high, want)
	}
	for i := range want {
		if d := high[i] - want[i]; d > 0.01 || d < -0.01 {
			t.Errorf("column %d is %g high, want %g", i, high[i], want[i])
		}
	}
}

// Labels never lie over one another, however narrow the chart.
func TestLabelsHaveRoom(t *testing.T) {
	o := OverTime{Levels: []Level{{Name: "All calls", Value: "1", Heights: make([]float64, 40)}}, Labels: make([]string, 40)}
	for i := range o.Labels {
		o.Labels[i] = "12 November"
	}
	ruler := func(text string, size float64, _ bool) float64 { return float64(len(text)) * size / 2 }
	for _, width := range []float64{10, 300, 900} {
		end := 0.0
		for _, shape := range o.Scene(width, ruler).Shapes {
			text, ok := shape.(Text)
			if !ok || text.Text != "12 November" {
				continue
			}
			if text.X < end {
				t.Errorf("%g wide: a label begins at %g, before %g", width, text.X, end)
			}
			end = text.X + ruler(text.Text, text.Size, false)
		}
	}
}
