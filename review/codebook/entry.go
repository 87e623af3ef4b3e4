package codebook

import "github.com/earshot-app/earshot/review"

// A Description says what an issue is, so that two people tag the same.
type Description struct {
	Definition string // what makes a moment one of this issue
	Include    string // what counts too, though one might doubt it
	Exclude    string // what does not, and where it belongs
	Example    string // words of a customer that are typical
	Prevented  string // where in the process it could have been prevented
	Fixer      string // whose it is to fix
}

// Fill returns d with what it lacks taken from other.
func (d Description) Fill(other Description) Description {
	for _, field := range []struct{ mine, theirs *string }{
		{&d.Definition, &other.Definition},
		{&d.Include, &other.Include},
		{&d.Exclude, &other.Exclude},
		{&d.Example, &other.Example},
		{&d.Prevented, &other.Prevented},
		{&d.Fixer, &other.Fixer},
	} {
		if *field.mine == "" {
			*field.mine = *field.theirs
		}
	}
	return d
}

// State says what became of an issue.
type State string

// The states of an issue.
const (
	Open    State = "open"    // offered while calls are heard
	Split   State = "split"   // its moments are being dealt to its parts
	Retired State = "retired" // not offered any more; its moments count
	Merged  State = "merged"  // its moments are another's
)

// An Entry is an issue as the codebook tells it.
type Entry struct {
	review.Issue
	Description
	State    State
	Into     string   // id of the issue that it was merged into, or ""
	Parts    []string // ids of the issues that it was split into
	PartOf   []string // ids of the issues that it was split from
	ToLookAt int      // moments to be dealt: of its own split, or of those it is a part of
}

// Shown reports whether lists of issues show the entry: what is merged never,
// what is retired or split only while calls hold it.
func (e Entry) Shown() bool {
	return e.State == Open || e.State != Merged && e.Calls > 0
}

// Undealt is what is left of a split: moments of an issue that are still to be
// dealt to its parts.
type Undealt struct {
	Issue   string   // id
	Moments int      // at least one
	Parts   []string // ids of the issues in which the parts' moments count
}

// Find finds an entry by its id, or else as [Called] does.
func Find(entries []Entry, ref string) (e Entry, ok bool) {
	for _, e := range entries {
		if e.ID == ref {
			return e, true
		}
	}
	return Called(entries, ref)
}

// Called finds an entry by its name: of several of one name the one that is not
// merged.
func Called(entries []Entry, name string) (e Entry, ok bool) {
	for _, other := range entries {
		if review.SameName(other.Name, name) && (!ok || e.State == Merged && other.State != Merged) {
			e, ok = other, true
		}
	}
	return e, ok
}

// Survivor is the entry in which the moments of e count.
func Survivor(entries []Entry, e Entry) Entry {
	for e.State == Merged {
		into, ok := Find(entries, e.Into)
		if !ok {
			return e // the survivor's naming is not here
		}
		e = into
	}
	return e
}
