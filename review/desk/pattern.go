package desk

import (
	"context"
	"slices"
)

// OwnProfile is the id of a profile that a person made of an example name.
const OwnProfile = "own"

// A NamePart is where in an example name a field stands, in characters from 0, To
// not included. The field is a [Meaning] or any other word, which becomes a field
// of the call; "" is nothing.
type NamePart struct {
	Field    string
	From, To int
}

// NameMeanings are what a part of a name can mean, in the order in which they are
// offered.
var NameMeanings = []Meaning{
	MeansStart, MeansCall, MeansContact, MeansAgent, MeansQueue, MeansCategory, MeansCustomer, MeansDirection, MeansDuration,
}

// Names reads the names of recordings as a person says. data/catalog is the one
// that people use.
type Names interface {
	// NameParts cuts an example into what a person may point at, with the field
	// where it is sure, and answers the name that the parts are of.
	NameParts(example string) (name string, parts []NamePart)
	// Pattern makes a profile of an example by some of its parts. It answers
	// catalog.BadPart.
	Pattern(example string, parts []NamePart) (profile string, err error)
	// ProfileName is what a profile is called: as its vendor writes it, or
	// [OwnProfile].
	ProfileName(profile string) string
}

// ProfileName is what a profile is called: as its vendor writes it, [OwnProfile],
// or its id where nobody knows it.
func (d *Desk) ProfileName(profile string) string {
	if names, ok := d.source.(Names); ok {
		return names.ProfileName(profile)
	}
	return profile
}

// NameParts cuts an example into what a person may point at; see [Names].
func (d *Desk) NameParts(example string) (name string, parts []NamePart) {
	if names, ok := d.source.(Names); ok {
		return names.NameParts(example)
	}
	return example, nil
}

// Pattern makes a profile, for [ImportRequest.Profile], of an example by some of
// its parts. Parts of one field that stand beside each other are one, with what is
// between them. It answers the errors of [Names].
func (d *Desk) Pattern(example string, parts []NamePart) (profile string, err error) {
	names, ok := d.source.(Names)
	if !ok {
		return PlainProfile, nil
	}
	var pointed []NamePart
	for i, part := range parts {
		switch last := len(pointed) - 1; {
		case part.Field == "":
		case i > 0 && parts[i-1].Field == part.Field:
			pointed[last].To = part.To
		default:
			pointed = append(pointed, part)
		}
	}
	return names.Pattern(example, pointed)
}

// remembered is the profile by which a source was read before, "" where nobody
// knows or where names said nothing then.
func (d *Desk) remembered(ctx context.Context, paths []string) (profile string, err error) {
	roots, err := absolute(paths[:min(1, len(paths))])
	if err != nil {
		return "", err
	}
	sources, err := d.store.Looks(ctx)
	at := slices.IndexFunc(sources, func(s LookedAt) bool { return slices.Contains(roots, s.Root) })
	if err != nil || at < 0 || sources[at].Profile == PlainProfile {
		return "", err
	}
	return sources[at].Profile, nil
}
