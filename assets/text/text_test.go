package text

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/earshot-app/earshot/review"
)

// A person who switches the language must lose no sentence, no figure in it
// and no plural.
func TestBothLanguagesSayTheSame(t *testing.T) {
	en, de := all("en"), all("de")
	for key := range de {
		if _, ok := en[key]; !ok {
			t.Errorf("%s is German only", key)
		}
	}
	for key, e := range en {
		d, ok := de[key]
		if !ok {
			t.Errorf("%s is English only", key)
			continue
		}
		if e.plural != d.plural {
			t.Errorf("%s has plurals in one language only", key)
		}
		if got, want := placeholders(d), placeholders(e); !slices.Equal(got, want) {
			t.Errorf("%s: German fills %v, English %v", key, got, want)
		}
	}
}

func TestNoTextIsEmpty(t *testing.T) {
	for lang := range languages {
		for key, e := range all(lang) {
			if strings.TrimSpace(e.other) == "" || e.plural && strings.TrimSpace(e.one) == "" {
				t.Errorf("%s: %s says nothing", lang, key)
			}
		}
	}
}

// An error without a hint leaves a person alone with it.
func TestEveryErrorHasAHint(t *testing.T) {
	texts := all("en")
	for key := range texts {
		for _, pair := range [][2]string{{"error.", "hint."}, {"hint.", "error."}} {
			if code, ok := strings.CutPrefix(key, pair[0]); ok {
				if _, ok := texts[pair[1]+code]; !ok {
					t.Errorf("%s has no %s", key, pair[1]+code)
				}
			}
		}
	}
}

// The later of two equal keys would silently win, and a key outside its area
// would not be found by the next person who looks for it.
func TestKeysAreUniqueAndInTheirArea(t *testing.T) {
	for lang := range languages {
		seen := map[string]string{}
		names, err := fs.Glob(files, path.Join(lang, "*.json"))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			area := strings.TrimSuffix(path.Base(name), ".json")
			for _, key := range keysOf(t, name) {
				if other, ok := seen[key]; ok {
					t.Errorf("%s is in %s and in %s", key, other, name)
				}
				seen[key] = name
				prefix, _, _ := strings.Cut(key, ".")
				if prefix != area && prefix != "error" && prefix != "hint" {
					t.Errorf("%s in %s does not begin with %q", key, name, area+".")
				}
			}
		}
	}
}

// all are the texts of a language.
func all(lang string) map[Key]entry {
	texts := map[Key]entry{}
	for _, area := range For(lang).areas {
		maps.Copy(texts, area())
	}
	return texts
}

// keysOf lists the keys of a file with repetitions, which a map would swallow.
func keysOf(t *testing.T, name string) []string {
	t.Helper()
	data, err := files.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var keys []string
	decoder := json.NewDecoder(bytes.NewReader(data))
	if _, err := decoder.Token(); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	for decoder.More() {
		key, err := decoder.Token()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		keys = append(keys, key.(string))
		var skip json.RawMessage
		if err := decoder.Decode(&skip); err != nil {
			t.Fatalf("%s: %s: %v", name, key, err)
		}
	}
	return keys
}

// placeholders returns the sorted set of placeholders of all forms of e. The
// singular may leave out {n} ("one call"), so it is counted for every plural.
func placeholders(e entry) []string {
	set := map[string]bool{}
	for _, brace := range placeholder.FindAllString(e.one+e.other, -1) {
		set[brace] = true
	}
	if e.plural {
		set["{n}"] = true
	}
	return slices.Sorted(maps.Keys(set))
}

