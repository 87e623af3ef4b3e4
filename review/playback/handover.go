package playback

import "sync"

// A Handover holds a source between whoever opens it and whoever plays it. When
// that one has gone on meanwhile, nobody takes it and it is closed all the same.
// The zero one is ready for use.
type Handover struct {
	mu      sync.Mutex
	source  Source
	dropped bool
}

// Put hands source over, or closes it after [Handover.Drop].
func (h *Handover) Put(source Source) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.dropped {
		_ = source.Close() // only read from
		return
	}
	h.source = source
}

// Take takes the source over, nil for none.
func (h *Handover) Take() Source {
	h.mu.Lock()
	defer h.mu.Unlock()
	source := h.source
	h.source = nil
	return source
}

// Drop closes what nobody has taken, also what comes later.
func (h *Handover) Drop() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.dropped = true
	if h.source != nil {
		_ = h.source.Close() // only read from
		h.source = nil
	}
}
