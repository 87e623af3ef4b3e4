// Package job runs the long work of screens in the background: importing a
// folder, decoding a call, working out the ranking.
//
// A [Runner] belongs to one screen or to the window. [Run] starts work with a
// context and a function that reports progress; what comes of it is handed to
// done on Fyne's goroutine, unless the job was cancelled meanwhile: a screen
// that has moved on never gets what it no longer wants. Close ends all jobs
// and waits for them.
//
// The runner never calls Fyne. It is given post, which must queue a function
// for Fyne's goroutine and return at once; a test may call it in place. Fyne's
// queue has no bound, so a job keeps at most one state in it, however often
// work reports.
//
// State tells when a job is worth showing: a job that ends within [ShowAfter]
// never flashes a progress bar.
package job

import (
	"context"
	"sync"
	"time"

	"github.com/earshot-app/earshot/review"
)

const (
	// ShowAfter is how long a job runs before it is shown; a person is told
	// within half a second that something goes on.
	ShowAfter = 300 * time.Millisecond
	// Every is how often progress is told at most.
	Every = 100 * time.Millisecond
)

// Progress is how far work has come.
type Progress struct {
	Done  int64
	Total int64  // 0: not known
	Note  string // what is being worked on, already in the person's language
}

// Part returns the part done from 0 to 1, and whether it is known.
func (p Progress) Part() (part float64, known bool) {
	if p.Total <= 0 {
		return 0, false
	}
	return min(1, max(0, float64(p.Done)/float64(p.Total))), true
}

// State is what a person may be told of a job.
type State struct {
	Title    string
	Progress Progress
	Visible  bool  // it has run long enough to be shown, and still runs
	Ended    bool  // no further state follows
	Err      error // why it failed; review.Cancelled after Cancel
}

// A Runner starts jobs and ends them all when it is closed.
type Runner struct {
	post func(func())
	life context.Context
	end  context.CancelFunc
	work sync.WaitGroup
}

// NewRunner returns a runner whose jobs answer through post.
func NewRunner(post func(func())) *Runner {
	life, end := context.WithCancel(context.Background())
	return &Runner{post: post, life: life, end: end}
}

// Close cancels all jobs and waits until their work has returned. A job that
// is started later ends at once.
func (r *Runner) Close() {
	r.end()
	r.work.Wait()
}

// Job is work under way.
type Job struct {
	runner  *Runner
	cancel  context.CancelFunc
	observe func(State)

	mu     sync.Mutex
	state  State
	queued bool // a state lies in post's queue
}

// Work does something long. It must return soon after ctx ends, and may call
// report as often as it likes, from any goroutine, until it returns.
type Work[T any] func(ctx context.Context, report func(Progress)) (T, error)

// Run starts work in the background under a title in the person's language.
// observe, which may be nil, is told the job's states and done its result,
// both through the runner's post; the last state comes before the result.
// After [Job.Cancel] or [Runner.Close] done is not called.
func Run[T any](r *Runner, title string, work Work[T], observe func(State), done func(T, error)) *Job {
	ctx, cancel := context.WithCancel(r.life)
	j := &Job{runner: r, cancel: cancel, observe: observe, state: State{Title: title}}
	finished := make(chan struct{})
	r.work.Go(func() {
		defer cancel()
		result, err := work(ctx, j.report)
		close(finished)
		r.post(func() {
			stale := r.life.Err() != nil // the job's own cancel has finished it before
			if j.finish(err, stale) && !stale && done != nil {
				done(result, err)
			}
		})
	})
	if observe != nil { // else nobody would see it, and a job may last as long as the window
		r.work.Go(func() { j.tell(finished) })
	}
	return j
}

// Cancel ends the job. Its last state, with the code [review.Cancelled], is
// told at once, and its result is dropped when it comes. It belongs to Fyne's
// goroutine.
func (j *Job) Cancel() {
	j.cancel()
	j.finish(nil, true)
}

// report notes progress; tell passes it on in its own time.
func (j *Job) report(p Progress) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.state.Progress = p
}

// tell queues the job's state as soon as it should be seen, and then as often
// as progress may be told, until finished is closed.
func (j *Job) tell(finished <-chan struct{}) {
	wait := time.NewTimer(ShowAfter)
	defer wait.Stop()
	for {
		select {
		case <-finished:
			return
		case <-wait.C:
			j.queue()
			wait.Reset(Every)
		}
	}
}

// queue posts the state as it will be when it is taken, unless one still waits
// there.
func (j *Job) queue() {
	j.mu.Lock()
	waits := j.queued
	j.queued = true
	j.mu.Unlock()
	if !waits {
		j.runner.post(j.show)
	}
}

// show tells the state, on Fyne's goroutine.
func (j *Job) show() {
	j.mu.Lock()
	j.queued = false
	j.state.Visible = !j.state.Ended
	state := j.state
	j.mu.Unlock()
	if !state.Ended {
		j.observe(state)
	}
}

// finish tells the last state once; it returns false if that was told before.
func (j *Job) finish(err error, cancelled bool) bool {
	j.mu.Lock()
	if j.state.Ended {
		j.mu.Unlock()
		return false
	}
	j.state.Ended, j.state.Visible, j.state.Err = true, false, err
	if cancelled {
		j.state.Err = review.Fail(review.Cancelled, nil)
	}
	state := j.state
	j.mu.Unlock()
	if j.observe != nil {
		j.observe(state)
	}
	return true
}
