package main

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/earshot-app/earshot/"

// A floor is a folder and what its packages may import besides each other and
// the standard library. The longest floor that holds a package counts.
type floor struct {
	folder string
	may    []string // own folders or modules
	never  []string // although it would be allowed
	why    string
}

var floors = []floor{
	{
		folder: "review",
		may:    []string{"gonum.org/v1/gonum"},
		never:  []string{"database/sql"},
		why:    "the domain knows the standard library and gonum only",
	},
	{
		folder: "data",
		may:    []string{module + "review", module + "assets", "*"},
		never:  []string{module + "data", "fyne.io/fyne", "github.com/faiface/beep"},
		why:    "adapters know the domain, assets and their library, not one another and no window",
	},
	{
		folder: "data/catalog",
		may:    []string{module + "review", module + "assets", module + "data/audio", "*"},
		never:  []string{"fyne.io/fyne", "github.com/faiface/beep", "database/sql"},
		why:    "the catalogue may ask data/audio for a length, and nothing else of data",
	},
	{
		folder: "data/speaker",
		may:    []string{module + "review", "github.com/faiface/beep", "github.com/hajimehoshi/oto"},
		never:  []string{"github.com/faiface/beep/wav", "github.com/faiface/beep/mp3"},
		why:    "only the speaker plays, through beep and what lies beneath it",
	},
	{
		folder: "ui",
		may:    []string{module + "review", module + "assets", "fyne.io/fyne/v2"},
		never:  []string{"fyne.io/fyne/v2/app", "database/sql"},
		why:    "screens know the domain, assets and Fyne, so that they test without cgo, display or sound",
	},
	{
		folder: "assets",
		may:    []string{module + "review", "golang.org/x/text"},
		never:  []string{"database/sql"},
		why:    "assets are data with a small reader",
	},
	{
		folder: "cmd",
		may:    []string{module, "*"},
		never:  []string{"fyne.io/fyne", "github.com/faiface/beep", module + "data/speaker"},
		why:    "only cmd/earshot opens a window and the speaker",
	},
	{
		folder: "cmd/earshot",
		may:    []string{module, "*"},
		never:  []string{"github.com/faiface/beep"},
		why:    "the app reaches beep through data/speaker",
	},
}

// testOnly are modules that tests of every floor may use.
var testOnly = []string{
	"github.com/google/go-cmp", "github.com/rogpeppe/go-internal", "go.uber.org/goleak", "pgregory.net/rapid",
}

// forbidden says why the package at folder (relative to the module) must not
// import path, or "" when it may.
func forbidden(folder, path string) string {
	f := floorOf(folder)
	switch {
	case f.folder == "":
		return "there is no floor for it in cmd/dev/imports_test.go"
	case under(path, module+family(folder)):
		return ""
	case within(path, f.never) && !within(path, exact(f.may)):
		return f.why
	case standard(path) || within(path, f.may):
		return ""
	case slices.Contains(f.may, "*") && !strings.HasPrefix(path, module):
		return ""
	}
	return f.why
}

func floorOf(folder string) floor {
	var longest floor
	for _, f := range floors {
		if under(folder, f.folder) && len(f.folder) > len(longest.folder) {
			longest = f
		}
	}
	return longest
}

// family is the part of the tree whose packages may import each other: a whole
// floor, but in data and cmd only the folder of one adapter or command.
func family(folder string) string {
	parts := strings.Split(folder, "/")
	if (parts[0] == "data" || parts[0] == "cmd") && len(parts) > 1 {
		return parts[0] + "/" + parts[1]
	}
	return parts[0]
}

// exact leaves those of the rules that are deeper than a whole floor, which
// win over what is never allowed above them.
func exact(rules []string) []string {
	return slices.DeleteFunc(slices.Clone(rules), func(rule string) bool {
		return !strings.HasPrefix(rule, module+"data/")
	})
}

func within(path string, rules []string) bool {
	return slices.ContainsFunc(rules, func(rule string) bool { return under(path, rule) })
}

