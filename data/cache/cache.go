// Package cache keeps in a folder what took long to find out about recordings
// and can be found out again: peaks, silences, loudness.
//
//	store := cache.New(folder, 256<<20, time.Now)
//	key, err := cache.Of("", path)   // by content, not by name
//	if b, ok := store.Get(key, "survey"); !ok { … }
//	err = store.Put(key, "survey", b)
//
// # Bounds
//
// A [Store] never keeps more bytes than it was given. What was used longest ago
// goes first; a file's time of change is when it was last used.
//
// # Truth
//
// An entry is a digest of what it is for and holds, and the content. Get looks
// at it each time: an entry that was cut off, overwritten or renamed is deleted
// and is as if it had never been. Files are written aside and renamed, so that
// several programs may use one folder; they are not synced, because what a
// power failure damages is found out.
//
// # Privacy
//
// Files are for their owner only, and their names say nothing about the
// recordings. All of it may be deleted at any time.
package cache

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/earshot-app/earshot/review"
)

// A Store is a folder of entries. Its methods may be called from any goroutine.
type Store struct {
	folder string
	most   int64
	now    func() time.Time
	mu     sync.Mutex // one Put at a time looks what must go
}

// New makes a store of at most so many bytes. The folder, which must be the
// store's own, is made by the first Put.
func New(folder string, most int64, now func() time.Time) *Store {
	return &Store{folder: folder, most: most, now: now}
}

// Get answers the content of a kind that was put under key; ok is false where
// there is none that can be trusted.
func (s *Store) Get(key Key, kind string) (content []byte, ok bool) {
	file := s.file(key, kind)
	entry, err := os.ReadFile(file)
	if err != nil {
		return nil, false
	}
	if len(entry) < sha256.Size || !bytes.Equal(entry[:sha256.Size], seal(key, kind, entry[sha256.Size:])) {
		_ = os.Remove(file) // it is written anew, or found damaged again
		return nil, false
	}
	_ = os.Chtimes(file, time.Time{}, s.now()) // else it goes a little earlier
	return entry[sha256.Size:], true
}

// Put keeps content of a kind, a short word, under key. What does not fit into
// the store at all is not kept.
func (s *Store) Put(key Key, kind string, content []byte) error {
	if int64(len(content)+sha256.Size) > s.most {
		return nil
	}
	if err := os.MkdirAll(s.folder, 0o700); err != nil {
		return fmt.Errorf("make the cache's folder: %w", review.WithoutPath(err))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.write(s.file(key, kind), seal(key, kind, content), content); err != nil {
		return fmt.Errorf("write to the cache: %w", review.WithoutPath(err))
	}
	return s.trim()
}

// Clear deletes all that lies in a folder of caches, of whatever store.
func Clear(folder string) error {
	entries, err := os.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	for _, entry := range entries {
		err = errors.Join(err, review.WithoutPath(os.RemoveAll(filepath.Join(folder, entry.Name()))))
	}
	if err != nil {
		return fmt.Errorf("clear the cache: %w", err)
	}
	return nil
}

func (s *Store) write(file string, parts ...[]byte) error {
	aside, err := os.CreateTemp(s.folder, ".new-*") // 0600
	if err != nil {
		return err
	}
	defer os.Remove(aside.Name()) // unless it was renamed
	_, err = aside.Write(bytes.Join(parts, nil))
	if err = errors.Join(err, aside.Close()); err != nil {
		return err
	}
	now := s.now()
	return errors.Join(os.Chtimes(aside.Name(), now, now), os.Rename(aside.Name(), file))
}

// trim deletes what was used longest ago until the rest fits.
func (s *Store) trim() error {
	files, err := s.files()
	if err != nil {
		return fmt.Errorf("look through the cache: %w", review.WithoutPath(err))
	}
	var all int64
	for _, f := range files {
		all += f.Size()
	}
	slices.SortFunc(files, func(a, b fs.FileInfo) int { return cmp.Compare(a.ModTime().UnixNano(), b.ModTime().UnixNano()) })
	for _, f := range files {
		if all <= s.most {
			break
		}
		if err := s.remove(f.Name()); err != nil {
			return err
		}
		all -= f.Size()
	}
	return nil
}

func (s *Store) remove(name string) error {
	if err := os.Remove(filepath.Join(s.folder, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("delete from the cache: %w", review.WithoutPath(err))
	}
	return nil
}

// files are those of the folder; another program may delete one meanwhile.
func (s *Store) files() ([]fs.FileInfo, error) {
	entries, err := os.ReadDir(s.folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var files []fs.FileInfo
	for _, entry := range entries {
		if info, err := entry.Info(); err == nil && info.Mode().IsRegular() {
			files = append(files, info)
		}
	}
	return files, err
}

func (s *Store) file(key Key, kind string) string {
	return filepath.Join(s.folder, key.String()+"."+kind)
}

// seal is what an entry begins with.
func seal(key Key, kind string, content []byte) []byte {
	h := sha256.New()
	h.Write(key[:])
	h.Write([]byte(kind + "\x00"))
	h.Write(content)
	return h.Sum(nil)
}
