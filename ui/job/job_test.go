package job_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/ui/job"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// queue stands for Fyne's goroutine: what is posted waits until it is run.
type queue struct {
	mu     sync.Mutex
	posted []func()
	most   int
}

func (q *queue) post(f func()) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.posted = append(q.posted, f)
	q.most = max(q.most, len(q.posted))
}

func (q *queue) run() {
	q.mu.Lock()
	posted := q.posted
	q.posted = nil
	q.mu.Unlock()
	for _, f := range posted {
		f()
	}
}

// after lets virtual time go by, running what was posted as Fyne would.
func (q *queue) after(d time.Duration) {
	for end := time.Now().Add(d); time.Now().Before(end); {
		time.Sleep(10 * time.Millisecond)
		synctest.Wait()
		q.run()
	}
}

// seconds works for as long as told, reporting every millisecond.
func seconds(d time.Duration) job.Work[string] {
	return func(ctx context.Context, report func(job.Progress)) (string, error) {
		for n := range int64(d / time.Millisecond) {
			report(job.Progress{Done: n + 1, Total: int64(d / time.Millisecond)})
			select {
			case <-ctx.Done():
				return "", ctx.Err()
			case <-time.After(time.Millisecond):
			}
		}
		return "done", nil
	}
}

func TestTheResultComesAfterTheLastState(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := &queue{}
		r := job.NewRunner(q.post)
		defer r.Close()
		var told []string
		job.Run(r, "Import", seconds(time.Second),
			func(s job.State) {
				if s.Ended {
					told = append(told, "ended")
				}
			},
			func(got string, err error) { told = append(told, got) })
		q.after(2 * time.Second)
		if want := []string{"ended", "done"}; !slices.Equal(told, want) {
			t.Errorf("told %v, want %v", told, want)
		}
	})
}

func TestLongWorkIsShownWithinHalfASecondAndShortWorkNever(t *testing.T) {
	for length, shown := range map[time.Duration]bool{100 * time.Millisecond: false, time.Second: true} {
		synctest.Test(t, func(t *testing.T) {
			q := &queue{}
			r := job.NewRunner(q.post)
			defer r.Close()
			begin, first := time.Now(), time.Duration(0)
			job.Run(r, "Import", seconds(length), func(s job.State) {
				if s.Visible && first == 0 {
					first = time.Since(begin)
				}
			}, nil)
			q.after(2 * time.Second)
			if (first > 0) != shown || first > 500*time.Millisecond {
				t.Errorf("work of %v was first shown after %v", length, first)
			}
		})
	}
}

func TestProgressArrivesAndNeverFloodsTheQueue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := &queue{}
		r := job.NewRunner(q.post)
		defer r.Close()
		var parts []float64
		job.Run(r, "Import", seconds(3*time.Second), func(s job.State) {
			if part, known := s.Progress.Part(); known && !s.Ended {
				parts = append(parts, part)
			}
		}, nil)
		time.Sleep(2 * time.Second) // Fyne's goroutine is busy: 2,000 reports, nobody to take them
		synctest.Wait()
		if q.most > 1 {
			t.Errorf("%d states waited in the queue", q.most)
		}
		q.run()
		if len(parts) != 1 || parts[0] < 0.6 {
			t.Errorf("after two of three seconds the first state said %v", parts)
		}
		q.after(2 * time.Second)
		if !slices.IsSorted(parts) || len(parts) < 8 || len(parts) > 12 {
			t.Errorf("the last second was told in %d states: %v", len(parts), parts)
		}
	})
}

func TestACancelledJobSaysSoAtOnceAndItsResultIsDropped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := &queue{}
		r := job.NewRunner(q.post)
		defer r.Close()
		var last job.State
		stubborn := func(context.Context, func(job.Progress)) (string, error) {
			time.Sleep(time.Second)
			return "too late", nil
		}
		j := job.Run(r, "Decode", stubborn, func(s job.State) { last = s },
			func(got string, err error) { t.Errorf("done was told %q, %v", got, err) })
		j.Cancel()
		if !last.Ended || review.CodeOf(last.Err) != review.Cancelled {
			t.Errorf("after Cancel the state is %+v", last)
		}
		q.after(2 * time.Second)
	})
}

// The work may be over while its result still waits for Fyne's goroutine.
func TestAResultThatWaitedIsDroppedToo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := &queue{}
		r := job.NewRunner(q.post)
		defer r.Close()
		j := job.Run(r, "Decode", seconds(time.Millisecond), nil, func(string, error) { t.Error("done was called") })
		time.Sleep(time.Second)
		synctest.Wait()
		j.Cancel()
		q.run()
	})
}

func TestAFailureIsToldTwiceToTheRightOnes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := &queue{}
		r := job.NewRunner(q.post)
		defer r.Close()
		broken := errors.New("disk gone")
		var state, result error
		job.Run(r, "Export", func(context.Context, func(job.Progress)) (int, error) { return 0, broken },
			func(s job.State) { state = s.Err }, func(_ int, err error) { result = err })
		q.after(time.Second)
		if !errors.Is(state, broken) || !errors.Is(result, broken) {
			t.Errorf("the state says %v, the result %v", state, result)
		}
	})
}

func TestCloseEndsAllJobs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := &queue{}
		r := job.NewRunner(q.post)
		for range 5 {
			job.Run(r, "Import", seconds(time.Hour), nil, func(string, error) { t.Error("done was called after Close") })
		}
		begin := time.Now()
		r.Close()
		if took := time.Since(begin); took > time.Second {
			t.Errorf("Close took %v", took)
		}
		q.run()
		// synctest fails the test if a goroutine of it is left behind
	})
}

func TestPartIsOnlyKnownWithATotal(t *testing.T) {
	for _, c := range []struct {
		p     job.Progress
		part  float64
		known bool
	}{
		{job.Progress{Done: 3}, 0, false},
		{job.Progress{Done: 3, Total: 12}, 0.25, true},
		{job.Progress{Done: 13, Total: 12}, 1, true},
	} {
		if part, known := c.p.Part(); part != c.part || known != c.known {
			t.Errorf("%+v: %v %v, want %v %v", c.p, part, known, c.part, c.known)
		}
	}
}
