package desk

import (
	"context"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// Recordings are alike that have one mark and size. A vendor may leave tens of
// thousands of those, of calls of which nothing was recorded, so none is held
// against all others: each is looked for by what it has in common beyond that.
type alike struct {
	mark, size int64
	name       string // without its folder; "" where it is the time that counts
	at         int64  // when the file changed, in Unix milliseconds; 0 where it is the name
}

// twins are recordings that the library holds with a mark of the batch's new
// ones.
func (in *importing) twins(ctx context.Context) ([]Twin, error) {
	marks := make([]int64, 0, len(in.batch))
	for i := range in.batch {
		if e := &in.batch[i]; e.Mark != 0 && !e.Held {
			marks = append(marks, e.Mark)
		}
	}
	if len(marks) == 0 {
		return nil, nil
	}
	slices.Sort(marks) // as the store has them: neighbours lie side by side
	return in.desk.store.Twins(ctx, marks)
}

// follow finds out which recordings of the batch are known ones that moved:
// same size and [Found.Mark], and the file's name or time of change, and gone
// from where it was. Where more than one may be it, none is taken: two calls
// that are silent at begin, middle and end look alike.
func (in *importing) follow(ctx context.Context, twins []Twin) {
	unmet := map[alike][]string{} // paths
	for _, t := range twins {
		if t.Look == in.number || in.look.meets(t.ID) {
			continue
		}
		for _, a := range []alike{{t.Mark, t.Size, baseName(t.Path), 0}, {t.Mark, t.Size, "", t.Modified.UnixMilli()}} {
			unmet[a] = append(unmet[a], t.Path)
		}
	}
	if len(unmet) == 0 {
		return
	}
	taken, gone := map[string]bool{}, map[alike][]string{}
	for i := range in.batch {
		e := &in.batch[i]
		if e.Held {
			continue
		}
		var from []string
		for _, a := range []alike{{e.Mark, e.Recording.Size, baseName(e.Name), 0}, {e.Mark, e.Recording.Size, "", e.Recording.Modified.UnixMilli()}} {
			if _, asked := gone[a]; !asked {
				gone[a] = in.twoGone(ctx, unmet[a])
			}
			from = append(from, gone[a]...)
		}
		slices.Sort(from)
		if from = slices.Compact(from); len(from) == 1 && !taken[from[0]] {
			e.From, taken[from[0]] = from[0], true
		}
	}
}

// twoGone are the first two of paths where nothing is any more.
func (in *importing) twoGone(ctx context.Context, paths []string) (gone []string) {
	for _, p := range paths {
		if stamp, err := in.desk.source.Stamp(ctx, p); err == nil && stamp == "" {
			if gone = append(gone, p); len(gone) == 2 {
				break
			}
		}
	}
	return gone
}

// A Comparer tells whether two files hold the same.
type Comparer interface {
	// SameContent reads both to the end, or as far as they are the same. A file
	// that cannot be read is the same as none.
	SameContent(ctx context.Context, path, other string) (bool, error)
}

// copies finds out which new recordings of the batch hold the same as one that
// is known, or that comes before them in the batch: a file that was exported
// twice, and has its name still. Where the source names the contact of a
// recording, that alone counts: two calls of which nothing was recorded hold the
// same.
func (in *importing) copies(ctx context.Context, twins []Twin) error {
	comparer, ok := in.desk.source.(Comparer)
	if !ok {
		return nil
	}
	known := map[alike][]string{} // paths
	for _, t := range twins {
		a := alike{t.Mark, t.Size, plainName(t.Path), 0}
		known[a] = append(known[a], t.Path)
	}
	for i := range in.batch {
		e := &in.batch[i]
		if !e.unnamedFile() {
			continue
		}
		file := e.Recording.Path.Open()
		a := alike{e.Mark, e.Recording.Size, plainName(file), 0}
		copied, err := firstSame(ctx, comparer, file, known[a])
		if err != nil {
			return err
		}
		if e.Copy = copied; copied == "" {
			known[a] = append(known[a], file)
		}
	}
	return nil
}

// firstSame is the first of paths that holds the same as another file, "" for
// none.
func firstSame(ctx context.Context, c Comparer, file string, paths []string) (string, error) {
	for _, p := range paths {
		if p == file {
			continue
		}
		same, err := c.SameContent(ctx, file, p)
		if err != nil {
			return "", err
		}
		if same {
			return p, nil
		}
	}
	return "", nil
}

func baseName(file string) string { return path.Base(filepath.ToSlash(file)) }

// copyMark is what programs add to the name of a copy.
var copyMark = regexp.MustCompile(`(?: \(\d+\)| - (?:copy|kopie)(?: \(\d+\))?|_copy\d*)$`)

// plainName is the name of a file without marks of a copy, in small letters.
func plainName(file string) string {
	base := strings.ToLower(baseName(file))
	extension := path.Ext(base)
	name := strings.TrimSuffix(base, extension)
	if !strings.ContainsAny(name, "(pk") { // as most names, of a million
		return base
	}
	return copyMark.ReplaceAllString(name, "") + extension
}

// unnamedFile reports whether e is a new recording of which the source names no
// contact.
func (e *Entry) unnamedFile() bool {
	return e.Mark != 0 && !e.Held && e.From == "" && e.Pair == "" && !e.Names()
}
