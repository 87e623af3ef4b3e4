package desk

import (
	"context"
	"slices"

	"github.com/earshot-app/earshot/review"
)

// What was forgotten does not come back with the next look: what a look meets is
// compared with the salted hashes that forgotten calls left.

// passFiles marks those of the files that nothing is known of as the same as
// before, where their paths were forgotten, so that they are not opened.
func (in *importing) passFiles(ctx context.Context, root string, files []File, known []KnownFile) error {
	if !in.forgets {
		return nil
	}
	places := map[string]int{} // in files, by hash
	for i, f := range files {
		if known[i].ID == 0 {
			places[(KnownAs{Path: review.Under(root, f.Name)}).path(in.salt)] = i
		}
	}
	passed, err := in.desk.store.Forgotten(ctx, keys(places))
	if err != nil {
		return err
	}
	for hash := range passed {
		known[places[hash]].Same = true
	}
	in.tell(func(done *Imported) { done.Forgotten += len(passed) })
	return nil
}

// as is what f would be forgotten by.
func (in *importing) as(f Found, uid string) []string {
	r := f.Recording
	return (KnownAs{
		UID: uid, Path: review.Under(f.Root, f.Name), Mark: f.Mark, Size: r.Size, Modified: r.Modified.UnixMilli(),
	}).hashes(in.salt)
}

// aloneAs is [importing.as] of what did not join: of a row, by the ids that it
// says.
func (in *importing) aloneAs(f Found) []string {
	if !f.Alone {
		return in.as(f, "")
	}
	var names []review.Private
	var hashes []string
	for _, said := range f.Said {
		if said.Name == string(MeansAgent) || said.Name == string(MeansCustomer) {
			names = append(names, said.Value)
		}
	}
	for _, said := range f.Said {
		if said.Name == string(MeansCall) || said.Name == string(MeansContact) {
			id := said.Value.Open()
			hashes = append(hashes, forgottenHash(in.salt, "uid", review.UID(id, names, in.salt, in.root, id)))
		}
	}
	return hashes
}

// passAlone drops what did not join where its call was forgotten.
func (in *importing) passAlone(ctx context.Context) error {
	drop, err := in.dropped(ctx, len(in.alone), func(i int) []string { return in.alone[i].hashes })
	in.alone = without(in.alone, drop)
	return err
}

// passOver drops from the batch what was forgotten: also where it has moved.
func (in *importing) passOver(ctx context.Context) error {
	if !in.forgets {
		return nil
	}
	drop, err := in.dropped(ctx, len(in.batch), func(i int) []string { return in.as(in.batch[i].Found, in.batch[i].UID) })
	for i := range drop {
		if !in.batch[i].Same { // else it was counted when its file was met
			in.tell(func(done *Imported) { done.Forgotten++ })
		}
	}
	in.batch = without(in.batch, drop)
	return err
}

// dropped are the places of n things of which a hash was left by a forgotten
// call.
func (in *importing) dropped(ctx context.Context, n int, hashes func(i int) []string) (map[int]bool, error) {
	places := map[string][]int{}
	for i := range n {
		for _, hash := range hashes(i) {
			places[hash] = append(places[hash], i)
		}
	}
	drop := map[int]bool{}
	if len(places) == 0 {
		return drop, nil
	}
	found, err := in.desk.store.Forgotten(ctx, keys(places))
	for hash := range found {
		for _, i := range places[hash] {
			drop[i] = true
		}
	}
	return drop, err
}

// without drops the things at some places.
func without[T any](all []T, drop map[int]bool) []T {
	kept := all[:0]
	for i, one := range all {
		if !drop[i] {
			kept = append(kept, one)
		}
	}
	return kept
}

func keys[V any](m map[string]V) []string {
	all := make([]string, 0, len(m))
	for key := range m {
		all = append(all, key)
	}
	slices.Sort(all)
	return all
}
