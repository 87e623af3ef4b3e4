package text

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// Go code names texts by string, which the compiler cannot check; this reads
// the whole module and reports every name that has no text. It knows a name
//
//   - as the literal given to Say or say,
//   - as a constant, variable or struct field of type text.Key,
//   - as a constant of type review.Code, or the literal given to review.Fail,
//     which needs an error and a hint.
func TestKeysInTheSourceExist(t *testing.T) {
	fset := token.NewFileSet()
	packages := parseModule(t, fset)
	for _, files := range packages {
		fields := keyFields(files)
		for _, file := range files {
			for _, use := range keysUsed(file, fields) {
				if problem := use.problem(); problem != "" {
					t.Errorf("%s: %s", fset.Position(use.at.Pos()), problem)
				}
			}
		}
	}
	if len(packages) < 3 {
		t.Fatalf("read %d packages only: the scan does not see the module", len(packages))
	}
}

func TestTheScanFindsWrongKeys(t *testing.T) {
	const source = `package x
type command struct { id string; title text.Key }
const greeting text.Key = "no.const"
const Broken review.Code = "no-code"
const ( Fine Code = "internal"; other = 3 )
var table = []command{{id: "no.id", title: "no.field"}}
func f() {
	c.Say("no.literal", nil)
	c.Say("text.hours", review.Args{"m": 1})
	c.Say("text.hours", review.Args{"n": 1})
	say("no.wrapper")
	review.Fail("no-fail", nil)
	c.Say(name, nil)
}`
	file, err := parser.ParseFile(token.NewFileSet(), "x.go", source, 0)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, use := range keysUsed(file, keyFields([]*ast.File{file})) {
		if problem := use.problem(); problem != "" {
			got = append(got, problem)
		}
	}
	want := []string{
		`no text "no.const"`,
		`no text "error.no-code" and "hint.no-code"`,
		`no text "no.field"`,
		`no text "no.literal"`,
		`"text.hours" has no argument for {n}`,
		`no text "no.wrapper"`,
		`no text "error.no-fail" and "hint.no-fail"`,
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("found\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// keyUse is one place in Go code that names a text.
type keyUse struct {
	at   ast.Node
	key  string
	code bool            // key is an error code
	args map[string]bool // the arguments beside it; nil when they are not a literal
}

func (u keyUse) problem() string {
	texts := For("en")
	if u.code {
		_, message := texts.find("error." + u.key)
		_, hint := texts.find("hint." + u.key)
		if !message || !hint {
			return "no text " + strconv.Quote("error."+u.key) + " and " + strconv.Quote("hint."+u.key)
		}
		return ""
	}
	e, ok := texts.find(u.key)
	if !ok {
		return "no text " + strconv.Quote(u.key)
	}
	for _, brace := range placeholders(e) {
		if u.args != nil && !u.args[brace[1:len(brace)-1]] {
			return strconv.Quote(u.key) + " has no argument for " + brace
		}
	}
	return ""
}

// parseModule reads the Go files of the module, without its tests, by folder.
func parseModule(t *testing.T, fset *token.FileSet) map[string][]*ast.File {
	t.Helper()
	packages := map[string][]*ast.File{}
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && name != root && (entry.Name()[0] == '.' || entry.Name() == "testdata") {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(fset, name, nil, 0)
		packages[filepath.Dir(name)] = append(packages[filepath.Dir(name)], file)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return packages
}

// keyFields returns the names of the struct fields of type text.Key.
func keyFields(files []*ast.File) map[string]bool {
	names := map[string]bool{}
	for _, file := range files {
		ast.Inspect(file, func(n ast.Node) bool {
			if s, ok := n.(*ast.StructType); ok {
				for _, field := range s.Fields.List {
					for _, name := range field.Names {
						names[name.Name] = names[name.Name] || typeName(field.Type) == "Key"
					}
				}
			}
			return true
		})
	}
	return names
}

// keysUsed lists the texts that a file names.
func keysUsed(file *ast.File, fields map[string]bool) []keyUse {
	var uses []keyUse
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ValueSpec:
			kind := typeName(n.Type)
			for _, value := range n.Values {
				if s, ok := literal(value); ok && (kind == "Key" || kind == "Code") {
					uses = append(uses, keyUse{at: value, key: s, code: kind == "Code"})
				}
			}
		case *ast.KeyValueExpr:
			if name, ok := n.Key.(*ast.Ident); ok && fields[name.Name] {
				if s, ok := literal(n.Value); ok {
					uses = append(uses, keyUse{at: n.Value, key: s})
				}
			}
		case *ast.CallExpr:
			uses = append(uses, keyCalled(n)...)
		}
		return true
	})
	return uses
}

// keyCalled returns the text that a call of Say, say or Fail names.
func keyCalled(call *ast.CallExpr) []keyUse {
	name := typeName(call.Fun)
	if len(call.Args) == 0 || name != "Say" && name != "say" && name != "Fail" {
		return nil
	}
	key, ok := literal(call.Args[0])
	if !ok {
		return nil
	}
	use := keyUse{at: call, key: key, code: name == "Fail"}
	if len(call.Args) == 2 {
		if args, ok := call.Args[1].(*ast.CompositeLit); ok {
			use.args = map[string]bool{}
			for _, element := range args.Elts {
				if pair, ok := element.(*ast.KeyValueExpr); ok {
					arg, _ := literal(pair.Key)
					use.args[arg] = true
				}
			}
		}
	}
	return []keyUse{use}
}

// typeName returns the last name of an identifier or selector.
func typeName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}

func literal(e ast.Expr) (string, bool) {
	l, ok := e.(*ast.BasicLit)
	if !ok || l.Kind != token.STRING {
		return "", false
	}
	s, err := strconv.Unquote(l.Value)
	return s, err == nil
}
