package screen

import (
	"slices"
	"strings"
	"time"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/sampling"
)

// A Fact is one line of a draw's record.
type Fact struct{ Name, Value string }

// Record tells in plain words how a draw was made, wherever that is shown.
func Record(t *text.Catalog, zone *time.Location, d desk.Draw) []Fact {
	seed := t.Say("listen.how.own-seed", review.Args{"seed": d.Seed})
	if d.ChosenSeed {
		seed = t.Say("listen.how.typed-seed", review.Args{"seed": d.Seed})
	}
	size := t.Say("listen.how.drawn", review.Args{"n": d.Size, "frame": d.Frame.Size})
	if d.Wanted > d.Size {
		size += " " + t.Say("listen.how.fewer", review.Args{"n": d.Wanted})
	}
	facts := []Fact{
		{t.Say("listen.how.when", nil), t.When(d.At, zone)},
		{t.Say("listen.how.from", nil), frame(t, zone, d.Filter)},
		{t.Say("listen.how.size", nil), size},
		{t.Say("listen.how.seed", nil), seed},
		{t.Say("listen.how.digest", nil), d.Digest},
	}
	if d.Strata != sampling.Unstratified {
		facts = slices.Insert(facts, 3, Fact{t.Say("listen.how.dealt", nil), dealt(t, d)})
	}
	return facts
}

// StrataText is the key of what strata are dealt by, other than a field.
func StrataText(by sampling.Strata) text.Key {
	if by == sampling.Unstratified {
		return "listen.draw.deal-none"
	}
	return text.Key("listen.draw.deal-" + string(by))
}

// dealt says what each stratum gave to a draw, and what its calls stand for.
func dealt(t *text.Catalog, d desk.Draw) string {
	by := d.Strata.Field()
	if by == "" {
		by = t.Say(StrataText(d.Strata), nil)
	}
	how := t.Say("listen.draw.proportion", nil)
	if d.Equal {
		how = t.Say("listen.draw.equally", nil)
	}
	lines := []string{t.Say("listen.how.by", review.Args{"by": by, "how": strings.ToLower(how)})}
	for _, s := range d.Dealt {
		name := s.Name
		if name == "" {
			name = t.Say("listen.how.no-stratum", nil)
		}
		lines = append(lines, t.Say("listen.how.stratum", review.Args{"name": name, "n": s.Calls, "size": s.Size, "weight": s.Weight()}))
	}
	return strings.Join(lines, "\n")
}

// frame says what a draw's filter lets in.
func frame(t *text.Catalog, zone *time.Location, canonical string) string {
	f, err := sampling.ParseFilter(canonical)
	if err != nil {
		return canonical
	}
	var parts []string
	add := func(key text.Key, value string) { parts = append(parts, t.Say(key, review.Args{"value": value})) }
	if !f.From.IsZero() {
		add("listen.how.since", t.Date(f.From, zone))
	}
	if !f.To.IsZero() {
		add("listen.how.before", t.Date(f.To, zone))
	}
	if f.Queue != "" {
		add("listen.how.queue", f.Queue)
	}
	if f.Category != "" {
		add("listen.how.category", f.Category)
	}
	if f.MinDuration > 0 {
		add("listen.how.least", t.Length(f.MinDuration))
	}
	if parts == nil {
		return t.Say("listen.how.all", nil)
	}
	return strings.Join(parts, ", ")
}
