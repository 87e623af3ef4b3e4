package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// root is the folder of go.mod, seen from this package.
const root = "../.."

// A source is one parsed Go file of the project.
type source struct {
	path string // from the root, with slashes
	file *ast.File
	set  *token.FileSet
}

func (s source) test() bool     { return strings.HasSuffix(s.path, "_test.go") }
func (s source) folder() string { return filepath.ToSlash(filepath.Dir(s.path)) }

func (s source) line(at token.Pos) int { return s.set.Position(at).Line }

func sources(t *testing.T) []source {
	t.Helper()
	var all []source
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if hidden := strings.HasPrefix(d.Name(), ".") && name != root; d.IsDir() && hidden {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(name, ".go") {
			return nil
		}
		rel, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, name, nil, parser.ParseComments)
		all = append(all, source{filepath.ToSlash(rel), file, set})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestTopLevelIsAsAgreed(t *testing.T) {
	agreed := []string{
		"assets", "cmd", "data", "review", "ui",
		"FyneApp.toml", "LICENSE", "NOTICE", "README.md", "go.mod", "go.sum",
		"bin", // what dev builds; git ignores it
	}
	entries, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if !strings.HasPrefix(entry.Name(), ".") && !slices.Contains(agreed, entry.Name()) {
			t.Errorf("%s lies at the top: everything belongs to one of the floors", entry.Name())
		}
	}
}

func TestEveryPackageHasAManual(t *testing.T) {
	manuals := map[string]int{}
	for _, s := range sources(t) {
		if s.test() {
			continue
		}
		begin := "Package " + s.file.Name.Name
		if s.file.Name.Name == "main" {
			begin = filepath.Base(s.folder())
		}
		manuals[s.folder()] += 0
		if s.file.Doc == nil {
			continue
		}
		manuals[s.folder()]++
		text := strings.TrimPrefix(s.file.Doc.Text(), "Command ")
		if !strings.HasPrefix(strings.ToLower(text), strings.ToLower(begin)+" ") {
			t.Errorf("%s: the package comment begins %.30q, want %q", s.path, text, begin)
		}
	}
	for folder, n := range manuals {
		if n != 1 {
			t.Errorf("%s has %d package comments, want one", folder, n)
		}
	}
}

func TestExportedNamesAreExplained(t *testing.T) {
	for _, s := range sources(t) {
		if s.test() {
			continue
		}
		for _, decl := range s.file.Decls {
			for _, name := range unexplained(decl) {
				t.Errorf("%s:%d: %s has no comment", s.path, s.line(decl.Pos()), name)
			}
		}
	}
}

// unexplained lists the exported names of a declaration that neither they nor
// their group explains.
func unexplained(decl ast.Decl) []string {
	switch d := decl.(type) {
	case *ast.FuncDecl:
		if d.Doc == nil && d.Name.IsExported() && receiverExported(d) {
			return []string{d.Name.Name}
		}
	case *ast.GenDecl:
		if d.Doc == nil {
			return unexplainedSpecs(d.Specs)
		}
	}
	return nil
}

func unexplainedSpecs(specs []ast.Spec) []string {
	var names []string
	for _, spec := range specs {
		switch s := spec.(type) {
		case *ast.TypeSpec:
			if s.Name.IsExported() && s.Doc == nil && s.Comment == nil {
				names = append(names, s.Name.Name)
			}
		case *ast.ValueSpec:
			for _, name := range s.Names {
				if name.IsExported() && s.Doc == nil && s.Comment == nil {
					names = append(names, name.Name)
				}
			}
		}
	}
	return names
}

func TestUnexplainedSeesWhatHasNoComment(t *testing.T) {
	tests := []struct{ code, want string }{
		{"func Hear() {}", "Hear"},
		{"// Hear hears.\nfunc Hear() {}", ""},
		{"func hear() {}", ""},
		{"func (c *Call) Hear() {}", "Hear"},
		{"func (c call) Hear() {}", ""},
		{"type Call struct{}", "Call"},
		{"const (\n\tOne = 1 // first\n\tTwo = 2\n)", "Two"},
		{"// The counts.\nconst (\n\tOne = 1\n\tTwo = 2\n)", ""},
		{"var A, b, C int", "A C"},
	}
	for _, test := range tests {
		file, err := parser.ParseFile(token.NewFileSet(), "", "package p\n"+test.code, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(unexplained(file.Decls[0]), " "); got != test.want {
			t.Errorf("%q: unexplained %q, want %q", test.code, got, test.want)
		}
	}
}

func receiverExported(f *ast.FuncDecl) bool {
	if f.Recv == nil {
		return true
	}
	exported := false
	ast.Inspect(f.Recv.List[0].Type, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && !exported {
			exported = id.IsExported()
		}
		return !exported
	})
	return exported
}

