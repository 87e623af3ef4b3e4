package codebook

import (
	"slices"

	"github.com/earshot-app/earshot/review"
)

// How an issue of another codebook is met in this one.
type How string

// The ways to meet, surest first.
const (
	ByID   How = "id"   // it is the same issue: the libraries had it from one another
	ByName How = "name" // one of the same name
	Nearly How = "near" // none, but one that may be the same under another name
	New    How = "new"
)

// A Meeting is what an issue of another codebook is in this one.
type Meeting struct {
	Theirs Entry
	How    How
	Same   string // id of the issue that it is here, when met by id or name
	Mine   Entry  // what became of that
	Near   []Name
	Fill   Description // with what this codebook lacks taken over
	// Into and Parts are ids of the issues here that it was merged into and split
	// into by bringing it.
	Into  string
	Parts []string
}

// Known reports whether the issue was here before.
func (m Meeting) Known() bool { return m.How == ByID || m.How == ByName }

// Meet brings another codebook to this one, in its order. What both say of an
// issue differently stays as this codebook says it. An issue that was merged or
// split into none that either codebook has is left out.
//
// Rows of one id are one issue, whatever they call it, and so are those of one
// name unless they have ids: of what was merged, another issue may have the name.
func Meet(mine, theirs []Entry) []Meeting {
	var all []Meeting
	for _, e := range theirs {
		if !traceable(mine, theirs, e) {
			continue
		}
		before := slices.IndexFunc(all, func(m Meeting) bool { return repeats(m.Theirs, e) })
		if before < 0 {
			all = append(all, meet(mine, e))
			continue
		}
		// Once more the same: what it says beside is filled in too.
		all[before].Fill = all[before].Fill.Fill(e.Description)
	}
	return all
}

// traceable reports whether an issue stands for itself, or either codebook has
// what it became.
func traceable(mine, theirs []Entry, e Entry) bool {
	has := func(id string) bool {
		same := func(e Entry) bool { return e.ID == id }
		return id != "" && id != e.ID && (slices.ContainsFunc(theirs, same) || slices.ContainsFunc(mine, same))
	}
	switch e.State {
	case Merged:
		return has(e.Into)
	case Split:
		return slices.ContainsFunc(PartsOf(theirs, e), has)
	}
	return true
}

// PartsOf are the ids of the parts of an issue of a codebook that tells them at
// the issue, at the parts, or at both.
func PartsOf(entries []Entry, whole Entry) []string {
	parts := slices.Clone(whole.Parts)
	for _, e := range entries {
		if slices.Contains(e.PartOf, whole.ID) && !slices.Contains(parts, e.ID) {
			parts = append(parts, e.ID)
		}
	}
	return parts
}

// repeats reports whether two rows of one codebook are about one issue.
func repeats(a, b Entry) bool {
	if a.ID != "" && b.ID != "" {
		return a.ID == b.ID || a.State != Merged && b.State != Merged && review.SameName(a.Name, b.Name)
	}
	return review.SameName(a.Name, b.Name)
}

func meet(mine []Entry, e Entry) Meeting {
	m := Meeting{Theirs: e, How: New}
	if i := slices.IndexFunc(mine, func(my Entry) bool { return e.ID != "" && my.ID == e.ID }); i >= 0 {
		m.How, m.Mine = ByID, mine[i]
	} else if named, ok := Called(mine, e.Name); ok {
		m.How, m.Mine = ByName, named
	} else {
		if m.Near = Near(e.Name, Names(mine)); len(m.Near) > 0 && e.State != Merged {
			m.How = Nearly
		} else {
			m.Near = nil
		}
		m.Fill = e.Description
		return m
	}
	m.Same = m.Mine.ID
	m.Mine = Survivor(mine, m.Mine)
	m.Fill = m.Mine.Description
	if e.State != Merged {
		m.Fill = m.Fill.Fill(e.Description)
	}
	return m
}

// Names are all names of a codebook, each with the issue that it belongs to
// now: the name of one that was merged leads to its survivor.
func Names(entries []Entry) []Name {
	var all []Name
	for _, e := range entries {
		all = append(all, Name{Survivor(entries, e).ID, e.Name})
	}
	return all
}
