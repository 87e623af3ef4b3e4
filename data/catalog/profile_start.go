package catalog

import (
	"strconv"
	"strings"
	"time"
)

// A startRule says how a start is written.
type startRule struct {
	Text   template `json:"text"`
	Layout string   `json:"layout"` // of package time; "" for what tables may hold too
	// Zone is where the clock stood that wrote it: "utc", "local" for where the
	// person is who imports, or "epoch" where Epoch tells it. A text with an offset
	// needs none.
	Zone string `json:"zone"`
	// Epoch is a part with the same start in Unix seconds, as in Asterisk's
	// uniqueid: what the local clock is ahead of it is the zone's offset.
	Epoch template `json:"epoch"`
	Said  template `json:"said"`  // the source's own words, when not Text
	Rough bool     `json:"rough"` // the text has no time of day
}

func (r *startRule) prepare(p *Profile) {
	r.Text.prepare(p)
	r.Epoch.prepare(p)
	r.Said.prepare(p)
}

// A beginning is when a call began, with how that was said.
type beginning struct {
	at             time.Time // UTC
	said, zone     string
	guessed, rough bool
}

// start reads when a recording began; zero when nothing says so.
func (p *Profile) start(from parts, zone *time.Location) beginning {
	for i := range p.Start {
		if b, ok := p.Start[i].read(from, zone); ok {
			return b
		}
	}
	return beginning{}
}

func (r *startRule) read(from parts, zone *time.Location) (b beginning, ok bool) {
	text := Clean(r.Text.fill(from))
	if text == "" {
		return b, false
	}
	b.said, b.rough = text, r.Rough
	if said := Clean(r.Said.fill(from)); said != "" {
		b.said = said
	}
	if zone, b.guessed = r.zone(text, from, zone); zone == nil {
		return b, false
	}
	b.at, ok = r.parse(text, zone)
	if own, is := ownOffset(text, r.Layout); is {
		zone, b.guessed = own, false
	}
	b.zone = b.at.In(zone).Format("-07:00")
	return b, ok
}

// zone is where the clock stood, and whether that is no more than a guess.
func (r *startRule) zone(text string, from parts, local *time.Location) (zone *time.Location, guessed bool) {
	switch r.Zone {
	case "utc":
		return time.UTC, false
	case "epoch":
		wall, ok := r.parse(text, time.UTC)
		if offset, told := offsetOf(wall, r.Epoch.fill(from)); ok && told {
			return time.FixedZone("", int(offset/time.Second)), false
		}
	}
	return local, true
}

func (r *startRule) parse(text string, zone *time.Location) (time.Time, bool) {
	if r.Layout == "" {
		t, err := parseStart(text, zone)
		return t, err == nil
	}
	t, err := time.ParseInLocation(r.Layout, text, zone)
	return t.UTC(), err == nil && t.Year() >= firstYear && t.Year() <= lastYear
}

// ownOffset is the offset that a text of any layout names itself: without one
// it would be another instant in another zone.
func ownOffset(text, layout string) (*time.Location, bool) {
	if layout != "" {
		t, err := time.Parse(layout, text)
		return t.Location(), err == nil && strings.Contains(layout, "-07")
	}
	here, err := parseStart(text, time.UTC)
	there, other := parseStart(text, time.FixedZone("", 3600))
	if err != nil || other != nil || !here.Equal(there) {
		return nil, false
	}
	if i := strings.LastIndexAny(text, "+-"); i > len("2006-01-02") {
		if t, err := time.Parse("-07:00", text[i:]); err == nil {
			return t.Location(), true
		}
		if t, err := time.Parse("-0700", text[i:]); err == nil {
			return t.Location(), true
		}
	}
	return time.UTC, true
}

const (
	// offsets of zones are multiples of it.
	offsetStep = 15 * time.Minute
	// farthest any zone is from UTC.
	farthest = 14 * time.Hour
	// slack is what a clock may seem to be behind the id that was made before it.
	slack = time.Minute
)

// offsetOf is what a wall clock, read as UTC, was ahead of an id that begins
// with Unix seconds. The id was made up to a quarter of an hour before: a caller
// first hears a greeting.
func offsetOf(wall time.Time, id string) (offset time.Duration, ok bool) {
	id = id[strings.LastIndexByte(id, '-')+1:] // the name of a system may stand before it
	seconds, _, _ := strings.Cut(id, ".")
	n, err := strconv.ParseInt(seconds, 10, 64)
	if err != nil || n <= 0 || n > 1<<40 {
		return 0, false
	}
	ahead := wall.Sub(time.Unix(n, 0)) + slack
	offset = ahead / offsetStep * offsetStep
	if ahead < 0 && offset != ahead {
		offset -= offsetStep
	}
	return offset, offset.Abs() <= farthest
}
