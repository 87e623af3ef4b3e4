package listen

import (
	"context"
	"sync"
)

// A worker does acts one after the other in a goroutine of its own, so that
// they reach the library in the order of the keys that asked for them. It has
// no bound: whoever asks never waits.
type worker struct {
	mu     sync.Mutex
	queue  []func(context.Context)
	closed bool
	wake   chan struct{}
	ended  chan struct{}
}

// newWorker returns one whose acts are given ctx.
func newWorker(ctx context.Context) *worker {
	w := &worker{wake: make(chan struct{}, 1), ended: make(chan struct{})}
	go w.run(ctx)
	return w
}

// do queues an act. After close it does nothing.
func (w *worker) do(act func(context.Context)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.closed {
		w.queue = append(w.queue, act)
		w.nudge()
	}
}

// close waits until everything that was asked for is done: what a person saw as
// done must not be lost because they closed the window.
func (w *worker) close() {
	w.mu.Lock()
	w.closed = true
	w.nudge()
	w.mu.Unlock()
	<-w.ended
}

func (w *worker) nudge() {
	select {
	case w.wake <- struct{}{}:
	default:
	}
}

func (w *worker) run(ctx context.Context) {
	defer close(w.ended)
	for range w.wake {
		for act := w.next(); act != nil; act = w.next() {
			act(ctx)
		}
		if w.over() {
			return
		}
	}
}

func (w *worker) next() func(context.Context) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.queue) == 0 {
		return nil
	}
	act := w.queue[0]
	w.queue = w.queue[1:]
	return act
}

func (w *worker) over() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.closed && len(w.queue) == 0
}
