package desk

import (
	"context"
	"slices"
	"time"

	"github.com/earshot-app/earshot/review"
)

// A LookedAt is a source with what the last look through it found.
type LookedAt struct {
	Root        string // the folder or bucket
	Recordings  int64
	Missing     int64     // of them, gone from the source
	First, Last time.Time // starts of its calls; zero when it has none
	// Whole is when a look last went through all of it; zero when it never did,
	// as where a person imported single files of it.
	Whole    time.Time
	Files    int64         // of any kind that the look met
	Problems int64         // that the look told, of which [Desk.ProblemsOf] has the first
	Failed   *review.Error // why the last look could not begin; nil when it could
	// Metadata and Profile are what the last look was asked for with, and Manner
	// is all that decides what it told of a file but the file itself.
	Metadata, Profile, Manner string
}

// KeepSources is what a [Store] does with sources. None of it is journalled: a
// source can be looked through again.
type KeepSources interface {
	KeepDigests
	// Sources are those that a look went through or a recording came from, by
	// root.
	Sources(ctx context.Context) ([]LookedAt, error)
	// Looks is Sources without what is counted: Recordings, Missing, First and Last.
	Looks(ctx context.Context) ([]LookedAt, error)
	// ProblemsOf are the problems that the last look through root told, at most
	// [MostProblems].
	ProblemsOf(ctx context.Context, root string) ([]Problem, error)
	// SaveLook keeps what a look found, problems and all; of s only what a look
	// tells. A root that is no source becomes one.
	SaveLook(ctx context.Context, s LookedAt, problems []Problem) error
	// Known says what the library holds of files, which are the next of a walk
	// through root and all lie in one folder, by name.
	Known(ctx context.Context, root string, files []File) ([]KnownFile, error)
	// Twins are the recordings that have one of some marks, each once.
	Twins(ctx context.Context, marks []int64) ([]Twin, error)
	// EndLook marks as missing the recordings of root that look has not met: those
	// that it has not stored, and whose ids met does not hold. A call is missing
	// when all of its recordings are. It answers how many recordings went. A root
	// that is no source changes nothing.
	EndLook(ctx context.Context, root string, look int64, met func(id int64) bool) (int, error)
}

// MostProblems is how many problems of a source are kept: what fails in
// thousands of files fails in each for the same reason.
const MostProblems = 1000

// A File is what the file system says of one, unopened.
type File struct {
	Name     string // below the root, with forward slashes
	Size     int64
	Modified time.Time
}

// A KnownFile says what the library holds of a [File]; the zero one is held
// under no recording.
type KnownFile struct {
	ID        int64 // never 0 for one that is held
	Same      bool  // it is as it was, and not missing: Recording holds
	Missing   bool
	Beside    int64 // as [Found] had it
	Recording review.Recording
}

// A Twin is a recording with the same mark as another file.
type Twin struct {
	ID       int64
	Mark     int64
	Path     string
	Size     int64
	Modified time.Time
	Look     int64 // that stored it last
}

// Sources are what the library's recordings came from, by root.
func (d *Desk) Sources(ctx context.Context) ([]LookedAt, error) { return d.store.Sources(ctx) }

// SourceAt answers the root of the source at a path as a person writes it, or
// [NoSource].
func (d *Desk) SourceAt(ctx context.Context, path string) (root string, err error) {
	full, err := absolute([]string{path})
	if err != nil {
		return "", err
	}
	sources, err := d.store.Looks(ctx)
	if err == nil && !slices.ContainsFunc(sources, func(s LookedAt) bool { return s.Root == full[0] }) {
		err = review.Fail(NoSource, review.Args{"path": path})
	}
	return full[0], err
}

// ProblemsOf are the problems that the last look through root told, at most
// [MostProblems].
func (d *Desk) ProblemsOf(ctx context.Context, root string) ([]Problem, error) {
	return d.store.ProblemsOf(ctx, root)
}
