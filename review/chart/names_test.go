package chart

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/earshot-app/earshot/review/ranking"
)

// Eleven weeks with names of 40 points each: on 400 points every second has room,
// also where one of the others would just fit.
func TestPeriodsAreNamedByEvenSteps(t *testing.T) {
	var trend Trend
	for i := range 11 {
		trend.Periods = append(trend.Periods, Period{From: float64(i) / 11, To: float64(i+1) / 11, Label: fmt.Sprintf("w%d", i)})
	}
	wide := func(text string, _ float64, _ bool) float64 {
		if text == "w9" {
			return 10
		}
		return 40
	}
	var got []string
	for _, text := range shapes[Text](trend.Scene(400, wide)) {
		if strings.HasPrefix(text.Text, "w") {
			got = append(got, text.Text)
		}
	}
	if want := []string{"w10", "w8", "w6", "w4", "w2", "w0"}; !slices.Equal(got, want) {
		t.Errorf("named are %v, want %v", got, want)
	}
}

// Below the value of a period at 0 lie the names of periods, also where the line
// leads up from it.
func TestAValueAtTheAxisStandsAboveIt(t *testing.T) {
	trend := Trend{Max: .2, Periods: []Period{
		{To: .5, Known: true, Value: "0 %"}, {From: .5, To: 1, Known: true, Value: "12 %", Share: ranking.Share{Part: .12}},
	}}
	s := trend.Scene(400, half)
	marks := shapes[Mark](s)
	for _, text := range shapes[Text](s) {
		if text.Text == "0 %" && text.Y > marks[0].Y {
			t.Errorf("it stands at %.0f, below %.0f", text.Y, marks[0].Y)
		}
	}
}

// The lines to read values from are drawn beside bars, not through the notes
// below them.
func TestNoLineCrossesANote(t *testing.T) {
	row := Row{Name: "Late bill", Note: strings.Repeat("Contract and tariff questions, ", 6), Value: "17 %", Fill: Accent, Share: ranking.Share{Part: .17}}
	s := Bars{Rows: []Row{row, row}, Ticks: []Tick{{.1, "10 %"}}}.Scene(500, half)
	for _, line := range shapes[Line](s) {
		for _, text := range shapes[Text](s) {
			note := strings.HasPrefix(text.Text, "Contract")
			if note && line.Color == Grid && line.Y1 < text.Y && text.Y-captionSize/2 < line.Y2 {
				t.Errorf("a line from %.0f to %.0f crosses %q at %.0f", line.Y1, line.Y2, text.Text, text.Y)
			}
		}
	}
}
