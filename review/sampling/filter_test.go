package sampling

import (
	"errors"
	"testing"
	"time"

	"github.com/earshot-app/earshot/review"
)

// The text goes into the seed: a draw made today must verify with any later
// version, so these spellings may never change.
func TestFilterText(t *testing.T) {
	berlin := time.FixedZone("CET", 3600)
	tests := []struct {
		filter Filter
		want   string
	}{
		{Filter{}, `{}`},
		{Filter{From: time.Date(2026, 11, 2, 0, 0, 0, 0, berlin)}, `{"from":"2026-11-01T23:00:00Z"}`},
		{Filter{To: day(9).Add(500 * time.Millisecond)}, `{"to":"2026-11-09T00:00:00.5Z"}`},
		{Filter{Queue: `Billing "A" <1> & 2`}, `{"queue":"Billing \"A\" <1> & 2"}`},
		{Filter{Category: "Störung – Sonstiges"}, `{"category":"Störung – Sonstiges"}`},
		{
			Filter{From: day(2), To: day(9), Queue: "q", Category: "c", MinDuration: 30 * time.Second},
			`{"from":"2026-11-02T00:00:00Z","to":"2026-11-09T00:00:00Z","queue":"q","category":"c","min_duration_ms":30000}`,
		},
	}
	for _, test := range tests {
		if got := test.filter.String(); got != test.want {
			t.Errorf("%+v reads\n%s, want\n%s", test.filter, got, test.want)
		}
		back, err := ParseFilter(test.want)
		if err != nil || back.String() != test.want {
			t.Errorf("%s reads back as %s, %v", test.want, back, err)
		}
	}
}

// Two spellings of one filter would be two seeds for one draw.
func TestParseFilterTakesOneSpelling(t *testing.T) {
	for _, text := range []string{
		``, `null`, `{} `, `{ }`, `{}{}`, `{"queue":""}`, `{"Queue":"q"}`, `{"queue":"q","queue":"q"}`, `{"agent":"x"}`,
		`{"to":"2026-11-09T00:00:00Z","from":"2026-11-02T00:00:00Z"}`,
		`{"from":"2026-11-02T00:00:00+00:00"}`, `{"from":"2026-11-02"}`, `{"from":"0001-01-01T00:00:00Z"}`,
		`{"queue":"\u0051"}`, `{"min_duration_ms":30000.0}`, `{"min_duration_ms":9223372036854775807}`,
		`{"min_duration_ms":-1}`, `{"from":"2026-11-09T00:00:00Z","to":"2026-11-02T00:00:00Z"}`,
	} {
		if f, err := ParseFilter(text); err == nil {
			t.Errorf("%s was read as %s", text, f)
		}
	}
}

func TestFilterValidate(t *testing.T) {
	tests := []struct {
		filter Filter
		want   review.Code
	}{
		{Filter{}, ""},
		{Filter{From: day(2), To: day(3)}, ""},
		{Filter{From: day(3), To: day(2)}, EmptyPeriod},
		{Filter{MinDuration: -time.Second}, review.BadArgument},
		{Filter{MinDuration: time.Microsecond}, review.BadArgument},
		{Filter{Queue: "a\nb"}, review.BadArgument},
		{Filter{Category: " c"}, review.BadArgument},
	}
	for _, test := range tests {
		if got := review.CodeOf(test.filter.Validate()); got != test.want {
			t.Errorf("%s: %q, want %q", test.filter, got, test.want)
		}
	}
}

func TestFilterMatch(t *testing.T) {
	call := review.Call{Start: day(2), Duration: time.Minute, Queue: "Billing", Category: "other"}
	tests := []struct {
		name   string
		filter Filter
		want   bool
	}{
		{"all", Filter{}, true},
		{"from is inclusive", Filter{From: day(2)}, true},
		{"to is exclusive", Filter{To: day(2)}, false},
		{"within", Filter{From: day(1), To: day(3)}, true},
		{"before", Filter{From: day(2).Add(time.Second)}, false},
		{"its queue", Filter{Queue: "Billing"}, true},
		{"another queue", Filter{Queue: "billing"}, false},
		{"its category", Filter{Category: "other"}, true},
		{"another category", Filter{Category: "Other"}, false},
		{"just long enough", Filter{MinDuration: time.Minute}, true},
		{"too short", Filter{MinDuration: time.Minute + time.Millisecond}, false},
	}
	for _, test := range tests {
		if got := test.filter.Match(call); got != test.want {
			t.Errorf("%s: %t", test.name, got)
		}
	}
}

func TestADrawInsideACategoryCountsThereOnly(t *testing.T) {
	if got := (Filter{Queue: "q", From: day(2), MinDuration: time.Second}).Scope(); got != review.Everywhere {
		t.Errorf("queue, dates and length: scope %d", got)
	}
	if got := (Filter{Queue: "q", Category: "c"}).Scope(); got != review.InCategory {
		t.Errorf("category: scope %d", got)
	}
}

func FuzzParseFilter(f *testing.F) {
	f.Add(`{}`)
	f.Add(`{"from":"2026-11-02T00:00:00Z","to":"2026-11-09T00:00:00Z","queue":"q","category":"c","min_duration_ms":30000}`)
	f.Add(`{"queue":"\u2028\ud800"}`)
	f.Fuzz(func(t *testing.T, text string) {
		filter, err := ParseFilter(text)
		if err == nil && filter.String() != text {
			t.Errorf("%q reads back as %q", text, filter)
		}
		var e *review.Error
		if errors.As(err, &e) && e.Code != EmptyPeriod && e.Code != review.BadArgument {
			t.Errorf("%q answers %v", text, err)
		}
	})
}
