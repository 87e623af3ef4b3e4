package bundle

import (
	"bytes"
	"context"
	"crypto/md5"
	"debug/elf"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"text/template"
	"time"
	"unicode/utf8"
)

// libraries are the Debian packages of the shared libraries that the app names:
// those it is linked with, and those that GLFW opens once it runs. The C library
// is dealt with by itself, see [needs].
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
// answers its name. dpkg-deb packs it, as for Debian itself.
func (r Release) deb(ctx context.Context, t target, tree []file) (string, error) {
	root, err := os.MkdirTemp("", "earshot-bundle-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(root)
	if err := os.Chmod(root, 0o755); err != nil { // it is packed too
		return "", err
	}
	content, err := r.installed(t, tree)
	if err != nil {
		return "", err
	}
	if err := lay(root, content); err != nil {
		return "", err
	}
	if err := os.MkdirAll(r.Out, 0o755); err != nil {
		return "", err
	}
	name := fmt.Sprintf("earshot_%s_%s.deb", r.Version, t.arch)
	clock := "SOURCE_DATE_EPOCH=" + strconv.FormatInt(r.Time.Unix(), 10)
	_, err = output(ctx, []string{clock}, "dpkg-deb", "--root-owner-group", "-Zxz", "--build", root, filepath.Join(r.Out, name))
	return name, err
}

// installed is the tree below /usr with what Debian asks of a package: who made
// it and what it needs, its sums, its copyright in place of the licence's text,
// and its changes.
func (r Release) installed(t target, tree []file) ([]file, error) {
	depends, err := needs(tree)
	if err != nil {
		return nil, err
	}
	own, err := r.debianDocs()
	if err != nil {
		return nil, err
	}
	tree = slices.DeleteFunc(slices.Concat(tree, own), func(f file) bool { return f.path == "share/doc/earshot/LICENSE" })
	var sums, control bytes.Buffer
	size := 0
	all := make([]file, 0, len(tree)+2)
	for _, f := range sorted(tree) {
		f.path = "usr/" + f.path
		fmt.Fprintf(&sums, "%x  %s\n", md5.Sum(f.data), f.path)
		size += len(f.data)
		all = append(all, f)
	}
	err = debControl.Execute(&control, map[string]any{
		"Release": r, "Maintainer": maintainer, "Arch": t.arch, "Depends": strings.Join(depends, ", "), "Size": (size + 1023) / 1024,
	})
	return append(all, plain("DEBIAN/control", control.Bytes()), plain("DEBIAN/md5sums", sums.Bytes())), err
}

// debianDocs are files that only a Debian package has.
func (r Release) debianDocs() ([]file, error) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		return nil, err
	}
	changes, err := r.changelog(string(readme))
	if err != nil {
		return nil, err
	}
	packed, err := packed(changes)
	if err != nil {
		return nil, err
	}
	copyright, err1 := files.ReadFile("files/copyright")
	overrides, err2 := files.ReadFile("files/overrides")
	return []file{
		plain("share/doc/earshot/changelog.gz", packed), plain("share/doc/earshot/copyright", copyright),
		plain("share/lintian/overrides/earshot", overrides),
	}, errors.Join(err1, err2)
}

// changelog is what the README says under the release's version, as Debian
// writes it (deb-changelog(5)).
func (r Release) changelog(readme string) ([]byte, error) {
	_, changes, found := strings.Cut(readme, "\n### "+r.Version+"\n")
	if !found {
		return nil, fmt.Errorf("the README tells no changes of %s", r.Version)
	}
	changes, _, _ = strings.Cut(changes, "\n#")
	var out bytes.Buffer
	fmt.Fprintf(&out, "earshot (%s) unstable; urgency=medium\n", r.Version)
	for line := range strings.Lines(changes) {
		if line = strings.TrimPrefix(strings.TrimSpace(line), "- "); line != "" {
			fmt.Fprintf(&out, "\n  * %s", wrapped(line, 76, "\n    "))
		}
	}
	fmt.Fprintf(&out, "\n\n -- %s  %s\n", maintainer, r.Time.UTC().Format(time.RFC1123Z))
	return out.Bytes(), nil
}

// wrapped breaks a text into lines of so many characters at most.
func wrapped(text string, width int, newline string) string {
	var out strings.Builder
	at := 0
	for i, word := range strings.Fields(text) {
		long := utf8.RuneCountInString(word)
		switch {
		case i == 0:
		case at+1+long > width:
			out.WriteString(newline)
			at = 0
		default:
			out.WriteByte(' ')
			at++
		}
		out.WriteString(word)
		at += long
	}
	return out.String()
}

// maintainer is who answers for the package.
const maintainer = "The Earshot authors <earshot-app@users.noreply.github.com>"

var debControl = template.Must(template.ParseFS(files, "files/control"))

// lay writes files below a folder.
func lay(root string, all []file) error {
	for _, f := range all {
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
		own, err := needed(program, f.data)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.path, err)
		}
		all = append(all, own...)
	}
	slices.Sort(all)
	return slices.Compact(all), nil
}

// needed lists what one program needs, from what it is linked with and the names
// of libraries in it. One that is linked with nothing needs nothing.
func needed(program *elf.File, data []byte) ([]string, error) {
	linked, err := program.ImportedLibraries()
	if err != nil || len(linked) == 0 {
		return nil, err
	}
	for _, name := range linked {
		if libraries[name] == "" && !slices.Contains(cLibrary, name) {
			return nil, fmt.Errorf("no Debian package is known for %s", name)
		}
	}
	symbols, err := program.ImportedSymbols()
	if err != nil {
		return nil, err
	}
	packages := []string{"libc6 (>= " + glibc(symbols) + ")"}
	for name, provider := range libraries {
		if bytes.Contains(data, []byte(name+"\x00")) {
			packages = append(packages, provider)
		}
	}
	return packages, nil
}

// cLibrary are the parts of the GNU C library.
var cLibrary = []string{"libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0", "librt.so.1", "libresolv.so.2"}

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
