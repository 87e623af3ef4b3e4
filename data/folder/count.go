package folder

import (
	"context"
	"io/fs"
	"path/filepath"
	"strings"
)

// Count counts the files that [Walk] yields for paths, in a third of the time: it
// asks nothing about a file but its name. So it counts what a link leads to as
// one file, and leaves out what cannot be read; it is good for an estimate. It
// answers ctx's error, or one about paths.
func Count(ctx context.Context, paths []string) (int64, error) {
	starts, err := resolve(paths)
	if err != nil {
		return 0, err
	}
	var n int64
	for _, start := range starts {
		err := filepath.WalkDir(start.path, func(path string, entry fs.DirEntry, err error) error {
			switch {
			case ctx.Err() != nil:
				return ctx.Err()
			case err != nil:
				return nil
			case strings.HasPrefix(entry.Name(), ".") && path != start.path:
				if entry.IsDir() {
					return filepath.SkipDir
				}
				return nil
			case !entry.IsDir():
				n++
			}
			return nil
		})
		if err != nil {
			return 0, err
		}
	}
	return n, nil
}
