package transcript

import (
	"html"
	"strings"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/dialogue"
	"github.com/earshot-app/earshot/review/sound"
)

// A said is a turn as the file has it.
type said struct {
	dialogue.Turn
	label  string // of the speaker, "" for none
	prefix string // the label as it stands before the words; "" when the format itself says who speaks
}

// A sink collects what a file says.
type sink struct {
	who  func(label string) dialogue.Role
	left func(line int, reason *review.Error)
	all  []said
	dialogue.Transcript
}

func (s *sink) bad(line int, code review.Code) { s.left(line, review.Fail(code, nil)) }

// add takes a turn that the format gives a speaker to. One without words is
// none.
func (s *sink) add(at, until time.Duration, label, text string) {
	if text = dialogue.Tidy(text); text != "" {
		s.all = append(s.all, said{Turn: dialogue.Turn{At: at, Until: until, Text: text}, label: dialogue.Tidy(label)})
	}
}

var (
	subTag = pattern(`</?[A-Za-z][^<>]*>|\{\\[^{}]*\}`)
	vttTag = pattern(`<[^<>]*>`)
	// spoken is a label before the words: "Agent: …", "[Dana W.] …:", "– Kundin: …".
	spoken = pattern(`^[-–—•]?\s*\[?([\p{L}][\p{L}\p{M}\d .'’_-]{0,39}?)\]?\s*:\s+(\S.*)$`)
)

// cue takes the words of a cue. A voice tag of WebVTT begins a turn of its own.
func (s *sink) cue(at, until time.Duration, text string, isVTT bool) {
	if !isVTT {
		s.line(at, until, "", html.UnescapeString(subTag().ReplaceAllString(text, "")))
		return
	}
	voice, words := "", strings.Builder{}
	flush := func() {
		s.line(at, until, voice, html.UnescapeString(words.String()))
		words.Reset()
	}
	end := 0
	for _, tag := range vttTag().FindAllStringIndex(text, -1) {
		words.WriteString(text[end:tag[0]])
		end = tag[1]
		inside := text[tag[0]+1 : tag[1]-1]
		name, annotation, _ := strings.Cut(strings.ReplaceAll(inside, "\t", " "), " ")
		switch kind, _, _ := strings.Cut(name, "."); kind {
		case "v":
			flush()
			voice = html.UnescapeString(annotation)
		case "/v":
			flush()
			voice = ""
		}
	}
	words.WriteString(text[end:])
	flush()
}

// line takes words whose speaker may stand before them.
func (s *sink) line(at, until time.Duration, label, text string) {
	n := len(s.all)
	s.add(at, until, label, text)
	if len(s.all) == n || s.all[n].label != "" {
		return
	}
	if m := spoken().FindStringSubmatch(s.all[n].Text); m != nil {
		s.all[n].prefix = strings.TrimSuffix(s.all[n].Text, m[2])
		s.all[n].label, s.all[n].Text = dialogue.Tidy(m[1]), m[2]
	}
}

// roles are what sources call the sides of a call, in English and German.
var roles = map[string]dialogue.Role{}

func init() {
	for role, names := range map[dialogue.Role]string{
		dialogue.Agent: `agent agentin advisor adviser representative rep operator csr employee internal user supervisor
			mitarbeiter mitarbeiterin berater beraterin kundenberater kundenberaterin`,
		dialogue.Customer: `customer caller client external kunde kundin anrufer anruferin`,
		dialogue.System:   `system ivr acd bot custom_bot voicemail announcement ansage automat bandansage sprachmenü`,
	} {
		for _, name := range strings.Fields(names) {
			roles[name] = role
		}
	}
}

// roleOf is the role that a label names, with or without a number behind it.
func roleOf(label string) dialogue.Role {
	return roles[strings.TrimRight(strings.ToLower(label), " 0123456789#")]
}

// transcript is what was collected, with labels turned into roles and voices.
func (s *sink) transcript() dialogue.Transcript {
	s.keepRealLabels()
	s.assign()
	for i := range s.all {
		turn := s.all[i].Turn
		if onHold().MatchString(turn.Text) {
			s.Holds = append(s.Holds, sound.Span{From: turn.At, To: turn.Until})
		}
		s.Turns = append(s.Turns, turn)
	}
	s.Sort()
	s.Holds, s.Quiet, s.Overtalk = sound.Union(s.Holds...), sound.Union(s.Quiet...), sound.Union(s.Overtalk...)
	return s.Transcript
}

// onHold is a cue that says that the customer waits, in brackets or notes as
// captions say what is no speech.
var onHold = pattern(`(?i)^[[(*♪][[(*♪ ]*(?:on |customer on )?(?:hold(?: music)?|warteschleife|wartemusik|kunde in der warteschleife)[ ♪*)\]]+$`)

// keepRealLabels puts back what only looked like a label. "Remember: …" is said
// by somebody; a label that names no role is believed where all turns have one
// of a few, or half of them do and it comes again.
func (s *sink) keepRealLabels() {
	labelled, times := 0, map[string]int{}
	for _, t := range s.all {
		if t.label != "" {
			labelled++
			times[t.label]++
		}
	}
	few := len(times) <= 8 && 2*labelled >= len(s.all)
	for i := range s.all {
		t := &s.all[i]
		believed := few && (labelled == len(s.all) && labelled > 1 || times[t.label] > 1)
		if t.prefix != "" && !believed && roleOf(t.label) == dialogue.Unknown && s.who(t.label) == dialogue.Unknown {
			t.Text, t.label = t.prefix+t.Text, ""
		}
	}
}

// assign gives each label its role, or a number. Of two voices of which one is
// the agent's, the other is the customer's, and the other way round.
func (s *sink) assign() {
	found := map[string]dialogue.Role{}
	var order []string
	for _, t := range s.all {
		if _, ok := found[t.label]; ok || t.label == "" {
			continue
		}
		role := roleOf(t.label)
		if role == dialogue.Unknown {
			role = s.who(t.label)
		}
		found[t.label] = role
		order = append(order, t.label)
	}
	if len(order) == 2 {
		for i, other := range []string{order[1], order[0]} {
			if found[order[i]] == dialogue.Unknown {
				found[order[i]] = map[dialogue.Role]dialogue.Role{dialogue.Agent: dialogue.Customer, dialogue.Customer: dialogue.Agent}[found[other]]
			}
		}
	}
	voices := map[string]int{}
	for _, label := range order {
		if found[label] == dialogue.Unknown {
			voices[label] = len(voices) + 1
		}
	}
	for i := range s.all {
		s.all[i].Role, s.all[i].Voice = found[s.all[i].label], voices[s.all[i].label]
	}
}
