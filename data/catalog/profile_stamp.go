package catalog

import (
	"encoding/binary"
	"hash/fnv"
	"io/fs"
	"path"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

// A sidecar may come or change when its recording has been known for long: a
// contact record is written when the agent has done with the call. So what
// stands beside a recording is remembered with it, as one number.

// stampOf is made of a file's size and when it was changed.
func stampOf(info fs.FileInfo) int64 {
	return sumOf(binary.LittleEndian.AppendUint64(binary.LittleEndian.AppendUint64(nil, uint64(info.Size())), uint64(info.ModTime().UnixNano())))
}

// sumOf is FNV-1a: the same in every run of the program.
func sumOf(parts ...[]byte) int64 {
	sum := fnv.New64a()
	for _, part := range parts {
		sum.Write(part)
		sum.Write([]byte{0})
	}
	return int64(sum.Sum64())
}

// stamp is made of what a note says.
func (n *note) stamp() int64 {
	parts := [][]byte{[]byte(n.category), []byte(n.newest)}
	for _, value := range n.values {
		parts = append(parts, []byte(value))
	}
	for _, field := range unpacked(n.fields) {
		parts = append(parts, []byte(field.Name), []byte(field.Value.Open()))
	}
	return sumOf(parts...)
}

// noteFile remembers what a sidecar that may stand beside a recording is now.
func (r *reading) noteFile(root, name string, info fs.FileInfo) {
	if r.isSidecar(name) {
		r.index.stamps[r.index.sum(besideRule, root+"\x00"+name)] = stampOf(info)
	}
}

// besideRule stands for the rules of files beside recordings in the index.
const besideRule = -2

// beside is what the sidecars of a recording are now, 0 for none. The order of
// the rules does not matter.
func (r *reading) beside(root string, of parts) int64 {
	var sum int64
	for i := range r.Sidecars {
		rule := &r.Sidecars[i]
		for j := range rule.Beside {
			if name := rule.Beside[j].fill(of); name != "" {
				sum += r.index.stamps[r.index.sum(besideRule, root+"\x00"+path.Clean(name))]
			}
		}
		named := false
		for j := range rule.Join {
			key := rule.Join[j].fill(of)
			if key == "" {
				continue
			}
			named = true
			at := r.index.sum(i, key)
			if n := r.index.notes[at]; n != nil {
				sum += n.stamp()
			}
			if file, ok := r.index.files[at]; ok {
				sum += r.index.stamps[r.index.sum(besideRule, file.root+"\x00"+file.name)]
			}
		}
		if !named { // another sidecar says which record tells of it: it may be any
			sum += r.index.rules[i]
		}
	}
	return sum
}

// news reports whether what stands beside a recording that the library holds is
// not what it was when it was told.
func (r *reading) news(f *file) bool {
	if r == nil || f.known.ID == 0 {
		return false
	}
	of := r.recording(f.name)
	switch {
	case of == nil:
		return false
	case r.superseded(f.root, of):
		return f.known.Beside != desk.Outdone
	}
	return r.beside(f.root, of) != f.known.Beside
}

// outdone tells that a better recording is heard in place of one that the
// library holds; nil when there is nothing to tell.
func (f *file) outdone() *desk.Found {
	if f.known.ID == 0 || f.known.Beside == desk.Outdone {
		return nil
	}
	found := &desk.Found{Root: f.root, Name: f.name, Held: true, Recording: f.known.Recording, Beside: desk.Outdone}
	found.Recording.Size, found.Recording.Modified = f.info.Size(), f.info.ModTime()
	if l, ok := legOf(f.name); ok && found.Recording.Leg != review.WholeCall {
		found.Pair = l.pair
	}
	return found
}
