package sqlite_test

import (
	"context"
	"testing"
)

// The calls of a large batch are stored together; those that are known, by path
// or by uid, join what is there all the same.
func TestALargeBatchJoinsWhatIsKnown(t *testing.T) {
	f := newFixture(t, 10)
	batch := entries(5, 5005)
	again := entry(3)
	again.Name = "again.wav"
	batch = append(batch, again)
	added := f.add(t, batch...)
	calls := 0
	for i, a := range added {
		if a.UID != batch[i].UID {
			t.Fatalf("%s was added as %q", batch[i].UID, a.UID)
		}
		if a.NewCall {
			calls++
		}
	}
	if last := added[len(added)-1]; calls != 4995 || added[4].NewFile || last.NewCall || !last.NewFile {
		t.Errorf("%d new calls; a known file is %+v, another of a known call %+v", calls, added[4], last)
	}
	size, err := f.store.Size(context.Background())
	must(t, err)
	if size != 5005 {
		t.Errorf("the library has %d calls", size)
	}
	f.checkClean(t)
}
