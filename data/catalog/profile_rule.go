package catalog

import (
	"encoding/json"
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// parts are what a recording was taken to, each at its place in the profile.
type parts []string

// A namePattern is RE2 for the name of a file, or for its whole path below the
// root, whose named groups are parts. It sees composed letters.
type namePattern struct {
	Pattern string `json:"pattern"`
	Path    bool   `json:"path"`
	// Beside says that the name alone is too common to tell the vendor: one of
	// its sidecars must stand beside it.
	Beside bool `json:"beside"`

	re     *regexp.Regexp
	groups []int // the part of each group, -1 for none
}

func (n *namePattern) prepare(p *Profile) (err error) {
	if n.re, err = regexp.Compile(`(?s)` + n.Pattern); err != nil {
		return err
	}
	n.groups = make([]int, n.re.NumSubexp()+1)
	for i, name := range n.re.SubexpNames() {
		n.groups[i] = -1
		switch name {
		case "":
		case partPath, partDir, partBase, partStem:
			return fmt.Errorf("every recording has a part %q", name)
		default:
			n.groups[i] = p.place(name)
		}
	}
	return nil
}

// match fills what the name says into into, or reports that it is another's.
func (n *namePattern) match(name string, into parts) bool {
	if !n.Path {
		name = path.Base(name)
	}
	at := n.re.FindStringSubmatchIndex(name)
	if at == nil {
		return false
	}
	for i, part := range n.groups {
		if part >= 0 && at[2*i] >= 0 {
			into[part] = name[at[2*i]:at[2*i+1]]
		}
	}
	return true
}

// recording takes the name of a recording to parts; nil when it is not one of
// this vendor's.
func (p *Profile) recording(name string) parts {
	name = norm.NFC.String(name)
	into := make(parts, len(p.names))
	for i := range p.Recordings {
		if p.Recordings[i].match(name, into) {
			p.placeName(name, into)
			return into
		}
	}
	return nil
}

// placeName fills the parts that every recording has.
func (p *Profile) placeName(name string, into parts) {
	dir, base := path.Split(name)
	into[p.names[partPath]], into[p.names[partBase]], into[p.names[partStem]] = name, base, stem(base)
	if into[p.names[partDir]] = dir; dir == "" {
		into[p.names[partDir]] = "./"
	}
}

// A template makes a text of parts.
type template struct {
	source  string
	choices [][]piece
}

// A piece of a template is text, or a part.
type piece struct {
	text string
	part int // -1 for text
}

// UnmarshalJSON takes the template as it stands; prepare finds its parts.
func (t *template) UnmarshalJSON(raw []byte) error { return json.Unmarshal(raw, &t.source) }

var partName = lazily(`\{([^{}]+)\}`)

func (t *template) prepare(p *Profile) {
	if t.source == "" {
		return
	}
	for choice := range strings.SplitSeq(t.source, "|") {
		var pieces []piece
		from := 0
		for _, at := range partName().FindAllStringSubmatchIndex(choice, -1) {
			pieces = append(pieces, piece{choice[from:at[0]], -1}, piece{part: p.place(choice[at[2]:at[3]])})
			from = at[1]
		}
		t.choices = append(t.choices, append(pieces, piece{choice[from:], -1}))
	}
}

// fill answers the first choice whose parts all say something, "" for none.
func (t *template) fill(from parts) string {
	for _, pieces := range t.choices {
		text, whole := "", true
		for _, piece := range pieces {
			if piece.part < 0 {
				text += piece.text
				continue
			}
			text += from[piece.part]
			whole = whole && from[piece.part] != ""
		}
		if whole {
			return text
		}
	}
	return ""
}

// A condition is RE2 that parts match, all of them.
type condition struct {
	patterns map[string]string
	tests    []test
}

type test struct {
	part    int
	pattern *regexp.Regexp
}

// UnmarshalJSON takes the patterns as they stand; prepare compiles them.
func (c *condition) UnmarshalJSON(raw []byte) error { return json.Unmarshal(raw, &c.patterns) }

func (c *condition) prepare(p *Profile) error {
	for _, part := range slices.Sorted(maps.Keys(c.patterns)) {
		re, err := regexp.Compile(`(?s)` + c.patterns[part])
		if err != nil {
			return err
		}
		c.tests = append(c.tests, test{p.place(part), re})
	}
	return nil
}

func (c *condition) holds(of parts) bool {
	for _, t := range c.tests {
		if !t.pattern.MatchString(of[t.part]) {
			return false
		}
	}
	return true
}

// A fieldRule says what parts mean, where its condition holds.
type fieldRule struct {
	If  condition           `json:"if"`
	Set map[string]template `json:"set"` // by field; names that are none of ours become fields of the call

	known [settableCount]template
	more  []moreRule
}

type moreRule struct {
	name  string
	value template
}

// What a rule can set beside the start.
const (
	setCall = iota
	setContact
	setDuration // seconds, or as 6:13
	setMillis   // the duration in milliseconds
	setAgent
	setQueue
	setCategory
	setCustomer
	setDirection
	setLeg
	settableCount
)

var settable = [settableCount]string{
	"call", "contact", "duration", "milliseconds", "agent", "queue", "category", "customer", "direction", "leg",
}

func (r *fieldRule) prepare(p *Profile) error {
	if err := r.If.prepare(p); err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(r.Set)) {
		t := r.Set[name]
		t.prepare(p)
		if at := slices.Index(settable[:], name); at >= 0 {
			r.known[at] = t
			continue
		}
		if len(name) > longestName {
			return fmt.Errorf("the field %q has too long a name", name)
		}
		r.more = append(r.more, moreRule{name, t})
	}
	return nil
}

// sayings are what the rules say, by what they can set.
type sayings [settableCount]string

// sayings asks the rules in their order: the first that says something of a
// field holds.
func (p *Profile) sayings(from parts) sayings {
	var said sayings
	for i := range p.Fields {
		r := &p.Fields[i]
		if !r.If.holds(from) {
			continue
		}
		for which := range r.known {
			if said[which] == "" && len(r.known[which].choices) > 0 {
				said[which] = Clean(r.known[which].fill(from))
			}
		}
	}
	return said
}
