package catalog

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/earshot-app/earshot/assets/profiles"
)

// A Profile says how the export of one vendor is read. It is all data, so that
// one more vendor is one more file in assets/profiles.
//
// Reading goes in two steps. First a recording is taken to parts: what the named
// groups of the pattern of its name match, and what its sidecars say, whose
// members are parts by their paths ("Queue.Name", "agents.0.name", a star for
// every element of a list). Then templates make fields of the parts: "{date}-{time}"
// puts two together, "{name}|{id}" takes the first that has all it needs.
type Profile struct {
	ID   string `json:"id"`
	Name string `json:"name"` // as the vendor writes it
	// Category is the key of the sentence that says where the agents' category
	// is, or that there is none.
	Category string `json:"category"`

	Recordings []namePattern `json:"recordings"`
	Sidecars   []sidecarRule `json:"sidecars"`
	Tables     []Table       `json:"tables"`

	Start  []startRule `json:"start"`  // the first that has all it needs
	Fields []fieldRule `json:"fields"` // of each field the first that says something
	// Keys are the names by which tables may call a recording, beside its path
	// and its call id.
	Keys []template `json:"keys"`
	// Better tells the recordings of a contact that are heard in place of its
	// others: the mix in place of its legs, the redacted in place of the one with
	// all words.
	Better condition `json:"better"`
	// Redacts says that Better is about redaction, which a person may decline.
	Redacts bool `json:"redacts"`
	// AgentLeft tells recordings with the agent on the first channel; {} is all.
	AgentLeft *condition `json:"agent_left"`

	Examples []Example `json:"examples"`

	names map[string]int // parts, by name
	docs  []docPart      // those that sidecars may fill
}

// An Example is a recording's path, with what the profile reads from it.
type Example struct {
	Name  string                     `json:"name"`
	Files map[string]json.RawMessage `json:"files"` // beside it: JSON, or any text as a string
	Want  map[string]string          `json:"want"`
}

// A Table is a metadata table that a vendor writes.
type Table struct {
	File      string   `json:"file"`      // RE2 of its path, without regard to case
	Separator string   `json:"separator"` // "" for any
	Orders    []order  `json:"orders"`    // of columns, where it has no header
	Means     mapping  `json:"means"`     // what columns mean, against the guess
	Otherwise mapping  `json:"otherwise"` // what they mean where no other column means that
	Keep      []string `json:"keep"`      // columns that are kept although their name promises a person
	file      *regexp.Regexp
}

// An order of columns in a table without a header. Of several the first that
// fits the first line is taken.
type order struct {
	Columns []string          `json:"columns"`
	Least   int               `json:"least"` // columns that every version writes; 0 for all
	Where   map[string]string `json:"where"` // column → RE2 that its cell matches
	where   map[int]*regexp.Regexp
}

// A mapping is from names of columns to names of fields, "" for none.
type mapping = map[string]string

// Profiles are all vendors' profiles, by name.
var Profiles = sync.OnceValue(func() []*Profile {
	all, err := readProfiles()
	if err != nil {
		panic(err) // they are part of the program, and a test reads them
	}
	slices.SortFunc(all, func(a, b *Profile) int { return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)) })
	return all
})

func readProfiles() ([]*Profile, error) {
	names, err := fs.Glob(profiles.Files, "*.json")
	if err != nil {
		return nil, err
	}
	var all []*Profile
	for _, name := range names {
		p, err := readProfile(name)
		if err != nil {
			return nil, err
		}
		all = append(all, p)
	}
	return all, nil
}

func readProfile(name string) (*Profile, error) {
	raw, err := fs.ReadFile(profiles.Files, name)
	if err != nil {
		return nil, err
	}
	p, err := parseProfile(raw)
	if err != nil {
		return nil, fmt.Errorf("read profile %s: %w", name, err)
	}
	if p.ID+".json" != path.Base(name) {
		return nil, fmt.Errorf("profile %q lies in %s", p.ID, name)
	}
	return p, nil
}

// parseProfile reads a profile and prepares it for reading recordings.
func parseProfile(raw []byte) (*Profile, error) {
	p := &Profile{names: map[string]int{}}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(p); err != nil {
		return nil, err
	}
	return p, p.prepare()
}

// Parts that every recording has.
const (
	partPath = "path" // below the root
	partDir  = "dir"  // with a slash behind it
	partBase = "base" // the file's name
	partStem = "stem" // without its extension
)

// prepare gives every part its place and compiles what is to be matched.
func (p *Profile) prepare() error {
	for _, name := range []string{partPath, partDir, partBase, partStem} {
		p.place(name)
	}
	for i := range p.Recordings {
		if err := p.Recordings[i].prepare(p); err != nil {
			return err
		}
	}
	own := len(p.names) // what follows, sidecars fill
	for i := range p.Sidecars {
		if err := p.Sidecars[i].prepare(p); err != nil {
			return err
		}
	}
	for i := range p.Tables {
		if err := p.Tables[i].prepare(); err != nil {
			return err
		}
	}
	if err := p.prepareRules(); err != nil {
		return err
	}
	for name, at := range p.names {
		if at >= own {
			p.docs = append(p.docs, docPart{at, strings.Split(name, ".")})
		}
	}
	slices.SortFunc(p.docs, func(a, b docPart) int { return cmp.Compare(a.at, b.at) }) // stamps go by their order
	return nil
}

func (p *Profile) prepareRules() error {
	for i := range p.Start {
		p.Start[i].prepare(p)
	}
	for i := range p.Fields {
		if err := p.Fields[i].prepare(p); err != nil {
			return err
		}
	}
	for i := range p.Keys {
		p.Keys[i].prepare(p)
	}
	if p.AgentLeft != nil {
		if err := p.AgentLeft.prepare(p); err != nil {
			return err
		}
	}
	return p.Better.prepare(p)
}

// place is where a part stands among the parts.
func (p *Profile) place(name string) int {
	at, ok := p.names[name]
	if !ok {
		at = len(p.names)
		p.names[name] = at
	}
	return at
}

func (t *Table) prepare() (err error) {
	if t.file, err = regexp.Compile(`(?is)` + t.File); err != nil {
		return err
	}
	for i := range t.Orders {
		o := &t.Orders[i]
		o.where = map[int]*regexp.Regexp{}
		for column, pattern := range o.Where {
			at := slices.Index(o.Columns, column)
			if at < 0 {
				return fmt.Errorf("there is no column %q", column)
			}
			if o.where[at], err = regexp.Compile(`(?s)` + pattern); err != nil {
				return err
			}
		}
	}
	return nil
}

// Table answers what is known of the table at path, nil for none.
func (p *Profile) Table(path string) *Table {
	for i := range p.Tables {
		if p.Tables[i].file.MatchString(path) {
			return &p.Tables[i]
		}
	}
	return nil
}

// Header answers the header that a table with this first line would have if it
// had one, nil when none fits: then the line is the header.
func (t *Table) Header(first []string) []string {
	for _, o := range t.Orders {
		if o.fits(first) {
			return o.Columns[:len(first)]
		}
	}
	return nil
}

func (o *order) fits(cells []string) bool {
	least := o.Least
	if least == 0 {
		least = len(o.Columns)
	}
	if len(cells) < least || len(cells) > len(o.Columns) {
		return false
	}
	for at, pattern := range o.where {
		if at >= len(cells) || !pattern.MatchString(cells[at]) {
			return false
		}
	}
	return true
}
