package transcript

import (
	"encoding/json"
	"errors"
	"io"
	"math"
	"strconv"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/sound"
)

// document reads one JSON object key by key, so that no more of it is in
// memory than one value. Keys that are not asked for are passed over.
type document struct {
	json  *json.Decoder
	sink  *sink
	n     int // turns read
	fails error
}

// passed is a value that is not asked for.
type passed struct{}

// UnmarshalJSON implements json.Unmarshaler.
func (*passed) UnmarshalJSON([]byte) error { return nil }

// readJSON reads a vendor's transcript. What comes after the object is not
// looked at: Amazon's own example ends with a brace too many.
func readJSON(r io.Reader, s *sink) error {
	read := &failing{r: r}
	d := &document{json: json.NewDecoder(read), sink: s}
	g := &genesys{document: d}
	a := &amazon{document: d}
	_, d.fails = d.json.Token() // the brace that was sniffed
	for d.more() {
		switch key := d.key(); key {
		case "Participants":
			d.value(&a.participants)
		case "Transcript":
			d.each(a.turn)
		case "ConversationCharacteristics":
			d.value(&a.characteristics)
		case "transcripts":
			d.each(g.transcript)
		case "startTime":
			d.value(&g.start)
		case "conversationStartTime":
			d.value(&g.conversation)
		default:
			d.value(&passed{})
		}
	}
	a.finish()
	g.finish()
	if read.err != nil {
		return read.err
	}
	if d.fails != nil { // it lies beside a recording: what it would have told is lost
		s.bad(0, Cut)
	}
	return nil
}

// failing notes a reader's own error, to be told from broken JSON.
type failing struct {
	r   io.Reader
	err error
}

func (f *failing) Read(p []byte) (int, error) {
	n, err := f.r.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		f.err = err
	}
	return n, err
}

func (d *document) more() bool {
	if d.fails != nil {
		return false
	}
	if d.json.More() {
		return true
	}
	_, d.fails = d.json.Token() // the bracket that closes
	return false
}

func (d *document) key() string {
	token, err := d.json.Token()
	d.fails = err
	key, _ := token.(string)
	return key
}

// value reads a value into v, as far as it fits.
func (d *document) value(v any) (fits bool) {
	if d.fails != nil {
		return false
	}
	err := d.json.Decode(v)
	var misfit *json.UnmarshalTypeError
	if err != nil && !errors.As(err, &misfit) {
		d.fails = err
	}
	return err == nil
}

// each calls do for the values of an array. Another value is passed over: this
// is no transcript of ours.
func (d *document) each(do func()) {
	token, err := d.json.Token()
	if d.fails == nil {
		d.fails = err
	}
	switch token {
	case json.Delim('['):
		for d.more() {
			do()
		}
	case json.Delim('{'):
		for d.more() {
			d.key()
			d.value(&passed{})
		}
	}
}

// refuse tells that the turn that was read last is no turn.
func (d *document) refuse() { d.sink.left(0, review.Fail(BadTurn, review.Args{"n": d.n})) }

// millis is a number of milliseconds, if the file has one.
type millis struct {
	ms    float64
	known bool
}

// longest is the biggest number of milliseconds that is believed, 150 years:
// some times are counted from 1970.
const longest = 5e12

// UnmarshalJSON implements json.Unmarshaler. What is no number is not known.
func (m *millis) UnmarshalJSON(raw []byte) error {
	n, err := strconv.ParseFloat(string(raw), 64)
	m.ms, m.known = n, err == nil && n >= 0 && n < longest
	return nil
}

func (m millis) time() time.Duration { return time.Duration(math.Round(m.ms)) * time.Millisecond }

// amazon is the JSON of Contact Lens and of Transcribe call analytics, which
// differ in where they say whose turn it is.
type amazon struct {
	*document
	participants    []struct{ ParticipantId, ParticipantRole string }
	labels          []string // participants' ids, by turn
	characteristics struct {
		NonTalkTime   struct{ Instances []amazonSpan }
		Interruptions struct {
			InterruptionsByInterrupter map[string][]amazonSpan
		}
	}
}

type amazonSpan struct{ BeginOffsetMillis, EndOffsetMillis millis }

func (s amazonSpan) span() (sound.Span, bool) {
	span := sound.Span{From: s.BeginOffsetMillis.time(), To: s.EndOffsetMillis.time()}
	return span, s.BeginOffsetMillis.known && s.EndOffsetMillis.known && span.From <= span.To
}

func spans(list []amazonSpan) []sound.Span {
	var all []sound.Span
	for _, s := range list {
		if span, ok := s.span(); ok {
			all = append(all, span)
		}
	}
	return all
}

