package bundle

import (
	"bytes"
	"context"
	"debug/elf"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"text/template"
)

// nfpm writes the Debian package, run by exact version.
const nfpm = "github.com/goreleaser/nfpm/v2/cmd/nfpm@v2.48.0"

// libraries are the Debian packages of the shared libraries that the app is
// linked with. The C library is dealt with by itself, see [needs].
var libraries = map[string]string{
	"libGL.so.1":       "libgl1",
	"libX11.so.6":      "libx11-6",
	"libXcursor.so.1":  "libxcursor1",
	"libXi.so.6":       "libxi6",
	"libXinerama.so.1": "libxinerama1",
	"libXrandr.so.2":   "libxrandr2",
	"libXxf86vm.so.1":  "libxxf86vm1",
	"libasound.so.2":   "libasound2 | libasound2t64", // renamed in Debian 13
}

// deb writes earshot_VERSION_ARCH.deb, which installs the tree below /usr, and
// answers its name.
func (r Release) deb(ctx context.Context, t target, tree []file) (string, error) {
	work, err := os.MkdirTemp("", "earshot-bundle-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(work)
	if err := lay(filepath.Join(work, "usr"), tree); err != nil {
		return "", err
	}
	depends, err := needs(tree)
	if err != nil {
		return "", err
	}
	var recipe bytes.Buffer
	about := map[string]any{"Release": r, "Arch": t.arch, "Depends": depends, "Tree": filepath.Join(work, "usr"), "Date": r.Time.UTC().Format("2006-01-02T15:04:05Z")}
	if err := debRecipe.Execute(&recipe, about); err != nil {
		return "", err
	}
	path := filepath.Join(work, "nfpm.yaml")
	if err := os.WriteFile(path, recipe.Bytes(), 0o600); err != nil {
		return "", err
	}
	name := fmt.Sprintf("earshot_%s_%s.deb", r.Version, t.arch)
	clock := "SOURCE_DATE_EPOCH=" + strconv.FormatInt(r.Time.Unix(), 10)
	_, err = output(ctx, []string{clock}, "go", "run", nfpm, "package", "--packager", "deb", "--config", path, "--target", filepath.Join(r.Out, name))
	return name, err
}

var debRecipe = template.Must(template.ParseFS(files, "files/nfpm.yaml"))

// lay writes a tree below a folder; programs are also called by what a package
// expects of their mode.
func lay(root string, tree []file) error {
	for _, f := range tree {
		path := filepath.Join(root, filepath.FromSlash(f.path))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, f.data, f.mode); err != nil {
			return err
		}
	}
	return nil
}

// needs lists the Debian packages that the programs of a tree cannot start
// without. A shared library that is not known here fails.
func needs(tree []file) ([]string, error) {
	var all []string
	for _, f := range tree {
		if !strings.HasPrefix(f.path, "bin/") {
			continue
		}
		program, err := elf.NewFile(bytes.NewReader(f.data))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.path, err)
		}
		own, err := needed(program)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.path, err)
		}
		all = append(all, own...)
	}
	slices.Sort(all)
	return slices.Compact(all), nil
}

func needed(program *elf.File) ([]string, error) {
	names, err := program.ImportedLibraries()
	if err != nil || len(names) == 0 {
		return nil, err
	}
	symbols, err := program.ImportedSymbols()
	if err != nil {
		return nil, err
	}
	packages := []string{"libc6 (>= " + glibc(symbols) + ")"}
	for _, name := range names {
		switch name {
		case "libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0", "librt.so.1":
			continue
		}
		provider, ok := libraries[name]
		if !ok {
			return nil, fmt.Errorf("no Debian package is known for %s", name)
		}
		packages = append(packages, provider)
	}
	return packages, nil
}

// glibc is the newest version of the GNU C library that a symbol asks for, such
// as 2.34.
func glibc(symbols []elf.ImportedSymbol) string {
	newest, number := "2.0", 0
	for _, symbol := range symbols {
		minor, ok := strings.CutPrefix(symbol.Version, "GLIBC_2.")
		if !ok {
			continue
		}
		minor, _, _ = strings.Cut(minor, ".") // 2.2.5
		if n, err := strconv.Atoi(minor); err == nil && n > number {
			newest, number = "2."+minor, n
		}
	}
	return newest
}
