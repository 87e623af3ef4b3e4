package listen

import (
	"strings"
	"time"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/dialogue"
	"github.com/earshot-app/earshot/review/playback"
	"github.com/earshot-app/earshot/review/sound"
	"github.com/earshot-app/earshot/ui/screen"
	"github.com/earshot-app/earshot/ui/widget"
)

// A phase is what the page is about.
type phase int

const (
	blank   phase = iota // nothing is known yet, or a call is on its way
	drawing              // there is no draw to hear: make one
	hearing              // a call is open
	allDone              // every call of the open draw is finished
)

// enough is the part of the speech that counts as listened to.
const enough = 0.8

// model is what the page shows.
type model struct {
	texts *text.Catalog
	zone  *time.Location

	known     bool // the library has been read
	open      bool // a draw is open
	listening desk.Listening
	anew      bool // the person wants another draw although one is open

	call    *call // nil when none is open
	coming  bool  // a call is on its way
	waiting bool  // the next reading says what comes
	chooser chooser
	reads   bool // the transcript is shown where there is no room for it beside what was heard
	habits  Habits
	voices  voices
	mute    error  // why nobody hears anything; nil with a sound card
	party   *party // the session that runs; nil while none does
}

// call is the call that is open.
type call struct {
	view       desk.CallView
	part       float64 // of all calls, that its category holds; 0 for unknown
	length     time.Duration
	channels   int // 0 when the recording could not be opened
	marks      marks
	transcript dialogue.Transcript // empty for most calls
	quoted     string              // words of it that go to the next moment
	editing    string              // the mark whose words are being typed, "" for none
	draft      string              // what is typed
	source     playback.Source     // nil while there is none; the player closes it
	trouble    error               // why it cannot be heard, or not further
	parties    *desk.Revealed
	at         time.Duration
	playing    bool
	bracket    bracket
	beeps      []sound.Span // made unintelligible in clips
	asked      bool         // whether little of it was heard; it is asked once
	again      bool         // it was heard and is being heard once more

	loop        loop
	interrupted bool // it played when the sound card was lost

	beside    time.Duration // where it was last held against the host's
	alongside []sound.Span  // what another machine in the room let be heard
}

func (c *call) uid() string { return c.view.Call.UID }

// loaded reports whether there is something to play.
func (c *call) loaded() bool { return c.channels > 0 }

func (m *model) phase() phase {
	switch {
	case m.call != nil:
		return hearing
	case !m.known || m.coming || m.waiting:
		return blank
	case m.anew || !m.open:
		return drawing
	default:
		return allDone
	}
}

// place is the open call's place in the draw, from 0, or -1 when it was opened
// by hand.
func (m *model) place() int {
	for i, c := range m.listening.Calls {
		if m.open && m.call != nil && c.UID == m.call.uid() {
			return i
		}
	}
	return -1
}

// byHand reports whether the open call is none of the draw's.
func (m *model) byHand() bool { return m.call != nil && m.place() < 0 }

// beside reports whether the open call is not the one that the draw waits for:
// it was opened by hand, or is done already.
func (m *model) beside() bool {
	return m.byHand() || m.call != nil && m.listening.Calls[m.place()].State != review.Drawn
}

// left is how long it takes to hear the rest of the draw.
func (m *model) left() time.Duration {
	var left time.Duration
	for i, c := range m.listening.Calls {
		switch {
		case i == m.place():
			left += max(0, m.call.length-m.call.at)
		case c.State == review.Drawn:
			left += c.Duration
		}
	}
	return time.Duration(float64(left) / m.speed())
}

// missing is how many calls of the draw cannot be heard now because their
// recordings are gone. Those that were forgotten never come back.
func (m *model) missing() int {
	n := 0
	for _, c := range m.listening.Calls {
		if c.State == review.Missing && !review.Forgotten(c.UID) {
			n++
		}
	}
	return n
}

// unheard is how many calls closing the draw leaves unheard.
func (m *model) unheard() int {
	n := 0
	for _, c := range m.listening.Calls {
		if c.State == review.Drawn || c.State == review.Missing {
			n++
		}
	}
	return n
}

func (m *model) title() string {
	switch {
	case !m.known:
		return ""
	case m.call != nil && m.call.again:
		return m.texts.Say("codebook.hearing-again", nil)
	case m.round() > 0:
		return or(m.party.shared.Name, m.texts.Say("listen.together.title", nil))
	case m.byHand():
		return m.texts.Say("listen.by-hand", nil)
	case m.open && m.phase() != drawing:
		_, week := m.listening.Draw.At.In(m.zone).ISOWeek()
		return m.texts.Say("listen.title", review.Args{"number": m.listening.Draw.Number, "week": week})
	default:
		return m.texts.Say("listen.new-draw", nil)
	}
}

