package sqlite_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

// A person who types into the list's field finds calls by what anyone may read of
// them, and by a field once it is asked for by its name; never by a person.
func TestAListIsNarrowedByWhatAnyoneMayRead(t *testing.T) {
	f := newFixture(t, 6)
	e := entry(7)
	e.Meta.Fields = []review.Field{{Name: "Product", Value: review.Hide("Fibre 100")}, {Name: "Site", Value: review.Hide("Köln")}}
	f.add(t, e)
	f.tag(t, "call-001", "Refund promised", time.Second)
	f.tag(t, "call-002", "Refund promised", time.Second)
	f.tag(t, "call-002", "Late", time.Second)
	f.merge(t, "call-004", "call-005")
	for text, want := range map[string]string{
		"refund":          "call-002 call-001",
		"LATE":            "call-002",
		"sales":           "call-005 call-002",
		"ll-007":          "call-007",
		"call-004":        "call-005", // which it is a part of
		"product:fibre":   "call-007",
		"PRODUCT : fibre": "call-007",
		"site: köln":      "call-007",
		"site: KÖLN":      "call-007",
		"product: köln":   "",
		"product:":        "call-007",
		"fibre":           "", // nobody asked for the field
		"ada":             "",
		"agent: ada":      "",
		"5550100":         "",
		"wav":             "",
		"a: b":            "",
	} {
		page, err := f.CallPage(context.Background(), desk.CallFilter{Text: text}, desk.ListPlace{}, 100)
		must(t, err)
		var got []string
		for _, c := range page {
			got = append(got, c.UID)
		}
		if want := strings.Fields(want); !slices.Equal(got, want) {
			t.Errorf("%q finds %v, want %v", text, got, want)
		}
		hours, err := f.CallHours(context.Background(), desk.CallFilter{Text: text})
		must(t, err)
		n := 0
		for _, hour := range hours {
			n += hour.Calls
		}
		if n != len(got) {
			t.Errorf("%q: %d calls by hours, %d listed", text, n, len(got))
		}
	}
}
