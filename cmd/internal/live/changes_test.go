package live

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

// Whoever is told that something came reads all of the session. Of what comes one
// after another that is done some times a second, and at once when it was the last.
func TestWhoCatchesUpIsToldSomeTimesASecond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		told := 0
		r := &Room{
			Options: Options{Told: func(u Update) {
				if u.Changed {
					told++
				}
			}},
			news: make(chan struct{}, 1), more: make(chan struct{}, 1), look: make(chan struct{}, 1),
		}
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error)
		go func() { ended <- r.changes(ctx) }()
		for range 100 { // for a second
			poke(r.more)
			time.Sleep(10 * time.Millisecond)
			synctest.Wait()
		}
		if told != 4 {
			t.Errorf("told %d times within a second, want 4", told)
		}
		poke(r.news)
		synctest.Wait()
		if told != 5 {
			t.Errorf("told %d times when all was there, want 5", told)
		}
		time.Sleep(time.Second)
		if synctest.Wait(); told != 5 {
			t.Errorf("told %d times after a second in which nothing came, want 5", told)
		}
		stop()
		if err := <-ended; !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	})
}
