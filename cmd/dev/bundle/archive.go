package bundle

import (
	"archive/tar"
	"archive/zip"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// sorted are the files by their paths, so that the same tree is packed alike.
func sorted(tree []file) []file {
	return slices.SortedFunc(slices.Values(tree), func(a, b file) int { return strings.Compare(a.path, b.path) })
}

// tarball writes the tree below a folder named top as name in the release's
// folder.
func (r Release) tarball(name, top string, tree []file) error {
	return r.write(name, func(w io.Writer) error {
		packed, err := gzip.NewWriterLevel(w, gzip.BestCompression)
		if err != nil {
			return err
		}
		archive := tar.NewWriter(packed)
		for _, f := range sorted(tree) {
			head := &tar.Header{
				Name: top + "/" + f.path, Mode: int64(f.mode), Size: int64(len(f.data)), ModTime: r.Time, Format: tar.FormatUSTAR,
			}
			if err := archive.WriteHeader(head); err != nil {
				return err
			}
			if _, err := archive.Write(f.data); err != nil {
				return err
			}
		}
		if err := archive.Close(); err != nil {
			return err
		}
		return packed.Close()
	})
}

// zip is what tarball is, for Windows.
func (r Release) zip(name, top string, tree []file) error {
	return r.write(name, func(w io.Writer) error {
		archive := zip.NewWriter(w)
		for _, f := range sorted(tree) {
			head := &zip.FileHeader{Name: top + "/" + f.path, Method: zip.Deflate, Modified: r.Time.UTC()}
			head.SetMode(f.mode)
			entry, err := archive.CreateHeader(head)
			if err != nil {
				return err
			}
			if _, err := entry.Write(f.data); err != nil {
				return err
			}
		}
		return archive.Close()
	})
}

// write makes the file name in the release's folder; one that failed is taken
// away again.
func (r Release) write(name string, fill func(io.Writer) error) error {
	if err := os.MkdirAll(r.Out, 0o755); err != nil {
		return err
	}
	path := filepath.Join(r.Out, name)
	out, err := os.Create(path)
	if err != nil {
		return err
	}
	err = fill(out)
	if closing := out.Close(); err == nil {
		err = closing
	}
	if err != nil {
		os.Remove(path)
	}
	return err
}
