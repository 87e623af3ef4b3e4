package sampling

import (
	"bytes"
	"errors"
	"fmt"
	"iter"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/earshot-app/earshot/review"
)

// The draw of testdata/draw.txt, which testdata/make.sh made with sha256sum,
// sort, head and bc: the Go code must come to the same file, byte for byte.
func TestDrawIsTheOneThatCoreutilsMake(t *testing.T) {
	want, err := os.ReadFile("testdata/draw.txt")
	if err != nil {
		t.Fatal(err)
	}
	members := fixtureFrame(t)
	plan := Plan{
		ID: "d-3", Number: 3, LibrarySeed: fixtureLibrary, Wanted: 6, Prev: digest("the draw before"),
		Filter: Filter{From: day(2), To: day(9), Queue: "Rückfragen & Storno"},
	}
	// In reverse: the order in which a store lists its calls must not matter.
	reversed := slices.Clone(members)
	slices.Reverse(reversed)
	record, err := plan.Draw(sequence(reversed))
	if err != nil {
		t.Fatal(err)
	}
	var got bytes.Buffer
	if err := Write(&got, record, sequence(members)); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got.String()); diff != "" {
		t.Errorf("the files differ (-coreutils +go):\n%s", diff)
	}
}

// printf '%s,%s' 7a046651ec9569d32085 call-17 | sha256sum
func TestKey(t *testing.T) {
	const want = "dca4ce590c8c8c5d106f73359268935ec30e45ed2f09506594ab055912b466bf"
	if got := Key("7a046651ec9569d32085", "call-17"); got != want {
		t.Errorf("key %s, want %s", got, want)
	}
}

// printf '%s,%d,%s' library 1 '{}' | sha256sum | cut -c-20
func TestSeedOfTheFirstDrawOfEverything(t *testing.T) {
	const want = "be873d9c61c48afacdbc"
	if got := Seed("library", 1, Filter{}); got != want {
		t.Errorf("seed %s, want %s", got, want)
	}
}

func TestDrawTakesAllWhenFewerAreOpen(t *testing.T) {
	members := []Member{{UID: "a", Open: true}, {UID: "b", Open: false}, {UID: "c", Open: true}}
	record, err := Plan{Wanted: 20, LibrarySeed: "s", Number: 1}.Draw(sequence(members))
	if err != nil {
		t.Fatal(err)
	}
	if len(record.Calls) != 2 || record.Frame.Size != 3 || record.Wanted != 20 {
		t.Errorf("drew %d of %d, wanted %d; want 2 of 3, wanted 20", len(record.Calls), record.Frame.Size, record.Wanted)
	}
	if found, err := Verify(record, sequence(members)); err != nil || found != nil {
		t.Errorf("does not hold: %v, %v", found, err)
	}
}

func TestDrawRefuses(t *testing.T) {
	drawn := []Member{{UID: "a", Open: false}, {UID: "b", Open: false}}
	tests := []struct {
		name  string
		plan  Plan
		frame []Member
		want  error
	}{
		{"an empty frame", Plan{Wanted: 1}, nil, review.Fail(EmptyFrame, nil)},
		{"a frame drawn empty", Plan{Wanted: 1}, drawn, review.Fail(FrameUsedUp, nil)},
		{"no calls", Plan{}, drawn, review.Fail(review.BadArgument, nil)},
		{"a comma in the seed", Plan{Wanted: 1, ChosenSeed: "1,2"}, drawn, review.Fail(BadSeed, nil)},
		{"a seed too long", Plan{Wanted: 1, ChosenSeed: strings.Repeat("7", MaxSeed+1)}, drawn, review.Fail(BadSeed, nil)},
		{"a period of nothing", Plan{Wanted: 1, Filter: Filter{From: day(2), To: day(2)}}, drawn, review.Fail(EmptyPeriod, nil)},
	}
	for _, test := range tests {
		if _, err := test.plan.Draw(sequence(test.frame)); !errors.Is(err, test.want) {
			t.Errorf("%s: %v, want %v", test.name, err, test.want)
		}
	}
}

// A store that fails half-way must not leave a draw from half a frame.
func TestDrawFailsWithItsFrame(t *testing.T) {
	lost := errors.New("disk gone")
	half := func(yield func(Member, error) bool) {
		_ = yield(Member{UID: "a", Open: true}, nil) && yield(Member{}, lost)
	}
	if _, err := (Plan{Wanted: 1}).Draw(half); !errors.Is(err, lost) {
		t.Errorf("frame lost: %v", err)
	}
}

