package playback

import (
	"sync"
	"time"
)

// Silent is an output that nobody hears, for computers without a sound card:
// playing, seeking and the playhead go on as with one, and nothing of it counts
// as played. It takes frames at the pace of its clock.
type Silent struct {
	clock Clock

	mu   sync.Mutex
	quit chan struct{} // nil while stopped
	done chan struct{}
}

// NewSilent makes a silent output. It starts nothing yet.
func NewSilent(clock Clock) *Silent { return &Silent{clock: clock} }

// Start never fails.
func (s *Silent) Start(fill Fill) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.quit, s.done = make(chan struct{}), make(chan struct{})
	go s.run(fill, s.quit, s.done)
	return nil
}

// Delay is none.
func (s *Silent) Delay() time.Duration { return 0 }

// Stop ends the calls of fill.
func (s *Silent) Stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.quit == nil {
		return
	}
	close(s.quit)
	<-s.done
	s.quit = nil
}

// run takes what the clock says is due, in blocks of 20 ms; what a late tick
// missed beyond a quarter of a second is let go, as a card would.
func (s *Silent) run(fill Fill, quit, done chan struct{}) {
	defer close(done)
	const block, mostBlocks = 20 * time.Millisecond, 12
	ticks, stop := s.clock.Every(block)
	defer stop()
	begin, given := s.clock.Now(), 0
	frames := make([][2]float64, Rate/50)
	for {
		select {
		case <-quit:
			return
		case <-ticks:
		}
		due := int(s.clock.Now().Sub(begin) / block)
		given = max(given, due-mostBlocks)
		for ; given < due; given++ {
			fill(frames)
		}
	}
}
