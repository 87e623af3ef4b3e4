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
// placeholders and plurals; the tests of this package hold that, that every key
// and every error code used in Go code exists, and that every text is used.
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
// Anliegen, codebook Codebuch, moment Stelle, frame Grundgesamtheit, draw
// Ziehung, heard gehört, skipped übersprungen, not reached nicht erreicht,
// picked von Hand geöffnet, share Anteil, un-lump aufschlüsseln, session Sitzung,
// team meeting Teamrunde, praise Lob.
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

// A Catalog says things in one language. It is safe for concurrent use.
type Catalog struct {
	lang  string
	areas map[string]area
}

// area reads its file when something of it is first said: a command of the
// terminal says little, and would wait longer for all texts than for its work.
type area func() map[Key]entry

// entry is one text; one is used for n = 1 where plural is set.
type entry struct {
	one, other string
	plural     bool
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
	e, ok := c.find(key)
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

// load finds the files of one language. They are compiled in, so a broken one
// is a mistake of the build and ends the program; the tests find it first.
func load(lang string) *Catalog {
	c := &Catalog{lang: lang, areas: map[string]area{}}
	names, err := fs.Glob(files, path.Join(lang, "*.json"))
	if err != nil {
		panic(err)
	}
	for _, name := range names {
		c.areas[strings.TrimSuffix(path.Base(name), ".json")] = sync.OnceValue(func() map[Key]entry { return read(name) })
	}
	return c
}

// read reads the file of one area.
func read(name string) map[Key]entry {
	data, err := files.ReadFile(name)
	var values map[Key]any
	if err == nil {
		err = json.Unmarshal(data, &values)
	}
	texts := make(map[Key]entry, len(values))
	for key, value := range values {
		e, ok := entryOf(value)
		if !ok {
			err = errors.Join(err, fmt.Errorf("%s is no string, nor an object with one and other", key))
		}
		texts[key] = e
	}
	if err != nil {
		panic(fmt.Sprintf("assets/text/%s: %v", name, err))
	}
	return texts
}

// entryOf makes a text of a sentence or an object of plurals.
func entryOf(value any) (entry, bool) {
	if sentence, ok := value.(string); ok {
		return entry{other: sentence}, true
	}
	forms, _ := value.(map[string]any)
	one, hasOne := forms["one"].(string)
	other, hasOther := forms["other"].(string)
	return entry{one: one, other: other, plural: true}, hasOne && hasOther
}

// find looks for a text in its area, and for that of an error in all.
func (c *Catalog) find(key Key) (entry, bool) {
	name, _, _ := strings.Cut(key, ".")
	if texts, ok := c.areas[name]; ok && name != "error" {
		e, ok := texts()[key]
		return e, ok
	}
	for _, texts := range c.areas {
		if e, ok := texts()[key]; ok {
			return e, true
		}
	}
	return entry{}, false
}