func (a *amazon) turn() {
	var t struct {
		amazonSpan
		ParticipantId, ParticipantRole, Content string
	}
	a.n++
	a.value(&t)
	span, ok := t.span()
	if a.fails != nil {
		return
	}
	if !ok {
		a.refuse()
		return
	}
	before := len(a.sink.all)
	a.sink.add(span.From, span.To, t.ParticipantRole, t.Content)
	if len(a.sink.all) > before {
		a.labels = append(a.labels, t.ParticipantId)
	}
}

// finish gives the turns the roles of their participants, who may be listed
// behind them.
func (a *amazon) finish() {
	for i, id := range a.labels {
		t := &a.sink.all[i]
		for _, p := range a.participants {
			if t.label == "" && p.ParticipantId == id {
				t.label = p.ParticipantRole
			}
		}
		if t.label == "" {
			t.label = id
		}
	}
	a.sink.Quiet = append(a.sink.Quiet, spans(a.characteristics.NonTalkTime.Instances)...)
	for _, list := range a.characteristics.Interruptions.InterruptionsByInterrupter {
		a.sink.Overtalk = append(a.sink.Overtalk, spans(list)...)
	}
}

// genesys is the JSON of Genesys Cloud. Its times are counted from 1970 or from
// the start of the recording.
type genesys struct {
	*document
	start, conversation millis
	groups              []genesysGroup
}

// genesysGroup are the turns and events of one of its transcripts.
type genesysGroup struct {
	start    millis
	from, to int // of the sink's turns
	events   []genesysEvent
}

type genesysEvent struct {
	EventType                         string
	OffsetMs, StartTimeMs, DurationMs millis
}

func (g *genesys) transcript() {
	var t struct {
		StartTime millis
		Phrases   []struct {
			ParticipantPurpose, Text, DecoratedText string
			StartTimeMs, DurationMs                 millis
			Duration                                struct{ Milliseconds millis }
		}
		Analytics struct{ Acoustic []genesysEvent }
	}
	g.value(&t)
	group := genesysGroup{start: t.StartTime, from: len(g.sink.all), events: t.Analytics.Acoustic}
	for _, p := range t.Phrases {
		g.n++
		if !p.StartTimeMs.known {
			g.refuse()
			continue
		}
		at, length := p.StartTimeMs.time(), firstOf(p.DurationMs, p.Duration.Milliseconds).time()
		text := p.DecoratedText // the same with capitals and commas
		if text == "" {
			text = p.Text
		}
		g.sink.add(at, at+length, p.ParticipantPurpose, text)
	}
	group.to = len(g.sink.all)
	g.groups = append(g.groups, group)
}

// firstOf is the first that is known, or 0.
func firstOf(all ...millis) millis {
	for _, m := range all {
		if m.known {
			return m
		}
	}
	return millis{}
}

// sinceEpoch are times that are counted from 1970: from 1973 on, which no call
// is long.
const sinceEpoch = 100_000_000_000 * time.Millisecond

// finish counts times from the start of the recording.
func (g *genesys) finish() {
	for _, group := range g.groups {
		turns := g.sink.all[group.from:group.to]
		zero := g.zero(group, turns)
		place := func(at time.Duration) time.Duration {
			if at >= sinceEpoch {
				at -= zero
			}
			return max(0, at)
		}
		for i := range turns {
			length := turns[i].Until - turns[i].At
			turns[i].At = place(turns[i].At)
			turns[i].Until = turns[i].At + length
		}
		for _, e := range group.events {
			if at := firstOf(e.OffsetMs, e.StartTimeMs); at.known && e.DurationMs.known {
				from := place(at.time())
				g.event(e.EventType, sound.Span{From: from, To: from + e.DurationMs.time()})
			}
		}
	}
}

// zero is when the recording of a group began: as it says itself, or the whole
// file, or else its first turn.
func (g *genesys) zero(group genesysGroup, turns []said) time.Duration {
	first := time.Duration(math.MaxInt64)
	for _, t := range turns {
		first = min(first, t.At)
	}
	for _, start := range []millis{group.start, g.start, g.conversation} {
		if zero := start.time(); start.known && zero >= sinceEpoch && zero <= first {
			return zero
		}
	}
	return first
}

func (g *genesys) event(kind string, span sound.Span) {
	switch kind {
	case "silence":
		g.sink.Quiet = append(g.sink.Quiet, span)
	case "overtalk", "crosstalk":
		g.sink.Overtalk = append(g.sink.Overtalk, span)
	case "hold":
		g.sink.Holds = append(g.sink.Holds, span)
	}
}
