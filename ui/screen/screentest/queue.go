package screentest

import (
	"sync"
	"testing/synctest"
)

// A Queue stands for Fyne's goroutine in a bubble of testing/synctest: what jobs
// post waits until the test drains it.
type Queue struct {
	mu     sync.Mutex
	posted []func()
}

// Post is [screen.Shell]'s.
func (q *Queue) Post(do func()) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.posted = append(q.posted, do)
}

// Drain runs what was posted until now and answers whether anything was.
func (q *Queue) Drain() bool {
	q.mu.Lock()
	posted := q.posted
	q.posted = nil
	q.mu.Unlock()
	for _, do := range posted {
		do()
	}
	return len(posted) > 0
}

// Settle drains until nothing goes on any more.
func (q *Queue) Settle() {
	for synctest.Wait(); q.Drain(); synctest.Wait() {
	}
}
