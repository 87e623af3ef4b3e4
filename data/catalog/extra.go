package catalog

import (
	"slices"
	"strings"
	"unicode"
	"unique"

	"github.com/earshot-app/earshot/review"
)

// Columns that mean none of what every call has are kept as fields of the call,
// so that a draw can be dealt by them: a product, a region, a line of business.
// Nobody knows what such a column holds. So one whose name promises a person, a
// number or a place on a disk is left out, whatever it holds, and so is any cell
// that looks like one; the others are shown only where a person asks for the
// field by its name.

// privateParts are parts of the names of columns about persons, their numbers and
// places, in [plain] form.
var privateParts = strings.Fields(`agent mitarbeiter sachbearbeiter advisor employee supervisor representative operator
	username userfield fullname firstname lastname surname vorname nachname login
	customername customerid customernumber kundenname kundennummer caller anrufer callee cnam clid
	phone telefon rufnummer number nummer mobile mobil handy email mail extension nebenstelle durchwahl
	address adresse street strasse straße birth geburt iban account konto contract vertrag
	file datei path pfad folder ordner url uri link location channel uuid uniqueid linkedid note notiz comment kommentar`)

// privateWhole are such names as mean nothing private within others.
var privateWhole = strings.Fields(`name user benutzer customer kunde kundin client src dst did from to ani num accountcode peeraccount`)

// grouping are parts of the names of columns about groups of them.
var grouping = strings.Fields(`team group gruppe segment type typ tier level stufe class klasse status site standort region`)

// promisesPrivate reports whether a column's name says that its cells are private.
func promisesPrivate(header string) bool {
	name := plain(header)
	holds := func(part string) bool { return strings.Contains(name, part) }
	if m, ok := meanings[name]; ok {
		switch m.field { // a second column for one of these
		case fieldFile, fieldCallID, fieldContact, fieldAgent, fieldCustomer:
			return true
		}
		return false
	}
	return slices.Contains(privateWhole, name) || slices.ContainsFunc(privateParts, holds) && !slices.ContainsFunc(grouping, holds)
}

const (
	longestName  = 80  // bytes of a column's name
	longestValue = 120 // bytes of a cell; a longer one is a text
	fewestDigits = 6   // of a telephone or account number
)

// looksPrivate reports whether a cell looks like an address, a number of a
// person, a path or a whole text, whatever its column is called.
func looksPrivate(cell string) bool {
	digits, letters := 0, 0
	for _, r := range cell {
		switch {
		case unicode.IsDigit(r):
			digits++
		case unicode.IsLetter(r):
			letters++
		}
	}
	return len(cell) > longestValue || strings.Contains(cell, "@") || strings.Contains(cell, "://") || strings.Contains(cell, `\`) ||
		strings.Count(cell, "/") > 1 || digits >= fewestDigits && digits > letters
}

// An extra is a column that is kept as a field.
type extra struct {
	at   int
	name string
}

// extras are the columns that are kept as fields: those that mean nothing else,
// and of a table with names only.
func (c *columns) extras() []extra {
	var kept []extra
	for i, one := range c.all {
		twice := slices.ContainsFunc(kept, func(e extra) bool { return e.name == one.name })
		if one.name == "" || len(one.name) > longestName || twice || one.drop || slices.Contains(c.at[:], i) {
			continue
		}
		if one.keep || c.named && !promisesPrivate(one.name) {
			kept = append(kept, extra{i, one.name})
		}
	}
	return kept
}

// fields are what a line says in the extra columns.
func (c *columns) fields(cells []string) []review.Field {
	var all []review.Field
	for _, e := range c.extra {
		if value := Clean(cells[e.at]); value != "" && !looksPrivate(value) {
			all = append(all, review.Field{Name: e.name, Value: review.Hide(value)})
		}
	}
	return all
}

// packed keeps one copy of what many lines say.
func packed(fields []review.Field) []unique.Handle[review.Field] {
	var all []unique.Handle[review.Field]
	for _, f := range fields {
		all = append(all, unique.Make(f))
	}
	return all
}

func unpacked(fields []unique.Handle[review.Field]) []review.Field {
	var all []review.Field
	for _, f := range fields {
		all = append(all, f.Value())
	}
	return all
}
