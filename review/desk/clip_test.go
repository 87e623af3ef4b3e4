package desk

import (
	"strings"
	"testing"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/sound"
)

// Where the agent would be heard as the customer, nobody is.
func TestTheCustomerIsTakenFromTheRightLane(t *testing.T) {
	stereo := review.Recording{Part: 1, Channels: 2}
	mono := review.Recording{Part: 2, Channels: 1}
	leg := func(part int, who review.Leg) review.Recording {
		return review.Recording{Part: part, Channels: 1, Leg: who}
	}
	for name, c := range map[string]struct {
		view CallView
		lane int // -1 where it is refused
	}{
		"stereo":                   {CallView{Recordings: []review.Recording{stereo}}, 1},
		"stereo, turned round":     {CallView{Recordings: []review.Recording{stereo}, Swapped: true}, 2},
		"mono":                     {CallView{Recordings: []review.Recording{mono}}, -1},
		"stereo, then mono":        {CallView{Recordings: []review.Recording{stereo, mono}}, -1},
		"two legs":                 {CallView{Recordings: []review.Recording{leg(1, review.CustomerLeg), leg(1, review.AgentLeg)}}, 1},
		"the customer's leg alone": {CallView{Recordings: []review.Recording{leg(1, review.CustomerLeg)}}, 0},
		"the agent's leg alone":    {CallView{Recordings: []review.Recording{leg(1, review.AgentLeg)}}, -1},
		"stereo, then the agent's": {CallView{Recordings: []review.Recording{stereo, leg(2, review.AgentLeg)}}, -1},
	} {
		lane, err := customerLane(c.view)
		if refused := review.CodeOf(err) == OneLane; refused != (c.lane < 0) || !refused && lane != c.lane {
			t.Errorf("%s: lane %d, %v", name, lane, err)
		}
	}
}

func TestAClipBeginsBeforeItsMoment(t *testing.T) {
	at := func(second float64) *time.Duration {
		d := time.Duration(second * float64(time.Second))
		return &d
	}
	moment := review.Moment{ID: "m", At: *at(30)}
	long := review.Moment{ID: "m", At: *at(30), Until: *at(33)}
	for name, c := range map[string]struct {
		moment   review.Moment
		request  ClipRequest
		from, to float64
	}{
		"a moment":             {moment, ClipRequest{Lead: ClipLead}, 25, 50},
		"a span":               {long, ClipRequest{Lead: ClipLead}, 25, 33},
		"near the begin":       {review.Moment{ID: "m", At: *at(2)}, ClipRequest{Lead: ClipLead}, 0, 22},
		"near the end":         {review.Moment{ID: "m", At: *at(70)}, ClipRequest{}, 70, 80},
		"a call":               {review.Moment{}, ClipRequest{Lead: ClipLead}, 0, 80},
		"from and to":          {review.Moment{}, ClipRequest{From: at(10), To: at(20), Lead: ClipLead}, 5, 20},
		"a moment, but longer": {moment, ClipRequest{To: at(60)}, 30, 60},
	} {
		got, err := c.request.span(c.moment, *at(80))
		if want := (sound.Span{From: *at(c.from), To: *at(c.to)}); err != nil || got != want {
			t.Errorf("%s: %v, %v; want %v", name, got, err, want)
		}
	}
}

// A name is one that every system takes, and no folder.
func TestAClipsNameIsThatOfAFile(t *testing.T) {
	name := clipName(review.Moment{Call: "2026/11 #7", Issue: "../..\\Bill: \"late\"? " + strings.Repeat("ü", 200)}, time.Hour+2*time.Minute+3*time.Second)
	if strings.ContainsAny(name, `/\:*?"<>| `) || strings.HasPrefix(name, ".") || len(name) > 200 {
		t.Errorf("named %q", name)
	}
	if !strings.HasPrefix(name, "2026-11-7_Bill-late-ü") || !strings.HasSuffix(name, "_1-02-03") {
		t.Errorf("named %q", name)
	}
}
