package job_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/earshot-app/earshot/ui/job"
)

// reads answers its rounds by their numbers, a second each, and notes them.
func reads(q *queue, fail map[int]bool) (r *job.Reading[int], took *[]int, end func()) {
	round := 0
	runner := job.NewRunner(q.post)
	r, took = &job.Reading[int]{Runner: runner}, &[]int{}
	r.Work = func() job.Work[int] {
		round++
		n := round
		return func(ctx context.Context, _ func(job.Progress)) (int, error) {
			select {
			case <-ctx.Done():
				return 0, ctx.Err()
			case <-time.After(time.Second):
			}
			if fail[n] {
				return 0, errors.New("the disk")
			}
			return n, nil
		}
	}
	r.Took = func(n int, _ error) { *took = append(*took, n) }
	return r, took, runner.Close
}

// However often it is asked for while it is read, it is read once more.
func TestWhatChangesMeanwhileIsReadOnceMore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var q queue
		r, took, end := reads(&q, nil)
		defer end()
		for range 5 {
			r.Read()
		}
		q.after(10 * time.Second)
		if !slices.Equal(*took, []int{1, 2}) || r.Busy() {
			t.Errorf("took %v, busy %t", *took, r.Busy())
		}
	})
}

// What is dropped is never told, and what is asked for then is read at once.
func TestWhatIsDroppedIsNotTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var q queue
		r, took, end := reads(&q, nil)
		defer end()
		r.Read()
		r.Read()
		r.Drop()
		r.Read()
		q.after(10 * time.Second)
		if !slices.Equal(*took, []int{2}) {
			t.Errorf("took %v", *took)
		}
	})
}

// A library that cannot be read is not read on and on.
func TestAFailureIsToldOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var q queue
		r, took, end := reads(&q, map[int]bool{1: true})
		defer end()
		r.Read()
		r.Read()
		q.after(10 * time.Second)
		if !slices.Equal(*took, []int{0}) || r.Busy() {
			t.Errorf("took %v", *took)
		}
	})
}
