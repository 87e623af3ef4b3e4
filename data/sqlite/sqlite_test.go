package sqlite_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/earshot-app/earshot/data/sqlite"
	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/journal"
	"github.com/earshot-app/earshot/review/sampling"
)

// TestMain fails when a test leaves a goroutine behind: a closed library must
// leave none.
func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// fixture is a library on the disk with a desk of one author.
type fixture struct {
	*desk.Desk
	store *sqlite.Store
	path  string
}

// ids counts, so that a failing test names the same ids every time.
type ids struct{ n int }

func (i *ids) New() string { i.n++; return fmt.Sprintf("id-%04d", i.n) }

// clock moves a second at each look.
type clock struct{ now time.Time }

func (c *clock) Now() time.Time { c.now = c.now.Add(time.Second); return c.now }

func newAuthor(t testing.TB, seed byte) journal.Author {
	t.Helper()
	key := make([]byte, 32)
	key[0] = seed
	author, err := journal.NewAuthor(key)
	must(t, err)
	return author
}

func openLibrary(t testing.TB, path string) *sqlite.Store {
	t.Helper()
	store, err := sqlite.Open(context.Background(), path, sqlite.Options{Random: rand.NewChaCha8([32]byte{1})})
	must(t, err)
	t.Cleanup(func() { must(t, store.Close()) })
	return store
}

// newFixture makes a library of n calls, an hour apart from 2 November 2026 on,
// with uids "call-000" on; every third in queue Sales, the others in Billing.
func newFixture(t testing.TB, n int) *fixture {
	t.Helper()
	path := filepath.Join(t.TempDir(), "library.earshot")
	f := &fixture{store: openLibrary(t, path), path: path}
	start := time.Date(2026, 11, 2, 8, 0, 0, 0, time.UTC)
	f.Desk = desk.New(desk.Parts{
		Store: f.store, Source: nil, Author: newAuthor(t, 1), Clock: &clock{start}, IDs: &ids{},
	})
	f.add(t, entries(0, n)...)
	return f
}

func entries(from, to int) []desk.Entry {
	var all []desk.Entry
	for i := from; i < to; i++ {
		all = append(all, entry(i))
	}
	return all
}

func entry(i int) desk.Entry {
	queue := "Billing"
	if i%3 == 2 {
		queue = "Sales"
	}
	start := time.Date(2026, 11, 2, 8, 0, 0, 0, time.UTC).Add(time.Duration(i) * time.Hour)
	return desk.Entry{
		UID: fmt.Sprintf("call-%03d", i), Look: 1,
		Found: desk.Found{
			Root: "/recordings", Name: fmt.Sprintf("%03d.wav", i),
			Recording: review.Recording{Size: 1000, Modified: start, Format: "wav", Rate: 8000, Channels: 1, Frames: 8000 * 120},
			Meta: desk.Meta{
				Start: start, Queue: queue, Category: queue + " – other",
				Agent: review.Hide("Ada Agent"), Customer: review.Hide("+49 170 5550100"),
			},
		},
	}
}

func (f *fixture) add(t testing.TB, batch ...desk.Entry) []desk.Added {
	t.Helper()
	added, err := f.store.AddFound(context.Background(), batch)
	must(t, err)
	return added
}

// gone has a look at the recordings that meets none of them.
func (f *fixture) gone(t testing.TB, look int64) {
	t.Helper()
	_, err := f.store.EndLook(context.Background(), "/recordings", look, func(int64) bool { return false })
	must(t, err)
}

func (f *fixture) tag(t testing.TB, uid, issue string, at time.Duration) review.Moment {
	t.Helper()
	tagged, err := f.Tag(context.Background(), desk.TagRequest{Call: uid, Issue: issue, At: at})
	must(t, err)
	return tagged.Moment
}

// checkClean fails unless file, journal, tables and draws agree.
func (f *fixture) checkClean(t testing.TB) {
	t.Helper()
	checked, err := f.Check(context.Background())
	must(t, err)
	if !checked.OK() {
		t.Fatalf("check: %+v", checked)
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

type samplingFilter = sampling.Filter

func filter(set func(*samplingFilter)) samplingFilter {
	var f samplingFilter
	set(&f)
	return f
}
