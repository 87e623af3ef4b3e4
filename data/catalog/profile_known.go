package catalog

import (
	"cmp"
	"context"
	"errors"
	"io"
	"io/fs"
	"path"
	"strings"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

// BadProfile is answered for a profile that nobody knows, or that cannot be
// read. Args: profile.
const BadProfile review.Code = "bad-profile"

// ProfileOf answers the profile of an id, or the one that a text which begins
// with a brace spells out, as [Pattern] does. Nil is [desk.PlainProfile]. It answers
// [BadProfile].
func ProfileOf(id string) (*Profile, error) {
	if id == desk.PlainProfile {
		return nil, nil
	}
	if strings.HasPrefix(id, "{") {
		p, err := parseProfile([]byte(id))
		if err != nil {
			return nil, review.Fail(BadProfile, review.Args{"profile": desk.OwnProfile}).Because(err)
		}
		return p, nil
	}
	for _, p := range Profiles() {
		if p.ID == id {
			return p, nil
		}
	}
	return nil, review.Fail(BadProfile, review.Args{"profile": id})
}

const (
	// sample is how many files are looked at to recognise a profile.
	sample = 2000
	// enoughSound is how many recordings of them are.
	enoughSound = 500
)

// A sampling is what the first files of a folder say of the profiles.
type sampling struct {
	sounds  []string
	beside  map[string]bool   // all files, in lower case
	tables  map[string]tables // of a profile, by its id
	records map[string]int
	seen    int
	peeked  int
	open    func(path string) (io.ReadCloser, error)
}

// tables are how many tables of one vendor there are, and where the first is.
type tables struct {
	n     int
	first string
}

// Recognise says which profile reads the files beneath paths best, and why. It
// looks at the names of the first files only. It returns the errors of [Files].
func (c *Catalog) Recognise(ctx context.Context, paths []string) (desk.Recognition, error) {
	s := sampling{beside: map[string]bool{}, tables: map[string]tables{}, records: map[string]int{}, open: c.reader(ctx)}
	err := c.files(ctx, paths, func(root, name string, _ fs.FileInfo, err error) error {
		if err == nil {
			s.see(root, name)
		}
		if s.seen >= sample || len(s.sounds) >= enoughSound {
			return errEnough
		}
		return nil
	})
	if err != nil && !errors.Is(err, errEnough) {
		return desk.Recognition{}, err
	}
	return s.best(), nil
}

func (s *sampling) see(root, name string) {
	s.seen++
	s.beside[strings.ToLower(name)] = true
	if claimsSound(name) {
		s.sounds = append(s.sounds, name)
		return
	}
	for _, p := range Profiles() {
		if p.Table(name) != nil {
			s.tables[p.ID] = tables{s.tables[p.ID].n + 1, cmp.Or(s.tables[p.ID].first, review.Under(root, name))}
		}
		for i := range p.Sidecars {
			rule := &p.Sidecars[i]
			if rule.gathered() && rule.re.MatchString(name) && (rule.Tells == "" || rule.tells.Match(s.peek(root, name))) {
				s.records[p.ID]++
			}
		}
	}
}

const (
	// mostPeeks is how many files are opened to recognise a profile.
	mostPeeks = 50
	// peek is how much of each is read.
	peek = 4096
)

// peek reads the beginning of a file whose name many vendors could have given.
func (s *sampling) peek(root, name string) []byte {
	if s.peeked++; s.peeked > mostPeeks {
		return nil
	}
	file, err := s.open(review.Under(root, name))
	if err != nil {
		return nil // the import tells of it
	}
	defer file.Close()
	begin, _ := io.ReadAll(io.LimitReader(asUTF8(file), peek)) // what can be read of it
	return begin
}

// best is the profile that most recordings fit. Of those that nearly as many fit
// the narrowest is taken: every name that RingCentral gives could be one of
// VICIdial, but not the other way round. Where there are no recordings, a table
// or records that only one vendor writes tell it.
func (s *sampling) best() desk.Recognition {
	best := desk.Recognition{Profile: desk.PlainProfile, Files: len(s.sounds)}
	narrow := 0
	for _, p := range Profiles() {
		r := s.fit(p)
		if r.Fit*2 < r.Files || r.Fit == 0 && r.Tables+r.Sidecars == 0 {
			continue // most recordings are another's
		}
		closer := r.Fit*10 >= best.Fit*8 && p.narrowness() > narrow
		if best.Profile == desk.PlainProfile || r.Fit*8 > best.Fit*10 || closer {
			best, narrow = r, p.narrowness()
		}
	}
	return best
}

func (s *sampling) fit(p *Profile) desk.Recognition {
	r := desk.Recognition{
		Profile: p.ID, Name: p.Name, Files: len(s.sounds), Sidecars: s.records[p.ID],
		Tables: s.tables[p.ID].n, Table: s.tables[p.ID].first,
	}
	for _, name := range s.sounds {
		of, beside := s.recording(p, name)
		if of == nil {
			continue
		}
		if r.Fit++; r.Example == "" {
			r.Example = name
		}
		if beside {
			r.Sidecars++
		}
	}
	return r
}

// recording is what a profile makes of a name, and whether a sidecar of its
// stands beside. A name that is too common counts with a sidecar only.
func (s *sampling) recording(p *Profile, name string) (of parts, beside bool) {
	if of = p.recording(name); of == nil {
		return nil, false
	}
	for i := range p.Sidecars {
		for j := range p.Sidecars[i].Beside {
			at := strings.ToLower(path.Clean(p.Sidecars[i].Beside[j].fill(of)))
			beside = beside || s.beside[at]
		}
	}
	if p.common(name) && !beside && s.records[p.ID] == 0 {
		return nil, false
	}
	return of, beside
}

// common reports whether a name is too common to tell the vendor.
func (p *Profile) common(name string) bool {
	into := make(parts, len(p.names))
	for i := range p.Recordings {
		if p.Recordings[i].match(name, into) {
			return p.Recordings[i].Beside
		}
	}
	return false
}

// narrowness is how much the patterns of a profile ask for; a common name asks
// for nothing.
func (p *Profile) narrowness() int {
	n := 0
	for i := range p.Recordings {
		if !p.Recordings[i].Beside {
			n = max(n, len(p.Recordings[i].Pattern))
		}
	}
	return n
}

// reading prepares the profile of a request, nil for none.
func (c *Catalog) reading(ctx context.Context, req desk.ImportRequest) (*reading, error) {
	p, err := ProfileOf(cmp.Or(req.Profile, desk.PlainProfile))
	if p == nil || err != nil {
		return nil, err
	}
	r := newReading(p, c.zone)
	r.open = c.reader(ctx)
	r.unredacted, r.means = req.Unredacted, req.Table.Columns
	return r, r.gather(ctx, c.files, req.Paths)
}

// errEnough ends a walk that has seen enough.
var errEnough = errors.New("enough was seen")

// Preview does what desk.Source asks. It looks at the first files only.
func (c *Catalog) Preview(ctx context.Context, req desk.ImportRequest, most int) (desk.Preview, error) {
	known, err := c.Recognise(ctx, req.Paths)
	if err != nil {
		return desk.Preview{}, err
	}
	req = known.Settle(req)
	p, err := ProfileOf(req.Profile)
	if err != nil {
		return desk.Preview{}, err
	}
	out := desk.Preview{Recognition: known, Taken: desk.PlainProfile, Metadata: req.Metadata, Category: "profile.category_plain"}
	if p != nil {
		out.Taken, out.Category, out.Redacts = p.ID, p.Category, p.Redacts
	}
	for _, known := range Profiles() {
		out.Vendors = append(out.Vendors, desk.Vendor{ID: known.ID, Name: known.Name})
	}
	first := *c
	first.files = c.first(sample)
	err = first.Walk(ctx, req, func(f desk.Found) error {
		if out.Rows = append(out.Rows, f); len(out.Rows) == most {
			return errEnough
		}
		return nil
	})
	if errors.Is(err, errEnough) {
		err = nil
	}
	return out, err
}

// first are the first files of those that there are.
func (c *Catalog) first(most int) Files {
	return func(ctx context.Context, paths []string, yield func(root, name string, info fs.FileInfo, err error) error) error {
		left, all := most, errors.New("all that are wanted")
		err := c.files(ctx, paths, func(root, name string, info fs.FileInfo, err error) error {
			if left--; left < 0 {
				return all
			}
			return yield(root, name, info, err)
		})
		if errors.Is(err, all) {
			return nil
		}
		return err
	}
}
