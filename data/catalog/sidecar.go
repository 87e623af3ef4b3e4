package catalog

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unique"

	"github.com/earshot-app/earshot/data/audio"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

// BadSidecar is answered for a file beside recordings that says something of
// them but cannot be read. What was read before stays.
const BadSidecar review.Code = "bad-sidecar"

// A sidecarRule says where the files lie that say something of recordings. A
// file is found beside its recording, by Beside; by what its own name says, by
// Pattern and Key; or, with Records, it says in itself of which recordings it
// tells.
type sidecarRule struct {
	Kind    string     `json:"kind"`    // "json", "xml", "csv" of records, or "log" as Asterisk's queue_log
	Beside  []template `json:"beside"`  // paths below the root
	Pattern string     `json:"pattern"` // RE2 of the path, anywhere below the root
	Records bool       `json:"records"` // it holds many, one after another or in lists
	Tells   string     `json:"tells"`   // RE2 that what records begin with matches, where the name is common
	List    string     `json:"list"`    // path of the member that holds the list, if one does
	Key     []template `json:"key"`     // of the sidecar or record; each may name a recording
	Join    []template `json:"join"`    // of the recording: what may stand in a Key
	Newest  template   `json:"newest"`  // of several with a key the greatest holds
	More    []string   `json:"more"`    // objects whose members become fields of the call

	Columns []string `json:"columns"` // of a log, parted by bars: "call" and "event" among them

	re     *regexp.Regexp
	groups namePattern
	tells  *regexp.Regexp
}

func (s *sidecarRule) prepare(p *Profile) (err error) {
	for _, list := range [][]template{s.Beside, s.Key, s.Join} {
		for i := range list {
			list[i].prepare(p)
		}
	}
	s.Newest.prepare(p)
	if s.Pattern == "" {
		return nil
	}
	if s.tells, err = regexp.Compile(`(?s)` + s.Tells); err != nil {
		return err
	}
	s.groups = namePattern{Pattern: s.Pattern, Path: true}
	err = s.groups.prepare(p)
	s.re = s.groups.re
	return err
}

// gathered reports whether the files of a rule must be known before the first
// recording is read.
func (s *sidecarRule) gathered() bool { return s.re != nil }

// A docPart is a part that sidecars fill: where it stands, and its path.
type docPart struct {
	at   int
	path []string
}

// A note is what one sidecar says of a recording.
type note struct {
	values   []string // of the profile's docs
	fields   []unique.Handle[review.Field]
	category string // as a member of More seems to name it
	newest   string
}

// note takes what a profile asks for out of a document.
func (r *reading) note(rule *sidecarRule, tree any) *note {
	n := &note{values: make([]string, len(r.docs))}
	guessed := map[string]string(nil)
	for i, doc := range r.docs {
		if doc.path[0] != partGuess {
			n.values[i] = lookup(tree, doc.path)
			continue
		}
		if guessed == nil {
			guessed = guess(tree)
		}
		n.values[i] = guessed[strings.Join(doc.path[1:], ".")]
	}
	for _, name := range rule.More {
		n.add(find(tree, strings.Split(name, ".")), r.means)
	}
	n.newest = rule.Newest.fill(n.parts(r.Profile))
	return n
}

// add keeps the members of an object as fields, but for what looks private. Which
// of them is the category a person has said, or its name does.
func (n *note) add(tree any, means map[string]desk.Meaning) {
	object, _ := tree.(map[string]any)
	for _, name := range sortedNames(object) {
		value := Clean(scalar(object[name]))
		if value == "" {
			continue
		}
		switch memberMeans(name, means) {
		case desk.MeansCategory:
			n.category = value
			continue
		case desk.MeansNothing:
			continue
		}
		if name = Clean(name); name != "" && len(name) <= longestName && !promisesPrivate(name) && !looksPrivate(value) {
			n.fields = append(n.fields, unique.Make(review.Field{Name: name, Value: review.Hide(value)}))
		}
	}
}

// memberMeans is what a member of an object means: as a person said, else the
// category if it is called so and no other is.
func memberMeans(name string, said map[string]desk.Meaning) desk.Meaning {
	if means, ok := said[name]; ok {
		return means
	}
	m, known := meanings[plain(name)]
	if known && m.field == fieldCategory && !slices.Contains(slices.Collect(maps.Values(said)), desk.MeansCategory) {
		return desk.MeansCategory
	}
	return desk.MeansField
}

