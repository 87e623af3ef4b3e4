package codebook

import "slices"

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
	Mine   Entry // when met by id or name: what became of it
	Near   []Name
	Fill   Description // with what this codebook lacks taken over
}

// Meet brings another codebook to this one. Issues that the other merged or
// split are left out, as others stand for them there. What both say of an issue
// differently stays as this codebook says it.
func Meet(mine, theirs []Entry) []Meeting {
	var all []Meeting
	for _, e := range theirs {
		if e.State != Merged && e.State != Split {
			all = append(all, meet(mine, e))
		}
	}
	return all
}

func meet(mine []Entry, e Entry) Meeting {
	m := Meeting{Theirs: e, How: New}
	if i := slices.IndexFunc(mine, func(my Entry) bool { return e.ID != "" && my.ID == e.ID }); i >= 0 {
		m.How, m.Mine = ByID, mine[i]
	} else if named, ok := Called(mine, e.Name); ok {
		m.How, m.Mine = ByName, named
	} else {
		if m.Near = Near(e.Name, Names(mine)); len(m.Near) > 0 {
			m.How = Nearly
		}
		m.Fill = e.Description
		return m
	}
	m.Mine = Survivor(mine, m.Mine)
	m.Fill = m.Mine.Fill(e.Description)
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
