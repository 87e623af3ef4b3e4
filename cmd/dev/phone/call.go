package phone

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"

	"github.com/earshot-app/earshot/assets/demo"
)

// A Recording is one call as spoken.
type Recording struct {
	Customer, Agent []float64 // Rate samples a second between -1 and 1, equally long
	Issues, Praise  []demo.Moment
	Spoken          []Spoken
}

// Spoken is a turn with its place in the recording.
type Spoken struct {
	Turn
	At, Until float64 // seconds
}

// Seconds is the length of the recording.
func (r *Recording) Seconds() float64 { return float64(len(r.Customer)) / Rate }

const (
	lead    = 0.35 // seconds before the first word and after the last
	turnGap = 0.28 // seconds between two turns that do not say otherwise

	// The line's noise as RMS of full scale before the band-pass; an agent's
	// headset is the quieter side.
	customerNoise = 0.004
	agentNoise    = 0.0015

	leak     = 0.004 // how much of one side the other hears
	customer = "customer"
)

// Record has the dialogue spoken and returns it as the telephone heard it.
// seed makes the noise of the line.
func (s *Script) Record(ctx context.Context, d Dialogue, seed uint64) (*Recording, error) {
	st := &studio{at: lead, lanes: map[string][]float64{}}
	for i, turn := range d.Lines {
		voice := s.Voices[d.Agent]
		if turn.Who == customer {
			voice = s.Voices[d.Voice]
		}
		spoken, err := Speak(ctx, voice, turn.Text)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", i+1, err)
		}
		st.say(turn, spoken)
	}
	left, right := st.mix(rand.New(rand.NewPCG(seed, 711)))
	return &Recording{Customer: Line(left), Agent: Line(right), Issues: st.issues, Praise: st.praise, Spoken: st.spoken}, nil
}

// A studio is a call being recorded at 22.05 kHz.
type studio struct {
	at             float64              // seconds at which the turn before ended
	lanes          map[string][]float64 // by who speaks
	issues, praise []demo.Moment
	spoken         []Spoken
}

// say puts a turn behind the one before and notes what there is to hear in it.
func (st *studio) say(turn Turn, spoken []float64) {
	gap := turnGap
	if turn.Pause != nil {
		gap = *turn.Pause
	}
	begin := int(math.Max(0, st.at+gap) * studioRate)
	lane := st.lanes[turn.Who]
	if end := begin + len(spoken); len(lane) < end {
		lane = append(lane, make([]float64, end-len(lane))...)
	}
	for i, v := range spoken {
		lane[begin+i] += v
	}
	st.lanes[turn.Who] = lane
	at, until := tenths(float64(begin)/studioRate), tenths(float64(begin+len(spoken))/studioRate)
	st.spoken = append(st.spoken, Spoken{turn, at, until})
	heard := demo.Moment{Issue: turn.Issue, At: at, Until: until, Words: turn.Text}
	switch {
	case turn.Issue != "":
		st.issues = append(st.issues, heard)
	case turn.Praise:
		st.praise = append(st.praise, heard)
	}
	st.at = max(st.at, float64(begin+len(spoken))/studioRate)
}

func tenths(seconds float64) float64 { return math.Round(seconds*10) / 10 }

// mix returns both sides with the noise of their lines and a trace of each
// other, as long as the call.
func (st *studio) mix(r *rand.Rand) (left, right []float64) {
	length := int((st.at + lead) * studioRate)
	side := func(who string) []float64 {
		return append(st.lanes[who], make([]float64, length-len(st.lanes[who]))...)
	}
	c, a := side(customer), side("agent")
	left, right = make([]float64, length), make([]float64, length)
	for i := range c {
		left[i] = c[i] + leak*a[i] + customerNoise*r.NormFloat64()
		right[i] = a[i] + leak*c[i] + agentNoise*r.NormFloat64()
	}
	return left, right
}
