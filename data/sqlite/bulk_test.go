package sqlite_test

import (
	"context"
	"database/sql"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
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

// What a large batch says of a call that is known is said of that call alone,
// not of the one that is made next.
func TestALargeBatchTellsFieldsOfTheCallsTheyAreOf(t *testing.T) {
	f := newFixture(t, 10)
	ctx := context.Background()
	again := entry(3)
	again.Name = "again.wav"
	again.Meta.Fields = []review.Field{{Name: "Region", Value: review.Hide("South")}}
	f.add(t, append(entries(10, 4010), again)...)
	db, err := sql.Open("sqlite", "file:"+f.path)
	must(t, err)
	defer func() { must(t, db.Close()) }()
	var astray int
	must(t, db.QueryRow(`SELECT count(*) FROM pragma_foreign_key_check`).Scan(&astray))
	if astray > 0 {
		t.Errorf("%d rows refer to nothing", astray)
	}
	f.add(t, entry(4010))
	for uid, want := range map[string]map[string]string{"call-003": {"Region": "South"}, "call-4010": nil} {
		call, err := f.store.Call(ctx, uid)
		must(t, err)
		if said := desk.TellFields(call.Fields, []string{"Region"}); !cmp.Equal(said, want, cmpopts.EquateEmpty()) {
			t.Errorf("the fields of %s are %v, want %v", uid, said, want)
		}
	}
}
