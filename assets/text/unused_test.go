package text

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// A text that nothing says any more is translated, and read by translators, for
// nobody.
func TestEveryTextIsSaid(t *testing.T) {
	said := words{}
	for _, files := range parseModule(t, token.NewFileSet()) {
		for _, file := range files {
			said.read(file)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(all("en"))) {
		if !said.say(key) {
			t.Errorf("nothing says %q", key)
		}
	}
}

func TestTextsThatNothingSaysAreFound(t *testing.T) {
	const source = `package x
type command struct { a int ` + "`help:\"tag\"`" + ` }
var table = []string{"area.known", "area.field"}
const Broken Code = "broken"
func f(kind string) { say("area.kind-" + kind); say(table[1] + "-hint") }`
	file, err := parser.ParseFile(token.NewFileSet(), "x.go", source, 0)
	if err != nil {
		t.Fatal(err)
	}
	said := words{}
	said.read(file)
	for key, want := range map[string]bool{
		"area.known": true, "area.kind-of": true, "area.field-hint": true, "error.broken": true, "hint.broken": true, "ctl.tag": true,
		"area.other": false, "area.known-too": false, "error.mended": false, "ctl.flag": false,
	} {
		if said.say(key) != want {
			t.Errorf("%s is said: %v, want %v", key, !want, want)
		}
	}
}

// words are the strings in the source; those that end as the part of a key does
// may begin keys that are put together, and those that begin with a hyphen may
// end them.
type words map[string]bool

func (w words) read(file *ast.File) {
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BasicLit:
			if s, ok := literal(n); ok {
				w[s] = true
			}
		case *ast.AssignStmt:
			if s, ok := literal(n.Rhs[0]); ok && typeName(n.Lhs[0]) == "Help" {
				w["ctl."+s] = true
			}
		case *ast.Field:
			if n.Tag != nil {
				if s, ok := literal(n.Tag); ok {
					w["ctl."+reflect.StructTag(s).Get("help")] = true
				}
			}
		}
		return true
	})
}

// say reports whether the source can say a text.
func (w words) say(key string) bool {
	for _, family := range []string{"error.", "hint."} {
		if code, ok := strings.CutPrefix(key, family); ok {
			return w[code] || w[key]
		}
	}
	if w[key] {
		return true
	}
	for i, c := range key {
		begins, ends := key[:i], key[i:]
		if i > 0 && w[begins] && c == '-' && w[ends] {
			return true
		}
		const joints = ".-_"
		if i > 0 && strings.ContainsRune(joints, rune(key[i-1])) && w[begins] && begins != "ctl." {
			return true
		}
	}
	return false
}