// parts are the parts that a note alone fills.
func (n *note) parts(p *Profile) parts {
	into := make(parts, len(p.names))
	n.fill(p, into)
	return into
}

// fill gives a recording's parts what a note says and nothing said before.
func (n *note) fill(p *Profile, into parts) {
	for i, doc := range p.docs {
		if into[doc.at] == "" {
			into[doc.at] = n.values[i]
		}
	}
}

// find follows a path through objects and lists. An element of a list is found
// by its place, or by its key in a list of keys and values.
func find(tree any, path []string) any {
	for _, name := range path {
		switch at := tree.(type) {
		case map[string]any:
			tree = at[name]
		case []any:
			tree = elementOf(at, name)
		default:
			return nil
		}
	}
	return tree
}

func elementOf(list []any, name string) any {
	if i, err := strconv.Atoi(name); err == nil {
		if i < 0 || i >= len(list) {
			return nil
		}
		return list[i]
	}
	for _, element := range list {
		if pair, ok := element.(map[string]any); ok && pair["key"] == name {
			return pair["value"]
		}
	}
	return nil
}

// lookup is what stands at a path, in which a star is every element of a list:
// what these say is told once each, with commas between.
func lookup(tree any, path []string) string {
	star := slices.Index(path, "*")
	if star < 0 {
		return scalar(find(tree, path))
	}
	all, _ := find(tree, path[:star]).([]any)
	var said []string
	for _, element := range all {
		if text := lookup(element, path[star+1:]); text != "" && !slices.Contains(said, text) {
			said = append(said, text)
		}
	}
	return strings.Join(said, ", ")
}

// openFile opens a file that can be read to its end: no pipe that nobody writes
// to.
func openFile(path string) (io.ReadCloser, error) {
	info, err := os.Stat(path)
	if err == nil && !info.Mode().IsRegular() {
		err = fs.ErrInvalid
	}
	if err != nil {
		return nil, err
	}
	return os.Open(path)
}

// reader opens files as [openFile], and those at an address until ctx ends.
func (c *Catalog) reader(ctx context.Context) func(path string) (io.ReadCloser, error) {
	return func(path string) (io.ReadCloser, error) {
		if !review.Elsewhere(path) {
			return openFile(path)
		}
		content, err := c.open(ctx, path)
		if err != nil {
			return nil, err
		}
		return audio.Read(content), nil
	}
}

// mostSidecar is how much of a sidecar is read that tells of one recording.
const mostSidecar = 32 << 20

// sidecar reads the file of a rule that tells of one recording; nil when there
// is none.
func (r *reading) sidecar(ctx context.Context, rule *sidecarRule, root, name string) *note {
	if ctx.Err() != nil {
		return nil
	}
	file, err := r.open(review.Under(root, name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil {
		defer file.Close()
		var tree any
		if tree, err = readTree(rule.Kind, io.LimitReader(file, mostSidecar)); err == nil {
			return r.note(rule, tree)
		}
	}
	r.blame(root, name, err)
	return nil
}

func readTree(kind string, from io.Reader) (any, error) {
	if kind == "xml" {
		return readXML(from)
	}
	return readJSON(from)
}

// notes are what the sidecars of a recording say, those beside it first.
func (r *reading) notes(ctx context.Context, root string, of parts) []*note {
	var all []*note
	for i := range r.Sidecars {
		rule := &r.Sidecars[i]
		for j := range rule.Beside {
			beside := rule.Beside[j].fill(of)
			if beside == "" || path.Clean(beside) == of[r.names[partPath]] {
				continue
			}
			if n := r.sidecar(ctx, rule, root, path.Clean(beside)); n != nil {
				all = append(all, n)
				break
			}
		}
		for j := range rule.Join {
			if n := r.gathered(ctx, i, rule.Join[j].fill(of)); n != nil {
				all = append(all, n)
				break
			}
		}
		for _, n := range all {
			n.fill(r.Profile, of) // a later rule may join by it
		}
	}
	return all
}
