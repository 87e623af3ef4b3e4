package folder

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/earshot-app/earshot/review/desk"
)

// namesAtOnce is how many names of a folder are read at once.
const namesAtOnce = 1024

// Glance answers a digest of the files that [Walk] yields for a path, and whether
// it yields nothing else: no problem of any kind. It asks the system as much as
// Walk does, and makes next to nothing of the answers. tell is told of the files
// met so far, after each folder. It answers ctx's error, or one about the path.
func Glance(ctx context.Context, path string, tell func(files int64)) (d desk.Digest, whole bool, err error) {
	starts, err := resolve([]string{path})
	if err != nil {
		return d, false, err
	}
	g := glance{ctx: ctx, root: starts[0].path, tell: tell}
	if info := starts[0].info; !info.IsDir() {
		g.add([]byte(info.Name()), infoOf(info))
		return g.digest, !g.odd, nil
	}
	err = g.folder("")
	return g.digest, err == nil && !g.odd, err
}

// A glance is one root on its way.
type glance struct {
	ctx    context.Context
	root   string
	tell   func(files int64)
	digest desk.Digest
	odd    bool // something is no file
}

// folder goes through one, by its name below the root with a slash at its end.
func (g *glance) folder(name string) error {
	open, err := os.Open(filepath.Join(g.root, filepath.FromSlash(name)))
	if err != nil {
		g.odd = true // or gone, which the digest says anyway
		return nil
	}
	within, err := g.files(name, open)
	_ = open.Close() // it was only read
	g.tell(g.digest.Files)
	for _, folder := range within {
		if err != nil || g.odd {
			break
		}
		err = g.folder(folder)
	}
	return err
}

// files takes in what lies in an open folder, and answers the folders in it.
func (g *glance) files(name string, open *os.File) (within []string, err error) {
	path := []byte(name)
	for !g.odd {
		if err := g.ctx.Err(); err != nil {
			return nil, err
		}
		entries, err := open.Readdirnames(namesAtOnce)
		for _, entry := range entries {
			if hidden(entry) {
				continue
			}
			path = append(path[:len(name)], entry...)
			if g.entry(path, entry, open) {
				within = append(within, string(path)+"/")
			}
		}
		if err != nil {
			g.odd = g.odd || !errors.Is(err, io.EOF)
			break
		}
	}
	return within, nil
}

// entry takes in one that lies in an open folder, or reports that it is a folder.
func (g *glance) entry(path []byte, entry string, open *os.File) (isFolder bool) {
	info, err := stat(open, entry)
	if err == nil && info.mode&fs.ModeSymlink != 0 {
		info, err = g.target(path)
		g.odd = g.odd || info.IsDir()
	}
	switch {
	case err != nil:
		g.odd = g.odd || !errors.Is(err, fs.ErrNotExist)
	case info.IsDir():
		return true
	default:
		g.add(path, info)
	}
	return false
}

// target is what a link leads to. One that leads nowhere is a problem of its own.
func (g *glance) target(path []byte) (info, error) {
	target, err := os.Stat(filepath.Join(g.root, filepath.FromSlash(string(path))))
	if err != nil {
		g.odd = true
		return info{}, err
	}
	return infoOf(target), nil
}

func (g *glance) add(name []byte, i info) {
	if !i.mode.IsRegular() {
		g.odd = true
		return
	}
	g.digest.Add(name, i.size, i.modified)
}
