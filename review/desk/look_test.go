package desk

import (
	"context"
	"slices"
	"testing"

	"go.uber.org/goleak"
	"pgregory.net/rapid"
)

// TestMain fails when a test leaves a goroutine behind, such as one that counts
// files for an import that has ended.
func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestBitsAreASet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var set bits
		in := rapid.SliceOf(rapid.Int64Range(0, 1000)).Draw(t, "in")
		for _, n := range in {
			set.add(n)
		}
		for n := range int64(1100) {
			if set.has(n) != slices.Contains(in, n) {
				t.Fatalf("%d is in: %t", n, set.has(n))
			}
		}
	})
}

// Counting goes on beside the import and ends with it, however slow the disk.
func TestCountingEndsWithTheImport(t *testing.T) {
	slow := func(ctx context.Context, _ []string) (int64, error) {
		<-ctx.Done()
		return 0, ctx.Err()
	}
	in := &importing{desk: &Desk{count: slow}}
	in.count(t.Context(), nil)()
	if in.done.Total != 0 {
		t.Errorf("a count that was stopped says %d", in.done.Total)
	}
}

// A total that the last look knew needs no count.
func TestWhatIsKnownIsNotCounted(t *testing.T) {
	in := &importing{desk: &Desk{count: func(context.Context, []string) (int64, error) {
		t.Error("counted")
		return 0, nil
	}}, done: Imported{Total: 5}}
	in.count(t.Context(), nil)()
}

// A long import stores much at once, and little as soon as somebody tags.
func TestAnImportMakesWayForWhoDoesSomething(t *testing.T) {
	in := &importing{desk: &Desk{}}
	for _, step := range []struct{ stored, acts, want int }{
		{0, 0, 1000}, {32_000, 0, 2000}, {1_000_000, 0, 8000}, {1_008_000, 1, 1000}, {1_024_000, 0, 1000}, {1_040_000, 0, 2000}, {1_040_000, 2, 1000},
	} {
		in.stored = step.stored
		in.desk.acts.Add(int64(step.acts))
		if got := in.batchSize(); got != step.want {
			t.Errorf("after %d, with %d acts: %d, want %d", step.stored, step.acts, got, step.want)
		}
	}
}
