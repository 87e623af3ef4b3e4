package desk

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/journal"
	"github.com/earshot-app/earshot/review/sound"
)

// What is heard of a moment in a clip, unless one says otherwise.
const (
	ClipLead = 5 * time.Second  // before it, to hear what led to it
	ClipTail = 20 * time.Second // of one that is no span, from its time on
)

// A ClipRequest asks for a piece of a call. Times count from the start of the
// call.
type ClipRequest struct {
	Of       string         // id of a moment or a praise, or a uid
	From, To *time.Duration // nil for those of the moment, or of the call
	Lead     time.Duration  // before From
	Customer bool           // without the agent
	Beeps    []sound.Span   // to be made unintelligible
}

// A Clip says what is heard in one. Nothing in it is private but the paths of
// the recordings.
type Clip struct {
	Call       string // uid
	Name       string // for a file: uid, issue and time, without an ending
	Span       sound.Span
	Beeps      []sound.Span
	Recordings []review.Recording
	// Lane is the channel to keep, from 1; 0 for all. Where it is set, both
	// legs of the call are needed, to tell which is which.
	Lane int
}

// OneLane is answered where the customer alone is asked for, and one channel
// holds both people.
const OneLane review.Code = "one-lane"

// BeepOutside is answered for a span to beep out that no part of the clip lies
// in: a slip there would let a card's number be heard. Args: at, from, to, in
// seconds.
const BeepOutside review.Code = "beep-outside"

// Clip finds what a piece of a call is made of. It answers [review.NoCall] where
// there is neither a moment nor a call of that name, [review.BadArgument],
// [TimeOutside], [BeepOutside] or [OneLane].
func (d *Desk) Clip(ctx context.Context, r ClipRequest) (Clip, error) {
	m, err := d.momentOf(ctx, r.Of)
	if err != nil {
		return Clip{}, err
	}
	v, err := d.View(ctx, m.Call)
	if err != nil {
		return Clip{}, err
	}
	length, err := d.store.Length(ctx, m.Call)
	if err != nil {
		return Clip{}, err
	}
	c := Clip{Call: m.Call, Recordings: v.Recordings, Beeps: r.Beeps}
	if c.Span, err = r.span(m, max(length, v.Call.Duration)); err != nil {
		return Clip{}, err
	}
	for _, b := range r.Beeps {
		if b.To <= b.From || b.To <= c.Span.From || b.From >= c.Span.To {
			return Clip{}, review.Fail(BeepOutside, review.Args{
				"at": b.From.Seconds(), "from": c.Span.From.Seconds(), "to": c.Span.To.Seconds(),
			})
		}
	}
	at := m.At
	if r.From != nil {
		at = *r.From
	}
	c.Name = clipName(m, at)
	if r.Customer {
		c.Lane, err = customerLane(v)
	}
	return c, err
}

// TakeClip journals that a clip is taken out of the library, as whoever has it
// hears a voice, with the reason if one was given. It comes before the clip is
// written. It answers [review.NoCall] or [WordsTooBig].
func (d *Desk) TakeClip(ctx context.Context, c Clip, reason string) error {
	return d.act(ctx, func(tx Tx) ([]journal.Body, error) {
		if _, err := tx.Call(ctx, c.Call); err != nil {
			return nil, err
		}
		reason, err := cleanWords(reason)
		what := fmt.Sprintf("clip %.1f-%.1f", c.Span.From.Seconds(), c.Span.To.Seconds())
		return []journal.Body{journal.Revealed{Call: c.Call, Field: what, Reason: reason}}, err
	})
}

// momentOf is the moment of an id; a praise and a call are taken for one without
// an issue, and the call's has neither time nor length.
func (d *Desk) momentOf(ctx context.Context, id string) (review.Moment, error) {
	m, err := d.store.Moment(ctx, id)
	if review.CodeOf(err) != review.NoMoment {
		return m, err
	}
	p, err := d.store.Praise(ctx, id)
	if review.CodeOf(err) != review.NoMoment {
		return review.Moment{ID: p.ID, Call: p.Call, At: p.At}, err
	}
	return review.Moment{Call: id}, nil
}

// span is the time that is asked for, in a call of a length.
func (r ClipRequest) span(m review.Moment, length time.Duration) (sound.Span, error) {
	s := sound.Span{From: m.At, To: length}
	switch {
	case m.ID != "" && m.Until > 0:
		s.To = m.Until
	case m.ID != "":
		s.To = m.At + ClipTail
	}
	if r.From != nil {
		s.From = *r.From
	}
	if r.To != nil {
		s.To = *r.To
	}
	switch {
	case r.Lead < 0:
		return s, review.Fail(review.BadArgument, review.Args{"name": "lead-in", "value": r.Lead.Seconds()})
	case s.From < 0 || length > 0 && s.From >= length:
		return s, review.Fail(TimeOutside, review.Args{"at": s.From.Seconds(), "duration": length.Seconds()})
	case s.To <= s.From:
		return s, review.Fail(review.BadArgument, review.Args{"name": "to", "value": s.To.Seconds()})
	}
	s.From = max(0, s.From-r.Lead)
	if length > 0 {
		s.To = min(s.To, length)
	}
	return s, nil
}

// customerLane is the customer's channel, from 1; 0 where nothing but the
// customer was recorded. A part on one channel would be heard on both.
func customerLane(v CallView) (int, error) {
	agents := map[int]bool{} // parts whose only leg so far is the agent's
	alone := len(v.Recordings) > 0
	for _, r := range v.Recordings {
		alone = alone && r.Leg == review.CustomerLeg
		switch {
		case r.Leg == review.WholeCall && r.Channels < 2:
			return 0, review.Fail(OneLane, nil)
		case r.Leg == review.AgentLeg:
			agents[r.Part] = true
		}
	}
	for _, r := range v.Recordings {
		if r.Leg == review.CustomerLeg {
			delete(agents, r.Part)
		}
	}
	switch {
	case len(agents) > 0:
		return 0, review.Fail(OneLane, nil)
	case alone:
		return 0, nil
	case v.Swapped:
		return 2, nil
	}
	return 1, nil
}

// clipName is made of what is never private.
func clipName(m review.Moment, at time.Duration) string {
	second := int(at / time.Second)
	parts := []string{fileSafe(m.Call, review.MaxUID)}
	if m.Issue != "" {
		parts = append(parts, fileSafe(m.Issue, 60))
	}
	return strings.Join(append(parts, fmt.Sprintf("%d-%02d-%02d", second/3600, second/60%60, second%60)), "_")
}

// fileSafe keeps of a name what every system allows in that of a file, and at
// most so many bytes.
func fileSafe(name string, most int) string {
	var words []string
	for word := range strings.FieldsFuncSeq(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' && r != '.' }) {
		if word = strings.Trim(word, "."); word != "" {
			words = append(words, word)
		}
	}
	safe := ""
	for _, r := range strings.Join(words, "-") {
		if len(safe)+len(string(r)) > most {
			break
		}
		safe += string(r)
	}
	return safe
}
