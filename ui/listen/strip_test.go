package listen

import (
	"fmt"
	"slices"
	"testing"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review/session"
)

// In a large party who is away is still seen, and one name is never replaced by "1
// more".
func TestALargePartyIsCountedAndStillTellsWhoIsAway(t *testing.T) {
	p := &party{me: "0"}
	for i := range 12 {
		state := session.Listening
		switch {
		case i == 11:
			state = session.Away
		case i > 6:
			state = session.Done
		}
		p.roster = append(p.roster, session.Attendee{Author: fmt.Sprint(i), Name: fmt.Sprintf("Anna %d", i), State: state})
	}
	m := &model{texts: text.For("en"), party: p}
	want := []string{"Listening: you, Anna 1, Anna 2 and 4 more", "Done: Anna 7, Anna 8, Anna 9, Anna 10", "Away: Anna 11"}
	if got := m.people(fewNames); !slices.Equal(got, want) {
		t.Errorf("the strip says %q, want %q", got, want)
	}
	if got := m.people(len(p.roster))[0]; got != "Listening: you, Anna 1, Anna 2, Anna 3, Anna 4, Anna 5, Anna 6" {
		t.Errorf("in full it says %q", got)
	}
}