func TestChosenSeedIsMarked(t *testing.T) {
	members := fixtureFrame(t)
	record, err := Plan{Wanted: 3, ChosenSeed: "2026-KW47"}.Draw(sequence(members))
	if err != nil {
		t.Fatal(err)
	}
	if !record.ChosenSeed || record.Seed != "2026-KW47" {
		t.Errorf("seed %q, chosen %t", record.Seed, record.ChosenSeed)
	}
}

func TestCallsFor(t *testing.T) {
	tests := []struct {
		have, median time.Duration
		speed        float64
		want         int
	}{
		{30 * time.Minute, 5 * time.Minute, 1, 6},
		{30 * time.Minute, 5 * time.Minute, 1.5, 9},
		{30 * time.Minute, 373 * time.Second, 1.25, 6}, // 30 / (6:13 / 1.25) = 6.03
		{30 * time.Minute, 40 * time.Minute, 1, 1},
		{0, 5 * time.Minute, 1, 0},
		{30 * time.Minute, 0, 1, 0},
	}
	for _, test := range tests {
		if got := CallsFor(test.have, test.median, test.speed); got != test.want {
			t.Errorf("%v of %v at %g: %d calls, want %d", test.have, test.median, test.speed, got, test.want)
		}
	}
}

// The figures that a leader is told: see the statistics of the draw.
func TestCallsToHear(t *testing.T) {
	for share, want := range map[float64]int{.01: 299, .02: 149, .05: 59, .10: 29, 0: 0, 1: 0} {
		if got := CallsToHear(share, .95); got != want {
			t.Errorf("an issue in %g of the calls: %d calls, want %d", share, got, want)
		}
	}
}

const fixtureLibrary = "the library seed of the tests"

func day(n int) time.Time { return time.Date(2026, 11, n, 0, 0, 0, 0, time.UTC) }

func fixture(t *testing.T) (Record, []Member) {
	t.Helper()
	data, err := os.ReadFile("testdata/draw.txt")
	if err != nil {
		t.Fatal(err)
	}
	record, frame, err := Read(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	var members []Member
	for member, err := range frame {
		if err != nil {
			t.Fatal(err)
		}
		members = append(members, member)
	}
	return record, members
}

func fixtureFrame(t *testing.T) []Member {
	_, members := fixture(t)
	return members
}

func sequence(members []Member) iter.Seq2[Member, error] {
	return func(yield func(Member, error) bool) {
		for _, member := range members {
			if !yield(member, nil) {
				return
			}
		}
	}
}

// However a frame is cut, and whoever of its readers is first, the draw is the
// same.
func TestPartsOfAFrameGiveTheSameDraw(t *testing.T) {
	var members []Member
	for i := range 900 {
		members = append(members, Member{UID: fmt.Sprint("call-", i), Open: i%7 > 0, Stratum: fmt.Sprint("s", i%4)})
	}
	for _, strata := range []Strata{ByField("Region"), Unstratified} {
		if strata == Unstratified {
			for i := range members {
				members[i].Stratum = ""
			}
		}
		plan := Plan{Wanted: 40, LibrarySeed: "s", Number: 2, Strata: strata}
		whole, err := plan.Draw(sequence(members))
		if err != nil {
			t.Fatal(err)
		}
		parts, err := plan.Draw(sequence(members[:100]), sequence(nil), sequence(members[100:650]), sequence(members[650:]))
		if err != nil || !cmp.Equal(parts, whole) {
			t.Errorf("by %q: %v, %+v, want %+v", strata, err, parts, whole)
		}
	}
}

func TestAPartThatCannotBeReadEndsTheDraw(t *testing.T) {
	lost := errors.New("lost")
	broken := func(yield func(Member, error) bool) { yield(Member{}, lost) }
	endless := func(yield func(Member, error) bool) {
		for i := 0; yield(Member{UID: fmt.Sprint(i), Open: true}, nil); i++ {
		}
	}
	if _, err := (Plan{Wanted: 1}).Draw(endless, broken); !errors.Is(err, lost) {
		t.Errorf("answers %v", err)
	}
}
