package cache_test

import (
	"bytes"
	"crypto/sha256"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/earshot-app/earshot/data/cache"
)

// clock is a second later each time.
func clock() func() time.Time {
	now := time.Date(2026, 11, 10, 10, 0, 0, 0, time.UTC)
	return func() time.Time {
		now = now.Add(time.Second)
		return now
	}
}

func key(n byte) cache.Key { return cache.Key{n} }

func put(t *testing.T, s *cache.Store, k cache.Key, content []byte) {
	t.Helper()
	if err := s.Put(k, "survey", content); err != nil {
		t.Fatal(err)
	}
}

func TestWhatWasPutIsThereInTheNextStart(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "deep", "cache")
	put(t, cache.New(folder, 1000, clock()), key(1), []byte("peaks"))
	again := cache.New(folder, 1000, clock())
	if got, ok := again.Get(key(1), "survey"); !ok || string(got) != "peaks" {
		t.Errorf("got %q, %v", got, ok)
	}
	for _, other := range []struct {
		key  cache.Key
		kind string
	}{{key(2), "survey"}, {key(1), "words"}} {
		if got, ok := again.Get(other.key, other.kind); ok {
			t.Errorf("%v %s holds %q", other.key, other.kind, got)
		}
	}
}

func TestWhatWasUsedLongestAgoGoesFirst(t *testing.T) {
	const entry = 100 + sha256.Size
	s := cache.New(t.TempDir(), 3*entry, clock())
	for n := range byte(3) {
		put(t, s, key(n), bytes.Repeat([]byte{n}, 100))
	}
	s.Get(key(0), "survey")
	put(t, s, key(3), make([]byte, 100))
	for n, want := range []bool{true, false, true, true} {
		if _, ok := s.Get(key(byte(n)), "survey"); ok != want {
			t.Errorf("entry %d is there: %v, want %v", n, ok, want)
		}
	}
}

func TestTheStoreStaysWithinItsBounds(t *testing.T) {
	folder := t.TempDir()
	s := cache.New(folder, 10_000, clock())
	random := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		put(t, s, key(byte(random.IntN(50))), make([]byte, random.IntN(12_000)))
		if size := total(t, folder); size > 10_000 {
			t.Fatalf("it takes %d bytes", size)
		}
	}
}

func total(t *testing.T, folder string) (size int64) {
	t.Helper()
	for _, f := range files(t, folder) {
		stat, err := os.Stat(f)
		if err != nil {
			t.Fatal(err)
		}
		size += stat.Size()
	}
	return size
}

func files(t *testing.T, folder string) []string {
	t.Helper()
	all, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// Damage of any kind must never be drawn as a waveform.
func TestADamagedEntryIsDropped(t *testing.T) {
	content := []byte("the peaks of a call")
	for name, damage := range map[string]func(b []byte) []byte{
		"cut off":      func(b []byte) []byte { return b[:len(b)-1] },
		"all but gone": func(b []byte) []byte { return b[:5] },
		"empty":        func([]byte) []byte { return nil },
		"one bit":      func(b []byte) []byte { b[len(b)/2] ^= 1; return b },
		"longer":       func(b []byte) []byte { return append(b, 0) },
		"zeros":        func(b []byte) []byte { return make([]byte, len(b)) },
	} {
		folder := t.TempDir()
		s := cache.New(folder, 1000, clock())
		put(t, s, key(1), content)
		file := files(t, folder)[0]
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, damage(b), 0o600); err != nil {
			t.Fatal(err)
		}
		if got, ok := s.Get(key(1), "survey"); ok {
			t.Errorf("%s: it answers %q", name, got)
		}
		if left := files(t, folder); len(left) > 0 {
			t.Errorf("%s: %v was left", name, left)
		}
	}
}

func TestAnEntryUnderAnotherNameIsDropped(t *testing.T) {
	folder := t.TempDir()
	s := cache.New(folder, 1000, clock())
	put(t, s, key(1), []byte("one"))
	if err := os.Rename(files(t, folder)[0], filepath.Join(folder, key(2).String()+".survey")); err != nil {
		t.Fatal(err)
	}
	if got, ok := s.Get(key(2), "survey"); ok {
		t.Errorf("another recording's entry answers %q", got)
	}
}

func TestOnlyTheOwnerMayRead(t *testing.T) {
	if runtime.GOOS == "windows" {
		return // it has no such bits; the user's folders are their own
	}
	folder := filepath.Join(t.TempDir(), "cache")
	put(t, cache.New(folder, 1000, clock()), key(1), []byte("peaks"))
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err == nil && info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has %v", d.Name(), info.Mode())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestTheKeyIsOfTheContent(t *testing.T) {
	folder := t.TempDir()
	then := time.Date(2026, 11, 10, 10, 0, 0, 0, time.UTC)
	write := func(name string, content []byte) string {
		t.Helper()
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, then, then); err != nil {
			t.Fatal(err)
		}
		return path
	}
	of := func(paths ...string) cache.Key {
		t.Helper()
		k, err := cache.Of("one after the other", paths...)
		if err != nil {
			t.Fatal(err)
		}
		return k
	}
	content := make([]byte, 1<<20)
	a, same := write("a", content), write("b", content)
	if of(a) != of(same) {
		t.Error("another name is another key")
	}
	for name, at := range map[string]int{"first byte": 0, "last byte": 1<<20 - 1} {
		other := bytes.Clone(content)
		other[at] = 1
		if of(a) == of(write("c", other)) {
			t.Errorf("another %s is the same key", name)
		}
	}
	if of(a) == of(write("c", content[1:])) {
		t.Error("a shorter file has the same key")
	}
	// A recorder that blanks out a card number changes a few bytes in the
	// midst of a file; its time tells.
	before := of(same)
	if err := os.Chtimes(same, then, then.Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	if of(same) == before {
		t.Error("a file that was written to has the same key")
	}
	if c := write("c", []byte{1}); of(a, c) == of(c, a) || of(a, c) == of(a) {
		t.Error("two recordings have the key of one, or of another order")
	}
	if k, err := cache.Of("side by side", a); err != nil || k == of(a) {
		t.Errorf("used in another way it has the same key (%v)", err)
	}
	if _, err := cache.Of("", filepath.Join(folder, "none")); err == nil {
		t.Error("a file that is not there has a key")
	}
}
