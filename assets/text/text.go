// Package text holds every sentence a person reads, by key and language.
//
// The sentences lie in en/ and de/, one JSON file for each area of the app
// (listen.json, draw.json …). A file is one flat object:
//
//	"listen.skip":  "Skip this call",
//	"draw.made":    "{drawn} of {frame} calls drawn",
//	"issues.calls": {"one": "{n} call", "other": "{n} calls"}
//
// A key begins with the name of its area. The exceptions are errors:
// "error.<code>" is what failed and "hint.<code>" what to do next, both in the
// area of the code that fails. Every language has the same keys, with the same
// placeholders and plurals; the tests of this package hold that, and that every
// key and every error code used in Go code exists.
//
// A placeholder {name} is filled from [review.Args]: whole numbers with
// thousands separators, other numbers with at most two decimals, durations as
// "6 min 13 s", times as "Tue 10 Nov, 10:42" in their own location, private
// values as "hidden". The argument n chooses between the plurals.
//
// The same [Catalog] writes numbers, shares, dates and durations. Their shapes
// are texts too (text.json), so a further language is one more folder.
//
// The words of the app in German, so that all areas use the same: library
// Bibliothek, call Gespräch, category Kategorie, queue Warteschlange, issue
// Anliegen, codebook Anliegenliste, moment Stelle, frame Grundgesamtheit, draw
// Ziehung, heard gehört, skipped übersprungen, not reached nicht erreicht,
// picked von Hand geöffnet, share Anteil, un-lump aufschlüsseln, session Runde,
// praise Lob.
package text

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"
	"sync"

	"github.com/earshot-app/earshot/review"
)

//go:embed en/*.json de/*.json
var files embed.FS

// A Key names one text. It is a plain string; constants and struct fields
// declared with it are checked by this package's tests to name a text that
// exists, as is every literal given to Say.
type Key = string

// A Catalog says things in one language. It is read-only and safe for
// concurrent use.
type Catalog struct {
	lang  string
	texts map[Key]entry
}

// entry is one text; one is used for n = 1 where plural is set.
type entry struct {
	one, other string
	plural     bool
}

// UnmarshalJSON reads a sentence or an object of plurals.
func (e *entry) UnmarshalJSON(data []byte) error {
	if json.Unmarshal(data, &e.other) == nil {
		return nil
	}
	var forms struct{ One, Other string }
	if err := json.Unmarshal(data, &forms); err != nil {
		return errors.New("a text is a string or an object with one and other")
	}
	*e = entry{one: forms.One, other: forms.Other, plural: true}
	return nil
}

var languages = map[string]func() *Catalog{
	"en": sync.OnceValue(func() *Catalog { return load("en") }),
	"de": sync.OnceValue(func() *Catalog { return load("de") }),
}

// For returns the texts in lang ("en" or "de"); English for any other.
func For(lang string) *Catalog {
	catalog, ok := languages[lang]
	if !ok {
		catalog = languages["en"]
	}
	return catalog()
}

// Language picks the language from the environment: EARSHOT_LANG, then as POSIX
// has it LC_ALL, LC_MESSAGES, LANG. The first that is set decides; any German
// ("de", "de_AT.UTF-8", "de-CH") is "de", everything else "en".
func Language(getenv func(string) string) string {
	for _, name := range []string{"EARSHOT_LANG", "LC_ALL", "LC_MESSAGES", "LANG"} {
		if value := getenv(name); value != "" {
			primary, _, _ := strings.Cut(strings.ToLower(value), "_")
			primary, _, _ = strings.Cut(primary, "-")
			primary, _, _ = strings.Cut(primary, ".")
			if primary == "de" {
				return "de"
			}
			return "en"
		}
	}
	return "en"
}

// Lang returns the catalog's language, "en" or "de".
func (c *Catalog) Lang() string { return c.lang }

// Say returns the text of key with its placeholders filled from args, which may
// be nil. A key without a text answers "[?key]" and a placeholder without an
// argument stays in its braces, so that neither can hide on a screen.
func (c *Catalog) Say(key Key, args review.Args) string {
	e, ok := c.texts[key]
	if !ok {
		return "[?" + key + "]"
	}
	sentence := e.other
	if e.plural && fmt.Sprint(args["n"]) == "1" {
		sentence = e.one
	}
	return placeholder.ReplaceAllStringFunc(sentence, func(brace string) string {
		arg, ok := args[brace[1:len(brace)-1]]
		if !ok {
			return brace
		}
		return c.value(arg)
	})
}

// Error returns what failed and what to do next. An error without a code gets
// the sentence of [review.Internal]: its technical form is for the log, not for
// the person. Both are empty when err is nil.
func (c *Catalog) Error(err error) (message, hint string) {
	if err == nil {
		return "", ""
	}
	var args review.Args
	var e *review.Error
	if errors.As(err, &e) {
		args = e.Args
	}
	code := string(review.CodeOf(err))
	return c.Say("error."+code, args), c.Say("hint."+code, args)
}

var placeholder = regexp.MustCompile(`\{[a-z][a-z0-9_]*\}`)

// load reads the files of one language. They are compiled in, so a broken one
// is a mistake of the build and ends the program; the tests find it first.
func load(lang string) *Catalog {
	c := &Catalog{lang: lang, texts: map[Key]entry{}}
	names, err := fs.Glob(files, path.Join(lang, "*.json"))
	if err != nil {
		panic(err)
	}
	for _, name := range names {
		data, err := files.ReadFile(name)
		if err == nil {
			err = json.Unmarshal(data, &c.texts)
		}
		if err != nil {
			panic(fmt.Sprintf("assets/text/%s: %v", name, err))
		}
	}
	return c
}
