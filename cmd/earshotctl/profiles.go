package main

import (
	"context"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/earshot-app/earshot/assets/text"
	"github.com/earshot-app/earshot/data/catalog"
	"github.com/earshot-app/earshot/data/folder"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

// profileFlags say how names and sidecars are read.
type profileFlags struct {
	Profile    string   `help:"profile" placeholder:"ID"`
	NameLike   string   `and:"own" help:"name_like" placeholder:"EXAMPLE"`
	Part       []string `and:"own" help:"part" placeholder:"FIELD=FROM:TO"`
	Unredacted bool     `help:"unredacted"`
}

// read completes a request. It answers [catalog.BadPart] and [catalog.BadProfile].
func (f profileFlags) read(req *desk.ImportRequest) error {
	req.Profile, req.Unredacted = f.Profile, f.Unredacted
	if f.NameLike != "" {
		parts, err := readParts(f.Part)
		if err != nil {
			return err
		}
		if req.Profile, err = catalog.Pattern(f.NameLike, parts); err != nil {
			return err
		}
	}
	if req.Profile == "" {
		return nil
	}
	_, err := catalog.ProfileOf(req.Profile)
	return err
}

func readParts(said []string) ([]desk.NamePart, error) {
	var parts []desk.NamePart
	for _, s := range said {
		field, span, _ := strings.Cut(s, "=")
		from, to, _ := strings.Cut(span, ":")
		start, err1 := strconv.Atoi(from)
		end, err2 := strconv.Atoi(to)
		if field == "" || err1 != nil || err2 != nil {
			return nil, review.Fail(catalog.BadPart, review.Args{"field": s})
		}
		parts = append(parts, desk.NamePart{Field: field, From: start, To: end})
	}
	return parts, nil
}

// profileID is what a profile is called, also one that a person made.
func profileID(profile string) string {
	p, err := catalog.ProfileOf(profile)
	if p == nil || err != nil {
		return profile
	}
	return p.ID
}

type profilesCmd struct{}

type profileRow struct {
	ID       string   `json:"id"`
	Name     string   `json:"name"`
	Category string   `json:"category"` // where the agents' category is
	Examples []string `json:"examples"`
}

// Run lists the profiles.
func (c *profilesCmd) Run(s *session) error {
	rows := []profileRow{}
	for _, p := range catalog.Profiles() {
		r := profileRow{ID: p.ID, Name: p.Name, Category: s.texts.Say(p.Category, nil)}
		for _, e := range p.Examples {
			r.Examples = append(r.Examples, e.Name)
		}
		rows = append(rows, r)
	}
	return s.answer(rows, func(w io.Writer) {
		s.heads(w, "profile", "name", "example")
		for _, r := range rows {
			row(w, r.ID, r.Name, r.Examples[0])
		}
	})
}

// previewed is what an import would read.
type previewed struct {
	Profile  string       `json:"profile"` // that is taken
	Found    string       `json:"found"`   // that was recognised
	Files    int          `json:"files"`   // recordings of which the names were looked at
	Fit      int          `json:"fit"`
	Sidecars int          `json:"sidecars"`
	Metadata string       `json:"metadata"`
	Why      string       `json:"why"`
	Category string       `json:"category"`
	Rows     []previewRow `json:"rows"`
}

type previewRow struct {
	File         string            `json:"file"`
	Call         string            `json:"call"` // the source's id, "" where it cannot be shown
	Start        string            `json:"start"`
	StartSaid    string            `json:"start_said"`
	StartGuessed bool              `json:"start_guessed"`
	Zone         string            `json:"zone"`
	ZoneGuessed  bool              `json:"zone_guessed"`
	Duration     float64           `json:"duration"`
	Queue        string            `json:"queue"`
	Category     string            `json:"category"`
	Direction    string            `json:"direction"`
	Agent        string            `json:"agent"` // "hidden", or "" for none
	Customer     string            `json:"customer"`
	Leg          review.Leg        `json:"leg"`
	AgentFirst   bool              `json:"agent_first"` // the agent is on the first channel
	Fields       map[string]string `json:"fields"`
	Problem      string            `json:"problem,omitempty"`
	Line         int               `json:"line,omitempty"` // of the table, that the problem is about
}

func (s *session) preview(p desk.Preview) error {
	out := previewed{
		Profile: p.Taken, Found: p.Profile, Files: p.Files, Fit: p.Fit, Sidecars: p.Sidecars, Metadata: p.Metadata,
		Why: s.why(p), Category: s.texts.Say(text.Key(p.Category), nil), Rows: []previewRow{},
	}
	for _, f := range p.Rows {
		out.Rows = append(out.Rows, s.toPreviewRow(f))
	}
	return s.answer(out, func(w io.Writer) { s.printPreview(w, out) })
}

// why says how the profile was found.
func (s *session) why(p desk.Preview) string {
	args := review.Args{"files": p.Files, "fit": p.Fit, "name": p.Name, "example": p.Example, "n": p.Tables + p.Sidecars}
	switch {
	case p.Taken == desk.OwnProfile:
		return s.texts.Say("ctl.why_own", nil)
	case p.Profile == desk.PlainProfile && telling(p.Rows):
		return s.texts.Say("profile.why_plain", review.Args{"n": p.Files}) + " " + s.texts.Say("ctl.telling", nil)
	case p.Profile == desk.PlainProfile:
		return s.texts.Say("profile.why_plain", review.Args{"n": p.Files})
	case p.Fit == 0:
		return s.texts.Say("ctl.why_beside", args)
	}
	return s.texts.Say("ctl.why_names", args)
}

// telling reports whether a start or an id seems to stand in the names.
func telling(rows []desk.Found) bool {
	var names catalog.Catalog
	return slices.ContainsFunc(rows, func(f desk.Found) bool {
		_, parts := names.NameParts(f.Name)
		return slices.ContainsFunc(parts, func(p desk.NamePart) bool { return p.Field != "" })
	})
}

func (s *session) toPreviewRow(f desk.Found) previewRow {
	m := f.Meta
	r := previewRow{
		File: f.Name, Start: instant(m.Start), StartSaid: m.StartSaid, Zone: m.Zone, ZoneGuessed: m.ZoneGuessed,
		Duration: m.Duration.Seconds(), Queue: m.Queue, Category: m.Category, Direction: m.Direction,
		Agent: m.Agent.String(), Customer: m.Customer.String(), Leg: f.Recording.Leg, AgentFirst: f.AgentFirst, Fields: desk.TellFields(m.Fields, nil),
	}
	if f.Problem != nil {
		r.Problem, _ = s.texts.Error(f.Problem)
		r.Line = f.Line
		return r
	}
	if m.Start.IsZero() {
		r.Start = instant(f.Recording.Modified)
	}
	r.StartGuessed = m.Start.IsZero() || m.StartRough
	if r.Duration == 0 && f.Recording.Rate > 0 {
		r.Duration = float64(f.Recording.Frames) / float64(f.Recording.Rate)
	}
	if review.UID(m.CallID, []review.Private{m.Agent, m.Customer}, "", f.Root, f.Name) == m.CallID {
		r.Call = m.CallID
	}
	return r
}

func (s *session) printPreview(w io.Writer, p previewed) {
	row(w, s.texts.Say("ctl.previewed", review.Args{"profile": p.Profile}))
	row(w, p.Why)
	row(w, p.Category)
	if p.Metadata != "" {
		row(w, s.texts.Say("ctl.previewed_table", review.Args{"file": p.Metadata}))
	}
	s.heads(w, "recording", "call", "start", "said", "zone", "duration", "queue", "category", "direction", "agent", "customer", "channels")
	for _, r := range p.Rows {
		if r.Problem != "" {
			s.printProblem(w, problem{File: r.File, Line: r.Line, Reason: r.Problem})
			continue
		}
		zone := r.Zone
		if r.ZoneGuessed || r.StartGuessed {
			zone = s.texts.Say("ctl.guessed", review.Args{"zone": r.Zone})
		}
		start, _ := time.Parse(time.RFC3339, r.Start)
		side := ""
		if r.AgentFirst {
			side = s.texts.Say("profile.agent_left", nil)
		}
		row(w, r.File, r.Call, local(start), r.StartSaid, zone, strconv.FormatFloat(r.Duration, 'f', 1, 64), r.Queue, r.Category, r.Direction,
			s.veiled(review.Hide(r.Agent)), s.veiled(review.Hide(r.Customer)), side)
	}
}

// showPreview shows what an import would read.
func (s *session) showPreview(ctx context.Context, req desk.ImportRequest) error {
	p, err := s.Preview(ctx, req)
	if err != nil {
		return err
	}
	return s.preview(p)
}

// probeFolder says which profile an import of a folder would take, and why.
func (s *session) probeFolder(ctx context.Context, path string) error {
	source := catalog.New(folder.Walk, time.Local)
	p, err := source.Preview(ctx, desk.ImportRequest{Paths: []string{path}}, mostProbed)
	if err != nil {
		return err
	}
	return s.preview(p)
}

// mostProbed is how many recordings a probe of a folder shows.
const mostProbed = 10

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}