// subtitle says where one is, from what matters most to what may be cut off.
func (m *model) subtitle() string {
	var parts []string
	switch {
	case !m.known:
		return ""
	case m.round() > 0:
		return m.texts.Say("listen.call-of", review.Args{"i": m.round(), "n": len(m.party.places)})
	case m.byHand() && m.call.view.Call.Scope == review.Nowhere && m.call.view.Call.State != review.Drawn:
		return m.texts.Say("listen.picked", nil)
	case m.byHand():
		return m.texts.Say("listen.other-draw", nil)
	case !m.open || m.phase() == drawing:
		return m.texts.Say("listen.new-draw.why", nil)
	case m.phase() == hearing:
		parts = append(parts,
			m.texts.Say("listen.call-of", review.Args{"i": m.place() + 1, "n": len(m.listening.Calls)}),
			m.texts.Say("listen.left", review.Args{"n": int((m.left() + time.Minute - 1) / time.Minute)}))
	}
	parts = append(parts, m.texts.Say("listen.drawn-from", review.Args{"n": m.listening.Draw.Frame.Size}))
	if m.listening.Draw.ChosenSeed {
		parts = append(parts, m.texts.Say("listen.chosen-seed", nil))
	}
	return strings.Join(parts, " · ")
}

// steps are the calls of the draw as dashes.
func (m *model) steps() []widget.Step {
	if !m.open || m.phase() == drawing || m.byHand() {
		return nil
	}
	steps := make([]widget.Step, len(m.listening.Calls))
	for i, c := range m.listening.Calls {
		switch {
		case i == m.place():
			steps[i] = widget.Now
		case c.State == review.Heard:
			steps[i] = widget.Done
		case c.State == review.Skipped:
			steps[i] = widget.Skipped
		}
	}
	return steps
}

// headline says which call this is, without who was on it.
func (m *model) headline() string {
	c := m.call.view.Call
	parts := []string{m.texts.DateTime(c.Start, m.zone)}
	if c.Queue != "" {
		parts = append(parts, m.texts.Say("listen.queue", review.Args{"queue": c.Queue}))
	}
	switch c.Direction {
	case "inbound":
		parts = append(parts, m.texts.Say("listen.inbound", nil))
	case "outbound":
		parts = append(parts, m.texts.Say("listen.outbound", nil))
	}
	return strings.Join(parts, " · ")
}

// details are the length and the format, and who was on the call once that was
// shown.
func (m *model) details() string {
	c := m.call
	parts := []string{m.texts.Length(c.length.Truncate(time.Second))} // as the clock has it
	if len(c.view.Recordings) > 0 && c.view.Recordings[0].Format != "" {
		parts = append(parts, formatName(m.texts, c.view.Recordings[0].Format))
	}
	switch c.channels {
	case 1:
		parts = append(parts, m.texts.Say("listen.mono", nil))
	case 2:
		parts = append(parts, m.texts.Say(c.stereo(), nil))
	}
	if c.view.Call.StartGuessed {
		parts = append(parts, m.texts.Say("listen.start-guessed", nil))
	}
	return strings.Join(parts, " · ")
}

// who says who was on the call, "" until that was shown.
func (m *model) who() string {
	p := m.call.parties
	if p == nil {
		return ""
	}
	unknown := m.texts.Say("listen.nobody", nil)
	return m.texts.Say("listen.parties", review.Args{"agent": or(p.Agent, unknown), "customer": or(p.Customer, unknown)})
}

// filed is what the agent filed the call under.
func (m *model) filed() string {
	return or(m.call.view.Call.Category, m.texts.Say("listen.no-category", nil))
}

// filedPart is how much of all calls are filed so, "" when that is not known.
func (m *model) filedPart() string {
	if m.call.part == 0 || m.call.view.Call.Category == "" {
		return ""
	}
	return m.texts.Say("listen.of-all", review.Args{"part": m.texts.Percent(m.call.part)})
}

// rate is the speed as its button shows it, "1.5×".
func (m *model) rate() string {
	return m.texts.Say("listen.rate", review.Args{"speed": m.speed()})
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// record tells how the open draw was made.
func (m *model) record() []screen.Fact { return screen.Record(m.texts, m.zone, m.listening.Draw) }
