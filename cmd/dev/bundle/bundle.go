// Package bundle makes what people install: for Linux a tarball and a Debian
// package, for Windows a zip, each with the app, the terminal's program, the
// licences of all that is linked in, and what a desktop needs to show the app
// and to hand it invitations (earshot://…).
//
//	release := bundle.Release{Version: "0.1.0", Time: commit, Out: "dist"}
//	err := release.Linux(ctx, tell)
//
// The same commit, Go and compiler give the same bytes: paths, build ids and
// clocks are kept out, archives are sorted and carry the commit's time. What
// desktops read is checked by their own tools before it is packed.
//
// Manual pages are made of what the programs answer to --help, and the Debian
// changelog of the README, so that neither says anything else.
//
// The tree of the tarball is that of a prefix: unpacked into ~/.local or
// /usr/local it is installed.
package bundle

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// A Release is one version to be packed.
type Release struct {
	Version string    // 0.1.0
	Time    time.Time // of the commit; what every packed file is dated
	Out     string    // the folder that packages are written to
}

// A file is one file of a package, below its prefix.
type file struct {
	path string // with slashes
	mode fs.FileMode
	data []byte
}

// plain is a file that everybody may read.
func plain(path string, data []byte) file { return file{path, 0o644, data} }

// Linux writes earshot_VERSION_linux_ARCH.tar.gz and earshot_VERSION_ARCH.deb
// for the machine it runs on, and tells the name of each.
func (r Release) Linux(ctx context.Context, tell func(file string)) error {
	target, err := host()
	if err != nil {
		return err
	}
	programs, err := r.build(ctx, target)
	if err != nil {
		return err
	}
	shared, err := r.shared(ctx, target)
	if err != nil {
		return err
	}
	manuals, err := r.manuals(ctx, programs)
	if err != nil {
		return err
	}
	tree := slices.Concat(programs, shared, manuals)
	name := fmt.Sprintf("earshot_%s_linux_%s.tar.gz", r.Version, target.arch)
	if err := r.tarball(name, "earshot-"+r.Version, tree); err != nil {
		return err
	}
	tell(name)
	name, err = r.deb(ctx, target, tree)
	if err != nil {
		return err
	}
	tell(name)
	return nil
}

// Windows writes earshot_VERSION_windows_amd64.zip, built across with MinGW.
func (r Release) Windows(ctx context.Context, tell func(file string)) error {
	programs, err := r.build(ctx, windows)
	if err != nil {
		return err
	}
	texts, err := texts(ctx, windows)
	if err != nil {
		return err
	}
	tree := append(programs, plain("earshot-links.cmd", windowsLinks))
	for _, text := range texts {
		tree = append(tree, plain(filepath.Base(text.path), text.data))
	}
	name := fmt.Sprintf("earshot_%s_windows_%s.zip", r.Version, windows.arch)
	if err := r.zip(name, "earshot-"+r.Version, tree); err != nil {
		return err
	}
	tell(name)
	return nil
}

// Sums writes SHA256SUMS over the named packages, as sha256sum -c reads it.
func (r Release) Sums(names []string) error {
	var sums strings.Builder
	for _, name := range slices.Sorted(slices.Values(names)) {
		data, err := os.ReadFile(filepath.Join(r.Out, name))
		if err != nil {
			return err
		}
		fmt.Fprintf(&sums, "%x  %s\n", sha256.Sum256(data), name)
	}
	return os.WriteFile(filepath.Join(r.Out, "SHA256SUMS"), []byte(sums.String()), 0o644)
}

// output runs a program and answers what it printed; its complaint is in the
// error.
func output(ctx context.Context, env []string, name string, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env = append(os.Environ(), env...)
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("%s: %w\n%s%s", name, err, out, said.Bytes())
	}
	return out, nil
}
