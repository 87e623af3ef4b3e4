package desk

import (
	"context"
	"slices"
	"strings"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/sampling"
)

// The reasons why a draw cannot be dealt by a field.
const (
	NoField       review.Code = "no-field"        // args: name
	TooManyStrata review.Code = "too-many-strata" // args: name, n, max
)

// MostStrata is how many values a field may have to deal a draw by it. One with
// more tells calls apart, an order's number say, and not groups of them.
const MostStrata = 200

// Fields are what metadata tells of calls beside what every call has, by name.
func (d *Desk) Fields(ctx context.Context) ([]Field, error) { return d.store.Fields(ctx) }

// Groups reports whether a draw can be dealt by the field.
func (f Field) Groups() bool { return f.Values <= MostStrata }

// knownStrata gives the field that strata are dealt by its own spelling. It
// answers [NoField], [TooManyStrata] or [review.BadArgument].
func (d *Desk) knownStrata(ctx context.Context, s sampling.Strata) (sampling.Strata, error) {
	name := s.Field()
	if name == "" {
		return s, s.Validate()
	}
	fields, err := d.store.Fields(ctx)
	if err != nil {
		return s, err
	}
	same := func(f Field) bool { return f.Name == name }
	at := slices.IndexFunc(fields, same)
	if at < 0 {
		at = slices.IndexFunc(fields, func(f Field) bool { return strings.EqualFold(f.Name, name) })
	}
	switch {
	case at < 0:
		return s, review.Fail(NoField, review.Args{"name": name})
	case !fields[at].Groups():
		return s, review.Fail(TooManyStrata, review.Args{"name": fields[at].Name, "n": fields[at].Values, "max": MostStrata})
	}
	return sampling.ByField(fields[at].Name), nil
}

// TellFields answers what the fields of a call say: those that are asked for by
// name; of the others only that they are there.
func TellFields(fields []review.Field, asked []string) map[string]string {
	told := map[string]string{}
	for _, f := range fields {
		told[f.Name] = f.Value.String()
		if slices.ContainsFunc(asked, func(name string) bool { return strings.EqualFold(name, f.Name) }) {
			told[f.Name] = f.Value.Open()
		}
	}
	return told
}
