package bundle

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
)

// A part is a module that is linked in, or Go itself.
type part struct {
	name     string   // path and version
	root     string   // its folder
	licences []string // files, below root
}

// notices are the names, versions and licences of all that is linked into the
// programs of a target. A module without a licence, or under one of the GNU
// licences, fails: it must not be shipped.
func notices(ctx context.Context, t target) ([]byte, error) {
	parts, err := linked(ctx, t)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	fmt.Fprintln(&out, "Earshot is made with the following. Each part is under its own licence, given below.")
	for _, p := range parts {
		fmt.Fprintf(&out, "  %s\n", p.name)
	}
	for _, p := range parts {
		if err := p.write(&out); err != nil {
			return nil, err
		}
	}
	return out.Bytes(), nil
}

// linked lists the modules of both programs, by their names, behind Go's own
// library.
func linked(ctx context.Context, t target) ([]part, error) {
	const line = `{{with .Module}}{{.Path}}{{"\t"}}{{.Version}}{{"\t"}}{{.Dir}}{{end}}{{"\t"}}{{.Dir}}{{"\t"}}{{len .CgoFiles}}{{"\t"}}{{join .EmbedFiles ","}}`
	byName := map[string]*part{}
	for cgo, program := range map[string]string{"1": "./cmd/earshot", "0": "./cmd/earshotctl"} {
		env := append([]string{"CGO_ENABLED=" + cgo}, t.env...)
		out, err := output(ctx, env, "go", "list", "-deps", "-tags", tags, "-f", line, program)
		if err != nil {
			return nil, err
		}
		if err := collect(byName, out); err != nil {
			return nil, err
		}
	}
	root, err := output(ctx, nil, "go", "env", "GOROOT")
	if err != nil {
		return nil, err
	}
	parts := []part{{name: "Go " + strings.TrimPrefix(runtime.Version(), "go"), root: strings.TrimSpace(string(root)), licences: []string{"LICENSE"}}}
	for _, name := range slices.Sorted(maps.Keys(byName)) {
		p := byName[name]
		slices.Sort(p.licences)
		p.licences = slices.Compact(p.licences)
		parts = append(parts, *p)
	}
	return parts, nil
}

// collect adds what go list says of each package: its module and the licences
// above and within it.
func collect(parts map[string]*part, listing []byte) error {
	lines := bufio.NewScanner(bytes.NewReader(listing))
	for lines.Scan() {
		fields := strings.Split(lines.Text(), "\t")
		if len(fields) != 6 || fields[1] == "" { // Go's own, or this module
			continue
		}
		name, root, folder := fields[0]+" "+fields[1], fields[2], fields[3]
		if parts[name] == nil {
			parts[name] = &part{name: name, root: root}
		}
		if err := parts[name].add(folder, fields[4] != "0", strings.Split(fields[5], ",")); err != nil {
			return err
		}
	}
	return lines.Err()
}

// licence matches the names of files that grant or tell of rights.
var licence = regexp.MustCompile(`(?i)^(licen[cs]e|copying|copyright|notice|patents)([-_.].*)?$`)

// add finds the licences that hold for a package: in its folder and those above
// it, beside what it embeds, and, where it is C, below it too.
func (p *part) add(folder string, c bool, embedded []string) error {
	folders := []string{folder}
	for _, name := range embedded {
		folders = append(folders, filepath.Dir(filepath.Join(folder, name)))
	}
	if c {
		err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
			if err == nil && entry.IsDir() {
				folders = append(folders, path)
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	for above := folder; above != p.root && strings.HasPrefix(above, p.root); {
		above = filepath.Dir(above)
		folders = append(folders, above)
	}
	for _, folder := range folders {
		entries, err := os.ReadDir(folder)
		if err != nil {
			return err
		}
		for _, entry := range entries {
			if entry.Type().IsRegular() && licence.MatchString(entry.Name()) && !strings.HasSuffix(entry.Name(), ".go") {
				name, err := filepath.Rel(p.root, filepath.Join(folder, entry.Name()))
				if err != nil {
					return err
				}
				p.licences = append(p.licences, name)
			}
		}
	}
	return nil
}

// errGNU is why something must not be shipped within an Apache-licensed program.
var errGNU = errors.New("is under a GNU licence")

// gnu matches the titles of the licences that may not be linked in.
var gnu = regexp.MustCompile(`(?m)^\s*GNU (AFFERO |LESSER |LIBRARY )?GENERAL PUBLIC LICENSE`)

func (p part) write(out *bytes.Buffer) error {
	if len(p.licences) == 0 {
		return fmt.Errorf("%s has no licence", p.name)
	}
	for _, name := range p.licences {
		text, err := os.ReadFile(filepath.Join(p.root, name))
		if err != nil {
			return err
		}
		if gnu.Match(text) {
			return fmt.Errorf("%s: %s %w", p.name, name, errGNU)
		}
		fmt.Fprintf(out, "\n%s\n%s: %s\n\n%s\n", strings.Repeat("=", 78), p.name, filepath.ToSlash(name), bytes.TrimSpace(text))
	}
	return nil
}
