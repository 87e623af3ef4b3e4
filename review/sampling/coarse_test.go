package sampling

import (
	"fmt"
	"testing"
	"time"

	"github.com/earshot-app/earshot/review"
)

// What stays of a start is in the same week, for whoever counts weeks in UTC or
// at home, and in the same part of every draw that had bounds in that week.
func TestACoarseStartIsInTheSameWeekAndPartOfEveryDraw(t *testing.T) {
	berlin := time.FixedZone("CET", 3600)
	day := func(d int) time.Time { return time.Date(2026, 11, d, 0, 0, 0, 0, berlin) }
	midweek := []Design{{Filter: Filter{From: day(4), To: day(6)}}}
	weekly := []Design{{Filter: Filter{From: day(4)}, Strata: ByWeek}}
	at := func(d, hour int) time.Time { return time.Date(2026, 11, d, hour, 30, 0, 0, time.UTC) }
	for _, test := range []struct {
		start    time.Time
		designs  []Design
		from, to time.Time // that what stays is within; 2 November 2026 was a Monday
	}{
		{at(3, 9), nil, day(2), day(9)},
		{at(8, 23), nil, day(9), time.Date(2026, 11, 9, 0, 0, 0, 0, time.UTC)}, // Monday in Berlin, Sunday in UTC
		{at(3, 9), midweek, day(2), day(4)},
		{at(5, 9), midweek, day(4), day(6)},
		{at(7, 9), midweek, day(6), day(9)},
		{at(10, 9), weekly, day(9), day(11)},
		{at(12, 9), weekly, day(11), day(16)},
	} {
		got := CoarseStart(test.start, berlin, test.designs)
		if got.Before(test.from) || !got.Before(test.to) || got.Nanosecond() != 0 {
			t.Errorf("of %v stays %v, want from %v until %v", test.start, got, test.from, test.to)
		}
		for hour := range 3 { // so it says nothing of the hour
			if other := CoarseStart(test.start.Add(time.Duration(hour)*10*time.Minute), berlin, test.designs); !other.Equal(got) {
				t.Errorf("%v and %v are told apart", test.start, other)
			}
		}
	}
	if got := CoarseLength(95*time.Second, []Design{{Filter: Filter{MinDuration: time.Minute}}, {Filter: Filter{MinDuration: 2 * time.Minute}}}); got != time.Minute {
		t.Errorf("of a length stays %v, want that it is a minute", got)
	}
}

// forget gives some calls of a draw and its frame other names, as forgetting does.
func forgetIn(r Record, frame []Member, uids ...string) (Record, []Member) {
	as := map[string]string{}
	for i, uid := range uids {
		as[uid] = review.ForgottenUID(fmt.Sprint(i))
	}
	calls, members := append([]Drawn{}, r.Calls...), append([]Member{}, frame...)
	for i := range calls {
		if opaque := as[calls[i].UID]; opaque != "" {
			calls[i].UID, calls[i].Key = opaque, Key(r.Seed, opaque)
		}
	}
	for i := range members {
		if opaque := as[members[i].UID]; opaque != "" {
			members[i].UID = opaque
		}
	}
	r.Calls = calls
	return r, members
}

// A draw holds without what was forgotten of it, and is found out all the same
// where something else of it was changed.
func TestADrawHoldsExceptForWhatWasForgotten(t *testing.T) {
	var frame []Member
	for i := range 40 {
		frame = append(frame, Member{UID: fmt.Sprintf("call-%02d", i), Open: i%10 != 0, Stratum: []string{"Billing", "Sales"}[i%2]})
	}
	plan := Plan{ID: "d", Number: 1, LibrarySeed: "00", ChosenSeed: "autumn", Wanted: 12, Strata: ByQueue}
	whole, err := plan.Draw(sequence(frame))
	if err != nil {
		t.Fatal(err)
	}
	drawn := whole.Calls[3].UID
	undrawn := ""
	for _, m := range frame {
		if m.Open && !inRecord(whole, m.UID) {
			undrawn = m.UID
		}
	}
	record, members := forgetIn(whole, frame, drawn, undrawn, "call-00")
	if found, err := Verify(record, sequence(members)); err != nil || len(found) != 0 || record.Forgotten() != 1 {
		t.Errorf("it does not hold: %v, %v, %d forgotten", found, err, record.Forgotten())
	}
	for what, change := range map[string]func(*Record, *[]Member){
		"a call was swapped for one that chance did not draw": func(r *Record, _ *[]Member) { r.Calls[5].UID, r.Calls[5].Key = "call-99", Key(r.Seed, "call-99") },
		"a call was dropped":               func(r *Record, _ *[]Member) { r.Calls = r.Calls[:11] },
		"a call is missing from the frame": func(_ *Record, m *[]Member) { *m = (*m)[1:] },
		"two calls changed places":         func(r *Record, _ *[]Member) { r.Calls[7], r.Calls[8] = r.Calls[8], r.Calls[7] },
	} {
		r, m := forgetIn(whole, frame, drawn, undrawn, "call-00")
		change(&r, &m)
		if found, err := Verify(r, sequence(m)); err != nil || len(found) == 0 {
			t.Errorf("%s, and nobody found out", what)
		}
	}
}

func inRecord(r Record, uid string) bool {
	for _, c := range r.Calls {
		if c.UID == uid {
			return true
		}
	}
	return false
}
