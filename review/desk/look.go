package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"sync"

	"github.com/earshot-app/earshot/review"
)

// A looking is one look through sources: what it has met, so that what it has
// not is known to be gone. It is told of files while the ones before are still
// being read, so it is safe for concurrent use.
type looking struct {
	mu    sync.Mutex
	met   bits               // ids of recordings
	roots map[string]*Digest // of the files below each
	// spoken says that there is a file that may be a sidecar.
	spoken bool
	// waiting says that there is a sidecar whose call has not come yet, or a file
	// that could not be read and may be a recording.
	waiting bool
	heard   bool // there is a transcript of a call
	known   int  // recordings that the library held
	back    int  // of them those that were missing
}

// bits is a set of small whole numbers: an eighth of a byte for each up to the
// largest.
type bits []uint64

func (b *bits) add(n int64) {
	word := int(n / 64)
	if word >= len(*b) {
		*b = append(*b, make(bits, word+1-len(*b))...)
	}
	(*b)[word] |= 1 << (n % 64)
}

func (b bits) has(n int64) bool {
	word := int(n / 64)
	return word < len(b) && b[word]&(1<<(n%64)) != 0
}

// known answers the files of a walk that the library holds, and notes all.
func (in *importing) known(ctx context.Context, root string, files []File) ([]KnownFile, error) {
	known, err := in.desk.store.Known(ctx, root, files)
	if err != nil {
		return nil, err
	}
	if err := in.passFiles(ctx, root, files, known); err != nil {
		return nil, err
	}
	in.look.note(root, files, known, in.desk.sidecars)
	in.tell(func(done *Imported) { done.Files, done.Back = done.Files+int64(len(files)), in.look.back })
	return known, nil
}

func (l *looking) note(root string, files []File, known []KnownFile, sidecars Sidecars) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.roots == nil {
		l.roots = map[string]*Digest{}
	}
	if l.roots[root] == nil {
		l.roots[root] = &Digest{}
	}
	for i := range files {
		l.roots[root].Add([]byte(files[i].Name), files[i].Size, files[i].Modified)
	}
	for i, k := range known {
		switch {
		case k.ID > 0:
			l.met.add(k.ID)
			l.known++
			if k.Missing {
				l.back++
			}
		case sidecars != nil && !l.spoken:
			l.spoken = sidecars.May(files[i].Name)
		}
	}
}

// unread notes that there is a file of which nothing is known.
func (l *looking) unread() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.waiting = true
}

// meets reports whether the recording of an id was met.
func (l *looking) meets(id int64) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.met.has(id)
}

// silent reports whether the walk went through all of roots and met nothing that
// may be a sidecar.
func (l *looking) silent(roots []string) bool {
	beyond := func(root string) bool { _, met := l.roots[root]; return !met }
	return !l.spoken && !slices.ContainsFunc(roots, beyond)
}

// manner says all that decides what an import tells of a file whose content is
// known, but for the file: how it was asked for, the table as it is, and which
// release reads both. A look in the same manner has nothing new to tell of such a
// file.
func (d *Desk) manner(ctx context.Context, req ImportRequest) (string, error) {
	req.Paths, req.Known, req.Pass = nil, nil, false
	text, err := json.Marshal(req)
	manner := fmt.Sprintf("%s %d", text, readers)
	if err != nil || req.Metadata == "" {
		return manner, err
	}
	stamp, err := d.source.Stamp(ctx, req.Metadata)
	return manner + " " + stamp, err
}

// located answers the roots of a request, and makes the path of its table absolute:
// the next look may begin in another folder.
func located(req *ImportRequest) (roots []string, err error) {
	if req.Metadata != "" {
		table, err := absolute([]string{req.Metadata})
		if err != nil {
			return nil, err
		}
		req.Metadata = table[0]
	}
	return absolute(req.Paths)
}

// absolute makes paths absolute and clean, as the roots of sources are.
func absolute(paths []string) ([]string, error) {
	all := make([]string, len(paths))
	for i, path := range paths {
		var err error
		if all[i], err = review.Absolute(path); err != nil {
			return nil, fmt.Errorf("make a path absolute: %w", err)
		}
	}
	return all, nil
}

// prepare completes a request for a look, and answers the sources that the look
// goes through as a whole if all goes well.
func (in *importing) prepare(ctx context.Context, req *ImportRequest, roots []string) ([]LookedAt, error) {
	manner, err := in.desk.manner(ctx, *req)
	if err != nil {
		return nil, err
	}
	before, err := in.desk.store.Looks(ctx)
	if err != nil {
		return nil, err
	}
	sources := make([]LookedAt, len(roots))
	req.Known, req.Pass, req.Unread = in.known, true, in.look.unread
	for i, root := range roots {
		if at := slices.IndexFunc(before, func(s LookedAt) bool { return s.Root == root }); at >= 0 {
			sources[i] = before[at]
		}
		if sources[i].Whole.IsZero() || sources[i].Manner != manner {
			req.Pass = false
		}
		in.done.Total += sources[i].Files
		sources[i].Root, sources[i].Metadata, sources[i].Profile, sources[i].Manner = root, req.Metadata, req.Profile, manner
	}
	if slices.ContainsFunc(sources, func(s LookedAt) bool { return s.Files == 0 }) {
		in.done.Total = 0
	}
	in.pass = req.Pass
	return sources, nil
}

// count counts the files to come beside the import, unless the look before has;
// the returned function ends that.
func (in *importing) count(ctx context.Context, paths []string) (end func()) {
	if in.desk.count == nil || in.done.Total > 0 {
		return func() {}
	}
	ctx, stop := context.WithCancel(ctx)
	var counting sync.WaitGroup
	counting.Go(func() {
		if n, err := in.desk.count(ctx, paths); err == nil { // if not, nobody knows how long it takes
			in.tell(func(done *Imported) { done.Total = n })
		}
	})
	return func() {
		stop()
		counting.Wait()
	}
}

// ended keeps what a whole look found, if s is a source.
func (in *importing) ended(ctx context.Context, s LookedAt) error {
	gone, err := in.desk.store.EndLook(ctx, s.Root, in.number, in.look.met.has)
	if err != nil {
		return err
	}
	in.done.Gone += gone
	met := in.look.roots[s.Root]
	if met == nil && s.Whole.IsZero() {
		return in.settle(ctx, s) // a file, or an empty folder
	}
	s.Files, s.Whole, s.Failed = 0, in.desk.clock.Now(), nil
	if met != nil {
		s.Files = met.Files
	}
	var problems []Problem
	for _, p := range in.done.Problems {
		if p.Root == s.Root || len(in.look.roots) == 1 {
			problems = append(problems, p)
		}
	}
	s.Problems = int64(len(problems))
	if err := in.desk.store.SaveLook(ctx, s, problems); err != nil {
		return err
	}
	return in.settle(ctx, s)
}