func under(path, folder string) bool {
	folder = strings.TrimSuffix(folder, "/")
	return path == folder || strings.HasPrefix(path, folder+"/")
}

func standard(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return !strings.Contains(first, ".")
}

// listed is what go list says of a package of this module.
type listed struct {
	ImportPath                               string
	Imports, TestImports, XTestImports, Deps []string
}

func packages(t *testing.T) []listed {
	t.Helper()
	cmd := exec.Command("go", "list", "-tags", fyneTag,
		"-json=ImportPath,Imports,TestImports,XTestImports,Deps", module+"...")
	cmd.Dir = root
	var said strings.Builder
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v: %s", err, said.String())
	}
	var all []listed
	decoder := json.NewDecoder(strings.NewReader(string(out)))
	for {
		var p listed
		err := decoder.Decode(&p)
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

func TestPackagesImportWhatTheirFloorMay(t *testing.T) {
	for _, p := range packages(t) {
		folder := strings.TrimPrefix(p.ImportPath, module)
		for _, path := range p.Imports {
			if why := forbidden(folder, path); why != "" {
				t.Errorf("%s imports %s: %s", folder, path, why)
			}
		}
		for _, path := range append(p.TestImports, p.XTestImports...) {
			if why := forbidden(folder, path); why != "" && !within(path, testOnly) {
				t.Errorf("a test of %s imports %s: %s", folder, path, why)
			}
		}
	}
}

// The terminal must build without cgo and run on a server, so neither Fyne nor
// a sound library may come in by any way.
func TestTerminalNeedsNeitherWindowNorSound(t *testing.T) {
	for _, p := range packages(t) {
		if p.ImportPath != module+"cmd/earshotctl" {
			continue
		}
		for _, path := range p.Deps {
			if within(path, []string{"fyne.io", "github.com/faiface/beep", "github.com/hajimehoshi/oto"}) {
				t.Errorf("earshotctl needs %s", path)
			}
		}
	}
}

// The rules themselves, case by case.
func TestForbidden(t *testing.T) {
	tests := []struct {
		folder, path string
		allowed      bool
	}{
		{"review/ranking", "math", true},
		{"review/ranking", "gonum.org/v1/gonum/stat", true},
		{"review/ranking", module + "review", true},
		{"review/desk", "database/sql", false},
		{"review/desk", module + "data/sqlite", false},
		{"review/desk", "golang.org/x/text/language", false},
		{"review/desk", module + "assets/text", false},
		{"data/sqlite", "modernc.org/sqlite", true},
		{"data/sqlite", "database/sql", true},
		{"data/sqlite", module + "review/journal", true},
		{"data/sqlite", module + "data/audio", false},
		{"data/sqlite", "fyne.io/fyne/v2", false},
		{"data/audio", module + "data/audio/wav", true},
		{"data/audio/wav", module + "data/audio/g711", true},
		{"data/catalog", module + "data/audio", true},
		{"data/catalog", module + "data/folder", false},
		{"data/audio", module + "data/catalog", false},
		{"data/speaker", "github.com/faiface/beep/speaker", true},
		{"data/speaker", "github.com/faiface/beep/wav", false},
		{"ui/listen", "fyne.io/fyne/v2/widget", true},
		{"ui/listen", module + "ui/theme", true},
		{"ui/listen", "fyne.io/fyne/v2/app", false},
		{"ui/listen", module + "data/audio", false},
		{"ui/listen", "github.com/rymdport/portal", false},
		{"cmd/earshot", "fyne.io/fyne/v2/app", true},
		{"cmd/earshot", module + "data/speaker", true},
		{"cmd/earshotctl", "fyne.io/fyne/v2", false},
		{"cmd/earshotctl", module + "data/speaker", false},
		{"cmd/earshotctl", module + "data/sqlite", true},
		{"tools", "fmt", false},
	}
	for _, test := range tests {
		if why := forbidden(test.folder, test.path); (why == "") != test.allowed {
			t.Errorf("%s imports %s: allowed %t (%s), want %t", test.folder, test.path, why == "", why, test.allowed)
		}
	}
}
