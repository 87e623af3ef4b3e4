package desk

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

type digested struct {
	name       string
	size, nano int64
}

func digestOf(files []digested) (d Digest) {
	for _, f := range files {
		d.Add([]byte(f.name), f.size, time.Unix(0, f.nano))
	}
	return d
}

// Two digests are equal when the files are the same, in any order, and only then.
func TestADigestTellsFilesApart(t *testing.T) {
	file := rapid.Custom(func(t *rapid.T) digested {
		return digested{rapid.StringMatching(`[ab]{1,2}(/[ab])?`).Draw(t, "name"), rapid.Int64Range(0, 3).Draw(t, "size"), rapid.Int64Range(0, 3).Draw(t, "nano")}
	})
	rapid.Check(t, func(t *rapid.T) {
		files := rapid.SliceOfNDistinct(file, 1, 6, func(f digested) string { return f.name }).Draw(t, "files")
		d := digestOf(files)
		if !d.Equal(digestOf(rapid.Permutation(files).Draw(t, "order"))) {
			t.Fatal("the order counts")
		}
		other := rapid.SliceOfNDistinct(file, 1, 6, func(f digested) string { return f.name }).Draw(t, "other")
		if same(files, other) != d.Equal(digestOf(other)) {
			t.Fatalf("%v and %v", files, other)
		}
	})
}

func same(files, others []digested) bool {
	in := map[digested]bool{}
	for _, f := range files {
		in[f] = true
	}
	for _, f := range others {
		if !in[f] {
			return false
		}
	}
	return len(files) == len(others)
}

// FNV-1a's own test vectors, of http://www.isthe.com/chongo/tech/comp/fnv/
func TestTheHashIsThePublishedOne(t *testing.T) {
	for of, want := range map[string]uint64{"": 0xcbf29ce484222325, "a": 0xaf63dc4c8601ec8c, "foobar": 0x85944171f73967e8} {
		if got := fnv(fnvOffset, []byte(of)); got != want {
			t.Errorf("%q is %x, want %x", of, got, want)
		}
	}
}

// What a release before this one left must not keep it from looking at what only
// this one can read. The sum is that file's before a digest told by what it was read.
func TestADigestIsOfTheReadersToo(t *testing.T) {
	d := digestOf([]digested{{"a.wav", 124, 1_790_000_000_000_000_000}})
	if d.Sum == 8_660_783_913_420_636_573 {
		t.Error("it is what the release before made of it")
	}
}
