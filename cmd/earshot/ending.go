package main

import (
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"
)

// grace is how long the app may take to end once the system asks for that.
const grace = 8 * time.Second

// ending ends the app when the system asks for it: the room of a session first, so
// that its hub has written all down, then the window as if somebody had closed it,
// and in any case the process. Fyne 2.7.1 by itself ends its loop under whatever is
// still posted to it, and may then never return.
type ending struct {
	grace time.Duration
	exit  func(status int)

	mu   sync.Mutex
	room func() error // ends it; nil while there is none

	stop func() // ends the watch; nil before it began
}

func newEnding() *ending { return &ending{grace: grace, exit: os.Exit} }

// hold is told what ends the room, nil for none.
func (e *ending) hold(room func() error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.room = room
}

// begin heeds the system in Fyne's place, once a library is open: Fyne's goroutine
// that would do so starts with the window, at a time of its own. It is told what
// ends the app, from any goroutine, and what ends the room.
func (e *ending) begin(quit func(), room func() error) {
	e.hold(room)
	if e.stop != nil {
		return
	}
	asked := make(chan os.Signal, 1)
	signal.Reset(os.Interrupt, syscall.SIGTERM) // Fyne hears no more of them
	signal.Notify(asked, os.Interrupt, syscall.SIGTERM)
	end := e.watch(asked, quit)
	e.stop = func() {
		signal.Stop(asked)
		end()
	}
}

// watch quits when asked to, until end is called, which is when all has ended.
func (e *ending) watch(asked <-chan os.Signal, quit func()) (end func()) {
	over := make(chan struct{})
	var watching sync.WaitGroup
	watching.Go(func() {
		select {
		case <-over:
			return
		case <-asked:
		}
		late := time.AfterFunc(e.grace, func() { e.exit(failed) })
		defer late.Stop()
		e.leave()
		quit()
		<-over
	})
	return func() {
		close(over)
		watching.Wait()
	}
}

// leave ends the room. A failure is told when the library is closed.
func (e *ending) leave() {
	e.mu.Lock()
	room := e.room
	e.mu.Unlock()
	if room != nil {
		_ = room()
	}
}

// close is called when all has ended.
func (e *ending) close() {
	if e.stop != nil {
		e.stop()
	}
}
