package listen_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/desk"
)

func (l *library) TakeClip(_ context.Context, c desk.Clip, reason string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.did("take", "%s %s", c.Call, reason)
}

func (l *library) Forget(_ context.Context, uids []string, _ func(int)) (desk.ForgottenCalls, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return desk.ForgottenCalls{Calls: len(uids)}, l.did("forget", "%v", uids)
}

func (l *library) Listened(_ context.Context, uid string, heard time.Duration) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if _, ok := l.views[uid]; !ok {
		return review.Fail(review.NoCall, review.Args{"uid": uid})
	}
	l.heard = append(l.heard, heard)
	return nil
}

// The listening log is told of each stretch of speech when it ends, and every
// half minute: not of what was jumped over, and of what was heard twice, twice.
func TestTheListeningLogIsToldHowMuchWasHeard(t *testing.T) {
	run(t, func(b *bench) {
		b.press("Space")
		b.plays(10 * time.Second)
		b.press("Space") // pauses
		b.page.Open("c2", 15*time.Second)
		b.settle() // plays
		b.plays(48 * time.Second)
		b.plays(49 * time.Second)
		b.page.Hide()
		b.settle()
		want := []time.Duration{10 * time.Second, 33 * time.Second, time.Second}
		near := func(got, want time.Duration) bool { return (got - want).Abs() <= 50*time.Millisecond } // speech is found in blocks
		if !slices.EqualFunc(b.desk.heard, want, near) {
			t.Errorf("the log was told %v, want %v", b.desk.heard, want)
		}
	})
}
