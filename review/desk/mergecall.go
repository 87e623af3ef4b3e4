package desk

import (
	"context"
	"path"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/earshot-app/earshot/review/journal"
)

// mergeFound makes one call of those that turned out to be one contact. That
// is no act that can be undone, as nothing is that an import finds.
func (d *Desk) mergeFound(ctx context.Context, added []Added) error {
	var merges []journal.Body
	told := map[string]bool{}
	for _, a := range added {
		if a.Part != "" && !told[a.Part] {
			merges = append(merges, journal.CallMerged{From: a.Part, Into: a.Whole})
			told[a.Part] = true
		}
	}
	if len(merges) == 0 {
		return nil
	}
	return d.tellJournal(ctx, func(Tx) ([]journal.Body, error) { return merges, nil })
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
func (in *importing) copies(ctx context.Context, byMark map[int64][]Twin) error {
	comparer, ok := in.desk.source.(Comparer)
	if !ok {
		return nil
	}
	for i := range in.batch {
		e := &in.batch[i]
		if !e.unnamedFile() {
			continue
		}
		file := e.Recording.Path.Open()
		for _, t := range byMark[e.Mark] {
			if t.Size != e.Recording.Size || t.Path == file || !sameName(t.Path, file) {
				continue
			}
			same, err := comparer.SameContent(ctx, file, t.Path)
			if err != nil {
				return err
			}
			if same {
				e.Copy = t.Path
				break
			}
		}
		byMark[e.Mark] = append(byMark[e.Mark], Twin{Mark: e.Mark, Path: file, Size: e.Recording.Size})
	}
	return nil
}

// copyMark is what programs add to the name of a copy.
var copyMark = regexp.MustCompile(`(?i)(?: \(\d+\)| - (?:copy|kopie)(?: \(\d+\))?|_copy\d*)$`)

// sameName reports whether two files have one name, but for marks of a copy.
func sameName(file, other string) bool {
	plain := func(file string) string {
		base := path.Base(filepath.ToSlash(file))
		extension := path.Ext(base)
		return copyMark.ReplaceAllString(strings.TrimSuffix(base, extension), "") + extension
	}
	return strings.EqualFold(plain(file), plain(other))
}

// unnamedFile reports whether e is a new recording of which the source names no
// contact.
func (e *Entry) unnamedFile() bool {
	return e.Mark != 0 && !e.Held && e.From == "" && e.Pair == "" && !e.Names()
}
