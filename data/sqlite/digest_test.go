package sqlite_test

import (
	"testing"

	"github.com/earshot-app/earshot/review/desk"
)

func (f *fixture) unsettle(t *testing.T, root string, look int64, wantAlone bool) {
	t.Helper()
	if alone, err := f.store.Unsettle(t.Context(), root, look); err != nil || alone != wantAlone {
		t.Errorf("a look at %s is alone: %t, %v", root, alone, err)
	}
}

// left fails unless a look at root has left a digest, or none.
func (f *fixture) left(t *testing.T, root string, want bool) {
	t.Helper()
	if d, ok, err := f.store.Settled(t.Context(), root); err != nil || ok != want || ok && d.Sum != 7 {
		t.Errorf("a look at %s left %+v, %t, %v", root, d, ok, err)
	}
}

func (f *fixture) settleLook(t *testing.T, root string, look int64) {
	t.Helper()
	must(t, f.store.Settle(t.Context(), root, look, &desk.Digest{Files: 3, Sum: 7}))
}

func TestALookLeavesADigestUntilTheNext(t *testing.T) {
	f := newFixture(t, 0)
	f.left(t, "/a", false)
	f.unsettle(t, "/a", 1, true)
	f.left(t, "/a", false)
	f.settleLook(t, "/a", 1)
	f.left(t, "/a", true)
	f.unsettle(t, "/a", 2, true)
	f.left(t, "/a", false)
	must(t, f.store.Settle(t.Context(), "/a", 2, nil))
	f.left(t, "/a", false)
	f.unsettle(t, "/a", 3, true) // what ended without a digest has ended
}

// Of two looks at once neither knows what the other has stored.
func TestTwoLooksAtOnceLeaveNothing(t *testing.T) {
	f := newFixture(t, 0)
	f.unsettle(t, "/a", 1, true)
	f.unsettle(t, "/a", 2, false)
	f.settleLook(t, "/a", 1)
	f.left(t, "/a", false)
}

func TestALookEndsWhatWasLeftAboveAndBeneath(t *testing.T) {
	for root, want := range map[string]bool{
		"/": false, "/a": false, "/a/b": false, "/a/b/c": false, "/a/bb": true, "/z": true, "s3://bucket/a/b": true,
	} {
		f := newFixture(t, 0)
		f.unsettle(t, root, 1, true)
		f.settleLook(t, root, 1)
		f.unsettle(t, "/a/b", 2, true)
		f.settleLook(t, "/a/b", 2)
		f.left(t, root, want || root == "/a/b")
	}
}

// A recording that is missing or moved is elsewhere than another look met it.
func TestWhatGoesEndsWhatOtherLooksLeft(t *testing.T) {
	for name, change := range map[string]func(f *fixture){
		"missing": func(f *fixture) { f.gone(t, 5) },
		"moved": func(f *fixture) {
			e := filed(1, "elsewhere.wav")
			e.Look, e.From = 5, "/recordings/"+entry(1).Name
			f.add(t, e)
		},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFixture(t, 3)
			f.unsettle(t, "/z", 4, true)
			f.settleLook(t, "/z", 4)
			f.unsettle(t, "/recordings", 5, true)
			change(f)
			f.settleLook(t, "/recordings", 5)
			f.left(t, "/z", false)
			f.left(t, "/recordings", true)
		})
	}
}
