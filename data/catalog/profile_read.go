package catalog

import (
	"cmp"
	"context"
	"errors"
	"hash/maphash"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"
	"time"
	"unique"

	"golang.org/x/text/unicode/norm"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

// A reading is a profile at work on what one walk finds. It is safe for
// concurrent use once it has gathered.
type reading struct {
	*Profile
	zone       *time.Location
	unredacted bool
	means      map[string]desk.Meaning // of members that become fields, as a person said
	open       func(path string) (io.ReadCloser, error)
	index      index

	mutex  sync.Mutex
	faults map[string]desk.Found // by path, of sidecars that cannot be read
}

// An index is what must be known of all files before the first is read. It keeps
// hashes in place of names: there may be a million.
type index struct {
	seed   maphash.Seed
	better map[uint64]bool  // contacts that have a better recording
	files  map[uint64]place // sidecars that are named after a contact
	notes  map[uint64]*note // records
	stamps map[uint64]int64 // sidecars as they are now
	rules  map[int]int64    // sidecars of each rule that hold records, as they are now
}

type place struct{ root, name string }

// sum is the place of a key of a rule.
func (x *index) sum(rule int, key string) uint64 {
	if rule != besideRule {
		key = joined(key)
	}
	return maphash.Comparable(x.seed, indexKey{rule, key})
}

type indexKey struct {
	rule int
	key  string
}

func newReading(p *Profile, zone *time.Location) *reading {
	return &reading{
		Profile: p, zone: zone, open: openFile, faults: map[string]desk.Found{},
		index: index{maphash.MakeSeed(), map[uint64]bool{}, map[uint64]place{}, map[uint64]*note{}, map[uint64]int64{}, map[int]int64{}},
	}
}

// prefers reports whether some recordings are heard in place of others.
func (r *reading) prefers() bool { return len(r.Better.tests) > 0 }

// isBetter reports whether a recording is heard in place of others of its contact:
// where a person wants to hear all words, the one that is not redacted.
func (r *reading) isBetter(of parts) bool { return r.Better.holds(of) != (r.Redacts && r.unredacted) }

// takes says what a file is to the profile: a recording, as its parts, or one
// that need not be opened.
func (r *reading) takes(f *file, claims bool) (of parts, skip bool) {
	if r == nil || f.err != nil {
		return nil, false
	}
	if of = r.recording(f.name); of != nil {
		return of, r.superseded(f.root, of)
	}
	return nil, !claims && r.isSidecar(f.name)
}

// gather goes through all files once, if the profile needs to.
func (r *reading) gather(ctx context.Context, files Files, paths []string) error {
	if !r.prefers() && len(r.Sidecars) == 0 {
		return nil
	}
	return files(ctx, paths, func(root, name string, info fs.FileInfo, err error) error {
		if err != nil {
			return nil // the walk in earnest tells of it
		}
		if r.prefers() && claimsSound(name) {
			if of := r.recording(name); of != nil && r.isBetter(of) {
				r.index.better[r.index.sum(-1, r.contact(root, of))] = true
			}
		}
		r.noteFile(root, name, info)
		return r.meet(ctx, root, name)
	})
}

// meet notes what a file is, if it is a sidecar that stands anywhere.
func (r *reading) meet(ctx context.Context, root, name string) error {
	for i := range r.Sidecars {
		rule := &r.Sidecars[i]
		if !rule.gathered() {
			continue
		}
		of := make(parts, len(r.names))
		if !rule.groups.match(norm.NFC.String(name), of) {
			continue
		}
		if rule.Records {
			r.index.rules[i] += r.index.stamps[r.index.sum(besideRule, root+"\x00"+name)]
			return r.records(ctx, i, root, name)
		}
		for j := range rule.Key {
			if key := rule.Key[j].fill(of); key != "" {
				r.index.files[r.index.sum(i, key)] = place{root, name}
			}
		}
	}
	return nil
}

// gathered answers what a sidecar that stands anywhere says of a key, or nil.
func (r *reading) gathered(ctx context.Context, rule int, key string) *note {
	if key == "" {
		return nil
	}
	sum := r.index.sum(rule, key)
	if n := r.index.notes[sum]; n != nil {
		return n
	}
	if at, ok := r.index.files[sum]; ok {
		return r.sidecar(ctx, &r.Sidecars[rule], at.root, at.name)
	}
	return nil
}

// contact is what the recordings of a contact below one root have in common.
func (r *reading) contact(root string, of parts) string {
	said := r.sayings(of)
	return root + "\x00" + cmp.Or(said[setContact], said[setCall], of[r.names[partPath]])
}

// superseded reports whether a better recording of its contact stands beside.
func (r *reading) superseded(root string, of parts) bool {
	return r.prefers() && !r.isBetter(of) && r.index.better[r.index.sum(-1, r.contact(root, of))]
}

// isSidecar reports whether a file is one that other recordings are told by, so
// that nobody need ask whether it holds sound.
func (r *reading) isSidecar(name string) bool {
	extension := strings.ToLower(path.Ext(name))
	return extension == ".json" || extension == ".xml" ||
		slices.ContainsFunc(r.Sidecars, func(s sidecarRule) bool { return s.gathered() && s.re.MatchString(name) })
}

// tell completes a recording with what its name and its sidecars say.
func (r *reading) tell(ctx context.Context, found *desk.Found, of parts) {
	found.Beside = r.beside(found.Root, of) // as its name alone finds them
	notes := r.notes(ctx, found.Root, of)
	b, said := r.start(of, r.zone), r.sayings(of)
	m := desk.Meta{
		CallID:    said[setCall],
		Start:     b.at,
		StartSaid: b.said, Zone: b.zone, ZoneGuessed: b.guessed, StartRough: b.rough,
		Duration:  said.duration(),
		Queue:     said[setQueue],
		Category:  said[setCategory],
		Direction: parseDirection(said[setDirection]),
		Agent:     review.Hide(said[setAgent]),
		Customer:  review.Hide(said[setCustomer]),
	}
	for _, n := range notes {
		m.Category = cmp.Or(m.Category, n.category)
		m.Fields = addFields(m.Fields, n.fields)
	}
	m.Fields = addFields(m.Fields, packed(r.more(of)))
	found.Meta, found.Contact = m, said[setContact]
	found.AgentFirst = r.AgentLeft != nil && r.AgentLeft.holds(of)
	if leg := review.Leg(said[setLeg]); leg != review.WholeCall && found.Recording.Channels == 1 && found.Pair == "" {
		found.Recording.Leg, found.Pair = leg, cmp.Or(found.Contact, m.CallID)
	}
}

// duration reads what the rules say of it.
func (s sayings) duration() time.Duration {
	d, err := parseDuration(s[setDuration], time.Second)
	if err != nil || d == 0 {
		d, _ = parseDuration(s[setMillis], time.Millisecond) // what is no duration says none
	}
	return d
}

// more are the fields beyond what every call has.
func (r *reading) more(of parts) []review.Field {
	var all []review.Field
	for i := range r.Fields {
		if !r.Fields[i].If.holds(of) {
			continue
		}
		for j := range r.Fields[i].more {
			m := &r.Fields[i].more[j]
			if value := Clean(m.value.fill(of)); value != "" && len(value) <= longestValue {
				all = append(all, review.Field{Name: m.name, Value: review.Hide(value)})
			}
		}
	}
	return all
}

// addFields adds those that are not named yet.
func addFields(to []review.Field, more []unique.Handle[review.Field]) []review.Field {
	for _, f := range unpacked(more) {
		if !slices.ContainsFunc(to, func(has review.Field) bool { return has.Name == f.Name }) {
			to = append(to, f)
		}
	}
	return to
}

// keys are the names by which a table may call a recording.
func (r *reading) keys(of parts) []string {
	var all []string
	for i := range r.Keys {
		if key := Clean(r.Keys[i].fill(of)); key != "" {
			all = append(all, key)
		}
	}
	return all
}

// keysOf are the keys of a file that its name tells, and whether a better
// recording stands beside it.
func (r *reading) keysOf(root, name string) (keys []string, beside bool) {
	if r == nil {
		return nil, false
	}
	of := r.recording(name)
	if of == nil {
		return nil, false
	}
	return r.keys(of), r.superseded(root, of)
}

// blame notes that a sidecar cannot be read.
func (r *reading) blame(root, name string, err error) {
	if errors.Is(err, context.Canceled) {
		return
	}
	r.mutex.Lock()
	defer r.mutex.Unlock()
	reason := review.Fail(BadSidecar, nil).Because(review.WithoutPath(err))
	r.faults[root+"\x00"+name] = desk.Found{Root: root, Name: name, Problem: reason}
}

// rest yields the sidecars that could not be read, by path.
func (r *reading) rest(ctx context.Context, yield func(desk.Found) error) error {
	if r == nil {
		return nil
	}
	for _, at := range slices.Sorted(maps.Keys(r.faults)) {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := yield(r.faults[at]); err != nil {
			return err
		}
	}
	return nil
}

// overlay is what a table says over what a name and its sidecars do. A start in
// a guessed zone does not go over one in a known zone: where the telephone system
// stands elsewhere, it would be hours off.
func overlay(under, over desk.Meta) desk.Meta {
	m := over
	m.CallID = cmp.Or(over.CallID, under.CallID)
	m.Duration = cmp.Or(over.Duration, under.Duration)
	m.Queue = cmp.Or(over.Queue, under.Queue)
	m.Category = cmp.Or(over.Category, under.Category)
	m.Direction = cmp.Or(over.Direction, under.Direction)
	if over.Agent.Empty() {
		m.Agent = under.Agent
	}
	if over.Customer.Empty() {
		m.Customer = under.Customer
	}
	if over.Start.IsZero() || over.ZoneGuessed && !under.Start.IsZero() && !under.ZoneGuessed && !under.StartRough {
		m.Start, m.StartSaid, m.Zone, m.ZoneGuessed, m.StartRough = under.Start, under.StartSaid, under.Zone, under.ZoneGuessed, under.StartRough
	}
	m.Fields = addFields(over.Fields, packed(under.Fields))
	return m
}
