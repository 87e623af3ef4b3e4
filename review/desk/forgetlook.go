package desk

import (
	"cmp"
	"context"
	"slices"

	"github.com/earshot-app/earshot/review"
)

// What was forgotten does not come back with the next look: what a look meets is
// compared with the salted hashes that forgotten calls left.

// knowForgotten asks what an import must not bring.
func (in *importing) knowForgotten(ctx context.Context) (err error) {
	if in.forgets, err = in.desk.store.Forgets(ctx); err != nil {
		return err
	}
	r, err := in.desk.Retention(ctx)
	now := in.desk.clock.Now()
	in.rows = r.rowsSince(now)
	if days := r.Days[PartWords]; days > 0 {
		in.words = before(days, now)
	}
	if err != nil || r.Days[PartNames] == 0 {
		return err
	}
	in.names = before(r.Days[PartNames], now)
	in.divided, err = in.desk.divided(ctx, in.desk.store)
	return err
}

// keptNames takes out of what a source tells of a call the names that it is too
// old for. A call of which no start is told began when its file changed last.
func (in *importing) keptNames(f *Found) {
	m := &f.Meta
	if !cmp.Or(m.Start, f.Recording.Modified).Before(in.names) {
		return
	}
	m.Agent, m.Customer = review.Private{}, review.Private{}
	m.Fields = slices.DeleteFunc(slices.Clone(m.Fields), func(field review.Field) bool { return !slices.Contains(in.divided, field.Name) })
}

// passSidecars are those of transcripts whose paths were not forgotten.
func (in *importing) passSidecars(ctx context.Context, files []Sidecar) ([]Sidecar, error) {
	if !in.forgets {
		return files, nil
	}
	drop, err := in.dropped(ctx, len(files), func(i int) []string {
		return []string{KnownAs{Path: review.Under(files[i].Root, files[i].Name)}.path(in.salt)}
	})
	return without(slices.Clone(files), drop), err
}

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