// The sizes that keep code readable, and what may exceed them, with a reason.
const (
	maxFileLines     = 400
	maxFunctionLines = 60
	maxParameters    = 5
)

var oversize = map[string]string{}

func TestFilesAndFunctionsStaySmall(t *testing.T) {
	used := map[string]bool{}
	for _, s := range sources(t) {
		for name, problem := range tooBig(s) {
			used[name] = true
			if oversize[name] == "" {
				t.Errorf("%s: %s", name, problem)
			}
		}
	}
	for name := range oversize {
		if !used[name] {
			t.Errorf("%s is small now and needs no exception", name)
		}
	}
}

// tooBig answers what in a file exceeds a size, by path or path and function.
func tooBig(s source) map[string]string {
	big := map[string]string{}
	if n := s.line(s.file.FileEnd) - 1; n > maxFileLines {
		big[s.path] = fmt.Sprintf("%d lines, want at most %d", n, maxFileLines)
	}
	for _, decl := range s.file.Decls {
		f, ok := decl.(*ast.FuncDecl)
		if !ok {
			continue
		}
		name := s.path + " " + f.Name.Name
		if n := s.line(f.End()) - s.line(f.Pos()); n > maxFunctionLines {
			big[name] = fmt.Sprintf("%d lines, want at most %d", n, maxFunctionLines)
		}
		if n := f.Type.Params.NumFields(); n > maxParameters {
			big[name] = fmt.Sprintf("%d parameters, want at most %d", n, maxParameters)
		}
	}
	return big
}

// Calls that only some folders may make. They are found by their shape, which
// is enough as long as nothing else here is called the same.
var reserved = []struct {
	call    string
	matches func(*ast.CallExpr) bool
	folders []string
	why     string
}{
	{
		call:    "fyne.Do",
		matches: func(c *ast.CallExpr) bool { return calls(c, "fyne", "Do") || calls(c, "fyne", "DoAndWait") },
		folders: []string{"ui"},
		why:     "only the shell crosses to the window's goroutine; a screen is handed a post function",
	},
	{
		call:    "Private.Open",
		matches: func(c *ast.CallExpr) bool { return len(c.Args) == 0 && calls(c, "", "Open") },
		folders: []string{
			"review", "review/desk", "data/sqlite", "data/audio", "data/catalog", "data/folder", "cmd/earshot", "cmd/internal/recording",
		},
		why: "names and numbers stay hidden everywhere but where they are stored, opened or revealed",
	},
}

func TestReservedCalls(t *testing.T) {
	for _, s := range sources(t) {
		if s.test() {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			for _, r := range reserved {
				if r.matches(call) && !slices.Contains(r.folders, s.folder()) {
					t.Errorf("%s:%d calls %s: %s", s.path, s.line(call.Pos()), r.call, r.why)
				}
			}
			return true
		})
	}
}

// calls reports whether c calls the method or function name, on the package or
// variable on if that is not "".
func calls(c *ast.CallExpr, on, name string) bool {
	selector, ok := c.Fun.(*ast.SelectorExpr)
	if !ok || selector.Sel.Name != name {
		return false
	}
	left, ok := selector.X.(*ast.Ident)
	return on == "" || ok && left.Name == on
}

// A goroutine that nobody ends shows only when a window has been open for a
// day, so whoever starts one has goleak look after the tests.
func TestWhoStartsGoroutinesLooksForLeaks(t *testing.T) {
	starts, looks := map[string]string{}, map[string]bool{}
	for _, s := range sources(t) {
		for _, spec := range s.file.Imports {
			looks[s.folder()] = looks[s.folder()] || spec.Path.Value == `"go.uber.org/goleak"`
		}
		if s.test() {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			call, isCall := n.(*ast.CallExpr)
			_, isGo := n.(*ast.GoStmt)
			if isGo || isCall && calls(call, "", "Go") {
				starts[s.folder()] = fmt.Sprintf("%s:%d", s.path, s.line(n.Pos()))
			}
			return true
		})
	}
	for folder, where := range starts {
		if !looks[folder] && !looks[path.Dir(folder)] {
			t.Errorf("%s starts a goroutine, but no test there or one folder up uses goleak", where)
		}
	}
}