func TestSay(t *testing.T) {
	texts := map[Key]entry{
		"a.plain":  {other: "Skip"},
		"a.names":  {other: "{drawn} of {frame} {drawn}"},
		"a.plural": {one: "one call", other: "{n} calls", plural: true},
		"a.braces": {other: "{} {X} {x"},
	}
	c := &Catalog{lang: "en", areas: maps.Clone(For("en").areas)}
	c.areas["a"] = func() map[Key]entry { return texts }
	tests := []struct {
		key  Key
		args review.Args
		want string
	}{
		{"a.plain", nil, "Skip"},
		{"a.names", review.Args{"drawn": 20, "frame": 99344}, "20 of 99,344 20"},
		{"a.names", review.Args{"drawn": 20}, "20 of {frame} 20"},
		{"a.names", review.Args{"drawn": "{frame}", "frame": 1}, "{frame} of 1 {frame}"},
		{"a.plural", review.Args{"n": 1}, "one call"},
		{"a.plural", review.Args{"n": int64(1)}, "one call"},
		{"a.plural", review.Args{"n": 0}, "0 calls"},
		{"a.plural", review.Args{"n": 1001}, "1,001 calls"},
		{"a.plural", nil, "{n} calls"},
		{"a.braces", review.Args{"x": 1}, "{} {X} {x"},
		{"a.gone", nil, "[?a.gone]"},
	}
	for _, test := range tests {
		if got := c.Say(test.key, test.args); got != test.want {
			t.Errorf("Say(%q, %v) = %q, want %q", test.key, test.args, got, test.want)
		}
	}
}

func TestError(t *testing.T) {
	noCall := review.Fail(review.NoCall, review.Args{"uid": "c-17"})
	tests := []struct {
		err  error
		want string
	}{
		{noCall, "There is no call “c-17” in this library."},
		{fmt.Errorf("tag: %w", noCall), "There is no call “c-17” in this library."},
		{errors.New("disk I/O error (778)"), "Something went wrong inside Earshot."},
	}
	for _, test := range tests {
		message, hint := For("en").Error(test.err)
		if message != test.want || hint == "" {
			t.Errorf("Error(%v) = %q, %q; want %q and a hint", test.err, message, hint, test.want)
		}
	}
	if message, hint := For("de").Error(nil); message != "" || hint != "" {
		t.Errorf("no error says %q, %q", message, hint)
	}
}

// An agent's name in a message would show what is hidden everywhere else.
func TestPrivateArgumentsStayHidden(t *testing.T) {
	err := review.Fail(review.NoIssue, review.Args{"name": review.Hide("Petra Schmidt")})
	for lang, want := range map[string]string{"en": "hidden", "de": "verborgen"} {
		message, _ := For(lang).Error(err)
		if strings.Contains(message, "Petra") || !strings.Contains(message, want) {
			t.Errorf("%s: %q", lang, message)
		}
	}
}

func TestLanguage(t *testing.T) {
	tests := []struct {
		env  map[string]string
		want string
	}{
		{nil, "en"},
		{map[string]string{"LANG": "de_DE.UTF-8"}, "de"},
		{map[string]string{"LANG": "de"}, "de"},
		{map[string]string{"LANG": "DE-at"}, "de"},
		{map[string]string{"LANG": "C.UTF-8"}, "en"},
		{map[string]string{"LANG": "den_CA"}, "en"},
		{map[string]string{"LANG": "de_DE.UTF-8", "LC_MESSAGES": "en_GB"}, "en"},
		{map[string]string{"LANG": "en_US", "LC_MESSAGES": "en_GB", "LC_ALL": "de_CH"}, "de"},
		{map[string]string{"EARSHOT_LANG": "de", "LC_ALL": "en_US.UTF-8"}, "de"},
		{map[string]string{"EARSHOT_LANG": "en", "LC_ALL": "de_DE.UTF-8"}, "en"},
	}
	for _, test := range tests {
		if got := Language(func(name string) string { return test.env[name] }); got != test.want {
			t.Errorf("Language(%v) = %q, want %q", test.env, got, test.want)
		}
	}
}

func TestForAnUnknownLanguageIsEnglish(t *testing.T) {
	if got := For("fr").Lang(); got != "en" {
		t.Errorf("For(fr) speaks %q", got)
	}
}
