package sqlite_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
	"github.com/earshot-app/earshot/review/sampling"
)

func region(i int) string { return []string{"North", "North", "North", "South"}[i%4] }

// withRegion are n calls, three of four in the North.
func withRegion(n int) []desk.Entry {
	all := entries(0, n)
	for i := range all {
		all[i].Meta.Fields = []review.Field{{Name: "Region", Value: review.Hide(region(i))}}
	}
	return all
}

func TestADrawIsDealtByAField(t *testing.T) {
	f := newFixture(t, 0)
	f.add(t, withRegion(80)...)
	ctx := context.Background()
	// 60 and 20 calls: 10 are dealt as 7.5 and 2.5, the half to the larger.
	d, err := f.Draw(ctx, desk.DrawRequest{N: 10, Strata: sampling.ByField("region")}, nil)
	must(t, err)
	want := []sampling.Stratum{{Name: "North", Size: 60, Calls: 8}, {Name: "South", Size: 20, Calls: 2}}
	if diff := cmp.Diff(want, d.Dealt); diff != "" {
		t.Fatal(diff)
	}
	equal, err := f.Draw(ctx, desk.DrawRequest{N: 10, Strata: sampling.ByField("Region"), Equal: true}, nil)
	must(t, err)
	want = []sampling.Stratum{{Name: "North", Size: 60, Calls: 5}, {Name: "South", Size: 20, Calls: 5}}
	if diff := cmp.Diff(want, equal.Dealt); diff != "" || equal.Dealt[0].Weight() != 12 || equal.Dealt[1].Weight() != 4 {
		t.Fatal(diff)
	}
	for _, c := range equal.Calls {
		var i int
		if _, err := fmt.Sscanf(c.UID, "call-%d", &i); err != nil || region(i) != c.Stratum {
			t.Errorf("%s is of %s, not %s", c.UID, region(i), c.Stratum)
		}
	}
	f.checkClean(t)
}

// An import that corrects a region, or tells one of a call that had none, leaves
// what was drawn before as verifiable as it was.
func TestACorrectedFieldLeavesDrawsAsTheyWere(t *testing.T) {
	f := newFixture(t, 0)
	all := withRegion(40)
	all[7].Meta.Fields = nil
	f.add(t, all...)
	ctx := context.Background()
	first, err := f.Draw(ctx, desk.DrawRequest{N: 6, Strata: sampling.ByField("Region")}, nil)
	must(t, err)
	for i := range all {
		all[i].Meta.Fields = []review.Field{{Name: "Region", Value: review.Hide("West")}}
	}
	added := f.add(t, all...)
	if want := []desk.FieldChange{{Field: "Region", From: review.Hidden, To: review.Hidden}}; !cmp.Equal(added[0].Changed, want) {
		t.Errorf("changed %+v", added[0].Changed)
	}
	if want := []desk.FieldChange{{Field: "Region", To: review.Hidden}}; !cmp.Equal(added[7].Changed, want) {
		t.Errorf("changed %+v", added[7].Changed)
	}
	second, err := f.Draw(ctx, desk.DrawRequest{N: 6, Strata: sampling.ByField("Region")}, nil)
	must(t, err)
	if len(first.Dealt) != 3 || len(second.Dealt) != 1 || second.Dealt[0].Name != "West" {
		t.Errorf("dealt %+v, then %+v", first.Dealt, second.Dealt)
	}
	top, err := f.TopUp(ctx, first.ID, 4, nil)
	must(t, err)
	for _, d := range []desk.Draw{first, second, top} {
		found, err := f.VerifyDraw(ctx, d.ID)
		must(t, err)
		if len(found.Fails) > 0 {
			t.Errorf("draw %d does not hold: %+v", d.Number, found)
		}
	}
	if len(f.add(t, all...)[0].Changed) > 0 {
		t.Error("the same import again changed a call")
	}
}

func TestAFieldWithAValueForEachCallDealsNoDraw(t *testing.T) {
	f := newFixture(t, 0)
	all := entries(0, desk.MostStrata+1)
	for i := range all {
		all[i].Meta.Fields = []review.Field{{Name: "Order", Value: review.Hide(fmt.Sprint("A", i))}}
	}
	f.add(t, all...)
	for field, want := range map[string]review.Code{"Order": desk.TooManyStrata, "Region": desk.NoField} {
		_, err := f.Draw(context.Background(), desk.DrawRequest{N: 3, Strata: sampling.ByField(field)}, nil)
		if review.CodeOf(err) != want {
			t.Errorf("by %s: %v", field, err)
		}
	}
}

func TestFieldsAreHiddenUntilAskedFor(t *testing.T) {
	f := newFixture(t, 0)
	f.add(t, withRegion(1)...)
	call, err := f.store.Call(context.Background(), "call-000")
	must(t, err)
	if said := fmt.Sprintf("%+v", call); !cmp.Equal(desk.TellFields(call.Fields, nil), map[string]string{"Region": "hidden"}) ||
		!cmp.Equal(desk.TellFields(call.Fields, []string{"region"}), map[string]string{"Region": "North"}) || strings.Contains(said, "North") {
		t.Errorf("%s", said)
	}
}
