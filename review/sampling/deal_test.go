package sampling

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAllocate(t *testing.T) {
	type strata = []Stratum
	named := func(sizes ...int64) strata {
		var s strata
		for i, size := range sizes {
			s = append(s, Stratum{Name: string(rune('a' + i)), Size: size})
		}
		return s
	}
	all := func(s Stratum) int64 { return s.Size }
	tests := []struct {
		name   string
		n      int
		strata strata
		equal  bool
		open   func(Stratum) int64
		want   []int
	}{
		{"in proportion, no remainders", 20, named(500, 300, 200), false, all, []int{10, 6, 4}},
		// Quotas 4.7, 1.6, 1.58, 1.2, .61, .31: three are left for .7, .61 and .6.
		{"the largest remainders", 10, named(47_000, 16_000, 15_800, 12_000, 6_100, 3_100), false, all, []int{5, 2, 1, 1, 1, 0}},
		{"equally", 9, named(500, 300, 200), true, all, []int{3, 3, 3}},
		{"equally, the rest to the larger", 8, named(200, 500, 300), true, all, []int{2, 3, 3}},
		{"a stratum that has too few", 12, named(4, 100, 100), true, all, []int{4, 4, 4}},
		{"what one cannot give goes to the others", 12, named(2, 100, 100), true, all, []int{2, 5, 5}},
		{"drawn before", 10, named(50, 50), false, func(s Stratum) int64 { return map[string]int64{"a": 1, "b": 50}[s.Name] }, []int{1, 9}},
		{"fewer than wanted", 99, named(2, 3), false, all, []int{2, 3}},
		{"nothing open", 5, named(2, 3), false, func(Stratum) int64 { return 0 }, []int{0, 0}},
	}
	for _, test := range tests {
		allocate(test.n, test.strata, test.equal, test.open)
		var got []int
		for _, s := range test.strata {
			got = append(got, s.Calls)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s: %s", test.name, diff)
		}
	}
}

// dealtFixture is a draw of 12 from three queues of 60, 30 and 10 calls.
func dealtFixture(t testing.TB) (Record, []Member) {
	t.Helper()
	var members []Member
	for i := range 100 {
		queue := [10]string{"A", "A", "A", "A", "A", "A", "B", "B", "B", "C"}[i%10]
		members = append(members, Member{UID: "call-" + strconv.Itoa(i), Open: i%7 != 0, Stratum: queue})
	}
	plan := Plan{ID: "d-4", Number: 4, LibrarySeed: fixtureLibrary, Wanted: 12, Strata: ByQueue, TopsUp: "d-2"}
	record, err := plan.Draw(sequence(members))
	if err != nil {
		t.Fatal(err)
	}
	return record, members
}

// 12 of 60, 30 and 10: quotas 7.2, 3.6 and 1.2. Within each queue the calls are
// those with the smallest keys, which sha256sum gives for any of them.
func TestStratifiedDraw(t *testing.T) {
	record, members := dealtFixture(t)
	want := []Stratum{{"A", 60, 7}, {"B", 30, 4}, {"C", 10, 1}}
	if diff := cmp.Diff(want, record.Dealt); diff != "" {
		t.Fatal(diff)
	}
	if w := record.Dealt[1].Weight(); w != 7.5 {
		t.Errorf("a call of B stands for %g, want 7.5", w)
	}
	for _, s := range want {
		var keys, drawn []string
		for _, m := range members {
			if m.Stratum == s.Name && m.Open {
				keys = append(keys, Key(record.Seed, m.UID))
			}
		}
		for _, c := range record.Calls {
			if c.Stratum == s.Name {
				drawn = append(drawn, c.Key)
			}
		}
		slices.Sort(keys)
		if diff := cmp.Diff(keys[:s.Calls], drawn); diff != "" {
			t.Errorf("queue %s: %s", s.Name, diff)
		}
	}
	if !slices.IsSortedFunc(record.Calls, func(a, b Drawn) int { return bytes.Compare([]byte(a.Key), []byte(b.Key)) }) {
		t.Error("the calls are not in the order of their keys")
	}
}

func TestStratifiedDrawIsReadBackAndVerified(t *testing.T) {
	record, members := dealtFixture(t)
	var file bytes.Buffer
	if err := Write(&file, record, sequence(members)); err != nil {
		t.Fatal(err)
	}
	again, membersAgain, err := readAll(file.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(record, again) + cmp.Diff(members, membersAgain); diff != "" {
		t.Error(diff)
	}
	forgeries := []struct {
		name  string
		forge func(*Record, []Member)
		want  []Check
	}{
		{"nothing", func(*Record, []Member) {}, nil},
		{"dealt otherwise", func(r *Record, _ []Member) { r.Dealt[0].Calls, r.Dealt[1].Calls = 6, 5 }, []Check{FailsStrata, FailsDigest}},
		{"said to be equal", func(r *Record, _ []Member) { r.Equal = true }, []Check{FailsStrata, FailsDigest}},
		{"a call moved to another queue", func(r *Record, _ []Member) {
			i := slices.IndexFunc(r.Calls, func(c Drawn) bool { return c.Stratum == "A" })
			r.Calls[i].Stratum = "B"
		}, []Check{FailsStrata, FailsLeftOut, FailsDigest}},
		{"a frame dealt into other queues", func(_ *Record, frame []Member) {
			for i := range frame {
				if frame[i].Stratum == "C" {
					frame[i].Stratum = "D"
				}
			}
		}, []Check{FailsStrata}},
		{"said to have its own frame", func(r *Record, _ []Member) { r.TopsUp = "" }, []Check{FailsDigest}},
	}
	for _, test := range forgeries {
		record, members := dealtFixture(t)
		test.forge(&record, members)
		found, err := Verify(record, sequence(members))
		if err != nil {
			t.Fatal(err)
		}
		if got := checks(found); !slices.Equal(got, test.want) {
			t.Errorf("%s: found %v, want %v", test.name, got, test.want)
		}
	}
}

// Calls of one stratum are drawn alike: 12 of two strata with 40 and 20 calls,
// of which the first gives 8 and the second 4, 10,000 draws.
func TestEveryCallOfAStratumIsDrawnAlike(t *testing.T) {
	const runs = 10_000
	sizes := map[string]int{"a": 40, "b": 20}
	counts := map[string]*inclusion{"a": newInclusion(40, 8), "b": newInclusion(20, 4)}
	for run := range runs {
		d := newDealer(Seed(strconv.Itoa(run), 1, Filter{}), 12)
		places := map[string][]bool{}
		for name, size := range sizes {
			places[name] = make([]bool, size)
			for i := range size {
				d.add(Member{UID: fmt.Sprintf("%s-%d", name, i), Open: true, Stratum: name})
			}
		}
		for _, c := range d.draw(d.deal(false)) {
			i, _ := strconv.Atoi(c.UID[2:]) // written above
			places[c.Stratum][i] = true
		}
		for name := range sizes {
			counts[name].add(places[name])
		}
	}
	for _, c := range counts {
		c.test(t)
	}
}
