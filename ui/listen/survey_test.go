package listen_test

import (
	"context"
	"sync"
	"testing"

	"github.com/earshot-app/earshot/review"
	"github.com/earshot-app/earshot/review/sound"
)

// surveys keeps surveys in memory.
type surveys struct {
	mu      sync.Mutex
	kept    map[string]*sound.Survey // by the first recording's path
	recalls int
}

func (k *surveys) Recall(_ context.Context, recordings []review.Recording) (*sound.Survey, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	s, ok := k.kept[recordings[0].Path.Open()]
	if ok {
		k.recalls++
	}
	return s, ok
}

func (k *surveys) Keep(_ context.Context, recordings []review.Recording, s *sound.Survey) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.kept == nil {
		k.kept = map[string]*sound.Survey{}
	}
	k.kept[recordings[0].Path.Open()] = s
}

func TestACallThatIsOpenedAgainIsNotPassedOverAgain(t *testing.T) {
	run(t, func(b *bench) {
		for _, uid := range []string{"c3", "c4", "c3"} {
			b.page.Open(uid, 0)
			b.settle()
		}
		if len(b.surveys.kept) != 3 || b.surveys.recalls != 1 {
			t.Errorf("%d surveys were kept and %d recalled, want 3 and 1", len(b.surveys.kept), b.surveys.recalls)
		}
	})
}
